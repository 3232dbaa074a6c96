"""Who may read the baseline, what is not there, and what stands there before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from whatworks.returns import Store
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName

pytestmark = pytest.mark.django_db
PAGE = "/councils/301/baseline/"


# --- who may read it ---


@pytest.mark.parametrize(
    "path",
    ["", "figures.csv", "measures/returned_home/", "measures/returned_home/figures.csv"],
)
def test_another_councils_baseline_is_refused(store: Store, reader: Client, path: str) -> None:
    assert reader.get(f"{PAGE}{path}").status_code == 200
    assert reader.get(f"/councils/302/baseline/{path}").status_code == 403


def test_a_practice_leader_reads_it_and_the_centre_does_not(
    store: Store, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    assert signed_in(person_with(RoleName.PRACTICE_LEADER)).get(PAGE).status_code == 200
    for role in (RoleName.CENTRE_REVIEWER, RoleName.CENTRE_STATISTICIAN):
        assert signed_in(person_with(role)).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "?year=2019",
        "?year=x",
        "?year=",
        "measures/moons/",
        "measures/moons/figures.csv",
        "measures/returned_home/?by=moons",
        "measures/returned_home/?year=1900",
    ],
)
def test_what_is_not_there_is_not_found(store: Store, reader: Client, path: str) -> None:
    assert reader.get(f"{PAGE}{path}").status_code == 404


# --- before anything is loaded ---


@pytest.mark.usefixtures("empty_store")
def test_without_a_return_the_way_to_the_desk_is_shown(reader: Client) -> None:
    for path in ("", "measures/returned_home/"):
        text = reader.get(f"{PAGE}{path}").content.decode()
        assert "nothing to count yet" in text
        assert reverse("returns_desk", kwargs={"council": "301"}) in text
        assert "to load a return" in text
    assert reader.get(f"{PAGE}figures.csv").status_code == 404


@pytest.mark.usefixtures("empty_store")
def test_a_practice_leader_is_told_who_can_load_a_return(
    person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    text = signed_in(person_with(RoleName.PRACTICE_LEADER)).get(PAGE).content.decode()
    assert "A council analyst can load a return there" in text
