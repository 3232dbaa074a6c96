"""What comes month by month: how things stood in a council on the last day told of each year.

Annex A lists and the Standard Safeguarding Dataset are snapshots. A collection year's figure is
that of the last snapshot loaded for it; a figure of one month is that of its own. Within one
snapshot every row that says the same as another counts once (``repairs``), and what was not sent is
a gap by its own name, never a nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks.returns.model import ROW, UNREADABLE_SUFFIX
from whatworks.returns.schema import all_tables
from whatworks.returns.typing import fill_in
from whatworks.tables import add_months, collect, frame

if TYPE_CHECKING:
    from whatworks.returns.model import Submission
    from whatworks.returns.store import Store

AGAIN, NOBODY = "row_again", "nobody"
REPAIRED = {
    AGAIN: (
        "left out",
        "The row says the same as another one of its table: the first counts.",
    ),
    NOBODY: ("left out", "The row does not say whom it is about, so it cannot be counted."),
}
"""What was done to rows before counting: name -> effect and sentence."""

TITLES = {"annex_a": "Annex A lists", "ssd": "Standard Safeguarding Dataset"}
OF_ALL = {
    "YEAR": pl.Int64,
    "CHILD": pl.String,
    "ON": pl.Date,
    "DOB": pl.Date,
    "AGE_SAID": pl.Int64,
    "SEX": pl.String,
    "ETHNIC": pl.String,
    "SUBMISSION": pl.String,
    "RETURN_YEAR": pl.Int64,
    "TABLE": pl.String,
    "ROW": pl.Int64,
}
"""What every row that is counted has: the columns of views of children, but with DOB and the age
that a list gives in place of AGE, which views work out."""


@dataclass(frozen=True)
class Snapshot:
    """The typed tables of one current submission, and the day that they tell of."""

    year: int
    as_at: date
    submission: str
    tables: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class MonthlyJourneys:
    """What measures of a monthly input are counted from, for one council.

    ``things`` holds a frame for each view that measures are counted over, with ``OF_ALL``'s
    columns and its own; ``days`` the day of each year's snapshot; ``repaired`` (REPAIR, TABLE,
    CHILD, YEAR, ROW) what was set aside on the way. Child-level: it stays inside the council.
    """

    collection: str
    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    days: Mapping[int, date]
    submissions: Mapping[int, str]
    gaps: Mapping[int, Mapping[str, str]]
    things: Mapping[str, Any]
    repaired: pl.DataFrame

    def repairs(self) -> pl.DataFrame:
        """How often each repair was made: repair, effect, year, n_rows, n_children, text."""
        rows = []
        for year in self.years:
            mine = self.repaired.filter(YEAR=year)
            for name, (effect, text) in REPAIRED.items():
                found = mine.filter(REPAIR=name)
                children = found["CHILD"].drop_nulls().n_unique()
                rows.append((name, effect, year, found.height, children, text))
        schema = {
            "repair": pl.String,
            "effect": pl.String,
            "year": pl.Int64,
            "n_rows": pl.Int64,
            "n_children": pl.Int64,
            "text": pl.String,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")


def current(store: Store, council: str, collection: str) -> list[Submission]:
    """The current submissions of a monthly input, by day."""
    found = store.submissions(council=council, collection=collection, current=True)
    return sorted((s for s in found if s.as_at is not None), key=lambda s: (s.as_at, s.id))


def last_of_each_year(found: Iterable[Submission]) -> list[Submission]:
    """The last submission of each collection year, by the day that it tells of."""
    last: dict[int, Submission] = {}
    for one in found:
        before = last.get(one.year)
        if before is None or (one.as_at, one.id) > (before.as_at, before.id):
            last[one.year] = one
    return [last[year] for year in sorted(last)]


def opened(store: Store, found: Iterable[Submission]) -> list[Snapshot]:
    """Submissions with their tables."""
    return [Snapshot(s.year, s.as_at, s.id, store.tables(s)) for s in found if s.as_at is not None]


def in_order(snapshots: Iterable[Snapshot]) -> list[Snapshot]:
    """Snapshots by year. Raises ValueError if two are of the same year."""
    ordered = sorted(snapshots, key=lambda one: one.year)
    if len({one.year for one in ordered}) < len(ordered):
        raise ValueError("Monthly journeys take one snapshot a year: the last, or one month's.")
    return ordered


def gaps_of(collection: str, one: Snapshot) -> dict[str, str]:
    """Every table and column that was not sent, 'TABLE' and 'TABLE/COLUMN' -> why no figure."""
    day = f"{one.as_at.day} {one.as_at:%B %Y}"
    gaps = {}
    for form in all_tables(collection).values():
        table = one.tables.get(form.name)
        shown = form.name.replace("_", " ") if collection == "annex_a" else form.name
        if table is None:
            gaps[form.name] = f"{TITLES[collection]} of {day} came without {shown}."
        for column in form.names:
            if table is None:
                gaps[f"{form.name}/{column}"] = gaps[form.name]
            elif column not in table.columns:
                gaps[f"{form.name}/{column}"] = (
                    f"{shown} of {day} came without the column ‘{column}’."
                )
    return gaps


class Rows:
    """The tables of one snapshot, tidied: rows that say the same once, rows about nobody gone."""

    def __init__(self, collection: str, one: Snapshot) -> None:
        self.one = one
        self._collection = collection
        self._filled = fill_in(one.tables, collection=collection, year=one.year)
        self.repaired: list[pl.DataFrame] = [nothing_repaired()]

    def table(self, name: str, who: str) -> pl.DataFrame:
        """A table's rows with CHILD; those that say the same as an earlier one are left out."""
        rows = self._filled[name].with_columns(CHILD=pl.col(who), WORDS=self._words(name)).sort(ROW)
        nobody = rows.filter(pl.col("CHILD").is_null())
        known = rows.filter(pl.col("CHILD").is_not_null())
        kept = known.unique("WORDS", keep="first", maintain_order=True)
        self._note(NOBODY, name, nobody)
        self._note(AGAIN, name, known.join(kept, on=ROW, how="anti"))
        return kept

    def _words(self, name: str) -> pl.Expr:
        """All that a row says, as one text: what tells rows apart, and in what order they come
        where nothing else decides. A cell that could not be read is a question mark."""
        cells = []
        for column in all_tables(self._collection)[name].names:
            said = pl.col(column).cast(pl.String).fill_null("")
            flag = column + UNREADABLE_SUFFIX
            if flag in self._filled[name].columns:
                said = pl.when(pl.col(flag)).then(pl.lit("?")).otherwise(said)
            cells.append(said)
        return pl.concat_str(cells, separator="|")

    def _note(self, repair: str, table: str, rows: pl.DataFrame) -> None:
        self.repaired.append(
            rows.select(
                REPAIR=pl.lit(repair),
                TABLE=pl.lit(table),
                CHILD="CHILD",
                YEAR=pl.lit(self.one.year, pl.Int64),
                ROW=ROW,
            )
        )


