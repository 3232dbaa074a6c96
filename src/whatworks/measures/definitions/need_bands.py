"""How long children are in need, by the bands between 3 months and 2 years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.measures.definitions.need import (
    CLOSURE_NOT_KNOWN,
    HOW_LONG,
    MONTHS,
    NEED_ENDED,
    ON_31_MARCH,
    mirror,
    needed,
    share,
)
from whatworks.tables import col

BANDS: tuple[tuple[str, str, str], ...] = (
    ("3_to_6_months", "3_TO_6_MONTHS", "3 months or longer, but less than 6 months"),
    ("6_to_12_months", "6_TO_12_MONTHS", "6 months or longer, but less than a year"),
    ("1_to_2_years", "1_TO_2_YEARS", "a year or longer, but less than 2 years"),
)
"""Name, column of the views, and words; the bands on either side are in ``in_need``."""

_SIDES = "On which side of a limit to the day the published bands put a case."
_REFUSED = "That the published bands leave out cases closed as not in need (RC8, RC9)."
_MONTHS = f"{MONTHS} A year ends on the same day a year on."


def _within(column: str) -> Callable[[], Any]:
    return lambda: col(column)


def _running(name: str, column: str, words: str) -> None:
    title = f"Children in need for {words}"
    share(
        f"in_need_{name}",
        topic="in_need",
        title=title,
        text=f"Of the children in need on 31 March, how many had been in need for {words}.",
        view="in_need_at_31_march",
        numerator=_within(column),
        numerator_words=f"Those whose referral was {words} before 31 March.",
        denominator_words="Cases open after 31 March (CINreferralDate by then, CINclosureDate "
        "blank or later), but for referrals after which nothing further was done.",
        clock=ON_31_MARCH,
        whole="children in need on 31 March",
        did=f"had been in need for {words}",
        mirrors=mirror(f"in_need_{name}", title),
        direction_words=HOW_LONG,
        pairs_with=("re_referrals_within_12_months", "in_need_2_years_or_longer"),
        caveats=(_MONTHS, "A child with two open cases counts twice."),
        unconfirmed=(_SIDES,),
    )


def _over(name: str, column: str, words: str) -> None:
    title = f"Cases closed after {words}"
    share(
        f"need_ended_after_{name}",
        topic="in_need",
        title=title,
        text="Of the children whose need ended in the year, how many had been in need for "
        f"{words}.",
        view="cases_closed",
        numerator=lambda: needed() & col(column),
        numerator_words=f"Those closed {words} after the referral.",
        denominator=needed,
        denominator_words=NEED_ENDED,
        clock="Cases closed from 1 April to 31 March (CINclosureDate).",
        whole="children whose need ended",
        did=f"had been in need for {words}",
        left_out=(CLOSURE_NOT_KNOWN,),
        mirrors=mirror(f"need_ended_{name}", title),
        direction_words=HOW_LONG,
        pairs_with=("re_referrals_within_12_months",),
        caveats=(_MONTHS, "A child with two cases closed in the year counts twice."),
        unconfirmed=(_REFUSED, _SIDES),
    )


for _name, _column, _words in BANDS:
    _running(_name, _column, _words)
for _name, _column, _words in BANDS:
    _over(_name, _column, _words)
