"""A council's published figures against its own, line by line, with the reasons for each gap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks import measures, reference
from whatworks.measures.definition import Measure, Mirror
from whatworks.measures.fair.bases import BASES
from whatworks.measures.fair.bases import POPULATION as OF_POPULATION
from whatworks.measures.population import population
from whatworks.measures.sourcing import loaded
from whatworks.service.common import writing
from whatworks.service.reconciling import gaps, touching

if TYPE_CHECKING:
    from whatworks.returns import Store


@dataclass(frozen=True)
class Line:
    """One measure, series and year: both figures as written, the gap and the reasons."""

    measure: Measure
    series: str
    title: str
    year: int
    own: writing.Own
    published: str
    published_value: float | None
    rounding: str
    gap: gaps.Gap
    gap_text: str
    reasons: tuple[str, ...]
    unit: str

    @property
    def in_parts(self) -> bool:
        """Whether the measure is published in several series, of which this is one."""
        return sum(mirror.series is not None for mirror in self.measure.mirrors) > 1


@dataclass(frozen=True)
class _Held:
    """What is read once for all lines of a council."""

    code: str
    cells: Mapping[tuple[str, int], tuple[float | None, str, str]]
    touched: touching.Touched
    years: Mapping[str, tuple[int, ...]]


def lines(
    store: Store, council: str, *, year: int | None = None, names: Sequence[str] | None = None
) -> tuple[Line, ...]:
    """Every mirrored series of a council's measures; of one year or all, newest first."""
    chosen = [measures.get(name) for name in (names or measures.names())]
    chosen = [m for m in chosen if any(mirror.series for mirror in m.mirrors)]
    figures = measures.cached(store, council)
    if year is not None:
        figures = figures.filter(pl.col("year") == year)
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in figures.sort("year", descending=True).iter_rows(named=True):
        rows.setdefault(row["measure"], []).append(row)
    held = _held(store, council, {m.collection for m in chosen})
    units = dict(reference.published_measures().select("measure", "unit").iter_rows())
    return tuple(
        _line(measure, mirror, row, held, units.get(mirror.series or "", ""))
        for measure in chosen
        for row in rows.get(measure.name, [])
        for mirror in measure.mirrors
        if mirror.series is not None
    )


def years(store: Store, council: str) -> tuple[int, ...]:
    """The years that have a figure or a reason for none, newest first."""
    return tuple(sorted(measures.cached(store, council)["year"].unique(), reverse=True))


def _held(store: Store, council: str, collections: set[str]) -> _Held:
    found = reference.published(area=council).select(
        "measure", "year", "value", "state", pl.col("rounding").fill_null("")
    )
    cells = {(name, at): (value, state, step) for name, at, value, state, step in found.iter_rows()}
    return _Held(
        code=council,
        cells=cells,
        touched=touching.touched(store, council),
        years={name: loaded(store, council, name) for name in collections},
    )


def _line(measure: Measure, mirror: Mirror, row: dict[str, Any], held: _Held, unit: str) -> Line:
    year, series = row["year"], mirror.series or ""
    value, state, rounding = held.cells.get((series, year), (None, "no_figure", ""))
    told = writing.own(row)
    touched = touching.touched_of(measure, year, held.touched) + told.left_out
    number, published_number = _numbers(measure, series, row, held)
    known = gaps.Known(
        own=row["value"],
        published=value,
        rounding=rounding,
        touched=touched,
        tables=touching.tables_of(measure),
        each=_each(measure, row),
        number=number,
        published_number=published_number,
        other=_other(measure, unit),
    )
    gap = gaps.judged(known)
    return Line(
        measure=measure,
        series=series,
        title=mirror.title,
        year=year,
        own=told,
        published=writing.published(value, unit, state),
        published_value=value,
        rounding=rounding,
        gap=gap,
        gap_text="" if gap.gap is None else _signed(gap.gap, unit),
        reasons=_reasons(mirror, known, gap, year, held.years.get(measure.collection, ())),
        unit=unit,
    )


