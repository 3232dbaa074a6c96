"""Who may read a council's decisions, and who may decide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName

from .pages import DECIDE, decided, to

pytestmark = pytest.mark.django_db


def test_another_councils_decision_is_not_found(
    leading: Client, region: Any, person_with: Callable[..., Person]
) -> None:
    theirs = decided(person_with(RoleName.PRACTICE_LEADER, at=region.theirs))
    one = to("decisions_one", decision=theirs.public_id)
    withdraw = to("decisions_withdraw", decision=theirs.public_id)
    assert leading.get(one).status_code == 404
    assert leading.post(one, {"why": "x"}).status_code == 405
    assert leading.post(withdraw, {"why": "x"}).status_code == 404
    assert leading.get(withdraw).status_code == 405
    theirs.refresh_from_db()
    assert theirs.standing
    assert "Nothing has been decided yet" in leading.get(to("decisions_start")).content.decode()


def test_an_analyst_reads_and_does_not_decide(
    leader: Person, analyst: Person, signed_in: Callable[[Person], Client], leading: Client
) -> None:
    made = decided(leader)
    client = signed_in(analyst)
    for address in (
        to("decisions_start"),
        to("decisions_log"),
        to("decisions_one", decision=made.public_id),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert '<form method="post" action="/councils' not in answer.content.decode()
        assert "decide/" not in answer.content.decode()
    assert client.get(DECIDE).status_code == 403
