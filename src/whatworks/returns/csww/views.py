"""The views of a workforce census: each table with the year, and workers with where they stood."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from whatworks.returns.limits import EARLIEST_YEAR, LATEST_YEAR
from whatworks.returns.model import UNREADABLE_SUFFIX
from whatworks.returns.period import LAST_DAY
from whatworks.returns.views import Build, Frames, View, with_times, with_year

OWN, AGENCY = "0", "1"
"""Codes of AgencyWorker: employed by the council itself, supplied by an agency."""

EDGES = ("Start", "End")
"""The two days of a worker's time: RoleStartDate and RoleEndDate."""

_STAY = ("CSWWWorker.RoleStartDate", "CSWWWorker.RoleEndDate")


def _census(frames: Frames, start: date, end: date) -> pl.DataFrame:
    """Headers, each with the day that it should be about by the year it names itself."""
    year = pl.when(pl.col("Year").is_between(EARLIEST_YEAR, LATEST_YEAR)).then(pl.col("Year"))
    rows = frames["Header"].with_columns(NAMED_YEAR_END=pl.date(year, *LAST_DAY["csww"]))
    return with_year(rows, start, end)


def in_post(end: date) -> pl.Expr:
    """Whether a worker was in post on a day: begun by then, and not ended by then.

    A blank start is taken to be long ago. False where a date cannot be read.
    """
    begun = pl.col("RoleStartDate").is_null() | (pl.col("RoleStartDate") <= end)
    stays = pl.col("RoleEndDate").is_null() | (pl.col("RoleEndDate") > end)
    unread = (pl.col(f"Role{edge}Date{UNREADABLE_SUFFIX}") for edge in EDGES)
    return begun & stays & ~pl.any_horizontal(*unread)


def _worker(frames: Frames, start: date, end: date) -> pl.DataFrame:
    """Workers with IN_POST, LEFT (ended within the year), and how often their number is in use.

    IN_POST_TIMES counts the records with the same number that are in post on the last day.
    """
    rows = with_times(frames["CSWWWorker"], "SWENo").with_columns(
        IN_POST=in_post(end),
        LEFT=pl.col("RoleEndDate").is_between(start, end).fill_null(value=False),
    )
    known = pl.col("SWENo").is_not_null()
    times = pl.col("IN_POST").sum().over("SWENo").cast(pl.Int64)
    return with_year(rows.with_columns(IN_POST_TIMES=pl.when(known).then(times)), start, end)


def _alone(table: str) -> Build:
    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        return with_year(frames[table], start, end)

    return build


def _view(name: str, table: str) -> View:
    return View(name, table, _alone(table))


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.name: view
        for view in (
            View(
                "census",
                "Header",
                _census,
                MappingProxyType({"NAMED_YEAR_END": ("Header.Year",)}),
            ),
            _view("vacancies", "LALevelVacancies"),
            View(
                "worker",
                "CSWWWorker",
                _worker,
                MappingProxyType(
                    {
                        "TIMES": ("CSWWWorker.SWENo",),
                        "IN_POST": _STAY,
                        "LEFT": ("CSWWWorker.RoleEndDate",),
                        "IN_POST_TIMES": ("CSWWWorker.SWENo", *_STAY),
                    }
                ),
            ),
            _view("qualification", "Qualifications"),
            _view("contract", "ContractWeeks"),
            _view("absence", "Absences"),
            _view("status", "PractitionerStatus"),
        )
    }
)
