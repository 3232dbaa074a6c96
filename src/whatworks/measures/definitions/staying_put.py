"""Young people who stay with their foster carers once they are adults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.leaving_care import (
    AGE_UNKNOWN,
    ELSEWHERE,
    NO_INFORMATION,
    NOT_COUNTED,
    SUITABLE,
    UNSUITABLE,
    WHO,
    leavers,
)
from whatworks.tables import all_of, col

WITH_FORMER_CARERS = ("Z1", "Z2")
"""ACCOM codes: with former foster carers, suitable or not."""


@dataclass(frozen=True)
class _Stay:
    name: str
    ages: tuple[int, ...]
    words: str
    series: str | None


STAYS = (
    _Stay("at_18", (18,), "aged 18", None),
    _Stay("at_19_20", (19, 20), "aged 19 or 20", "care_leavers_staying_put"),
)


def fostered(ages: tuple[int, ...]) -> Any:
    """Of the ages, counted, in foster care on turning 18, and it is known where they live."""
    counted = ~col("IN_TOUCH").is_in(NOT_COUNTED).fill_null(value=False)
    known = col("ACCOM").is_in((*SUITABLE, *UNSUITABLE, *ELSEWHERE, NO_INFORMATION))
    return all_of(col("AGE").is_in(ages), counted, col("FOSTERED_AT_18"), known)


def _care_unseen(ages: tuple[int, ...]) -> Callable[[], Any]:
    return lambda: all_of(col("AGE").is_in(ages), ~col("CARE_SEEN"))


def _stay(stay: _Stay) -> None:
    register(
        leavers(
            name=f"staying_put_{stay.name}",
            title=f"Young people {stay.words} still living with their foster carers",
            text=f"Of young people {stay.words} who were in foster care on turning 18, how many "
            "still live with those who fostered them.",
            kind="percentage",
            numerator=lambda: all_of(fostered(stay.ages), col("ACCOM").is_in(WITH_FORMER_CARERS)),
            numerator_words="Those who live with former foster carers (ACCOM Z1 or Z2).",
            denominator=partial(fostered, stay.ages),
            denominator_words=f"Young people {stay.words} whose last period of care ended on or "
            "after their eighteenth birthday in a foster home (U1 to U6), and for whom there is an "
            "answer.",
            whole=f"young people {stay.words} who had been in foster care at 18",
            did="still lived with their foster carers",
            years_before=2,
            left_out=(
                AGE_UNKNOWN,
                LeftOut(
                    "care_not_seen",
                    "Young people whose time in care is in none of the returns loaded.",
                    _care_unseen(stay.ages),
                ),
            ),
            mirrors=(
                Mirror(
                    stay.series,
                    f"Young people {stay.words} who left foster care at 18 and live with their "
                    "former foster carers",
                    (
                        sources.RETURNS,
                        "The published share takes those who left on the very birthday.",
                    ),
                    sources.LAIT,
                ),
            ),
            direction="higher",
            direction_words="More is usually taken as better, where both want it.",
            pairs_with=("care_leavers_suitable_home_19_21",),
            caveats=(
                WHO,
                "Carers and young people must both want it; some move to study or work.",
                "Care that ended more than two years before the year is not in the returns this "
                "needs, and is not needed: at 20, the eighteenth birthday is two years ago.",
            ),
            unconfirmed=(
                "Whether the published share takes those who left care a little after 18.",
                "Whether homes not judged suitable (Z2) are among them.",
            ),
            confidence="partly confirmed",
        )
    )


for _one in STAYS:
    _stay(_one)
