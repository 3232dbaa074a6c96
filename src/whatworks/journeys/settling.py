"""The steps by which rows of any table of a return are made consistent, each marking its repairs.

Every step takes rows and a list to which it adds the rows it repaired (REPAIR, CHILD,
SUBMISSION, YEAR, ROW), and returns the rows that go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from whatworks.journeys.episodes import same
from whatworks.tables import attach, col, frame, is_blank, lit, neighbours, when

TRACE = ["CHILD", "SUBMISSION", "YEAR", "ROW"]


def marked(rows: Any, name: str) -> Any:
    """These rows as repaired rows."""
    return rows.select(lit(name).cast(nw.String).alias("REPAIR"), *TRACE)


def leave_out(rows: Any, name: str, condition: nw.Expr, repaired: list[Any]) -> Any:
    """The rows that are not in doubt; those that are, marked. A null is no doubt."""
    doubtful = condition.fill_null(value=False)
    repaired.append(marked(rows.filter(doubtful), name))
    return rows.filter(~doubtful)


def note(rows: Any, name: str, condition: nw.Expr, repaired: list[Any]) -> Any:
    """All rows as they stand; those in doubt, marked."""
    repaired.append(marked(rows.filter(condition.fill_null(value=False)), name))
    return rows


def belonging(
    rows: Any, name: str, repaired: list[Any], *, day: str | None = None, end: str | None = None
) -> Any:
    """Rows of somebody, with a day that their return can know of and no end before it."""
    rows = leave_out(rows, f"{name}_without_child_number", is_blank("CHILD"), repaired)
    if day is None:
        return rows
    rows = leave_out(rows, f"{name}_day_not_known", is_blank(day), repaired)
    rows = leave_out(rows, f"{name}_after_the_return", col(day) > col("YEAR_END"), repaired)
    if end is None:
        return rows
    return leave_out(rows, f"{name}_ends_before_it_starts", col(end) < col(day), repaired)


def without_copies(
    rows: Any, name: str, repaired: list[Any], *, key: Sequence[str], says: Sequence[str]
) -> Any:
    """Of rows of one return alike in ``key`` and in all that they say, the first."""
    order = [*says, "SUBMISSION", "ROW"]
    rows = neighbours(rows, by=["YEAR", *key], order=order, previous=["ROW", *says])
    copied = ~is_blank("PREV_ROW")
    for column in says:
        copied &= same(column, f"PREV_{column}")
    rows = leave_out(rows, f"{name}_copied_row", copied, repaired)
    return rows.drop("PREV_ROW", *(f"PREV_{c}" for c in says))


def told_once(
    rows: Any, name: str, repaired: list[Any], *, key: Sequence[str], says: Sequence[str]
) -> Any:
    """One row for each key and return; a cell on which its rows disagree becomes null.

    A blank does not disagree with an answer. The order of rows in a file decides nothing.
    """
    keys = [*key, "YEAR"]
    rows = neighbours(rows, by=keys, order=["SUBMISSION", "ROW"], previous=["ROW"])
    repaired.append(marked(rows.filter(~is_blank("PREV_ROW")), f"{name}_told_twice"))
    others = [c for c in ("YEAR_END", "SUBMISSION", "ROW") if c not in keys]
    told = rows.group_by(*keys).agg(
        *(col(c).min().alias(c) for c in others),
        *(col(c).min().alias(f"{c}__least") for c in says),
        *(col(c).max().alias(f"{c}__most") for c in says),
    )
    told = told.with_columns(
        when(col(f"{c}__least") == col(f"{c}__most")).then(col(f"{c}__least")).alias(c)
        for c in says
    )
    return told.drop(*(f"{c}__{end}" for c in says for end in ("least", "most")))


def latest_return(rows: Any, name: str, repaired: list[Any], *, key: Sequence[str]) -> Any:
    """Of the same thing in several returns, what the latest says."""
    latest = rows.group_by(*key).agg(LATEST=col("YEAR").max())
    rows = attach(rows, latest, on=list(key), columns="LATEST")
    earlier = col("YEAR") < col("LATEST")
    return leave_out(rows, f"{name}_reported_again", earlier, repaired).drop("LATEST")


def ended(rows: Any, name: str, repaired: list[Any], *, day: str, end: str, last_year: int) -> Any:
    """Every row with an end, but for those open in the latest return loaded."""
    unread = col(f"{end}__unreadable").fill_null(value=False)
    note(rows, f"{name}_end_not_readable", unread, repaired)
    rows = rows.with_columns(when(unread).then(col(day)).otherwise(col(end)).alias(end))
    forgotten = is_blank(end) & (col("YEAR") < last_year)
    note(rows, f"{name}_open_and_not_mentioned_again", forgotten, repaired)
    rows = rows.with_columns(when(forgotten).then(col("YEAR_END")).otherwise(col(end)).alias(end))
    return rows.drop(f"{end}__unreadable")


def looked_after_at_all(rows: Any, name: str, repaired: list[Any], episodes: Any) -> Any:
    """All rows as they stand; those of a child without an episode in any return, marked."""
    known = frame(episodes).select("CHILD").unique().with_columns(KNOWN=lit(value=True))
    seen = attach(rows, known, on="CHILD", columns="KNOWN")
    note(seen, f"{name}_of_nobody_looked_after", is_blank("KNOWN"), repaired)
    return rows
