"""A council's journeys through care, put together from its current returns of all years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from whatworks.journeys import children as who
from whatworks.journeys import episodes as ep
from whatworks.journeys.periods import number_periods, periods, returns_home
from whatworks.journeys.placements import number_placements, placements
from whatworks.journeys.repairs import REPAIRS
from whatworks.returns.period import period_of
from whatworks.tables import attach, collect, frame, materialise, native, to_spark

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "ssda903"
READ = ("Episodes", "Header", "UASC")
"""The tables of a return that journeys are derived from."""


@dataclass(frozen=True)
class ReturnTables:
    """The typed tables of one current return, and where they came from."""

    year: int
    submission: str
    tables: Mapping[str, Any]


@dataclass(frozen=True)
class CareJourneys:
    """The journeys of one council's looked-after children, as child-level frames.

    ``years`` are the collection years loaded, ``windows`` the first and last day of each,
    ``submissions`` the submission used for each. Frames (columns in the functions named):
    ``episodes`` (episodes.merge, with PERIOD, SEX, ETHNIC, DOB), ``periods``
    (periods.periods), ``placements`` (placements.placements), ``returns_home``
    (periods.returns_home), ``children`` (children.children), ``asylum_seekers``
    (children.asylum_seekers), ``repaired`` (REPAIR, CHILD, SUBMISSION, YEAR, ROW).
    ``rows_read`` counts the Episodes rows of each year.
    """

    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    submissions: Mapping[int, str]
    rows_read: Mapping[int, int]
    episodes: Any
    periods: Any
    placements: Any
    returns_home: Any
    children: Any
    asylum_seekers: Any
    repaired: Any

    def repairs(self) -> pl.DataFrame:
        """How often each repair was made: repair, effect, year, n_rows, n_children, text.

        Every repair has a row for every year loaded, nought included. Holds counts only.
        """
        counted = (
            collect(self.repaired)
            .group_by("REPAIR", "YEAR")
            .agg(
                n_rows=pl.len().cast(pl.Int64),
                n_children=pl.col("CHILD").n_unique().cast(pl.Int64),
            )
        )
        named = pl.DataFrame(
            [
                (r.name, r.effect, year, r.text, place)
                for place, r in enumerate(REPAIRS)
                for year in self.years
            ],
            schema={
                "repair": pl.String,
                "effect": pl.String,
                "year": pl.Int64,
                "text": pl.String,
                "place": pl.Int64,
            },
            orient="row",
        )
        joined = named.join(
            counted, left_on=["repair", "year"], right_on=["REPAIR", "YEAR"], how="left"
        ).sort("place", "year")
        return joined.with_columns(pl.col("n_rows", "n_children").fill_null(0)).select(
            "repair", "effect", "year", "n_rows", "n_children", "text"
        )


def care(store: Store, council: str, *, session: Any = None) -> CareJourneys:
    """The journeys of ``council``'s children from its current SSDA903 submissions of all years.

    ``session`` is a Spark session: with one, the frames are Spark's; without, Polars computes
    them in memory. A council without submissions has journeys without rows and no years.
    """
    found = store.submissions(council=council, collection=COLLECTION, current=True)
    returns = [ReturnTables(s.year, s.id, store.tables(s, READ)) for s in found]
    if session is not None:
        returns = [_on_spark(r, session) for r in returns]
    return care_from(council, returns)


def care_from(council: str, returns: Iterable[ReturnTables]) -> CareJourneys:
    """The journeys in these returns, at most one a collection year. Reads no store.

    Raises ValueError if two returns are of the same year: the caller chooses the current one.
    """
    ordered = sorted(returns, key=lambda r: r.year)
    years = tuple(r.year for r in ordered)
    if len(set(years)) < len(years):
        raise ValueError("Journeys take one return a year: give the current submission of each.")
    stacked = _stack(ordered, "Episodes", ep.COLUMNS)
    headers = _stack(ordered, "Header", who.HEADER_COLUMNS)
    uasc = _stack(ordered, "UASC", who.UASC_COLUMNS)

    merged, repaired = ep.merge(stacked, last_year=max(years, default=0))
    people = materialise(who.children(headers))
    known = attach(frame(merged), frame(people), on="CHILD", columns=["SEX", "ETHNIC", "DOB"])
    numbered = materialise(number_periods(native(known)))
    in_periods = materialise(periods(numbered))
    changed = who.changed_birth_dates(headers, people)
    return CareJourneys(
        council=council,
        years=years,
        windows={y: period_of(COLLECTION, y) for y in years},
        submissions={r.year: r.submission for r in ordered},
        rows_read={r.year: _height(r.tables.get("Episodes")) for r in ordered},
        episodes=numbered,
        periods=in_periods,
        placements=materialise(placements(number_placements(numbered))),
        returns_home=materialise(returns_home(in_periods)),
        children=people,
        asylum_seekers=materialise(who.asylum_seekers(headers, uasc)),
        repaired=materialise(native(nw.concat([frame(repaired), frame(changed)]))),
    )


def _stack(returns: list[ReturnTables], table: str, columns: Mapping[str, Any]) -> Any:
    """One table of every return, with the columns asked for (nulls where a return lacks one)."""
    parts = []
    for one in returns:
        if table in one.tables:
            rows = frame(one.tables[table])
            first, last = period_of(COLLECTION, one.year)
            del first
            known = {
                "YEAR": nw.lit(one.year, dtype=nw.Int64),
                "YEAR_END": nw.lit(last, dtype=nw.Date),
                "AFTER_YEAR": nw.lit(last + timedelta(days=1), dtype=nw.Date),
                "SUBMISSION": nw.lit(one.submission, dtype=nw.String),
            }
            there = set(rows.collect_schema().names()) - set(known)
            parts.append(
                rows.select(
                    *(
                        known[c].alias(c)
                        if c in known
                        else nw.col(c).cast(kind)
                        if c in there
                        else nw.lit(None, dtype=kind).alias(c)
                        for c, kind in columns.items()
                    )
                )
            )
    if not parts:
        kinds = {nw.String: pl.String, nw.Date: pl.Date, nw.Int64: pl.Int64, nw.Boolean: pl.Boolean}
        return pl.DataFrame(schema={c: kinds[kind] for c, kind in columns.items()})
    return native(nw.concat(parts))


def _height(table: Any) -> int:
    if table is None:
        return 0
    if isinstance(table, pl.DataFrame):
        return table.height
    return int(collect(frame(table).select(nw.len()))[0, 0])


def _on_spark(one: ReturnTables, session: Any) -> ReturnTables:
    """The same tables as Spark frames."""
    tables = {n: to_spark(table, session) for n, table in one.tables.items()}
    return ReturnTables(one.year, one.submission, tables)
