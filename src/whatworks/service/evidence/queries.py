"""What the library holds: filed studies, published ones, and ratings of both."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist

from whatworks import evidence
from whatworks.evidence import Kind, Rating, Study
from whatworks.evidence.study import Outcome
from whatworks.evidence.wording import OUTCOMES
from whatworks.rollout import Practice
from whatworks.service.evidence.models import FiledStudy

RATED: tuple[Outcome, ...] = tuple(one for one in OUTCOMES if one != "other")


@dataclass(frozen=True)
class Subject:
    """What a rated page is about: a practice, or a kind of practice of which none is described."""

    slug: str
    name: str
    kind: Kind
    outcome: Outcome
    practice: Practice | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs that it serves."""
        return (self.practice.need, *self.practice.also_serves) if self.practice else ()

    @property
    def invented(self) -> bool:
        """Whether the practice is invented."""
        return self.practice is not None and self.practice.invented


@dataclass(frozen=True)
class Held:
    """One study with every version that was filed of it, the newest first; none if published."""

    study: Study
    versions: tuple[FiledStudy, ...]

    @property
    def version(self) -> FiledStudy | None:
        """The version that is shown."""
        return next((one for one in self.versions if one.digest == self.study.digest()), None)


def studies_of(practice_id: str | None = None, kind: str | None = None) -> tuple[Study, ...]:
    """Filed studies that count now, then published ones.

    With a practice: those of it. With a kind: those of that kind. With both: those of the practice
    and those of its kind that are of no one practice known here.
    """
    filed = [one.study for one in FiledStudy.objects.filter(superseded_at__isnull=True)]
    everything = [*filed, *evidence.shelf()]
    if practice_id and kind:
        return tuple(
            one
            for one in everything
            if one.practice == practice_id or (one.kind == kind and not one.practice)
        )
    if practice_id:
        return tuple(one for one in everything if one.practice == practice_id)
    return tuple(one for one in everything if kind is None or one.kind == kind)


def study(study_id: str, version: str = "") -> Held | None:
    """One study by its id, as it counts now or as the version with this digest; None if none."""
    versions = tuple(FiledStudy.objects.filter(study_id=study_id))
    if versions:
        wanted = [
            one
            for one in versions
            if (one.digest == version if version else one.superseded_at is None)
        ]
        return Held(wanted[0].study, versions) if wanted else None
    found = next((one for one in evidence.shelf() if one.id == study_id), None)
    return Held(found, ()) if found and not version else None


def subject(slug: str) -> Subject | None:
    """The practice of this name or, where there is none, the kind; None where there is neither."""
    from whatworks.service.rollout import queries as rollout

    try:
        return _of_practice(rollout.practice(slug))
    except ObjectDoesNotExist:
        kind = evidence.kind(slug)
        return _of_kind(kind) if kind else None


def subjects() -> tuple[Subject, ...]:
    """Every practice, then every kind of which no practice is described."""
    from whatworks.service.rollout import queries as rollout

    practices = [_of_practice(one) for one in rollout.practices()]
    described = {one.kind.id for one in practices if not one.invented}
    rest = [_of_kind(one) for one in evidence.kinds() if one.id not in described]
    taken = {one.slug for one in practices}
    return (*practices, *(one for one in rest if one.slug not in taken))


def rated(of: Subject, outcome: Outcome | None = None) -> Rating:
    """The rating of a practice or kind, by its own outcome where no other is asked for."""
    return evidence.rate(studies_for(of), outcome=outcome or of.outcome)


def studies_for(of: Subject) -> tuple[Study, ...]:
    """The studies that a subject is rated by."""
    if of.practice is None:
        return tuple(one for one in studies_of(kind=of.kind.id) if not one.invented)
    return studies_of(of.practice.id, of.kind.id)


def _of_practice(practice: Practice) -> Subject:
    kind = evidence.kind(practice.kind) or Kind(practice.kind, practice.name, "entry to care")
    outcome = evidence.outcome_of(practice.outcomes, practice.kind)
    return Subject(practice.id, practice.name, kind, outcome, practice)


def _of_kind(kind: Kind) -> Subject:
    return Subject(kind.id, kind.name, kind, kind.outcome)
