"""Asking for help: how many referrals, from whom, what came of them, and how soon."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.need import (
    ESTIMATES,
    ROUNDED,
    average,
    left_out,
    mirror,
    once,
    one,
    rate,
    share,
    told_later,
)
from whatworks.tables import col, is_blank, when

ASSESSED_WITHIN = 45
"""Working days within which an assessment should be finished."""

_MADE = "Referrals made in the year (CINreferralDate)."
_ALL = (
    "Referrals made in the year (CINreferralDate), those after which nothing further was done "
    "among them. A child referred twice counts twice."
)
_REFERRED = "Referrals from 1 April to 31 March."
_ONCE, _LATER = once("referral", "was made"), told_later("referral")
_TWO_ON_A_DAY = "Two referrals of a child on one day are one."
_WHAT_IS_ONE = (
    "What a council records as a referral rather than as a contact differs from place to place "
    "and from year to year; look at what came of referrals too."
)


def turned_away() -> Any:
    """The census says that nothing further was done."""
    return col("NFA")


def _said() -> Any:
    return ~is_blank("NFA")


def _not_said() -> Any:
    return is_blank("NFA")


def not_in_need() -> Any:
    """Assessed and closed within the year for a reason that says that no need was found."""
    return col("ASSESSED_NOT_IN_NEED")


def again() -> Any:
    """The child's referral before was no longer ago than the same day a year back."""
    return col("AGAIN_WITHIN_12_MONTHS")


rate(
    "referrals_rate",
    topic="asking_for_help",
    title="Referrals for every 10,000 children",
    text="How many referrals to children’s social care were made in the year for every 10,000 "
    "children aged under 18 who live in the area.",
    view="referrals",
    numerator_words=_ALL,
    clock=_REFERRED,
    whole="children in the area",
    did="were referred, each referral counted",
    mirrors=mirror(
        "referral_rate",
        "Rate of referrals to children’s social services per 10,000 children",
        ROUNDED,
        ESTIMATES,
    ),
    pairs_with=("re_referrals_within_12_months", "referrals_no_further_action", "section_47_rate"),
    caveats=(_ONCE, _LATER, _TWO_ON_A_DAY, _WHAT_IS_ONE),
    confidence="confirmed",
    unconfirmed=("That two referrals of a child on one day count as one.",),
)

share(
    "referrals_no_further_action",
    topic="asking_for_help",
    title="Referrals after which nothing further was done",
    text="Of the referrals in the year, how many led to nothing further: no assessment and no "
    "support from children’s social care.",
    view="referrals",
    numerator=turned_away,
    numerator_words="Referrals marked as leading to nothing further (ReferralNFA).",
    denominator=_said,
    denominator_words=_MADE,
    clock=_REFERRED,
    whole="referrals",
    did="led to nothing further",
    left_out=(
        left_out(
            "outcome_not_given",
            "Referrals for which whether anything further was done is blank or cannot be read.",
            _not_said,
        ),
    ),
    mirrors=mirror(
        "referrals_no_further_action",
        "Referrals to children’s social care closed with no further action",
    ),
    direction_words="There is no good direction: a family may be turned away that needed help, or "
    "advice may be all that was needed. Read it with what came after.",
    pairs_with=("re_referrals_within_12_months", "referrals_assessed_not_in_need"),
    caveats=(_ONCE, _LATER, _WHAT_IS_ONE),
    confidence="confirmed",
)

share(
    "referrals_assessed_not_in_need",
    topic="asking_for_help",
    title="Referrals assessed and found not to be in need",
    text="Of the referrals in the year, how many were of a child who was assessed, found not to be "
    "in need, and whose case was closed within the year.",
    view="referrals",
    numerator=not_in_need,
    numerator_words="Referrals whose case was closed by 31 March after an assessment, with nothing "
    "further done or with early help (ReasonForClosure RC8 or RC9).",
    denominator_words=_ALL,
    clock="Referrals from 1 April to 31 March, and closures by that 31 March.",
    whole="referrals",
    did="were of a child assessed and found not to be in need",
    mirrors=mirror(
        "referrals_assessed_not_in_need",
        "Referrals where the child is assessed but not found to be in need",
        "Whether the published figure counts closures after 31 March was not read.",
    ),
    direction_words="There is no good direction: being assessed and then left can be a relief or a "
    "burden to a family. Read it with referrals again.",
    pairs_with=("re_referrals_within_12_months", "referrals_no_further_action"),
    caveats=(
        _ONCE,
        "A referral made late in the year is often assessed after 31 March, and then is not here. "
        "That is alike in every year.",
        "Closing with early help (RC9) can be told apart from closing with nothing from the census "
        "of 2023 on.",
    ),
    unconfirmed=(
        "That the published figure takes cases closed with early help (RC9) beside those closed "
        "with nothing (RC8).",
        "Whether it counts closures after 31 March.",
    ),
)

