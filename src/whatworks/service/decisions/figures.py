"""A council's own figures, as targets start from them and are judged by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whatworks import measures
from whatworks.measures.definition import Measure
from whatworks.rollout import judging
from whatworks.rollout.judging import Figure, Judged
from whatworks.service.common import workspace
from whatworks.service.common.models import Target


@dataclass(frozen=True)
class CouncilFigures:
    """``rows``: (measure, year) -> a row of ``measures.run``'s frame. ``loaded``: collection ->
    the years of which a return is here."""

    rows: Mapping[tuple[str, int], Mapping[str, Any]]
    loaded: Mapping[str, tuple[int, ...]]

    @property
    def last_year(self) -> int | None:
        """The newest year of which any return is loaded."""
        return max((year for years in self.loaded.values() for year in years), default=None)

    def years(self, measure: Measure) -> tuple[int, ...]:
        """The years of which the measure's return is loaded."""
        return self.loaded.get(measure.collection, ())

    def of(self, measure: Measure, year: int) -> Figure | None:
        """The figure of one year; None where none was counted."""
        row = self.rows.get((measure.name, year))
        return None if row is None else judging.figure_of(row)

    def newest(self, measure: Measure) -> Figure | None:
        """The figure of the last year that has a value; without one, why the last has none."""
        found = [self.of(measure, year) for year in sorted(self.years(measure), reverse=True)]
        known = [one for one in found if one is not None]
        return next((one for one in known if one.value is not None), next(iter(known), None))

    def judged(self, target: Target) -> Judged:
        """What became of a target."""
        measure = known_measure(target.measure)
        if measure is None:
            figure = Figure(target.by_year, None, reason="This measure is no longer counted.")
            loaded: tuple[int, ...] = (target.by_year,)
            words, return_words = {}, ""
        else:
            loaded = self.years(measure)
            due = target.by_year in loaded
            figure = self.of(measure, target.by_year) if due else self.newest(measure)
            words = judging.words_of(measure)
            return_words = measure.return_words(target.by_year)
        return judging.judge(
            kind=target.kind,
            direction=target.direction,
            wanted=target.wanted,
            by_year=target.by_year,
            baseline=baseline_of(target, words),
            figure=figure,
            years_loaded=loaded,
            return_words=return_words,
        )


def baseline_of(target: Target, words: Mapping[str, Any]) -> Figure:
    """Where the council stood when a target was set."""
    return Figure(
        target.baseline_year,
        target.baseline_value,
        target.baseline_low,
        target.baseline_high,
        **words,
    )


def known_measure(name: str) -> Measure | None:
    """A measure by its name; None where there is none of that name any more."""
    return measures.get(name) if name in measures.names() else None


def of_council(council: str) -> CouncilFigures:
    """The figures of a council from all that is loaded."""
    store = workspace.store()
    frame = measures.cached(store, council)
    rows = {(row["measure"], row["year"]): row for row in frame.iter_rows(named=True)}
    loaded: dict[str, set[int]] = {}
    for submission in store.submissions(council):
        loaded.setdefault(submission.collection, set()).add(submission.year)
    return CouncilFigures(rows, {name: tuple(sorted(years)) for name, years in loaded.items()})
