"""Courses counted: the share of children whom each cause has reached, by month, with its doubt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from whatworks.inference.incidence import Incidence, cumulative_incidence
from whatworks.measures.breakdowns import breakdown
from whatworks.measures.courses_defined import Course, course_named
from whatworks.measures.definition import MeasureError
from whatworks.measures.wording import hundred
from whatworks.tables import collect, frame

ALL_YEARS = "all years"
_SCHEMA: Mapping[str, Any] = {
    "cohort": pl.String,
    "cause": pl.String,
    "months": pl.Int64,
    "estimate": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "band_low": pl.Float64,
    "band_high": pl.Float64,
    "at_risk": pl.Int64,
    "followed": pl.Int64,
    "reached": pl.Int64,
    "reason": pl.String,
}
_SHARES = ("estimate", "low", "high", "band_low", "band_high")
Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]


def course(
    journeys: Any,
    name: str,
    year: int | None = None,
    by: str | None = None,
    *,
    bands: bool = True,
) -> pl.DataFrame:
    """The curve of one course, month by month from the beginning.

    journeys: those that the course is counted from (``Sources.of(course.collection)``), or linked
    journeys for any. year: the cohort of one collection year, that of the beginning; where left
    out each year and then all together. by: a breakdown, whose every group has a curve (of all
    years together, unless a year is asked for). bands: the simultaneous bands too.

    Returns a frame: cohort (the year as text, or 'all years'), one column named as ``by`` where
    it is given, cause, months, estimate, low, high, band_low, band_high (percent: of every 100
    who began, how many the cause had reached by then, before any other; null where there is
    none), at_risk (children still followed whom nothing had reached just before), followed (how
    many began), reached (how many the cause had reached), reason (null where there is an
    estimate). Counts only. Raises MeasureError for an unknown course, year or breakdown, or
    journeys of another kind.
    """
    this = course_named(name)
    known = _of_kind(journeys, this)
    if year is not None and year not in known.years:
        raise MeasureError(f"The returns for {year} that this course needs are not loaded.")
    if by is not None and breakdown(by).name not in this.breakdowns:
        raise MeasureError(f"This course is not broken down by {breakdown(by).title.lower()}.")
    rows = _timed(this, known, by)
    groups = [None] if by is None else list(breakdown(by).groups)
    made = [_empty(by)]
    for cohort in _cohorts(known.years, year, by):
        there = rows if cohort == ALL_YEARS else rows.filter(YEAR=int(cohort))
        for group in groups:
            mine = there if group is None else there.filter(pl.col("GROUP") == group)
            made += _curves(this, mine, cohort, by, group, bands=bands)
    return pl.concat(made)


def _of_kind(journeys: Any, this: Course) -> Any:
    if journeys.collection == this.collection:
        return journeys
    if journeys.collection == "linked" and this.collection == "ssda903":
        return journeys.care
    raise MeasureError(f"{this.name} is not counted from this kind of return.")


def _cohorts(years: Any, year: int | None, by: str | None) -> list[str]:
    if year is not None:
        return [str(year)]
    return [ALL_YEARS] if by is not None else [*(str(y) for y in years), ALL_YEARS]


def _empty(by: str | None) -> pl.DataFrame:
    group = {} if by is None else {by: pl.String}
    return pl.DataFrame(schema={"cohort": pl.String, **group, **_SCHEMA})


def watched_until(years: Any, windows: Mapping[int, Any]) -> dict[int, Any]:
    """Beginning year -> the last day of the last year loaded without a gap after it."""
    until: dict[int, Any] = {}
    for year in sorted(years, reverse=True):
        until[year] = until.get(year + 1, windows[year][1])
    return until


def _timed(this: Course, journeys: Any, by: str | None) -> pl.DataFrame:
    """YEAR, GROUP (null without a breakdown), TIME in months, EVENT (0: still followed)."""
    rows = frame(this.follow(journeys))
    if by is not None:
        rows = rows.with_columns(GROUP=breakdown(by).expression())
    names = [cause.name for cause in this.causes]
    found = collect(rows.select("YEAR", "START", *(["GROUP"] if by else []), *names))
    until = watched_until(journeys.years, journeys.windows)
    last = pl.DataFrame(
        {"YEAR": list(until), "LAST": list(until.values())},
        schema={"YEAR": pl.Int64, "LAST": pl.Date},
    )
    found = found.join(last, on="YEAR", how="left", maintain_order="left")
    event, end = pl.lit(0, pl.Int64), pl.col("LAST")
    # Going back over the causes, the one listed first is the one that stays among equals.
    for number, cause in reversed(list(enumerate(names, 1))):
        first = (pl.col(cause) <= pl.col("LAST")) & (pl.col(cause) <= pl.min_horizontal(names))
        event = pl.when(first).then(number).otherwise(event)
        end = pl.when(first).then(pl.col(cause)).otherwise(end)
    found = found.with_columns(EVENT=event, END=end)
    months = months_between(found["START"].to_numpy(), found["END"].to_numpy())
    group = [] if by is None else ["GROUP"]
    return found.select("YEAR", *group, "EVENT").with_columns(TIME=pl.Series(months))


def months_between(start: Days, end: Days) -> Floats:
    """Months from one day to another, with a fraction: m exactly on the same day m months on.

    In a shorter month that day is the month's last, as in ``tables.add_months``. NaN-free days.
    """
    begun, over = start.astype("M8[D]"), end.astype("M8[D]")
    whole = (over.astype("M8[M]") - begun.astype("M8[M]")).astype(np.int64)
    whole = whole - (over < _months_on(begun, whole)).astype(np.int64)
    before, after = _months_on(begun, whole), _months_on(begun, whole + 1)
    passed = (over - before).astype(np.int64)
    length = (after - before).astype(np.int64)
    months: Floats = whole + passed / np.maximum(length, 1)
    return months


def _months_on(day: Days, months: npt.NDArray[np.int64]) -> Days:
    month = day.astype("M8[M]")
    of_month = (day - month.astype("M8[D]")).astype(np.int64)
    there = month + months
    last = ((there + 1).astype("M8[D]") - there.astype("M8[D]")).astype(np.int64) - 1
    on: Days = there.astype("M8[D]") + np.minimum(of_month, last)
    return on


def _curves(
    this: Course,
    rows: pl.DataFrame,
    cohort: str,
    by: str | None,
    group: str | None,
    *,
    bands: bool,
) -> list[pl.DataFrame]:
    found = cumulative_incidence(
        rows["TIME"].to_numpy(),
        rows["EVENT"].to_numpy(),
        at=range(this.months + 1),
        causes=range(1, len(this.causes) + 1),
        bands=bands,
    )
    here = {"cohort": cohort, **({} if by is None else {by: group})}
    return [
        _curve(found, number, {**here, "cause": cause.name}).select(_empty(by).columns)
        for number, cause in enumerate(this.causes, 1)
    ]


def _curve(found: Incidence, number: int, said: Mapping[str, str | None]) -> pl.DataFrame:
    curve = found.frame(number).rename({"time": "months", "events": "reached"})
    return curve.with_columns(
        pl.col(*_SHARES) * 100,
        pl.col("months").cast(pl.Int64),
        pl.lit(found.n, pl.Int64).alias("followed"),
        **{name: pl.lit(value, pl.String) for name, value in said.items()},
    )


def median_months(journeys: Any, name: str, year: int | None = None) -> tuple[float, float, float]:
    """Months until any cause had reached half of those who began, with its 95% interval.

    NaN where that has not been seen. Raises MeasureError as ``course`` does.
    """
    this = course_named(name)
    known = _of_kind(journeys, this)
    rows = _timed(this, known, None)
    rows = rows if year is None else rows.filter(YEAR=year)
    found = cumulative_incidence(rows["TIME"].to_numpy(), rows["EVENT"].to_numpy(), causes=[0])
    return found.reached(0.5)


def course_in_words(name: str, row: Mapping[str, Any]) -> str:
    """One row of ``course`` as a plain sentence with its interval, or the reason for none."""
    this = course_named(name)
    if row["estimate"] is None:
        return str(row["reason"])
    cause = next(one for one in this.causes if one.name == row["cause"])
    cohort = row["cohort"]
    when = "" if cohort == ALL_YEARS else f" in the year to 31 March {cohort}"
    months = f"{row['months']} month{'' if row['months'] == 1 else 's'}"
    low, high = hundred(row["low"]), hundred(row["high"])
    return (
        f"Of every 100 {this.whole}{when}, {hundred(row['estimate'])} {cause.did} within "
        f"{months}. Such figures vary by chance; the 95% interval is {low} to {high} of every 100. "
        f"{row['followed']:,} were followed."
    )
