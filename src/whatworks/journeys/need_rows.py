"""How rows of CIN censuses become things that each stand once, whatever the thing is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys.need_columns import UNREAD, settled
from whatworks.tables import (
    attach,
    col,
    is_blank,
    lit,
    materialise,
    native,
    neighbours,
    when,
)

_MARKS = ("CHILD", "SUBMISSION", "YEAR", "ROW")


class Ledger:
    """The rows that something was done to: REPAIR, CHILD, SUBMISSION, YEAR, ROW."""

    def __init__(self) -> None:
        self._marked: list[Any] = []

    def mark(self, rows: Any, name: str) -> None:
        """Enter all of ``rows`` under one repair."""
        self._marked.append(rows.select(*_MARKS, REPAIR=lit(name)))

    def take(self, rows: Any) -> Any:
        """Enter the rows that have a WHY, and give back the others."""
        done = rows.filter(~is_blank("WHY"))
        self._marked.append(done.select(*_MARKS, REPAIR=col("WHY").cast(nw.String)))
        return rows.filter(is_blank("WHY")).drop("WHY")

    def note(self, rows: Any, **doubts: nw.Expr) -> None:
        """Enter, for each repair, the rows for which its condition holds."""
        for name, condition in doubts.items():
            self.mark(rows.filter(condition.fill_null(value=False)), name)

    def entries(self) -> Any:
        """Everything entered."""
        return materialise(native(nw.concat(self._marked)))


def each_once(rows: Any, what: str, day: str, ledger: Ledger, *, known: Sequence[str] = ()) -> Any:
    """One row for each child and day, from the latest census that has it.

    Of several in that census one is kept: the last in the order of what they say (``known``, the
    columns of which a row that says something comes after one that does not, then every other
    column, nulls last), so that the order of rows in a file does not choose.
    """
    why = (
        when(is_blank("CHILD"))
        .then(lit(f"{what}_without_child_number"))
        .when(is_blank(day))
        .then(lit(f"{what}_day_not_known"))
        .when((col(day) > col("YEAR_END")).fill_null(value=False))
        .then(lit(f"{what}_after_the_census"))
        .otherwise(lit(None, dtype=nw.String))
    )
    rows = ledger.take(rows.with_columns(WHY=why))
    said = {f"__{c}": (~is_blank(c)).cast(nw.Int64) for c in known}
    rows = rows.with_columns(**said) if said else rows
    telling = [c for pair in zip(said, known, strict=True) for c in pair]
    order = ["YEAR", *telling, *_others(rows, day, telling), "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["CHILD", day], order=order, next="YEAR")
    again = (
        when(col("NEXT_YEAR") == col("YEAR"))
        .then(lit(f"{what}_same_day_again"))
        .when(~is_blank("NEXT_YEAR"))
        .then(lit(f"{what}_reported_again"))
        .otherwise(lit(None, dtype=nw.String))
    )
    kept = ledger.take(rows.with_columns(WHY=again))
    return settled(kept.drop("NEXT_YEAR", *said))


_PLACE = {"CHILD", "YEAR", "YEAR_END", "AFTER_YEAR", "SUBMISSION", "ROW"}
_GIVEN = {"CASE", "ASSESSMENT", "PLAN"}
"""Numbers given while reading: they follow the order of the file, so they must not choose."""


def _others(rows: Any, day: str, telling: Sequence[str]) -> list[str]:
    names = rows.collect_schema().names()
    taken = {*_PLACE, *_GIVEN, day, *telling}
    return sorted(c for c in names if c not in taken and not c.endswith(UNREAD))


def ends_mended(
    rows: Any,
    what: str,
    start: str,
    end: str,
    years: Sequence[int],
    *,
    ledger: Ledger,
    lasting: nw.Expr | None = None,
) -> Any:
    """``end`` as it is believed, and END_SET: whether it is other than written.

    ``lasting``: rows that stay open unless closed (all of them where left out). The rows have
    ``end``_UNREAD.
    """
    unread = is_blank(end) & col(end + UNREAD)
    too_early = (col(end) < col(start)).fill_null(value=False)
    too_late = (col(end) > col("YEAR_END")).fill_null(value=False)
    open_then = is_blank(end) | too_late
    latest = max(years, default=0)
    gone = open_then & (col("YEAR") < latest)
    if lasting is not None:
        gone = gone & lasting
    names = {
        f"{what}_end_not_readable": unread,
        f"{what}_ended_before_it_began": too_early,
        f"{what}_open_and_not_mentioned_again": gone & ~unread,
        f"{what}_ended_after_the_census": too_late & ~gone,
    }
    ledger.note(rows, **names)
    no_day = lit(None, dtype=nw.Date)
    believed = (
        when(unread)
        .then(col("YEAR_END"))
        .when(too_early)
        .then(col(start))
        .when(gone)
        .then(col("AFTER_YEAR"))
        .when(too_late)
        .then(no_day)
        .otherwise(col(end))
    )
    return rows.with_columns(
        **{end: believed, "END_SET": unread | too_early | gone | too_late}
    ).drop(end + UNREAD)


def with_its_case(rows: Any, cases: Any) -> Any:
    """REFERRED: the day of the referral that each belongs to, null where there is none.

    It comes before rows are taken once, so that of two alike it is not the file that chooses.
    """
    return settled(attach(rows, cases, on=["YEAR", "CHILD", "CASE"], columns="REFERRED"))


def note_cases(rows: Any, what: str, day: str, ledger: Ledger) -> None:
    """Enter what is without its case, and what came before its referral."""
    ledger.note(
        rows,
        **{
            f"{what}_without_its_case": is_blank("REFERRED"),
            f"{what}_before_its_referral": col(day) < col("REFERRED"),
        },
    )
