"""Deciding, withdrawing a decision, and writing down what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatworks.service.common import events
from whatworks.service.common.actions import Aim, set_pair, withdraw_pair
from whatworks.service.common.models import Organisation, Person, Target
from whatworks.service.decisions.models import Choice, Decision, LearningEntry

REVIEW_YEARS = 2
"""A review is due within so many years: what nobody looks at again is not decided but drifts."""

BEWARE = "Beware"
REPLACED = "A later decision took the place of the one that these targets were set for."
WITHDRAWN = "The decision that these targets were set for was withdrawn."

ALREADY_WITHDRAWN = "This decision was withdrawn before. Nothing was changed now."
ALREADY_REPLACED = "A later decision took the place of this one. It cannot be withdrawn any more."


class DecidedMeanwhile(ValidationError):
    """Somebody decided about the same practice since the page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody decided about this practice meanwhile. Read that decision first."
        )


class AmendedMeanwhile(ValidationError):
    """An entry of the learning log is no longer what it was when its page was opened."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody amended this entry meanwhile. Read the new version below. "
            "To put yours in its place, save again."
        )


def last_review(decided_on: date) -> date:
    """The last day on which a review of a decision may be due."""
    try:
        return decided_on.replace(year=decided_on.year + REVIEW_YEARS)
    except ValueError:  # 29 February
        return decided_on.replace(year=decided_on.year + REVIEW_YEARS, day=28)


@transaction.atomic
def decide(
    *,
    organisation: Organisation,
    practice_id: str,
    practice_name: str,
    choice: str,
    why: str,
    review_on: date,
    targets: tuple[Aim, Aim] | None,
    seen: Mapping[str, Any],
    by: str,
    today: date | None = None,
    despite: str = "",
    instead_of: str | None = None,
) -> Decision:
    """Decide about a practice; a decision that stands gives way to it and stays readable.

    ``targets`` is an outcome and a safety aim: needed to adopt or to pilot, not taken otherwise.
    ``seen`` is kept as it is given (``seen.as_known``). ``instead_of`` is the public id of the
    decision that is to give way ('' for none): another one that stands raises DecidedMeanwhile;
    None asks for no such care. ``despite`` says why a practice rated 'Beware' is used all the
    same. Raises ValidationError.
    """
    made = Decision(
        organisation=organisation,
        practice_id=practice_id,
        practice_name=practice_name,
        choice=Choice(choice),
        why=why.strip(),
        despite=despite.strip(),
        decided_on=today or timezone.localdate(),
        review_on=review_on,
        seen=dict(seen),
        decided_by=_person(by),
        recorded_by=by,
    )
    _may_be(made, targets or None)
    before = _giving_way(made, instead_of)
    made.full_clean(exclude=["seen"])
    made.save()
    if before is not None:
        _replaced(before, made, by)
    if targets:
        _aim(made, *targets, by)
    _record_made(made, before, by)
    return made


def _giving_way(made: Decision, instead_of: str | None) -> Decision | None:
    """The decision that stood about the practice and now stands no more; None where none did.

    Raises DecidedMeanwhile if it is not the one that the reader saw.
    """
    before = (
        Decision.objects.select_for_update()
        .filter(organisation=made.organisation, practice_id=made.practice_id, standing=True)
        .first()
    )
    if instead_of is not None and instead_of != (before.public_id if before else ""):
        raise DecidedMeanwhile
    if before is not None:
        before.standing = False
        before.save(update_fields=["standing"])
    return before


def _replaced(before: Decision, made: Decision, by: str) -> None:
    before.superseded_by = made
    before.save(update_fields=["superseded_by"])
    _withdraw_targets(before, REPLACED, by)


def _aim(made: Decision, outcome: Aim, safety: Aim, by: str) -> None:
    """Set the two targets of a decision."""
    set_pair(
        organisation=made.organisation,
        outcome=outcome,
        safety=safety,
        by=by,
        decision=made.public_id,
    )


def _record_made(made: Decision, before: Decision | None, by: str) -> None:
    _record(
        "decision_made",
        made,
        by=by,
        practice=made.practice_id,
        choice=Choice(made.choice).value,
        review_on=made.review_on.isoformat(),
        verdict=made.seen.get("verdict"),
        instead_of=before.public_id if before else None,
    )


def _may_be(made: Decision, targets: tuple[Aim, Aim] | None) -> None:
    """Raise ValidationError for what no decision may be."""
    choice = Choice(made.choice)
    if not made.why:
        raise ValidationError("Say why.")
    if not made.decided_on < made.review_on <= last_review(made.decided_on):
        raise ValidationError("A review is due after the day of the decision, within two years.")
    if choice.uses and targets is None:
        raise ValidationError("To adopt or pilot a practice, set an outcome and a safety target.")
    if not choice.uses and targets is not None:
        raise ValidationError("Targets are set only to adopt or pilot a practice.")
    if choice.uses and made.seen.get("verdict") == BEWARE and not made.despite:
        raise ValidationError(
            f"This practice is rated '{BEWARE}': say why it is used despite that."
        )


@transaction.atomic
def withdraw(*, decision: Decision, why: str, by: str) -> None:
    """Take a decision back, with the reason. It stays readable, and so do its targets.

    The one before it does not come back. Raises ValidationError for one that no longer stands, and
    without a reason.
    """
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if not held.standing:
        raise ValidationError(ALREADY_WITHDRAWN if held.withdrawn_at else ALREADY_REPLACED)
    if not why.strip():
        raise ValidationError("Say why the decision is withdrawn.")
    held.standing, held.withdrawn_at = False, timezone.now()
    held.withdrawn_by, held.withdrawn_why = by, why.strip()
    held.save(update_fields=["standing", "withdrawn_at", "withdrawn_by", "withdrawn_why"])
    _withdraw_targets(held, WITHDRAWN, by)
    _record("decision_withdrawn", held, by=by, practice=held.practice_id)


@transaction.atomic
def add_learning(
    *,
    organisation: Organisation,
    question: str,
    by: str,
    answer: str = "",
    decision: Decision | None = None,
    result: str = "",
) -> LearningEntry:
    """Write an entry into a council's learning log. Raises ValidationError without a question."""
    made = LearningEntry(organisation=organisation)
    return _write(made, (question, answer, result), decision, by=by)


