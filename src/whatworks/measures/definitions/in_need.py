"""Children in need: how many, for how long, and why their cases were closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.measures.definitions.need import (
    CLOSURE_NOT_KNOWN,
    ESTIMATES,
    HOW_LONG,
    MONTHS,
    NEED_ENDED,
    ON_31_MARCH,
    ROUNDED,
    left_out,
    mirror,
    needed,
    rate,
    share,
)
from whatworks.tables import col, is_blank

_OPEN = (
    "Cases open after 31 March (CINreferralDate by then, CINclosureDate blank or later), but for "
    "referrals after which nothing further was done."
)
_LOOKED_AFTER_TOO = (
    "Looked-after children, children with a protection plan and young people who have left care "
    "with an open case are among children in need, as in the published statistics."
)
_FORGOTTEN = (
    "A case that was open, and that no later census mentions, is taken to have closed on the first "
    "day after its census. How many there were is shown beside the figures."
)
_EACH_CASE = "A child with two open cases counts twice."

rate(
    "children_in_need_rate",
    topic="in_need",
    title="Children in need on 31 March for every 10,000 children",
    text="How many children were in need on 31 March for every 10,000 children aged under 18 who "
    "live in the area.",
    view="in_need_at_31_march",
    numerator_words=_OPEN,
    clock=ON_31_MARCH,
    whole="children in the area",
    did="were in need on 31 March",
    mirrors=mirror(
        "in_need_rate",
        "Rate of children in need at 31 March per 10,000 children",
        ROUNDED,
        ESTIMATES,
    ),
    pairs_with=("referrals_rate", "protection_plans_rate", "looked_after_rate"),
    caveats=(_LOOKED_AFTER_TOO, _EACH_CASE, _FORGOTTEN),
    confidence="confirmed",
    unconfirmed=(
        "That cases closed after 31 March because an assessment found no need still count on it.",
    ),
)

rate(
    "children_in_need_in_year_rate",
    topic="in_need",
    title="Children in need at any time in the year for every 10,000 children",
    text="How many children were in need on any day of the year for every 10,000 children aged "
    "under 18 who live in the area. A child whose case closed and who was referred again counts "
    "once for each case.",
    view="in_need_in_year",
    numerator_words="Cases open on some day of the year, but for referrals after which nothing "
    "further was done and cases closed by 31 March after an assessment that found no need (RC8, "
    "RC9).",
    clock="Open on some day from 1 April to 31 March.",
    whole="children in the area",
    did="were in need at some time in the year, each case counted",
    mirrors=mirror(
        None,
        "Children in need at any point during the year, rate per 10,000",
        ROUNDED,
        "Councils’ published figures of the whole year are not held here.",
    ),
    pairs_with=("referrals_rate", "re_referrals_within_12_months"),
    caveats=(_LOOKED_AFTER_TOO, _FORGOTTEN),
    unconfirmed=("That published figures leave out cases closed as not in need (RC8, RC9).",),
)


def _of_stock(
    name: str,
    *,
    title: str,
    text: str,
    where: Callable[[], Any],
    words: str,
    did: str,
    **given: Any,
) -> None:
    share(
        name,
        topic="in_need",
        title=title,
        text=text,
        view="in_need_at_31_march",
        numerator=where,
        numerator_words=words,
        denominator_words=_OPEN,
        clock=ON_31_MARCH,
        whole="children in need on 31 March",
        did=did,
        **given,
    )


_of_stock(
    "in_need_under_3_months",
    title="Children in need for less than 3 months",
    text="Of the children in need on 31 March, how many had been referred less than three months "
    "before.",
    where=lambda: col("UNDER_3_MONTHS"),
    words="Those referred less than three months before 31 March.",
    did="had been in need for less than 3 months",
    mirrors=mirror("in_need_under_3_months", "Children in need at 31 March: 3 months or less"),
    direction_words=HOW_LONG,
    pairs_with=("re_referrals_within_12_months", "in_need_2_years_or_longer"),
    caveats=(_LOOKED_AFTER_TOO, MONTHS, _FORGOTTEN),
    unconfirmed=("On which side of three months to the day the published bands put a case.",),
)

_of_stock(
    "in_need_2_years_or_longer",
    title="Children in need for 2 years or longer",
    text="Of the children in need on 31 March, how many had been referred two years before or "
    "earlier.",
    where=lambda: col("TWO_YEARS"),
    words="Those referred on that day two years before, or earlier.",
    did="had been in need for 2 years or longer",
    mirrors=mirror("in_need_over_2_years", "Children in need at 31 March: 2 years or more"),
    direction_words=HOW_LONG,
    pairs_with=("protection_plans_running_2_years", "looked_after_rate"),
    caveats=(
        _LOOKED_AFTER_TOO,
        "Disabled children are often in need for many years, and rightly.",
        _FORGOTTEN,
    ),
    confidence="confirmed",
)

_of_stock(
    "in_need_with_a_disability",
    title="Children in need with a disability",
    text="Of the children in need on 31 March, how many have a disability recorded.",
    where=lambda: col("DISABLED"),
    words="Those for whom that year’s census records a disability (Disability other than NONE).",
    did="had a disability recorded",
    denominator=lambda: ~is_blank("DISABLED"),
    left_out=(
        left_out(
            "disability_not_recorded",
            "Children for whom that year’s census records neither a disability nor that there is "
            "none.",
            lambda: is_blank("DISABLED"),
        ),
    ),
    mirrors=mirror(
        None,
        "Children in need at 31 March with a disability recorded",
        "The published share is of all children in need, those without a record among them.",
    ),
    pairs_with=("in_need_2_years_or_longer",),
    caveats=(
        "What a council records as a disability differs; few recorded can mean few looked for.",
        "The record is that of the census of the same year, whatever later ones say.",
    ),
    unconfirmed=(
        "That the published figure goes by the disability that the census of the same year "
        "records, and not by those of other years.",
    ),
)

_of_stock(
    "in_need_unborn",
    title="Children in need who were not yet born",
    text="Of the children in need on 31 March, how many were not yet born: help began before "
    "their birth.",
    where=lambda: col("UNBORN"),
    words="Those whose day of birth, or expected day, is after 31 March.",
    did="were not yet born",
    denominator=lambda: ~is_blank("UNBORN"),
    left_out=(
        left_out(
            "birth_not_given",
            "Children of whom neither a day of birth nor an expected day is given.",
            lambda: is_blank("UNBORN"),
        ),
    ),
    mirrors=mirror(None, "Children in need at 31 March by age: unborn"),
    direction_words="There is no good direction: help before birth can come in time, and can "
    "frighten families away.",
    pairs_with=("protection_plans_started_rate", "started_rate"),
    caveats=(
        "Where the latest census gives the day of birth it is used; else the expected day.",
        "An unborn child who was expected by 31 March and came late counts as born until the "
        "next census is loaded.",
    ),
    unconfirmed=(
        "That the published age group goes by the day of birth where one is known, and else by "
        "the expected day.",
        "Where it puts a child whose expected day passed before 31 March with no birth recorded.",
    ),
)


def _of_closed(name: str, **given: Any) -> None:
    share(
        name,
        topic="in_need",
        view="cases_closed",
        clock="Cases closed from 1 April to 31 March (CINclosureDate).",
        **given,
    )


_of_closed(
    "need_ended_under_3_months",
    title="Cases closed within 3 months",
    text="Of the children whose need ended in the year, how many had been in need for less than "
    "three months.",
    numerator=lambda: needed() & col("UNDER_3_MONTHS"),
    numerator_words="Those closed less than three months after the referral.",
    denominator=needed,
    denominator_words=NEED_ENDED,
    whole="children whose need ended",
    did="had been in need for less than 3 months",
    left_out=(CLOSURE_NOT_KNOWN,),
    mirrors=mirror("need_ended_under_3_months", "Children ceasing to be in need: 3 months or less"),
    direction_words=HOW_LONG,
    pairs_with=("re_referrals_within_12_months",),
    caveats=(MONTHS, _EACH_CASE),
    unconfirmed=(
        "That the published bands leave out cases closed as not in need (RC8, RC9), and on which "
        "side of three months to the day they put a case.",
    ),
)

_of_closed(
    "need_ended_after_2_years",
    title="Cases closed after 2 years or longer",
    text="Of the children whose need ended in the year, how many had been in need for two years "
    "or longer.",
    numerator=lambda: needed() & col("TWO_YEARS"),
    numerator_words="Those closed on the same day two years after the referral, or later.",
    denominator=needed,
    denominator_words=NEED_ENDED,
    whole="children whose need ended",
    did="had been in need for 2 years or longer",
    left_out=(CLOSURE_NOT_KNOWN,),
    mirrors=mirror("need_ended_over_2_years", "Children ceasing to be in need: 2 years or more"),
    direction_words=HOW_LONG,
    pairs_with=("re_referrals_within_12_months", "in_need_2_years_or_longer"),
    caveats=(_EACH_CASE,),
    unconfirmed=("That the published bands leave out cases closed as not in need (RC8, RC9).",),
)

_of_closed(
    "cases_closed_after_assessment",
    title="Cases closed because an assessment found no need",
    text="Of the cases closed in the year, how many were closed after an assessment that found no "
    "need, with nothing further done or with early help.",
    numerator=lambda: col("AFTER_ASSESSMENT"),
    numerator_words="Those closed for reason RC8 or RC9 (ReasonForClosure).",
    denominator=lambda: ~is_blank("CLOSURE_REASON"),
    denominator_words="Cases closed in the year for a reason that is given.",
    whole="cases closed in the year",
    did="were closed because an assessment found no need",
    left_out=(
        left_out(
            "reason_not_given",
            "Cases closed for a reason that is blank.",
            lambda: is_blank("CLOSURE_REASON"),
        ),
    ),
    mirrors=mirror(None, "Closure by reason: RC8 and RC9"),
    direction_words="There is no good direction: read it with referrals again, which tell whether "
    "need had been missed.",
    pairs_with=("re_referrals_within_12_months", "assessments_rate"),
    caveats=("Referrals after which nothing further was done are not cases, and are not here.",),
    unconfirmed=(
        "That the published closures by reason leave out cases closed without a reason, and "
        "referrals after which nothing further was done.",
    ),
)
