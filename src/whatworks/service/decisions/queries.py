"""What was decided and learned, for this room's pages and for others'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from whatworks.service.common.models import Organisation, Target
from whatworks.service.decisions.figures import CouncilFigures
from whatworks.service.decisions.models import Decision, LearningEntry
from whatworks.service.decisions.showing import Shown, shown

SOON = timedelta(days=60)


@dataclass(frozen=True)
class Review:
    """A decision that is to be looked at again, and how pressing that is."""

    decision: Decision
    overdue: bool
    days: int
    """Days until it is due; for one that is overdue, since."""


def reviews(organisation: Organisation, today: date) -> tuple[Review, ...]:
    """What is overdue or soon due for review, the longest overdue first."""
    due = Decision.objects.filter(
        organisation=organisation, standing=True, review_on__lte=today + SOON
    ).order_by("review_on", "pk")
    return tuple(
        Review(one, one.review_on < today, abs((one.review_on - today).days)) for one in due
    )


def decisions(organisation: Organisation) -> tuple[Decision, ...]:
    """All of a council's decisions, the newest first, those that no longer stand as well."""
    return tuple(
        Decision.objects.filter(organisation=organisation).select_related(
            "decided_by", "superseded_by"
        )
    )


def standing(organisation: Organisation, practice_id: str) -> Decision | None:
    """The decision on a practice that holds now."""
    return Decision.objects.filter(
        organisation=organisation, practice_id=practice_id, standing=True
    ).first()


def targets(decision: Decision) -> tuple[Target, ...]:
    """The outcome and the safety target of a decision, if it has them."""
    return tuple(Target.objects.filter(decision=decision.public_id).order_by("kind"))


def targets_shown(decision: Decision, figures: CouncilFigures) -> tuple[Shown, ...]:
    """A decision's targets as they stand by the newest returns."""
    return shown(targets(decision), figures)


def history(decision: Decision) -> tuple[Decision, ...]:
    """Every decision on the same practice by the same council, the newest first."""
    return tuple(
        Decision.objects.filter(
            organisation=decision.organisation, practice_id=decision.practice_id
        ).select_related("decided_by")
    )


@dataclass(frozen=True)
class Result:
    """A pair of targets that a loaded return has answered: worked out anew each time."""

    decision: Decision
    targets: tuple[Shown, ...]
    by_year: int

    @property
    def withdrawn(self) -> bool:
        """Whether the council had let go of them before."""
        return any(one.target.withdrawn_at is not None for one in self.targets)


def results(organisation: Organisation, figures: CouncilFigures) -> tuple[Result, ...]:
    """What loaded returns say of all targets ever set, withdrawn ones too; newest years first."""
    by_decision: dict[str, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(organisation=organisation).exclude(decision=""):
        by_decision[target.decision].append(target)
    found = Decision.objects.filter(public_id__in=by_decision).select_related("decided_by")
    made = []
    for decision in found:
        told = [
            one
            for one in shown(sorted(by_decision[decision.public_id], key=_kind), figures)
            if one.judged.state != "not_yet"
        ]
        if told:
            made.append(Result(decision, tuple(told), max(one.target.by_year for one in told)))
    return tuple(sorted(made, key=lambda one: (-one.by_year, one.decision.practice_name)))


def _kind(target: Target) -> str:
    return target.kind


@dataclass(frozen=True)
class Entry:
    """An entry of the learning log: its latest version and those before it, the newest first."""

    latest: LearningEntry
    before: tuple[LearningEntry, ...]


def learning(organisation: Organisation) -> tuple[Entry, ...]:
    """The learning log, the entry that was written or amended last first."""
    rows = LearningEntry.objects.filter(organisation=organisation)
    return _entries(rows.select_related("decision", "person"))


def entry(organisation: Organisation, name: str) -> Entry | None:
    """One entry with all its versions."""
    rows = LearningEntry.objects.filter(organisation=organisation, entry=name)
    return next(iter(_entries(rows.select_related("decision", "person"))), None)


def _entries(rows: Iterable[LearningEntry]) -> tuple[Entry, ...]:
    versions: dict[str, list[LearningEntry]] = defaultdict(list)
    for row in rows:
        versions[row.entry].append(row)
    found = [sorted(group, key=lambda one: -one.version) for group in versions.values()]
    found.sort(key=lambda group: (group[0].recorded_at, group[0].pk), reverse=True)
    return tuple(Entry(group[0], tuple(group[1:])) for group in found)
