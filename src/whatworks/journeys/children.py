"""Who the children are: one row a child, from the Header tables of every return."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.tables import AnyFrame, attach, col, frame, is_blank, latest_version, native

HEADER_COLUMNS: dict[str, Any] = {
    "CHILD": nw.String,
    "SEX": nw.String,
    "DOB": nw.Date,
    "ETHNIC": nw.String,
    "UASC": nw.String,
    "YEAR": nw.Int64,
    "SUBMISSION": nw.String,
    "ROW": nw.Int64,
}
UASC_COLUMNS: dict[str, Any] = {
    "CHILD": nw.String,
    "DUC": nw.Date,
    "YEAR": nw.Int64,
    "SUBMISSION": nw.String,
    "ROW": nw.Int64,
}
_YES = ("1", "Y", "YES", "TRUE")
_BY_TIME = ["YEAR", "ROW"]


def children(headers: AnyFrame) -> Any:
    """CHILD, SEX, ETHNIC and DOB, each as the latest return that gives it has it."""
    rows = frame(headers).filter(~is_blank("CHILD"))
    latest = latest_version(rows, by="CHILD", order=_BY_TIME).select("CHILD")
    for column in ("SEX", "ETHNIC", "DOB"):
        given = latest_version(rows.filter(~is_blank(column)), by="CHILD", order=_BY_TIME)
        latest = attach(latest, given, on="CHILD", columns=column)
    return native(latest)


def changed_birth_dates(headers: AnyFrame, who: AnyFrame) -> Any:
    """The Header rows whose date of birth is not the one used, as repaired rows."""
    rows = frame(headers).filter(~is_blank("CHILD") & ~is_blank("DOB"))
    rows = attach(rows, frame(who), on="CHILD", columns="DOB", prefix="USED_")
    rows = rows.filter(col("DOB") != col("USED_DOB"))
    return native(
        rows.select(
            nw.lit("birth_date_changed").alias("REPAIR"), "CHILD", "SUBMISSION", "YEAR", "ROW"
        )
    )


def asylum_seekers(headers: AnyFrame, uasc: AnyFrame) -> Any:
    """CHILD, YEAR, DUC: unaccompanied asylum-seeking children, as each year's return lists them.

    DUC is the day that status ceased (null: it had not). A child is listed by the UASC table or,
    in the XML form, by a mark in the header.
    """
    listed = frame(uasc).select("CHILD", "YEAR", "DUC")
    marked = frame(headers).filter(col("UASC").is_in(_YES)).select("CHILD", "YEAR")
    marked = marked.with_columns(DUC=nw.lit(None, dtype=nw.Date)).select("CHILD", "YEAR", "DUC")
    rows = nw.concat([listed, marked]).filter(~is_blank("CHILD"))
    return native(rows.group_by("CHILD", "YEAR").agg(col("DUC").max()))
