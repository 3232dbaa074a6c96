"""The list of practices and kinds with their ratings, filtered and sorted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whatworks import evidence, rollout
from whatworks.evidence import VERDICTS, Rating
from whatworks.service.evidence import queries
from whatworks.service.evidence.queries import Subject


@dataclass(frozen=True)
class Line:
    """One practice or kind in the list. ``returns`` is None where no return has told of it."""

    subject: Subject
    published: Rating
    returns: Rating | None
    n_published: int


def lines(subjects: Iterable[Subject]) -> list[Line]:
    """Each subject with its two ratings."""
    made = []
    for subject in subjects:
        studies = queries.studies_for(subject)
        rating = evidence.rate(studies, outcome=subject.outcome)
        published = [one for one in studies if not one.invented]
        real = rating if not rating.of_invented else evidence.rate([], outcome=subject.outcome)
        apart = rating if rating.of_invented else rating.invented
        made.append(Line(subject, real, apart, len(published)))
    return made


def filtered(found: Iterable[Line], need: str, verdict: str) -> list[Line]:
    """Those of a need, and those of which either rating is this verdict."""
    return [
        one
        for one in found
        if (not need or need in one.subject.needs)
        and (
            not verdict
            or verdict in {one.published.verdict, one.returns.verdict if one.returns else ""}
        )
    ]


def sorted_lines(found: Iterable[Line], by: str) -> list[Line]:
    """By need, by name or by the verdict of published studies; then by name."""
    needs = {need: place for place, need in enumerate(rollout.NEEDS)}
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}

    def key(one: Line) -> tuple[int, str]:
        first = {
            "need": needs.get(one.subject.needs[0], 99) if one.subject.needs else 99,
            "verdict": order[one.published.verdict],
        }.get(by, 0)
        return first, one.subject.name.casefold()

    return sorted(found, key=key)
