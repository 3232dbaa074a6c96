"""A decision is withdrawn on its page, once, with a reason."""

from __future__ import annotations

import pytest
from django.test import Client

from whatworks.service.common.models import Person

from .pages import Read, decided, linked, post, text, to

pytestmark = pytest.mark.django_db


def test_a_decision_is_withdrawn_with_a_reason(leader: Person, leading: Client, read: Read) -> None:
    made = decided(leader)
    address = to("decisions_withdraw", decision=made.public_id)
    page = post(leading, {"why": " "}, 422, address)
    assert "Say why the decision is withdrawn" in text(page)
    post(leading, {"why": "A slip."}, 302, address)
    said = text(read(to("decisions_one", decision=made.public_id)))
    assert "A slip." in said
    assert "decide again" not in said
    assert "withdrawn" in text(read(to("decisions_start")))


def test_what_no_longer_stands_is_not_withdrawn_and_the_page_says_so(
    leader: Person, leading: Client, read: Read
) -> None:
    made = decided(leader)
    gone = to("decisions_withdraw", decision=made.public_id)
    post(leading, {"why": "A slip."}, 302, gone)
    read(to("decisions_one", decision=made.public_id))  # which says that it was withdrawn
    for why in ("Another reason.", " "):
        page = post(leading, {"why": why}, 422, gone)
        assert "This decision was withdrawn before. Nothing was changed now." in text(page)
        assert "was withdrawn. It stays readable here" not in text(page)
        linked(page)
    made.refresh_from_db()
    assert made.withdrawn_why == "A slip."
    old = decided(leader)
    decided(leader, choice="stop", targets=None)
    page = post(leading, {"why": "Late."}, 422, to("decisions_withdraw", decision=old.public_id))
    assert "A later decision took the place of this one." in text(page)
    linked(page)
