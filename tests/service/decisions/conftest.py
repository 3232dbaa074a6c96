"""A council with invented figures, two practices, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from lxml import html

from whatworks.rollout import Cost, Practice
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.decisions import figures
from whatworks.service.decisions.figures import CouncilFigures

OUTCOME, SAFETY = "started_rate", "re_referrals_within_12_months"


def row(measure: str, year: int, value: float | None, low: float, high: float) -> dict[str, Any]:
    known = value is not None
    return {
        "measure": measure,
        "year": year,
        "numerator": value if known else 0,
        "denominator": (40_000 if measure == OUTCOME else 600) if known else 0,
        "value": value,
        "low": low if known else None,
        "high": high if known else None,
        "reason": None if known else "There is nobody to count: the denominator is 0.",
    }


def figures_of(*rows: dict[str, Any], years: tuple[int, ...] = (2024, 2025)) -> CouncilFigures:
    return CouncilFigures(
        {(one["measure"], one["year"]): one for one in rows}, {"ssda903": years, "cin": years}
    )


NOW = (row(OUTCOME, 2025, 28.0, 23.0, 34.0), row(SAFETY, 2025, 18.0, 15.1, 21.3))


def practice(name: str = "teasel-bridge", **other: Any) -> Practice:
    facts: dict[str, Any] = {
        "id": name,
        "name": f"{name.replace('-', ' ').title()} (invented)",
        "kind": "intensive-family-support",
        "what": "A small team works alongside parents.",
        "for_whom": "Families with a child on the edge of care.",
        "need": "edge of care",
        "also_serves": (),
        "core": ("One named worker",),
        "adaptable": (),
        "takes": "A team.",
        "cost": Cost(4200, "family", "Invented."),
        "outcomes": (OUTCOME,),
        "safety": (SAFETY,),
        "source": "Invented.",
        "invented": True,
    }
    return Practice(**{**facts, **other})


def known(verdict: str = "Uncertain", **other: Any) -> dict[str, Any]:
    return {
        "as_of": "2026-05-04",
        "verdict": verdict,
        "sentence": f"It is {verdict.lower()} whether it helps invented children.",
        "sure": "low",
        "sure_why": ["One study."],
        "harms": ["Re-referral: not measured."],
        "rule_version": "1",
        "invented": True,
        "effects": [],
        **other,
    }


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """own(rows, years=...): the figures that the council has; at first those of 2025."""

    def use(*rows: dict[str, Any], years: tuple[int, ...] = (2024, 2025)) -> None:
        told = figures_of(*rows, years=years)
        monkeypatch.setattr(figures, "of_council", lambda _council: told)

    use(*NOW)
    return use


@pytest.fixture
def rated(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """rated("Beware"): what is known of both practices from now on; at first 'Uncertain'."""
    from whatworks.service.decisions import seen
    from whatworks.service.decisions.views import deciding
    from whatworks.service.rollout import queries

    shelf = {one.id: one for one in (practice(), practice("granite-gate"))}

    def find(slug: str) -> Practice:
        from django.core.exceptions import ObjectDoesNotExist

        if slug not in shelf:
            raise ObjectDoesNotExist
        return shelf[slug]

    def use(verdict: str = "Uncertain", **other: Any) -> None:
        monkeypatch.setattr(seen, "as_known", lambda _practice, _today: known(verdict, **other))

    monkeypatch.setattr(queries, "practice", find)
    monkeypatch.setattr(queries, "practices", lambda: tuple(shelf.values()))
    assert deciding.seen is seen
    use()
    return use


@pytest.fixture
def leader(person_with: Callable[..., Person]) -> Person:
    return person_with(RoleName.PRACTICE_LEADER)


@pytest.fixture
def leading(
    leader: Person, signed_in: Callable[[Person], Client], own: object, rated: object
) -> Client:
    """A practice leader of council 301, on a service with figures and practices."""
    return signed_in(leader)


@pytest.fixture
def read(leading: Client) -> Callable[..., html.HtmlElement]:
    """read(address): the page as the leader gets it, parsed."""

    def get(address: str, status: int = 200) -> html.HtmlElement:
        answer = leading.get(address)
        assert answer.status_code == status, answer.content.decode()[:2000]
        return html.fromstring(answer.content.decode())

    return get
