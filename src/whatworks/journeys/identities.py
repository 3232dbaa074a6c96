"""Child numbers that a council used again for another child.

Two returns that name one number may mean two children. They are taken to be two only where all of
this holds between one return and the next that lists the number in its Header: the dates of birth
are more than ``APART_DAYS`` apart, the sex differs, and every episode of the later return begins
after the last day of the earlier one. Any of these alone is more likely a mistake in a record. The
later child is then given a number of its own, so that neither's history runs into the other's.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from whatworks.journeys import codes
from whatworks.tables import (
    AnyFrame,
    attach,
    col,
    days_between,
    frame,
    is_blank,
    latest_version,
    lit,
    native,
    neighbours,
    when,
)

NAME = "number_used_again"
APART_DAYS = 730
"""Two years: twins, siblings' records mixed up and slips of the pen mostly differ by less."""
_SUFFIX = r" \(\d+\)$"
"""What is added to a number from the year on in which it means another child."""


def male() -> nw.Expr:
    """Whether SEX says male; null where it does not tell."""
    return (
        when(col("SEX").is_in(codes.SEXES["Male"]))
        .then(lit(value=True))
        .when(col("SEX").is_in(codes.SEXES["Female"]))
        .then(lit(value=False))
        .otherwise(lit(None, dtype=nw.Boolean))
    )


def as_sent(column: str) -> nw.Expr:
    """A child's number as the council wrote it, whichever of its children it means."""
    return col(column).str.replace_all(_SUFFIX, "")


def other_children(headers: AnyFrame, episodes: AnyFrame) -> Any:
    """CHILD, YEAR, NEW: what to call a number in each year in which it means another child.

    ``headers`` (children.HEADER_COLUMNS) and ``episodes`` (CHILD, DECOM, YEAR, YEAR_END) are the
    stacked tables of all returns. Years in which a number means the child it meant first are not
    in it; nearly always it is empty.
    """
    listed = frame(headers).filter(~is_blank("CHILD") & ~is_blank("DOB"))
    listed = listed.with_columns(MALE=male())
    listed = latest_version(listed, by=["CHILD", "YEAR"], order=["DOB", "MALE", "SEX"])
    rows = neighbours(listed, by="CHILD", order=["YEAR"], previous=["YEAR", "DOB", "MALE"])
    days = days_between("PREV_DOB", "DOB")
    far = (days > APART_DAYS) | (days < -APART_DAYS)
    rows = rows.filter((far & (col("MALE") != col("PREV_MALE"))).fill_null(value=False))
    rows = rows.select("CHILD", "PREV_YEAR", FROM=col("YEAR"))
    return native(_named(_apart(rows, frame(episodes)), frame(headers), frame(episodes)))


def _apart(rows: Any, episodes: Any) -> Any:
    """Those whose episodes of the later return all begin after the earlier return's last day."""
    begun = episodes.join(rows.select("CHILD"), on="CHILD", how="semi")
    begun = begun.filter(~is_blank("DECOM"))
    first = begun.group_by("CHILD", "YEAR").agg(BEGAN=col("DECOM").min())
    rows = rows.join(first, left_on=["CHILD", "FROM"], right_on=["CHILD", "YEAR"], how="inner")
    ends = episodes.group_by("YEAR").agg(LAST=col("YEAR_END").max())
    rows = rows.join(ends, left_on="PREV_YEAR", right_on="YEAR", how="inner")
    return rows.filter(col("BEGAN") > col("LAST")).select("CHILD", "FROM")


def _named(rows: Any, headers: Any, episodes: Any) -> Any:
    """For every year of these numbers from then on, the name of the child it means."""
    both = [one.select("CHILD", "YEAR") for one in (headers, episodes)]
    theirs = [one.join(rows.select("CHILD"), on="CHILD", how="semi") for one in both]
    seen = nw.concat(theirs).unique(["CHILD", "YEAR"])
    seen = seen.join(rows, on="CHILD", how="inner").filter(col("YEAR") >= col("FROM"))
    counted = seen.group_by("CHILD", "YEAR").agg(NTH=nw.len())
    nth = (col("NTH") + 1).cast(nw.Int64).cast(nw.String)
    name = nw.concat_str(col("CHILD"), lit(" ("), nth, lit(")"))
    return counted.select("CHILD", "YEAR", NEW=name)


def told_apart(rows: AnyFrame, others: AnyFrame) -> Any:
    """A stacked table (CHILD, YEAR, ...) in which each child has a number of its own.

    ``others`` is that of ``other_children``. Every table of a return goes through this.
    """
    known = native(others)
    if isinstance(known, pl.DataFrame) and known.is_empty():
        return native(rows)
    named = attach(frame(rows), frame(others), on=["CHILD", "YEAR"], columns="NEW")
    own = when(~is_blank("NEW")).then(col("NEW")).otherwise(col("CHILD"))
    return native(named.with_columns(CHILD=own).drop("NEW"))


def of_same_number(child: str, others: pl.DataFrame) -> tuple[str, ...]:
    """The other children whom the number of one has meant, as they are called here."""
    first = next(iter(others.filter(pl.col("NEW") == child)["CHILD"]), child)
    all_of_them = {first, *others.filter(pl.col("CHILD") == first)["NEW"]}
    return tuple(sorted(all_of_them - {child}))


def repaired(headers: AnyFrame, others: AnyFrame) -> Any:
    """The Header rows (as they were sent) of children whose number had been another's."""
    rows = frame(headers).join(frame(others), on=["CHILD", "YEAR"], how="inner")
    return native(
        rows.select(
            lit(NAME).alias("REPAIR"), col("NEW").alias("CHILD"), "SUBMISSION", "YEAR", "ROW"
        )
    )