@transaction.atomic
def amend_learning(
    *,
    of: LearningEntry,
    question: str,
    by: str,
    answer: str = "",
    decision: Decision | None = None,
    result: str = "",
) -> LearningEntry:
    """Write a new version of an entry; the versions before it stay readable.

    The same words again change nothing. Raises AmendedMeanwhile if ``of`` is not the latest.
    """
    latest = LearningEntry.objects.select_for_update().filter(entry=of.entry)
    latest = latest.order_by("-version")[0]
    if latest.version != of.version:
        raise AmendedMeanwhile
    given = (question.strip(), answer.strip(), decision, result.strip())
    if given == (latest.question, latest.answer, latest.decision, latest.result):
        return latest
    made = LearningEntry(organisation=of.organisation, entry=of.entry, version=latest.version + 1)
    return _write(made, (question, answer, result), decision, by=by)


def _write(
    made: LearningEntry, words: tuple[str, str, str], decision: Decision | None, *, by: str
) -> LearningEntry:
    if decision is not None and decision.organisation_id != made.organisation_id:
        raise ValidationError("That decision is another council's.")
    made.question, made.answer, made.result = (text.strip() for text in words)
    made.decision, made.person, made.recorded_by = decision, _person(by), by
    made.full_clean()
    made.save()
    events.record(
        "learning_recorded",
        by=by,
        subject=f"council:{made.organisation.council_code}",
        data={
            "entry": made.entry,
            "version": made.version,
            "decision": decision.public_id if decision else None,
        },
    )
    return made


def _withdraw_targets(decision: Decision, why: str, by: str) -> None:
    pairs = Target.objects.filter(decision=decision.public_id).values_list("pair", flat=True)
    for pair in sorted(set(pairs)):
        withdraw_pair(pair=pair, why=why, by=by)


def _person(by: str) -> Person | None:
    kind, _, public_id = by.partition(":")
    return Person.objects.filter(public_id=public_id).first() if kind == "person" else None


def _record(kind: str, decision: Decision, *, by: str, **data: object) -> None:
    subject = f"council:{decision.organisation.council_code}"
    events.record(kind, by=by, subject=subject, data={"decision": decision.public_id, **data})
