"""What a council reads once it decided: what is due, what its targets came to, what was known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from whatworks.service.common import events
from whatworks.service.common.models import Person
from whatworks.service.decisions import actions

from .conftest import NOW, OUTCOME, SAFETY, row
from .pages import DECIDE, TODAY, Read, decided, text, to

pytestmark = pytest.mark.django_db


def test_an_empty_room_says_how_to_begin(read: Read) -> None:
    page = read(to("decisions_start"))
    assert "Nothing has been decided yet" in text(page)
    assert page.xpath(f"//a[@href='{DECIDE}']")


def test_the_start_page_puts_what_is_overdue_first(leader: Person, read: Read) -> None:
    soon = decided(
        leader,
        practice_id="granite-gate",
        practice_name="Granite Gate (invented)",
        review_on=TODAY + timedelta(days=3),
    )
    decided(leader, today=date(2026, 5, 4), review_on=TODAY - timedelta(days=1))
    page = read(to("decisions_start"))
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert "Overdue by 1 day" in rows[0]
    assert "in 3 days" in rows[1]
    assert soon.practice_name in rows[1]
    assert "Not known yet" in text(page)


def test_next_years_return_tells_what_became_of_the_targets(
    leader: Person, read: Read, own: Callable[..., None]
) -> None:
    made = decided(leader)
    own(
        *NOW,
        row(OUTCOME, 2026, 18.0, 14.0, 22.0),
        row(SAFETY, 2026, 25.0, 21.0, 29.0),
        years=(2025, 2026),
    )
    for address in (to("decisions_one", decision=made.public_id), to("decisions_log")):
        said = text(read(address))
        assert "18 of every 10,000 children" in said
        assert "25 of every 100" in said
        assert said.index(" Met ") < said.index("18 of every 10,000")
        assert said.index(" Not held ") < said.index("25 of every 100")
        assert "Look for harm before going on." in said
        assert "does not show that the practice did it" in said
    assert "Result: 2026" in text(read(to("decisions_one", decision=made.public_id)))
    assert "Nothing is written yet" in text(read(to("decisions_log")))


def test_targets_that_were_let_go_are_judged_all_the_same(
    leader: Person, read: Read, own: Callable[..., None]
) -> None:
    made = decided(leader)
    actions.withdraw(decision=made, why="It went badly.", by=events.person(leader))
    own(*NOW, row(OUTCOME, 2026, 40.0, 35.0, 45.0), years=(2025, 2026))
    said = text(read(to("decisions_log")))
    assert said.index(" Not met ") < said.index("40 of every 10,000")
    assert actions.WITHDRAWN in said
    assert "What was loaded of that year gives no figure." in said


@pytest.mark.parametrize(
    ("safety", "said"),
    [
        ((25.0, 21.0, 29.0), "Outcome met; safety not held."),
        ((18.0, 15.0, 21.0), "Outcome met; safety not known."),
        (None, "Outcome met; safety not known."),
        ((10.0, 8.0, 12.0), ""),
    ],
)
def test_an_outcome_that_is_met_without_its_safety_comes_with_a_caution(
    leader: Person,
    read: Read,
    own: Callable[..., None],
    safety: tuple[float, float, float] | None,
    said: str,
) -> None:
    decided(leader)
    told = [row(SAFETY, 2026, *safety)] if safety else []
    own(*NOW, row(OUTCOME, 2026, 18.0, 14.0, 21.0), *told, years=(2025, 2026))
    page = text(read(to("decisions_start")))
    warned = "Outcome met; safety"
    if said:
        assert f"{said} This does not show that the practice did it." in page
    else:
        assert warned not in page


def test_later_evidence_does_not_change_what_was_seen(
    leader: Person, read: Read, rated: Callable[..., None]
) -> None:
    made = decided(leader)
    rated("Beware")
    said = text(read(to("decisions_one", decision=made.public_id)))
    assert "As it was then." in said
    assert "Beware" not in said
