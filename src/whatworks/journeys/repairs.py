"""What is done when a council's returns contradict one another or themselves: named, in order.

Every row of every return ends in exactly one place: among the merged episodes, or under one of
the names below. Nothing is dropped that has no name here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from whatworks.tables import collect

Effect = Literal["left out", "replaced", "end set", "told apart", "noted"]


@dataclass(frozen=True)
class Repair:
    """One kind of contradiction and what is done about it.

    ``effect``: the row is *left out* of journeys; it is *replaced* by the same episode in a later
    return; its *end* is *set*; it is *told apart* as another child's; or it is kept as it stands
    and only *noted*.
    """

    name: str
    effect: Effect
    text: str


REPAIRS: tuple[Repair, ...] = (
    Repair(
        "number_used_again",
        "told apart",
        "A number that had been one child's is another's in this return: another sex, dates of "
        "birth more than two years apart, and no episode from before. They are counted as two "
        "children.",
    ),
    Repair(
        "no_child_number",
        "left out",
        "The row has no child number, so it belongs to nobody's journey.",
    ),
    Repair(
        "start_not_known",
        "left out",
        "The day the episode began is blank or could not be read, so it has no place in time.",
    ),
    Repair(
        "starts_after_the_return",
        "left out",
        "The episode begins after the last day that its return covers.",
    ),
    Repair(
        "ends_before_it_starts",
        "left out",
        "The episode ends on an earlier day than it begins.",
    ),
    Repair(
        "copied_row",
        "left out",
        "The same row stands more than once in one return; one of them is kept.",
    ),
    Repair(
        "reported_again",
        "replaced",
        "The same episode is in a later return, which is believed. This is how returns work.",
    ),
    Repair(
        "changed_later",
        "replaced",
        "A later return gives the same episode another end, placement, legal status or reason; "
        "the later return is believed.",
    ),
    Repair(
        "short_break",
        "left out",
        "Agreed short breaks (legal status V3 or V4): counted here, and in no measure of "
        "looked-after children, as in the published statistics.",
    ),
    Repair(
        "end_not_readable",
        "left out",
        "The day the episode ended could not be read and no later episode shows when that was.",
    ),
    Repair(
        "end_not_readable_set",
        "end set",
        "The day the episode ended could not be read; it is taken to end where the next begins.",
    ),
    Repair(
        "open_though_another_began",
        "end set",
        "The episode was left open although a later one begins; it is taken to end there.",
    ),
    Repair(
        "open_and_not_mentioned_again",
        "end set",
        "The episode was open at the end of its return's year and no later return mentions it. "
        "It is taken to end, for a reason not recorded, on the first day after that year.",
    ),
    Repair(
        "open_before_a_missing_year",
        "end set",
        "The episode was open at the end of its return's year, the return of the year after is "
        "not loaded, and no later one carries the episode on. When it ended is not known; it is "
        "taken to end, for a reason not recorded, on the first day after its own year.",
    ),
    Repair(
        "overlap_cut",
        "end set",
        "The episode ends after the next one begins; it is taken to end where the next begins.",
    ),
    Repair(
        "next_day_joined",
        "end set",
        "The next episode begins on the day after this one ends, which reason X1 allows; the "
        "child is taken to be looked after without a break.",
    ),
    Repair(
        "left_care_yet_goes_on",
        "noted",
        "The reason says that care ended, yet the next episode carries on from that very day "
        "without a new start; the period of care is taken to go on.",
    ),
    Repair(
        "goes_on_yet_nothing_follows",
        "noted",
        "The reason says that another episode follows at once, but none does; the period of care "
        "is taken to end there, for a reason not recorded.",
    ),
    Repair(
        "goes_on_after_a_gap",
        "noted",
        "The episode carries on (it is no start), yet the one before had ended earlier: an "
        "episode between them is missing. A new period of care is taken to begin here.",
    ),
    Repair(
        "born_after_care_began",
        "noted",
        "The child's date of birth is later than the day care began, so it is wrong or the day "
        "is. The child counts; the age on such a day is given as not known.",
    ),
    Repair(
        "birth_date_changed",
        "noted",
        "Returns give the child different dates of birth; the one in the latest return is used.",
    ),
)

BY_NAME = {repair.name: repair for repair in REPAIRS}


def repairs_by_year(repairs: Sequence[Repair], repaired: Any, years: Sequence[int]) -> pl.DataFrame:
    """How often each repair was made: repair, effect, year, n_rows, n_children, text.

    ``repaired`` has a row (REPAIR, CHILD, YEAR) for each row dealt with. Every repair has a row
    for every one of ``years``, nought included. Holds counts only.
    """
    counted = (
        collect(repaired)
        .group_by("REPAIR", "YEAR")
        .agg(
            n_rows=pl.len().cast(pl.Int64),
            n_children=pl.col("CHILD").n_unique().cast(pl.Int64),
        )
    )
    named = pl.DataFrame(
        [
            (r.name, r.effect, year, r.text, place)
            for place, r in enumerate(repairs)
            for year in years
        ],
        schema={
            "repair": pl.String,
            "effect": pl.String,
            "year": pl.Int64,
            "text": pl.String,
            "place": pl.Int64,
        },
        orient="row",
    )
    joined = named.join(
        counted, left_on=["repair", "year"], right_on=["REPAIR", "YEAR"], how="left"
    ).sort("place", "year")
    return joined.with_columns(pl.col("n_rows", "n_children").fill_null(0)).select(
        "repair", "effect", "year", "n_rows", "n_children", "text"
    )