share(
    "re_referrals_within_12_months",
    topic="asking_for_help",
    title="Referrals within 12 months of an earlier one",
    text="Of the referrals to children’s social care in the year, how many came within 12 "
    "months of an earlier referral of the same child to the same council.",
    view="referrals",
    numerator=again,
    numerator_words="Referrals made no later than the same day a year after the child’s "
    "referral before, whatever came of that one.",
    denominator=everyone,
    denominator_words=_ALL,
    clock="Referrals from 1 April to 31 March, and for each the 12 months before it. The "
    "census of the year before must be loaded too; without it there is no figure.",
    whole="referrals",
    did="came within 12 months of an earlier referral of the same child",
    years_before=1,
    mirrors=mirror(
        "rereferred",
        "Percentage of referrals to children’s social care within 12 months of a previous referral",
        "How the Department looks back beyond the beginning of the year was not read.",
    ),
    direction="lower",
    direction_words="Fewer is usually taken as better, so long as families who need help are "
    "not turned away or left unrecorded.",
    pairs_with=("started_rate", "repeat_protection_plans"),
    caveats=(
        _ONCE,
        _LATER,
        "Two referrals of a child on one day are one. A day of referral that was put right "
        "from one census to the next looks like two, and so like a referral again.",
        "A referral should not be recorded while the child’s case is open; where one is, it "
        "counts.",
        "Only referrals to the same council are seen, and what a council records as a referral "
        "rather than as a contact differs: look at the number of referrals too.",
        "A referral again can be the right and safe thing for a child.",
    ),
    unconfirmed=(
        "That the same day a year on still is within 12 months. For a referral of 29 February "
        "that is 1 March.",
        "That the 12 months run from the referral before, and not from the day on which its "
        "case was closed. The published words, ‘within 12 months of a previous referral’, say "
        "so.",
        "That two referrals of a child on one day count as one.",
    ),
)

# --- who asked --------------------------------------------------------------------------------

SOURCES: tuple[tuple[str, str, tuple[str, ...], str | None, str], ...] = (
    ("schools", "schools", ("2A",), "referrals_from_schools", "School"),
    (
        "health",
        "health services",
        ("3A", "3B", "3C", "3D", "3E", "3F"),
        "referrals_from_health",
        "Health Service",
    ),
    ("police", "the police", ("6",), "referrals_from_police", "Police"),
    ("family_or_self", "the family or the child", ("1A", "1C"), None, "Family or self"),
)
"""Name, words, codes of ReferralSource, published series and its title."""


def _from(short: str, words: str, codes: tuple[str, ...], series: str | None, title: str) -> None:
    published = mirror(series, f"Percentage of referrals by source of referral: {title}")
    share(
        f"referrals_from_{short}",
        topic="asking_for_help",
        title=f"Referrals made by {words}",
        text=f"Of the referrals to children’s social care in the year, how many were made by "
        f"{words}.",
        view="referrals",
        numerator=lambda: col("SOURCE").is_in(codes),
        numerator_words=f"Referrals whose source is {words} (ReferralSource {', '.join(codes)}).",
        denominator_words=f"{_ALL} Those whose source is not known (code 10) or blank are among "
        "them.",
        clock=_REFERRED,
        whole="referrals",
        did=f"were made by {words}",
        mirrors=published if series else (),
        pairs_with=("referrals_rate", "referrals_no_further_action"),
        caveats=(
            _ONCE,
            _LATER,
            "A share falls when others refer more, even if these refer as much as ever.",
            *(
                ()
                if series
                else (
                    "A relative or carer (1A) or the child (1C). Friends, neighbours and people "
                    "who do not give a name are not among them. No council’s figure is published.",
                )
            ),
        ),
        confidence="confirmed" if series else "unconfirmed",
        unconfirmed=("Whether referrals of unknown source are in the published denominator.",),
    )