def _numbers(
    measure: Measure, series: str, row: dict[str, Any], held: _Held
) -> tuple[float | None, float | None]:
    """The counts behind a rate, ours and the published one; None where either is not held."""
    basis = BASES.get(series)
    if measure.kind != "rate" or basis is None or basis.numerator is None:
        return None, None
    if basis.denominator != OF_POPULATION:
        return None, None
    return row["numerator"], held.cells.get((basis.numerator, row["year"]), (None, "", ""))[0]


def _each(measure: Measure, row: dict[str, Any]) -> float | None:
    """What one child more or less adds to the figure; None where that is not so simple."""
    if measure.kind == "count":
        return 1.0
    if measure.kind == "percentage" and row["denominator"]:
        return 100.0 / float(row["denominator"])
    if measure.kind == "rate":
        people = population(row["council"], row["year"])
        return 10_000.0 / people if people else None
    return None


def _other(measure: Measure, unit: str) -> str:
    """Why the two do not count the same thing, or nothing."""
    parts = [m for m in measure.mirrors if m.series is not None]
    if len(parts) > 1:
        return (
            f"It is published in {len(parts)} parts, and our figure is of all parts together: the "
            "gap is the other parts."
        )
    if unit != measure.unit:
        return f"Published in another unit ({unit}) than ours ({measure.unit})."
    return ""


def _reasons(
    mirror: Mirror, known: gaps.Known, gap: gaps.Gap, year: int, held: tuple[int, ...]
) -> tuple[str, ...]:
    """What explains the gap or may play a part in it; nothing where there is no gap to explain."""
    if gap.verdict in (gaps.NO_OWN, gaps.NO_PUBLISHED):
        return ()
    found = [known.other] if known.other else []
    if gap.verdict == gaps.SAME:
        return (*found, *_rounded(known))
    if gap.verdict == gaps.POPULATION:
        found.append(
            "The number behind the rate is the same. The published rate rests on an earlier "
            "estimate of how many children live there, since revised."
        )
    found += _rounded(known)
    if known.touched:
        found.append(_of_touched(known, gap))
    later = [at for at in held if at > year]
    if later:
        found.append(
            f"Returns of {_listed(later)} are loaded too: where they tell otherwise of {year}, "
            "ours follows them, and the published figure may not."
        )
    if held and year == min(held):
        found.append(
            f"{year} is the first year loaded: what only earlier returns told is not known here."
        )
    elif held and year - 1 not in held:
        found.append(f"The return for {year - 1} is not loaded.")
    return (*found, *mirror.differences)


def _rounded(known: gaps.Known) -> list[str]:
    step = gaps.STEPS.get(known.rounding)
    if step is None:
        return []
    return [f"The published figure is rounded ({known.rounding}): up to {step / 2:g} either way."]


def _of_touched(known: gaps.Known, gap: gaps.Gap) -> str:
    who = "1 child’s" if known.touched == 1 else f"{known.touched:,} children’s"
    who += f" rows ({', '.join(known.tables)})" if known.tables else " rows"
    if known.each is None:
        return f"{who} were left out or mended; how far that moves the figure is not known."
    return (
        f"{who} were left out or mended, which moves the figure by at most {gap.by_mending:,.1f}."
    )


def _listed(found: Sequence[int]) -> str:
    found = sorted(found)
    if len(found) == 1:
        return str(found[0])
    if list(found) == list(range(found[0], found[-1] + 1)):
        return f"{found[0]} to {found[-1]}"
    return ", ".join(str(at) for at in found)


def _signed(value: float, unit: str) -> str:
    """A gap with its sign: '+3', '-1.4 points'; a gap of shares is in percentage points."""
    text = "0" if abs(value) < 0.05 else f"{value:+,.1f}".replace("-", "\N{MINUS SIGN}")
    text = text.removesuffix(".0")
    return f"{text} points" if unit == "percent" else text
