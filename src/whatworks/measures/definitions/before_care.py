"""What was done before a child came into care, and whether children in care are in the census."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.linked_parts import (
    CASES,
    CLOSING,
    LINKED,
    NO_OFFICIAL,
    SAME_COUNCIL,
    WHERE_FROM,
    found,
)
from whatworks.tables import col, lit, when

_CAME = (
    "Children who started to be looked after in the year, each once by the first time, who are "
    "found in a children in need census and are not unaccompanied asylum-seeking children."
)
_CLOCK = (
    "Starts from 1 April to 31 March, and for each the 12 months up to the day before. Both "
    "returns of the year and of the year before must be loaded; without them there is no figure."
)
_NONE = Mirror(
    None,
    "What came before care is not in the Department’s yearly figures, which do not link the two "
    "returns",
    ("Nothing is published to set beside this.",),
    WHERE_FROM,
)


def alone() -> Any:
    """Unaccompanied asylum-seeking: nobody here could have known the child before."""
    return col("UASC").fill_null(value=False)


def judged() -> Any:
    """All others who were found in a census."""
    return found() & ~alone()


def missing() -> Any:
    """Others who were not found."""
    return ~found() & ~alone()


def flag(name: str) -> Callable[[], Any]:
    """A column that says yes or no, of children who are judged."""
    return lambda: judged() & col(name)


def _days() -> Any:
    return when(judged()).then(col("DAYS_OPEN")).otherwise(lit(0))


def _each() -> Any:
    return when(judged()).then(lit(1)).otherwise(lit(0))


_MISSING = LeftOut(
    "not_found_in_census",
    "Other children who were not found in any children in need census, or whose number is another "
    "child’s there.",
    missing,
)
_of_entries = partial(
    Measure,
    kind="percentage",
    topic="coming_into_care",
    collection="linked",
    view="came_into_care",
    denominator=judged,
    denominator_words=_CAME,
    clock=_CLOCK,
    whole="children who came into care",
    breakdowns=("age_group", "sex", "ethnicity"),
    left_out=(
        LeftOut("unaccompanied", "Unaccompanied asylum-seeking children.", alone),
        _MISSING,
    ),
    years_before=1,
    mirrors=(_NONE,),
    pillar="practice and systems",
    confidence="partly confirmed",
    unconfirmed=(NO_OFFICIAL,),
    sources=(WHERE_FROM, sources.CODES),
    pairs_with=("started_rate", "section_47_after_home", "re_referrals_within_12_months"),
)
_COMMON = (LINKED, SAME_COUNCIL, sources.SHORT_BREAKS)

register(
    _of_entries(
        name="known_before_care",
        title="Children who came into care and had been known before",
        text="Of the children who came into care in the year, how many had been referred, or had "
        "had an open case, in the 12 months before.",
        numerator=flag("KNOWN"),
        numerator_words="Those with a referral, or an open case, on any of those days. The day "
        "itself does not count.",
        did="had been known to children’s social care in the 12 months before",
        caveats=(
            "A referral a day before care counts: read it with the days of help before care.",
            CASES,
            *_COMMON,
        ),
    )
)

register(
    _of_entries(
        name="protection_plan_before_care",
        title="Children who came into care and had had a child protection plan",
        text="Of the children who came into care in the year, how many had been on a child "
        "protection plan in the 12 months before.",
        numerator=flag("PLAN"),
        numerator_words="Those with a plan that began before that day and had not ended more than "
        "12 months earlier.",
        did="had been on a child protection plan in the 12 months before",
        caveats=_COMMON,
    )
)

register(
    _of_entries(
        name="nothing_done_before_care",
        title="Children who came into care after a referral that came to nothing",
        text="Of the children who came into care in the year, how many had been referred in the 12 "
        "months before with nothing further done.",
        numerator=flag("NOTHING_DONE"),
        numerator_words="Those with a referral before that day after which nothing further was "
        "done (ReferralNFA).",
        did="had been referred in the 12 months before with nothing further done",
        direction="lower",
        direction_words="Fewer is usually taken as better: a chance to help was not missed.",
        caveats=(
            "What was known at the time of the referral is not in the return: nothing to do may "
            "have been right then.",
            *_COMMON,
        ),
    )
)

register(
    _of_entries(
        name="days_of_help_before_care",
        title="Days with an open case in the year before care",
        text="On how many days of the 12 months before they came into care children’s cases had "
        "been open, on average.",
        kind="ratio",
        spread="members",
        counted_in="days",
        numerator=_days,
        numerator_words="Days with an open case in the 12 months before that day.",
        denominator=_each,
        whole="days with an open case",
        did="came before each child’s coming into care",
        caveats=(CASES, CLOSING, *_COMMON),
    )
)

register(
    Measure(
        name="in_care_without_open_case",
        topic="living_in_care",
        title="Children in care whom the census does not show",
        text="Of the children looked after on 31 March, how many had no open case in the children "
        "in need census on that day. Children looked after are children in need, so this says "
        "how well the two returns agree.",
        kind="percentage",
        collection="linked",
        view="in_care_at_31_march",
        numerator=lambda: ~col("OPEN_THEN"),
        numerator_words="Those without a case that had begun by then and was closed later, or not "
        "at all; those not found in the census among them.",
        denominator=lambda: lit(value=True),
        denominator_words="Children with an episode of care open on 31 March.",
        clock="The last day of the collection year, 31 March.",
        whole="children looked after on 31 March",
        did="had no open case in the children in need census",
        breakdowns=("age_group", "sex", "ethnicity", "uasc", "legal_status", "placement"),
        direction="lower",
        direction_words="Fewer is better: it is about recording, not about care.",
        mirrors=(_NONE,),
        pairs_with=("looked_after_at_31_march",),
        caveats=(LINKED, CASES, CLOSING, sources.SHORT_BREAKS),
        confidence="partly confirmed",
        unconfirmed=(NO_OFFICIAL,),
        pillar="governance and accountability",
        sources=(WHERE_FROM,),
    )
)