for _source in SOURCES:
    _from(*_source)

# --- assessments ------------------------------------------------------------------------------

_FINISHED = "Assessments signed off from 1 April to 31 March (AssessmentAuthorisationDate)."
_ASSESSED_ONCE = once("assessment", "was signed off")
_FROM_ITS_START = (
    "The working days are those after the day on which the assessment began, up to and with the "
    "day on which it was signed off. Weekends and England’s bank holidays are none."
)
_ITS_CLOCK = (
    "That the clock runs from the beginning of the assessment. Guidance speaks of 45 working "
    "days from the referral; figures made from the census can use either day.",
    "That the first day is not counted.",
)
_BACKWARDS = left_out(
    "signed_off_before_it_began",
    "Assessments said to have been signed off before they began.",
    lambda: col("BACKWARDS"),
)
_OUTSIDE = left_out(
    "calendar_not_held",
    "Assessments that began in a year of which bank holidays are not held.",
    lambda: is_blank("WORKING_DAYS"),
)


def _timed() -> nw.Expr:
    return ~is_blank("WORKING_DAYS") & ~col("BACKWARDS")


rate(
    "assessments_rate",
    topic="asking_for_help",
    title="Assessments finished for every 10,000 children",
    text="How many assessments of children’s needs were finished in the year for every 10,000 "
    "children aged under 18 who live in the area.",
    view="assessments_finished",
    numerator_words="Assessments signed off in the year. A child assessed twice counts twice.",
    clock=_FINISHED,
    whole="children in the area",
    did="were assessed, each assessment finished counted",
    mirrors=mirror(
        None, "Number of assessments completed in the year, as a rate", ROUNDED, ESTIMATES
    ),
    pairs_with=("referrals_assessed_not_in_need", "assessments_within_45_working_days"),
    caveats=(
        _ASSESSED_ONCE,
        "Two assessments of a child that began on one day are one.",
    ),
    unconfirmed=(
        "That two assessments of a child that began on one day count as one.",
        "That an assessment which was signed off on a day before it began counts, as it does here.",
    ),
)

share(
    "assessments_within_45_working_days",
    topic="asking_for_help",
    title="Assessments finished within 45 working days",
    text="Of the assessments finished in the year, how many were finished within 45 working days "
    "after they began.",
    view="assessments_finished",
    numerator=lambda: _timed() & (col("WORKING_DAYS") <= ASSESSED_WITHIN),
    numerator_words="Those signed off by the 45th working day after the day on which the "
    "assessment began (AssessmentActualStartDate).",
    denominator=_timed,
    denominator_words="Assessments signed off in the year.",
    clock=_FINISHED,
    whole="assessments finished in the year",
    did="were finished within 45 working days",
    left_out=(_BACKWARDS, _OUTSIDE),
    mirrors=mirror(
        "assessments_in_45_days", "Continuous assessments completed within 45 working days"
    ),
    direction="higher",
    direction_words="More is taken as better, so long as assessments are thorough: families wait "
    "less for an answer.",
    pairs_with=("re_referrals_within_12_months", "assessment_working_days"),
    caveats=(
        _ASSESSED_ONCE,
        _FROM_ITS_START,
        "Assessments that are still going on, however late, are not here until they are finished.",
    ),
    unconfirmed=_ITS_CLOCK,
)

average(
    "assessment_working_days",
    topic="asking_for_help",
    title="Working days that an assessment takes",
    text="How many working days the assessments finished in the year took, on average.",
    view="assessments_finished",
    numerator=lambda: when(_timed()).then(col("WORKING_DAYS").cast(nw.Float64)),
    numerator_words="Working days after the day each assessment began, up to and with the day it "
    "was signed off, added up.",
    denominator=lambda: when(_timed()).then(one()),
    denominator_words="Assessments signed off in the year.",
    clock=_FINISHED,
    whole="working days",
    did="passed on average from the beginning of an assessment to its end",
    counted_in="working days",
    left_out=(_BACKWARDS, _OUTSIDE),
    direction_words="There is no good direction: days are worth taking where a family gains by "
    "them. Look at how many take longer than 45.",
    pairs_with=("assessments_within_45_working_days",),
    caveats=(
        _ASSESSED_ONCE,
        _FROM_ITS_START,
        "A few very long assessments move an average a great deal.",
    ),
    unconfirmed=_ITS_CLOCK,
    sources=(sources.NEED,),
)
