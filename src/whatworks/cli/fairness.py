"""What ``whatworks measures compare`` prints of many councils: invented ones, or all of England."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from whatworks.cli.output import CouldNot, print_json, results, table

if TYPE_CHECKING:
    from whatworks.returns.store import Store

ALL = "all"
_BETWEEN = ("low_limit_998", "expected", "high_limit_998")


def among(
    name: str, codes: str, workspace: Path, year: int | None, adjust: Sequence[str], as_json: bool
) -> None:
    """Compare the councils of a workspace of invented children with one another."""
    from whatworks import measures, returns

    store = returns.Store.open(workspace)
    chosen = None if codes == ALL else [c.strip() for c in codes.split(",") if c.strip()]
    try:
        latest = year if year is not None else _latest(store, name, chosen)
        found = measures.compare(store, name, latest, chosen, tuple(adjust))
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    if as_json:
        print_json(found)
        return
    results.print("Every child and worker counted here is invented.")
    columns = ["council", "value", *_BETWEEN, "rank_low", "rank_high", "band"]
    title = f"{name}, {latest}: councils compared"
    _table(title, found.frame, columns)
    for row in found.frame.filter(pl.col("reason").is_not_null()).to_dicts():
        results.print(f"{row['council']}: {row['reason']}", markup=False)
    _say(found.notes)


def across(name: str, year: int | None, as_json: bool) -> None:
    """Published figures of every council of England, with the limits of chance."""
    from whatworks import measures

    try:
        at = year if year is not None else _latest_published(name)
        frame, notes = measures.across(name, at), measures.across_notes(name, at)
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    if as_json:
        print_json({"measure": name, "year": at, "figures": frame, "notes": notes})
        return
    results.print("Published figures of real councils.")
    for said in notes:
        rows = frame.filter(pl.col("series") == said.series)
        columns = ["code", "name", "region", "value", "state", *_BETWEEN, "band"]
        _table(f"{said.series}, {at}", rows, columns)
        _say(said.notes)


def _latest(store: Store, name: str, codes: Sequence[str] | None) -> int:
    """The latest year for which any of these councils has a figure."""
    from whatworks import measures

    held = store.councils()
    mine = held if codes is None else [code for code in codes if code in held]
    measure = measures.get(name)
    told = measures.cached_each(store, mine).filter(
        pl.col("measure") == measure.name, pl.col("value").is_not_null()
    )
    years = told["year"].to_list()
    if not years:
        raise CouldNot(f"No council's return that is kept here can be counted for {name}.")
    return int(max(years))


def _latest_published(name: str) -> int:
    from whatworks import reference
    from whatworks.measures.fair.england import mirrored

    panels = [reference.panel(series) for series in mirrored(name)]
    years = [
        year
        for panel in panels
        for year in panel.filter(pl.col("state") == "published")["year"].unique()
    ]
    if not years:
        raise CouldNot(f"No figures of councils were published for {name}.")
    return int(max(years))


def _table(title: str, frame: pl.DataFrame, columns: Sequence[str]) -> None:
    shown = frame.select(columns)
    numeric = [c for c in columns if shown.schema[c].is_numeric()]
    table(title, list(columns), shown.rows(), numeric=numeric)


def _say(notes: Sequence[str]) -> None:
    for note in notes:
        results.print(note, markup=False)