def nothing_repaired() -> pl.DataFrame:
    """Repairs, none of them."""
    return pl.DataFrame(
        schema={
            "REPAIR": pl.String,
            "TABLE": pl.String,
            "CHILD": pl.String,
            "YEAR": pl.Int64,
            "ROW": pl.Int64,
        }
    )


def thing(one: Snapshot, rows: pl.DataFrame, table: str, extra: Mapping[str, Any]) -> pl.DataFrame:
    """Rows that are counted, in the shape that their view expects; ``ON`` is the day of the
    snapshot where the rows have none."""
    stamped = rows.with_columns(
        YEAR=pl.lit(one.year, pl.Int64),
        RETURN_YEAR=pl.lit(one.year, pl.Int64),
        SUBMISSION=pl.lit(one.submission),
        TABLE=pl.lit(table) if "TABLE" not in rows.columns else pl.col("TABLE"),
        ON=pl.lit(one.as_at) if "ON" not in rows.columns else pl.col("ON"),
    )
    schema = {**OF_ALL, **extra}
    return stamped.select(
        pl.col(name).cast(kind) if name in stamped.columns else pl.lit(None, dtype=kind).alias(name)
        for name, kind in schema.items()
    )


def put_together(
    shapes: Mapping[str, Mapping[str, Any]], made: Sequence[Mapping[str, pl.DataFrame]]
) -> Iterator[tuple[str, pl.DataFrame]]:
    """Each kind of thing of all snapshots as one frame."""
    for name, extra in shapes.items():
        parts = [things[name] for things in made]
        yield name, pl.concat([pl.DataFrame(schema={**OF_ALL, **extra}), *parts])


def one_each(rows: pl.DataFrame, latest: str) -> pl.DataFrame:
    """One row a child: that with the latest day in a column; of several, the one whose words come
    last. So the order of rows in a table decides nothing."""
    order = [latest, "WORDS"]
    ordered = rows.sort(order, descending=True, nulls_last=True)
    return ordered.unique("CHILD", keep="first", maintain_order=True).sort(ROW)


def days(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Whole days from one date to another."""
    return last.cast(pl.Int32) - first.cast(pl.Int32)


def months_back(day: date, months: int) -> date:
    """The same day so many months earlier, or that month's last day if it is shorter."""
    made = frame(pl.DataFrame({"DAY": [day]})).with_columns(DAY=add_months("DAY", -months))
    back: date = collect(made)["DAY"][0]
    return back


def told(column: str) -> pl.Expr:
    """Whether a cell of dates, numbers or answers could be read; a blank could."""
    return ~pl.col(column + UNREADABLE_SUFFIX)
