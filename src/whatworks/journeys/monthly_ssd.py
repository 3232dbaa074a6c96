"""What the Standard Safeguarding Dataset says of brothers, sisters, mothers, help and workers.

A snapshot holds records with their days, from as far back as its council sends them. What is asked
is asked of the day of the snapshot, and of the months before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from whatworks.journeys import monthly
from whatworks.journeys.monthly import MonthlyJourneys, Rows, Snapshot, thing, told
from whatworks.returns.period import month_of, period_of
from whatworks.returns.schema import all_tables
from whatworks.tables import add_months, collect, frame, to_spark

if TYPE_CHECKING:
    from whatworks.returns.store import Store

COLLECTION = "ssd"
NO_RELATIONS = "relations"
"""A gap of its own: neither families nor mothers were sent."""
STARTED = "S"
"""Reason of an episode: the child started to be looked after."""
FOLLOWED_MONTHS = 6

SHAPES: Mapping[str, Mapping[str, Any]] = {
    "in_care_with_relations": {
        "SIBLING": pl.Boolean,
        "HOME_TOLD": pl.Boolean,
        "WITH_ONE": pl.Boolean,
        "WITH_ALL": pl.Boolean,
        "WORKERS": pl.Int64,
    },
    "came_into_care_with_mothers": {
        "MOTHER_TOLD": pl.Boolean,
        "BORN_TOLD": pl.Boolean,
        "EARLIER": pl.Boolean,
    },
    "early_help_ended": {"REFERRED": pl.Boolean},
    "in_care_or_protected": {"SAID": pl.Boolean},
}
"""The frames of ``MonthlyJourneys.things``, with the columns of each beside ``OF_ALL``."""

_WHO = {
    "ssd_person": "pers_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_cla_placement": "clap_cla_placement_id",
    "ssd_family": "fami_person_id",
    "ssd_mother": "moth_childs_person_id",
    "ssd_early_help_episodes": "earl_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_involvements": "invo_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_voice_of_child": "voch_person_id",
}
"""The tables that are read, and the column that says whom (or what) a row is about."""


def ssd(
    store: Store, council: str, *, month: str | None = None, session: Any = None
) -> MonthlyJourneys:
    """What ``council``'s Standard Safeguarding Dataset says: of the last day loaded of each
    collection year, or with a ``month`` ('2025-09') of that month alone.

    ``session`` is a Spark session: with one, the frames are Spark's.
    """
    found = monthly.current(store, council, COLLECTION)
    chosen = (
        monthly.last_of_each_year(found)
        if month is None
        else [s for s in found if s.as_at is not None and month_of(s.as_at) == month]
    )
    made = ssd_from(council, monthly.opened(store, chosen))
    if session is None:
        return made
    return replace(made, things={n: to_spark(t, session) for n, t in made.things.items()})


def ssd_from(council: str, snapshots: Iterable[Snapshot]) -> MonthlyJourneys:
    """What these tables say, at most one snapshot a collection year. Reads no store.

    Raises ValueError if two are of the same year.
    """
    ordered = monthly.in_order(snapshots)
    made, repaired = [], [monthly.nothing_repaired()]
    for one in ordered:
        rows = Rows(COLLECTION, one)
        made.append(_things(rows, one))
        repaired += rows.repaired
    return MonthlyJourneys(
        collection=COLLECTION,
        council=council,
        years=tuple(one.year for one in ordered),
        windows={one.year: (period_of(COLLECTION, one.year)[0], one.as_at) for one in ordered},
        days={one.year: one.as_at for one in ordered},
        submissions={one.year: one.submission for one in ordered},
        gaps={one.year: _gaps(one) for one in ordered},
        things=dict(monthly.put_together(SHAPES, made)),
        repaired=pl.concat(repaired),
    )


def _gaps(one: Snapshot) -> dict[str, str]:
    gaps = monthly.gaps_of(COLLECTION, one)
    if "ssd_family" in gaps and "ssd_mother" in gaps:
        day = f"{one.as_at.day} {one.as_at:%B %Y}"
        gaps[NO_RELATIONS] = (
            f"The Standard Safeguarding Dataset of {day} says neither who is of one family "
            "(ssd_family) nor who is whose mother (ssd_mother)."
        )
    return gaps


def _things(rows: Rows, one: Snapshot) -> dict[str, pl.DataFrame]:
    tables = {name: rows.table(name, who) for name, who in _WHO.items()}
    in_care = _in_care(tables, one)
    found = {
        "in_care_with_relations": (
            "ssd_cla_episodes",
            _with_relations(in_care, tables, one),
        ),
        "came_into_care_with_mothers": ("ssd_cla_episodes", _came(tables, one)),
        "early_help_ended": ("ssd_early_help_episodes", _helped(tables, one)),
        "in_care_or_protected": ("", _heard(in_care, tables, one)),
    }
    people = _people(tables["ssd_person"])
    return {
        name: thing(one, _described(made, people), table, SHAPES[name])
        for name, (table, made) in found.items()
    }


def _people(persons: pl.DataFrame) -> pl.DataFrame:
    """One row a person: of several, the one whose words come last."""
    last = persons.sort("WORDS", descending=True).unique("CHILD", keep="first", maintain_order=True)
    return last.select("CHILD", DOB="pers_dob", SEX="pers_sex", ETHNIC="pers_ethnicity")


def _described(made: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    known = [name for name in ("DOB", "SEX", "ETHNIC") if name in made.columns]
    return made.drop(known).join(people, on="CHILD", how="left")


def _on_the_day(start: str, end: str, one: Snapshot) -> pl.Expr:
    """Begun by the day and not ended by then; an unreadable end is taken to be over."""
    begun = (pl.col(start) <= one.as_at).fill_null(value=False)
    over = (pl.col(end) <= one.as_at).fill_null(value=False) | ~told(end)
    return begun & ~over


# --- brothers and sisters ------------------------------------------------------------------


def _in_care(tables: Mapping[str, pl.DataFrame], one: Snapshot) -> pl.DataFrame:
    """One row a child looked after on the day, with HOME: the postcode of where it lives."""
    start, end = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    there = tables["ssd_cla_episodes"].filter(_on_the_day(start, end, one))
    there = monthly.one_each(there, start)
    placements = tables["ssd_cla_placement"].with_columns(
        HOME=pl.col("clap_cla_placement_postcode")
        .str.to_uppercase()
        .str.replace_all(r"[^A-Z0-9]", "")
        .replace("", None)
    )
    named = placements.sort("WORDS", descending=True).unique(
        "CHILD", keep="first", maintain_order=True
    )
    by_number = there.join(
        named.select(clae_cla_placement_id="CHILD", BY_NUMBER="HOME"),
        on="clae_cla_placement_id",
        how="left",
    )
    begin, over = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
    open_now = placements.filter(
        _on_the_day(begin, over, one) & pl.col("clap_person_id").is_not_null()
    ).with_columns(CHILD="clap_person_id")
    by_child = monthly.one_each(open_now, begin).select("CHILD", BY_CHILD="HOME")
    found = by_number.join(by_child, on="CHILD", how="left")
    return found.with_columns(HOME=pl.coalesce("BY_NUMBER", "BY_CHILD")).sort("ROW")


def _with_relations(
    in_care: pl.DataFrame, tables: Mapping[str, pl.DataFrame], one: Snapshot
) -> pl.DataFrame:
    """Whether a child in care has a brother or sister in care, and who of them live together."""
    homes = in_care.select("CHILD", "HOME")
    pairs = (
        _pairs(tables)
        .join(homes, on="CHILD")
        .join(homes.rename({"CHILD": "OTHER", "HOME": "OTHER_HOME"}), on="OTHER")
    )
    known = pairs.filter(pl.col("OTHER_HOME").is_not_null())
    together = (pl.col("HOME") == pl.col("OTHER_HOME")).fill_null(value=False)
    of_child = known.group_by("CHILD").agg(ANY=together.any(), ALL=together.all())
    workers = _workers(tables["ssd_involvements"], one)
    return (
        in_care.join(of_child, on="CHILD", how="left")
        .join(workers, on="CHILD", how="left")
        .with_columns(
            SIBLING=pl.col("CHILD").is_in(pairs["CHILD"].unique().implode()),
            HOME_TOLD=pl.col("HOME").is_not_null() & pl.col("ANY").is_not_null(),
            WITH_ONE=pl.col("ANY").fill_null(value=False),
            WITH_ALL=pl.col("ALL").fill_null(value=False),
        )
    )


def _pairs(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """CHILD, OTHER: two people of one family or of one mother, each way round."""
    groups = pl.concat(
        [
            tables["ssd_family"].select("CHILD", GROUP=pl.lit("f") + pl.col("fami_family_id")),
            tables["ssd_mother"].select("CHILD", GROUP=pl.lit("m") + pl.col("moth_person_id")),
        ]
    ).drop_nulls()
    mothers = tables["ssd_mother"].select("moth_person_id", "CHILD").drop_nulls()
    own = pl.concat([mothers, mothers.select(moth_person_id="CHILD", CHILD="moth_person_id")])
    both = groups.join(groups.rename({"CHILD": "OTHER"}), on="GROUP")
    pairs = both.filter(pl.col("CHILD") != pl.col("OTHER")).select("CHILD", "OTHER").unique()
    return pairs.join(own.rename({"moth_person_id": "OTHER"}), on=["CHILD", "OTHER"], how="anti")


def _workers(involvements: pl.DataFrame, one: Snapshot) -> pl.DataFrame:
    """How many different workers a child had in the twelve months to the day."""
    since = monthly.months_back(one.as_at, 12)
    start, end = "invo_involvement_start_date", "invo_involvement_end_date"
    begun = (pl.col(start) <= one.as_at).fill_null(value=False)
    lasted = told(end) & (pl.col(end) > since).fill_null(value=True)
    had = involvements.filter(begun & lasted & pl.col("invo_professional_id").is_not_null())
    return had.group_by("CHILD").agg(WORKERS=pl.col("invo_professional_id").n_unique())


# --- mothers -------------------------------------------------------------------------------


def _starts(tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """CHILD, START, ROW: each day on which a child started to be looked after, once."""
    started = tables["ssd_cla_episodes"].filter(
        (pl.col("clae_cla_episode_start_reason") == STARTED)
        & pl.col("clae_cla_episode_start_date").is_not_null()
    )
    rows = started.select("CHILD", "ROW", START="clae_cla_episode_start_date").sort("ROW")
    return rows.unique(["CHILD", "START"], keep="first", maintain_order=True)


def _came(tables: Mapping[str, pl.DataFrame], one: Snapshot) -> pl.DataFrame:
    """One row a child who started to be looked after in the year, by the day; the first start."""
    first, last = period_of(COLLECTION, one.year)[0], one.as_at
    starts = _starts(tables)
    mine = starts.filter(pl.col("START").is_between(first, last))
    came = mine.sort("START").unique("CHILD", keep="first", maintain_order=True)
    mothers = tables["ssd_mother"].select("CHILD", MOTHER="moth_person_id").drop_nulls().unique()
    born = _people(tables["ssd_person"]).select("CHILD", "DOB")
    others = (
        mothers.rename({"CHILD": "OTHER"})
        .join(starts.select(OTHER="CHILD", BEFORE="START"), on="OTHER")
        .join(mothers, on="MOTHER")
        .filter(pl.col("OTHER") != pl.col("CHILD"))
        .group_by("CHILD")
        .agg(BEFORE=pl.col("BEFORE").min())
    )
    return (
        came.with_columns(ON="START")
        .join(born, on="CHILD", how="left")
        .join(others, on="CHILD", how="left")
        .with_columns(
            MOTHER_TOLD=pl.col("CHILD").is_in(mothers["CHILD"].unique().implode()),
            BORN_TOLD=pl.col("DOB").is_not_null(),
            EARLIER=(pl.col("BEFORE") < pl.col("DOB")).fill_null(value=False),
        )
    )


# --- early help ----------------------------------------------------------------------------


def _helped(tables: Mapping[str, pl.DataFrame], one: Snapshot) -> pl.DataFrame:
    """Early help that ended between eighteen and six months before the day, and was followed."""
    end = "earl_episode_end_date"
    first = monthly.months_back(one.as_at, 12 + FOLLOWED_MONTHS)
    last = monthly.months_back(one.as_at, FOLLOWED_MONTHS)
    episodes = frame(tables["ssd_early_help_episodes"])
    spans = collect(episodes.with_columns(FOLLOWED=add_months(end, FOLLOWED_MONTHS)))
    within = (pl.col(end) > first) & (pl.col(end) <= last)
    helped = spans.filter(within).sort("ROW")
    helped = helped.unique(["CHILD", end], keep="first", maintain_order=True)
    referred = tables["ssd_cin_episodes"].select("CHILD", DATE="cine_referral_date").drop_nulls()
    pairs = helped.select("CHILD", end, "FOLLOWED").join(referred, on="CHILD")
    after = pairs.filter(pl.col("DATE").is_between(pl.col(end), pl.col("FOLLOWED")))
    led = after.select("CHILD", end).unique().with_columns(REFERRED=pl.lit(value=True))
    return helped.join(led, on=["CHILD", end], how="left").with_columns(
        ON=end, REFERRED=pl.col("REFERRED").fill_null(value=False)
    )


# --- what children say ---------------------------------------------------------------------


def _heard(
    in_care: pl.DataFrame, tables: Mapping[str, pl.DataFrame], one: Snapshot
) -> pl.DataFrame:
    """One row a child in care or with a child protection plan on the day, and whether any answer
    of the child's own is recorded."""
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    planned = monthly.one_each(tables["ssd_cp_plans"].filter(_on_the_day(start, end, one)), start)
    parts = [
        in_care.select("CHILD", "ROW", TABLE=pl.lit("ssd_cla_episodes"), PLACE=0),
        planned.select("CHILD", "ROW", TABLE=pl.lit("ssd_cp_plans"), PLACE=1),
    ]
    everyone = pl.concat(parts).sort("PLACE").unique("CHILD", keep="first", maintain_order=True)
    asked = [
        name
        for name in all_tables(COLLECTION)["ssd_voice_of_child"].names
        if name not in {"voch_table_id", "voch_person_id"}
    ]
    said = tables["ssd_voice_of_child"].filter(pl.any_horizontal(pl.col(asked).is_not_null()))
    return everyone.with_columns(SAID=pl.col("CHILD").is_in(said["CHILD"].unique().implode()))
