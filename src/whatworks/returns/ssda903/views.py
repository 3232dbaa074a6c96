"""The views of an SSDA903 return: each table with what its rules need to know beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

import polars as pl

from whatworks import tables as t
from whatworks.returns.views import (
    Build,
    Frames,
    View,
    neighbour_facts,
    paired,
    with_neighbours,
    with_times,
    with_year,
)

HEADER_PREFIX = "HEADER_"
_FROM_HEADER = ("SEX", "DOB", "MOTHER", "MC_DOB", "UPN", "UASC")

_EPISODE_ORDER = ("DECOM", "DEC")
_EPISODE_COLUMNS = (
    "DECOM",
    "DEC",
    "RNE",
    "LS",
    "CIN",
    "PLACE",
    "PLACE_PROVIDER",
    "REC",
    "REASON_PLACE_CHANGE",
    "HOME_POST",
    "PL_POST",
    "URN",
)
_MISSING_COLUMNS = ("MIS_START", "MIS_END", "MISSING")
_PLACED_COLUMNS = ("DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED")


def _with_header(rows: pl.DataFrame, frames: Frames) -> pl.DataFrame:
    header = frames["Header"]
    flags = [f"{c}__unreadable" for c in _FROM_HEADER if f"{c}__unreadable" in header.columns]
    header = header.select("CHILD", "ROW", *_FROM_HEADER, *flags)
    return paired(rows, header, on=["CHILD"], prefix=HEADER_PREFIX)


def _header_facts(table: str) -> dict[str, tuple[str, ...]]:
    return {
        f"{HEADER_PREFIX}ROW": (f"{table}.CHILD", "Header.CHILD"),
        **{
            f"{HEADER_PREFIX}{c}": (f"{table}.CHILD", "Header.CHILD", f"Header.{c}")
            for c in _FROM_HEADER
        },
    }


def _build_header(frames: Frames, start: date, end: date) -> pl.DataFrame:
    return with_year(with_times(frames["Header"], "CHILD"), start, end)


def _build_episode(frames: Frames, start: date, end: date) -> pl.DataFrame:
    rows = with_times(frames["Episodes"], "CHILD")
    rows = t.islands(rows, by="CHILD", start="DECOM", end="DEC", name="PERIOD")
    began = pl.col("DECOM").min().over("CHILD", "PERIOD")
    rows = rows.with_columns(PERIOD_START=pl.when(pl.col("PERIOD").is_not_null()).then(began))
    rows = with_neighbours(rows, by="CHILD", order=_EPISODE_ORDER, columns=_EPISODE_COLUMNS)
    rows = with_year(_with_header(rows, frames), start, end)
    return t.with_columns(
        rows,
        AGE_AT_START=t.age_at("HEADER_DOB", "DECOM"),
        AGE_AT_END=t.age_at("HEADER_DOB", "DEC"),
    )


_EPISODE_FACTS = {
    "TIMES": ("Episodes.CHILD",),
    "PERIOD": ("Episodes.CHILD", "Episodes.DECOM", "Episodes.DEC"),
    "PERIOD_START": ("Episodes.CHILD", "Episodes.DECOM", "Episodes.DEC"),
    "AGE_AT_START": ("Episodes.CHILD", "Episodes.DECOM", "Header.CHILD", "Header.DOB"),
    "AGE_AT_END": ("Episodes.CHILD", "Episodes.DEC", "Header.CHILD", "Header.DOB"),
    **neighbour_facts("Episodes", "CHILD", "DECOM", _EPISODE_COLUMNS),
    **_header_facts("Episodes"),
}


def _sequence(table: str, columns: tuple[str, ...]) -> Build:
    """Rows of a child in order of their first two columns, beside the child's header."""

    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        rows = with_times(frames[table], "CHILD")
        rows = with_neighbours(rows, by="CHILD", order=columns[:2], columns=columns)
        return with_year(_with_header(rows, frames), start, end)

    return build


def _plain(table: str) -> Build:
    def build(frames: Frames, start: date, end: date) -> pl.DataFrame:
        rows = with_times(frames[table], "CHILD")
        return with_year(_with_header(rows, frames), start, end)

    return build


def _view(name: str, table: str, columns: tuple[str, ...] = ()) -> View:
    facts = {"TIMES": (f"{table}.CHILD",), **_header_facts(table)}
    if columns:
        facts |= neighbour_facts(table, "CHILD", columns[0], columns)
    return View(
        name=name,
        table=table,
        build=_sequence(table, columns) if columns else _plain(table),
        facts=MappingProxyType(facts),
        attached=MappingProxyType({"Header": HEADER_PREFIX}),
    )


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        view.name: view
        for view in (
            View(
                name="header",
                table="Header",
                build=_build_header,
                facts=MappingProxyType({"TIMES": ("Header.CHILD",)}),
            ),
            View(
                name="episode",
                table="Episodes",
                build=_build_episode,
                facts=MappingProxyType(_EPISODE_FACTS),
                attached=MappingProxyType({"Header": HEADER_PREFIX}),
            ),
            _view("review", "Reviews"),
            _view("uasc", "UASC"),
            _view("oc2", "OC2"),
            _view("oc3", "OC3"),
            _view("adoption", "AD1"),
            _view("placed_for_adoption", "PlacedAdoption", _PLACED_COLUMNS),
            _view("previous_permanence", "PrevPerm"),
            _view("missing", "Missing", _MISSING_COLUMNS),
            _view("social_worker", "SWEpisodes", ("SW_DECOM", "SW_DEC", "SW_ID", "SW_REASON")),
            _view("deprivation_of_liberty", "DoLo", ("DOLO_START", "DOLO_END")),
        )
    }
)
