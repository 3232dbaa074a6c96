"""After a return home: was help there, for how long, was it withdrawn, and what came then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.linked_parts import (
    CASES,
    CLOSING,
    GROUPS,
    LINKED,
    NO_OFFICIAL,
    NOT_FOUND_YOUNG,
    SAME_COUNCIL,
    TURNS_18,
    WHERE_FROM,
    followed,
)
from whatworks.tables import col, lit, when

_SAFETY = ("reentered_within_12_months", "re_referred_after_home", "section_47_after_home")
_RETURNS = (
    "Returns home (E4A or E4B) in the year before the one reported, of children aged under 17 on "
    "that day who are found in a children in need census. A child who returned twice counts twice."
)
_CLOCK = (
    "Returns from 1 April to 31 March of the year before, each followed for 12 months, up to the "
    "same day a year on. Both returns of both years must be loaded; without them there is no "
    "figure."
)
_HELP = (
    "More help after a return home is not good in itself: some families need none. Read it with "
    "how many were referred again, investigated, and looked after again."
)
_AGAIN = (
    "Fewer is usually taken as better, so long as families who need help are not turned away, and "
    "ask for it. A referral or enquiry can be the right and safe thing for a child."
)
_NO_SERIES = Mirror(
    None,
    "What follows a return home is not in the Department’s yearly figures, which do not link the "
    "two returns",
    ("Nothing is published to set beside this.",),
    WHERE_FROM,
)


def flag(name: str) -> Callable[[], Any]:
    """A column that says yes or no, of returns that are followed."""
    return lambda: followed() & col(name)


def _days() -> Any:
    return when(followed()).then(col("DAYS_OPEN")).otherwise(lit(0))


def _each() -> Any:
    return when(followed()).then(lit(1)).otherwise(lit(0))


_of_returns = partial(
    Measure,
    kind="percentage",
    topic="going_home",
    collection="linked",
    view="home_the_year_before",
    denominator=followed,
    denominator_words=_RETURNS,
    clock=_CLOCK,
    whole="returns home in the year before",
    breakdowns=GROUPS,
    left_out=(TURNS_18, NOT_FOUND_YOUNG),
    years_before=1,
    mirrors=(_NO_SERIES,),
    pillar="practice and systems",
    confidence="partly confirmed",
    unconfirmed=(NO_OFFICIAL,),
    sources=(WHERE_FROM, sources.CODES),
)
_COMMON = (LINKED, SAME_COUNCIL, sources.SHORT_BREAKS)

register(
    _of_returns(
        name="home_with_open_case",
        title="Returns home with an open case",
        text="Of the returns home in the year before, after how many the child’s case with "
        "children’s social care was still open once the day of the return had passed.",
        numerator=flag("OPEN_ON_DAY"),
        numerator_words="Returns of children whose case had begun by that day and was closed on a "
        "later one, or not at all.",
        did="were of children whose case was still open",
        direction_words=_HELP,
        pairs_with=(*_SAFETY, "days_of_support_after_home"),
        caveats=(CASES, CLOSING, *_COMMON),
    )
)

register(
    _of_returns(
        name="home_with_case_within_28_days",
        title="Returns home with a case open within 28 days",
        text="Of the returns home in the year before, how many were of children whose case was "
        "still open, or for whom one was opened within 28 days.",
        numerator=flag("OPEN_SOON"),
        numerator_words="Returns after which a case was open on some day up to 28 days later, "
        "before any new period of care.",
        did="were of children whose case was still open, or was opened within 28 days",
        direction_words=_HELP,
        pairs_with=(*_SAFETY, "days_of_support_after_home"),
        caveats=(CASES, CLOSING, *_COMMON),
        unconfirmed=(NO_OFFICIAL, "That 28 days is the right time to look: it is our choice."),
    )
)

register(
    _of_returns(
        name="days_of_support_after_home",
        title="Days with an open case in the year after a return home",
        text="On how many days of the 12 months after a return home the child’s case with "
        "children’s social care was open, on average.",
        kind="ratio",
        spread="members",
        counted_in="days",
        numerator=_days,
        numerator_words="Days of the 12 months after each return on which a case was open, up to "
        "any new period of care.",
        denominator=_each,
        whole="days with an open case",
        did="followed each return home in the year before",
        direction_words=_HELP,
        pairs_with=_SAFETY,
        caveats=(
            CASES,
            CLOSING,
            "Of a child who came back into care only the days until then count, so many returns to "
            "care make the figure smaller.",
            *_COMMON,
        ),
    )
)

register(
    _of_returns(
        name="case_closed_then_reopened",
        title="Cases closed after a return home, then opened again",
        text="Of the cases that were closed within 12 months of a return home, how many were "
        "followed by another case before the 12 months had passed.",
        numerator=flag("REOPENED"),
        numerator_words="Those after which a new referral opened another case, no later than the "
        "same day a year after the return.",
        denominator=flag("CLOSED_AGAIN"),
        denominator_words="Returns home in the year before, of children aged under 17 and found "
        "in a census, after which the case that was open (or opened within 28 days) was closed "
        "within 12 months and before any new period of care.",
        whole="returns home after which the case was closed",
        did="were followed by another case within 12 months of the return",
        direction="lower",
        direction_words="Fewer is usually taken as better: help was not withdrawn too soon. It is "
        "no reason to leave a family without help when they ask again.",
        pairs_with=(*_SAFETY, "home_with_open_case", "days_of_support_after_home"),
        caveats=(
            CASES,
            CLOSING,
            "A referral on the very day a case was closed is taken to carry the case on.",
            "A case that is closed late in the 12 months has little time left in which to be "
            "opened again.",
            *_COMMON,
        ),
    )
)

register(
    _of_returns(
        name="re_referred_after_home",
        title="Returns home followed by a new referral",
        text="Of the returns home in the year before, how many were followed by a new referral of "
        "the child within 12 months, whatever came of it.",
        numerator=flag("REFERRED_AGAIN"),
        numerator_words="Returns after which the child was referred on a later day, no later than "
        "the same day a year on.",
        did="were followed by a new referral within 12 months",
        direction="lower",
        direction_words=_AGAIN,
        pairs_with=("reentered_within_12_months", "home_with_open_case"),
        caveats=(
            "A referral is recorded only where no case is open: where cases stay open for longer, "
            "fewer are referred again.",
            *_COMMON,
        ),
    )
)

register(
    _of_returns(
        name="section_47_after_home",
        title="Returns home followed by a section 47 enquiry",
        text="Of the returns home in the year before, how many were followed by an enquiry into "
        "whether the child was being harmed (section 47) within 12 months.",
        numerator=flag("ENQUIRY"),
        numerator_words="Returns after which an enquiry began on a later day, no later than the "
        "same day a year on.",
        did="were followed by a section 47 enquiry within 12 months",
        direction="lower",
        direction_words=_AGAIN,
        pairs_with=("reentered_within_12_months", "home_with_open_case", "plan_after_home"),
        caveats=(
            "An enquiry may be about something that came to light after the child was in care "
            "again.",
            *_COMMON,
        ),
    )
)

register(
    _of_returns(
        name="plan_after_home",
        title="Returns home followed by a child protection plan",
        text="Of the returns home in the year before, how many were followed by a new child "
        "protection plan within 12 months.",
        numerator=flag("PLAN"),
        numerator_words="Returns after which a plan began on a later day, no later than the same "
        "day a year on.",
        did="were followed by a new child protection plan within 12 months",
        direction="lower",
        direction_words=_AGAIN,
        pairs_with=("reentered_within_12_months", "home_with_open_case", "section_47_after_home"),
        caveats=("A plan that began before the return and ran on does not count.", *_COMMON),
    )
)

register(
    _of_returns(
        name="asked_for_help_after_home",
        title="Returns home after which the family asked for help",
        text="Of the returns home in the year before, how many were followed by a referral made "
        "by the family or the child within 12 months.",
        numerator=flag("ASKED"),
        numerator_words="Returns after which a referral from a family member, relative or carer "
        "(1A) or from the child (1C) was recorded on a later day, no later than the same day a "
        "year on.",
        did="were followed by the family or the child asking for help within 12 months",
        direction_words="There is no good direction: asking may show trust, or that too little "
        "help was there.",
        pairs_with=("asked_then_investigated", "asked_then_nothing", "home_with_open_case"),
        caveats=(
            "Asking counts only where it was recorded as a referral: a family whose case is open "
            "asks its social worker.",
            *_COMMON,
        ),
    )
)
