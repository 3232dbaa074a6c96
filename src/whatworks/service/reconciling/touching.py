"""How many children's rows were left out or mended, in the tables that a measure is counted from.

Only those can explain a gap: a repair of a time missing moves no figure of episodes.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import polars as pl

from whatworks.journeys import NEED_REPAIRS, REPAIRS
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.measures.definition import Measure
from whatworks.measures.sourcing import in_memory
from whatworks.returns import derived

if TYPE_CHECKING:
    from whatworks.returns import Store

COLLECTIONS = ("ssda903", "cin")
FOLDER = "reconciling"
_MADE_BY = ("journeys", "measures", "reference", "returns", "tables")
_COUNTED = ("collection", "repair", "effect", "year", "n_children")

LEFT_OUT, END_SET = "left out", "end set"
"""What repairs do that can move a figure; a row told twice and replaced moves none."""
IN_BOTH = ("short_break",)
"""Left out here as in the published figures, so no reason for a gap."""
EPISODES = "Episodes"

OUTCOME_TABLES: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Missing",
        "health": "OC2",
        "leaver": "OC3",
        "adoption": "AD1",
        "adoption_plan": "PlacedAdoption",
        "review": "Reviews",
        "earlier_home": "PrevPerm",
        "social_worker": "SWEpisodes",
        "deprivation": "DoLo",
    }
)
"""How the name of a repair begins -> the table of the return whose rows it is about."""
NEED_THINGS: Mapping[str, str] = MappingProxyType(
    {
        "referral": "referrals",
        "assessment": "assessments",
        "enquiry": "section 47 enquiries",
        "conference": "first conferences",
        "plan": "child protection plans",
        "review": "reviews of plans",
        "cin_plan": "child in need plans",
        "pre_proceedings": "steps before court",
    }
)
"""The same for the census of children in need: what it is about, in words."""

WITHOUT_EPISODES = ("plans_for_adoption", "reviews_held", "deprived_of_liberty")
"""Views of SSDA903 returns that read a table of their own and no episode."""
NEED_READ: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "referrals": ("referral",),
        "in_need_at_31_march": ("referral",),
        "in_need_in_year": ("referral",),
        "cases_closed": ("referral",),
        "assessments_finished": ("assessment", "referral"),
        "factors_found": ("assessment", "referral"),
        "enquiries_started": ("enquiry", "conference"),
        "conferences_held": ("conference", "enquiry", "plan"),
        "plans_started": ("plan",),
        "plans_ended": ("plan",),
        "plans_at_31_march": ("plan", "review"),
        "pre_proceedings_started": ("pre_proceedings",),
    }
)
"""The things of the census that each view reads."""

Touched = Mapping[tuple[str, str, int], int]


def tables_of(measure: Measure) -> tuple[str, ...]:
    """The tables, or things of the census, whose repairs can move a measure's figure."""
    if measure.collection == "cin":
        return tuple(NEED_THINGS[thing] for thing in NEED_READ[measure.view])
    if measure.collection != "ssda903":
        return ()
    needed = {need.removesuffix(" before") for need in measure.needs}
    own = [table for table in OUTCOME_TABLES.values() if table in needed]
    return (*(() if measure.view in WITHOUT_EPISODES else (EPISODES,)), *own)


def touched_of(measure: Measure, year: int, touched: Touched) -> int:
    """At most so many children's rows were left out or mended for a measure's figure of a year."""
    return sum(touched.get((measure.collection, table, year), 0) for table in tables_of(measure))


def touched(store: Store, council: str) -> Touched:
    """Children whose rows were left out or mended, by collection, table and year."""
    current = tuple(s.id for name in COLLECTIONS for s in store.submissions(council, name))
    return _touched(store.path, council, current)


@lru_cache(maxsize=64)
def _touched(workspace: Path, council: str, current: tuple[str, ...]) -> Touched:
    """Submissions never change, so ``current`` says all that decides it."""
    found: dict[tuple[str, str, int], int] = {}
    columns = _repairs(workspace, council, current).select(*_COUNTED)
    for collection, repair, effect, year, children in columns.iter_rows():
        for at in years_moved(repair, effect, year):
            key = (collection, TABLE_OF[collection][repair], at)
            found[key] = found.get(key, 0) + children
    return found


def _repairs(workspace: Path, council: str, current: tuple[str, ...]) -> pl.DataFrame:
    """How many children's rows each repair touched: kept beside the returns, for deriving all of
    a council's journeys only to count this takes seconds."""
    from whatworks.returns import Store

    key = derived.key_of([derived.digest_of(*_MADE_BY), *current])
    path = workspace / "councils" / council / FOLDER / f"repairs-{key}.parquet"
    kept = _frame(derived.read(path))
    if kept is not None:
        return kept
    known = in_memory(Store.open(workspace), council)
    frame = pl.concat(
        known.of(name).repairs().with_columns(collection=pl.lit(name)).select(*_COUNTED)
        for name in COLLECTIONS
    )
    content = io.BytesIO()
    frame.write_parquet(content)
    derived.save(path, content.getvalue(), stale="repairs-*.parquet")
    return frame


def _frame(content: bytes | None) -> pl.DataFrame | None:
    if content is None:
        return None
    try:
        return pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError:
        return None


def years_moved(repair: str, effect: str, year: int) -> tuple[int, ...]:
    """The years whose figures a repair to a row of one year's return can move.

    An end that was set may be the first day after that return, which is a day of the next year.
    """
    if repair in IN_BOTH or effect not in (LEFT_OUT, END_SET):
        return ()
    return (year, year + 1) if effect == END_SET else (year,)


def _begins(name: str, tables: Mapping[str, str]) -> str:
    return tables[max((key for key in tables if name.startswith(f"{key}_")), key=len)]


TABLE_OF: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "ssda903": {r.name: EPISODES for r in REPAIRS}
        | {r.name: _begins(r.name, OUTCOME_TABLES) for r in OUTCOME_REPAIRS},
        "cin": {r.name: _begins(r.name, NEED_THINGS) for r in NEED_REPAIRS},
    }
)
"""Collection -> repair -> the table, or thing of the census, whose rows it is about."""
