"""Deciding, targets in pairs, and the learning log: nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from whatworks import ledger
from whatworks.service.common import events
from whatworks.service.common.actions import Aim, set_pair, withdraw_pair
from whatworks.service.common.models import Person, Target
from whatworks.service.decisions import actions, queries
from whatworks.service.decisions.models import Decision, LearningEntry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 4)
AIMS = (
    Aim("started_rate", "lower", 22.0, 2027, 2025, 28.0, 23.0, 34.0),
    Aim("re_referrals_within_12_months", "lower", 18.0, 2027, 2025, 18.0, 15.1, 21.3),
)


def decide(region: Any, by: str = "system:test", **other: Any) -> Decision:
    given: dict[str, Any] = {
        "organisation": region.ours,
        "practice_id": "teasel-bridge",
        "practice_name": "Teasel Bridge (invented)",
        "choice": "pilot",
        "why": "Many families come twice.",
        "review_on": date(2027, 6, 1),
        "targets": AIMS,
        "seen": {"verdict": "Uncertain", "sentence": "Nobody can tell."},
        "by": by,
        "today": TODAY,
        **other,
    }
    return actions.decide(**given)


def kinds() -> list[str]:
    from django.db import connection

    return [one.kind for one in ledger.events(connection.connection)]


def test_a_decision_keeps_who_why_what_was_seen_and_its_targets(
    region: Any, leader: Person
) -> None:
    made = decide(region, by=events.person(leader))
    made.refresh_from_db()
    assert (made.decided_by, made.who, made.decided_on) == (leader, leader.name, TODAY)
    assert made.seen == {"verdict": "Uncertain", "sentence": "Nobody can tell."}
    outcome, safety = queries.targets(made)
    assert (outcome.kind, outcome.wanted, outcome.baseline_value) == ("outcome", 22.0, 28.0)
    assert (safety.kind, safety.pair) == ("safety", outcome.pair)
    assert kinds()[-2:] == ["targets_set", "decision_made"]


def test_what_people_wrote_is_in_no_event(region: Any) -> None:
    from django.db import connection

    made = decide(region)
    actions.withdraw(decision=made, why="Free words.", by="system:test")
    actions.add_learning(organisation=region.ours, question="Free question?", by="system:test")
    told = repr(list(ledger.events(connection.connection)))
    assert "Free" not in told
    assert "Many families" not in told


def test_a_later_decision_takes_the_place_and_the_old_stays_readable(region: Any) -> None:
    first = decide(region)
    second = decide(region, choice="stop", targets=None, today=date(2026, 9, 1))
    first.refresh_from_db()
    assert (first.standing, first.superseded_by, first.why) == (
        False,
        second,
        "Many families come twice.",
    )
    assert queries.standing(region.ours, "teasel-bridge") == second
    assert queries.history(second) == (second, first)
    assert all(t.withdrawn_why == actions.REPLACED for t in queries.targets(first))


def test_two_people_who_decide_at_once_do_not_overwrite_each_other(region: Any) -> None:
    first = decide(region, instead_of="")
    with pytest.raises(actions.DecidedMeanwhile):
        decide(region, instead_of="")
    second = decide(region, instead_of=first.public_id)
    assert queries.standing(region.ours, "teasel-bridge") == second


def test_only_one_decision_on_a_practice_stands(region: Any) -> None:
    made = decide(region)
    made.pk, made.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)
    decide(region, practice_id="granite-gate")
    decide(region, organisation=region.theirs)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"why": "  "}, "Say why"),
        ({"review_on": TODAY}, "after the day"),
        ({"review_on": date(2028, 5, 5)}, "within two years"),
        ({"targets": None}, "outcome and a safety target"),
        ({"choice": "wait"}, "only to adopt or pilot"),
        ({"seen": {"verdict": "Beware"}}, "rated 'Beware'"),
        ({"targets": (AIMS[0], AIMS[0])}, "two different measures"),
        ({"targets": (replace(AIMS[0], direction="higher"), AIMS[1])}, "less is wanted"),
        ({"targets": (replace(AIMS[0], measure="no_such"), AIMS[1])}, "Nobody has said"),
    ],
)
def test_what_is_no_decision_is_refused_and_leaves_nothing(
    region: Any, other: dict[str, Any], said: str
) -> None:
    before = len(kinds())
    with pytest.raises(ValidationError, match=said):
        decide(region, **other)
    assert not Decision.objects.exists()
    assert not Target.objects.exists()
    assert len(kinds()) == before


def test_the_last_day_of_a_review_is_two_years_on(region: Any) -> None:
    assert actions.last_review(date(2028, 2, 29)) == date(2030, 2, 28)
    decide(region, review_on=date(2028, 5, 4))


def test_a_practice_to_beware_of_is_used_only_with_a_reason(region: Any) -> None:
    made = decide(region, seen={"verdict": "Beware"}, despite="Only with a second look.")
    assert made.despite == "Only with a second look."
    decide(region, seen={"verdict": "Beware"}, choice="stop", targets=None)


def test_a_withdrawn_decision_stays_with_its_reason(region: Any) -> None:
    made = decide(region)
    with pytest.raises(ValidationError, match="Say why"):
        actions.withdraw(decision=made, why=" ", by="system:test")
    actions.withdraw(decision=made, why="A slip.", by="system:test")
    with pytest.raises(ValidationError, match="withdrawn before"):
        actions.withdraw(decision=made, why="Again.", by="system:test")
    made.refresh_from_db()
    assert (made.standing, made.withdrawn_why) == (False, "A slip.")
    assert all(t.withdrawn_why == actions.WITHDRAWN for t in queries.targets(made))
    assert kinds().count("decision_withdrawn") == 1
    assert queries.standing(region.ours, "teasel-bridge") is None


def test_targets_are_set_both_or_neither(region: Any) -> None:
    wrong = Aim("re_referrals_within_12_months", "lower", -1.0, 2027, 2025, 18.0)
    for safety in (
        wrong,
        Aim("x", "lower", float("nan"), 2027, 2025, 1.0),
        Aim("x", "lower", 1.0, 2025, 2025, 1.0),
    ):
        with pytest.raises(ValidationError):
            set_pair(organisation=region.ours, outcome=AIMS[0], safety=safety, by="system:test")
        assert not Target.objects.exists()


def test_targets_are_withdrawn_together_once_and_with_a_reason(region: Any) -> None:
    outcome, safety = set_pair(
        organisation=region.ours, outcome=AIMS[0], safety=AIMS[1], by="system:test"
    )
    with pytest.raises(ValidationError):
        withdraw_pair(pair=outcome.pair, why="", by="system:test")
    withdraw_pair(pair=outcome.pair, why="Set anew.", by="system:test")
    withdraw_pair(pair=outcome.pair, why="Twice.", by="system:test")
    safety.refresh_from_db()
    assert safety.withdrawn_why == "Set anew."
    assert kinds().count("targets_withdrawn") == 1


def test_an_amended_entry_keeps_what_stood_there(region: Any) -> None:
    made = decide(region)
    first = actions.add_learning(
        organisation=region.ours, question="Does it reach them?", by="system:test"
    )
    second = actions.amend_learning(
        of=first,
        question="Does it reach them?",
        answer="36 of 40.",
        decision=made,
        result="We went on.",
        by="system:test",
    )
    assert (second.version, second.entry) == (2, first.entry)
    (entry,) = queries.learning(region.ours)
    assert (entry.latest, entry.before) == (second, (first,))
    again = actions.amend_learning(
        of=second,
        question="Does it reach them? ",
        answer="36 of 40.",
        decision=made,
        result="We went on.",
        by="system:test",
    )
    assert again == second
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.amend_learning(of=first, question="Other?", by="system:test")
    assert LearningEntry.objects.count() == 2


def test_an_entry_needs_a_question_and_its_own_councils_decision(region: Any) -> None:
    with pytest.raises(ValidationError):
        actions.add_learning(organisation=region.ours, question=" ", by="system:test")
    theirs = decide(region, organisation=region.theirs)
    with pytest.raises(ValidationError, match="another council"):
        actions.add_learning(
            organisation=region.ours, question="?", decision=theirs, by="system:test"
        )


def test_reviews_come_overdue_first(region: Any) -> None:
    late = decide(region, review_on=date(2026, 8, 1))
    soon = decide(region, practice_id="granite-gate", review_on=date(2026, 9, 10))
    decide(region, practice_id="long-table", review_on=date(2027, 9, 10))
    found = queries.reviews(region.ours, date(2026, 9, 1))
    assert [(one.decision, one.overdue, one.days) for one in found] == [
        (late, True, 31),
        (soon, False, 9),
    ]
