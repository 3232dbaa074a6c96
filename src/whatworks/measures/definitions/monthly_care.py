"""From Annex A lists: health, going missing, workers, care leavers and adoption."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut, register
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.monthly import (
    BLANK,
    FUTURE,
    NO_SERIES,
    NOT_A_RETURN,
    annex_a,
    flag,
    is_not,
    needed,
)
from whatworks.returns.annex_a.form import PERIOD_UNCONFIRMED
from whatworks.tables import col


def health_in_time() -> Any:
    """Health was assessed recently enough for the child's age."""
    return col("A_YEAR") & col("HEALTH_TOLD") & col("HEALTH")


def health_due() -> Any:
    """Looked after for a year, and the day of the assessment could be read."""
    return col("A_YEAR") & col("HEALTH_TOLD")


def health_not_told() -> Any:
    """Looked after for a year; the day of the assessment could not be read."""
    return col("A_YEAR") & ~col("HEALTH_TOLD")


def teeth_in_time() -> Any:
    """Teeth were checked within a year."""
    return col("A_YEAR") & col("TEETH_TOLD") & col("TEETH")


def teeth_due() -> Any:
    """Looked after for a year, and the day of the check could be read."""
    return col("A_YEAR") & col("TEETH_TOLD")


def teeth_not_told() -> Any:
    """Looked after for a year; the day of the check could not be read."""
    return col("A_YEAR") & ~col("TEETH_TOLD")


_IN_CARE_A_YEAR = (
    "Children whom list 8 shows as looked after on the day, begun at least a year before it; each "
    "child once."
)
_OF_THE_DAY = (
    "The SSDA903 return tells of health and teeth once a year; this is how it stands on any day, "
    "and it is counted from another source."
)

register(
    annex_a(
        name="health_assessment_up_to_date",
        topic="wellbeing",
        title="Health assessment up to date on the day",
        text="Of the children looked after for a year or more, how many had had a health "
        "assessment in the last twelve months, or six if they are under five.",
        view="in_care_on_the_day",
        numerator=health_in_time,
        numerator_words="Children last assessed no longer ago than the same day a year back, or "
        "six months back for a child not yet five on the day.",
        denominator=health_due,
        denominator_words=_IN_CARE_A_YEAR,
        whole="children looked after for a year",
        did="had an up-to-date health assessment",
        direction="higher",
        left_out=(LeftOut("date not readable", FUTURE, health_not_told),),
        pairs_with=("health_assessed",),
        caveats=(NOT_A_RETURN, _OF_THE_DAY, BLANK),
        unconfirmed=(
            "How often health is to be assessed (six-monthly under five, then yearly) was not "
            "read in the regulations themselves.",
        ),
        needs=needed(
            "List_8",
            "Child Unique ID",
            "Date Started to be Looked After",
            "Date Ceased to be Looked After",
            "Date of Last Health Assessment",
        ),
    )
)

register(
    annex_a(
        name="dental_check_up_to_date",
        topic="wellbeing",
        title="Teeth checked in the last twelve months, on the day",
        text="Of the children looked after for a year or more, how many had had their teeth "
        "checked in the last twelve months.",
        view="in_care_on_the_day",
        numerator=teeth_in_time,
        numerator_words="Children last checked no longer ago than the same day a year back.",
        denominator=teeth_due,
        denominator_words=_IN_CARE_A_YEAR,
        whole="children looked after for a year",
        did="had their teeth checked in the last twelve months",
        direction="higher",
        left_out=(LeftOut("date not readable", FUTURE, teeth_not_told),),
        pairs_with=("dental_checked",),
        caveats=(NOT_A_RETURN, _OF_THE_DAY, BLANK),
        needs=needed(
            "List_8",
            "Child Unique ID",
            "Date Started to be Looked After",
            "Date Ceased to be Looked After",
            "Date of Last Dental Check",
        ),
    )
)


def offered() -> Any:
    """Offered an interview."""
    return col("MISSING") & col("OFFERED")


def missing_and_told() -> Any:
    """Went missing, and the list says whether an interview was offered."""
    return col("MISSING") & ~col("OFFERED").is_null()


def missing_not_told() -> Any:
    """Went missing, and the list does not say so."""
    return col("MISSING") & col("OFFERED").is_null()


register(
    annex_a(
        name="return_interviews_offered",
        topic="living_in_care",
        title="Return interviews offered after going missing",
        text="Of the children looked after who had gone missing in the last twelve months, how "
        "many were offered a return interview after the last time.",
        view="in_care_on_the_day",
        numerator=offered,
        numerator_words="Children for whom list 8 says that an interview was offered.",
        denominator=missing_and_told,
        denominator_words="Children looked after on the day with at least one missing episode in "
        "the last twelve months, for whom list 8 says whether an interview was offered.",
        whole="children looked after who had gone missing",
        did="were offered a return interview",
        direction="higher",
        left_out=(
            LeftOut(
                "not told",
                "List 8 does not say whether an interview was offered.",
                missing_not_told,
            ),
        ),
        pairs_with=("went_missing", "missing_times"),
        caveats=(NOT_A_RETURN, NO_SERIES),
        needs=needed(
            "List_8",
            "Child Unique ID",
            "Date Ceased to be Looked After",
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 "
            "months",
            "Was the child offered a Return Interview after their last missing episode (Y/N)?",
        ),
    )
)


register(
    annex_a(
        name="open_cases_with_an_allocated_worker",
        topic="workforce",
        pillar="people and leadership",
        title="Open cases with an allocated worker",
        text="Of the children with an open case on the day, how many have somebody named as their "
        "worker.",
        view="open_cases",
        numerator=flag("ALLOCATED"),
        numerator_words="Children for whom one of the three lists names an allocated worker.",
        denominator=everyone,
        denominator_words="Children with an open case in list 6, an open protection plan in list 7 "
        "or looked after in list 8 on the day; each child once.",
        whole="children with an open case",
        did="have an allocated worker",
        direction="higher",
        pairs_with=("social_worker_caseload", "in_care_three_or_more_workers"),
        caveats=(
            NOT_A_RETURN,
            NO_SERIES,
            "Some councils name a team or a duty desk where nobody is allocated, which counts as "
            "a worker here.",
        ),
        needs=(
            *needed("List_6", "Child Unique ID", "Allocated Worker", "Case Status"),
            *needed("List_7", "Child Unique ID", "Allocated Worker"),
            *needed("List_8", "Child Unique ID", "Allocated Worker"),
        ),
    )
)


def contacted() -> Any:
    """The personal adviser's last contact is recent."""
    return col("EXPECTED") & col("CONTACT_TOLD") & col("CONTACTED")


def contact_expected() -> Any:
    """Contact is owed, and its day could be read."""
    return col("EXPECTED") & col("CONTACT_TOLD")


def contact_not_told() -> Any:
    """Contact is owed, and its day could not be read."""
    return col("EXPECTED") & ~col("CONTACT_TOLD")


def plan_in_time() -> Any:
    """The pathway plan was reviewed within six months."""
    return col("EXPECTED") & col("PLAN_TOLD") & col("PLAN_IN_TIME")


def plan_due() -> Any:
    """A plan is owed, and the day of its review could be read."""
    return col("EXPECTED") & col("PLAN_TOLD")


def plan_not_told() -> Any:
    """A plan is owed, and the day of its review could not be read."""
    return col("EXPECTED") & ~col("PLAN_TOLD")


_LEAVERS = (
    "Relevant and former relevant young people in list 9; each once. Those who have died, live "
    "with parents again or otherwise need no contact are not counted."
)
_NOT_OWED = LeftOut(
    "no contact owed",
    "The list says that contact is not to be expected: the young person has died, lives with "
    "parents again, or the like.",
    is_not("EXPECTED"),
)

register(
    annex_a(
        name="care_leavers_contacted_in_eight_weeks",
        topic="leaving_care",
        title="Care leavers contacted in the last eight weeks",
        text="Of the young people who have left care and are owed a personal adviser, how many had "
        "been in contact in the 56 days before the day.",
        view="care_leavers_on_the_day",
        numerator=contacted,
        numerator_words="Young people whose latest contact was on the day or in the 56 days before "
        "it.",
        denominator=contact_expected,
        denominator_words=_LEAVERS,
        whole="care leavers",
        did="had been contacted in the last eight weeks",
        direction="higher",
        left_out=(_NOT_OWED, LeftOut("date not readable", FUTURE, contact_not_told)),
        pairs_with=("care_leavers_suitable_home_19_21", "care_leavers_in_touch_19_21"),
        caveats=(NOT_A_RETURN, NO_SERIES, BLANK),
        unconfirmed=(
            "That contact is expected at least every eight weeks was not read in the guidance "
            "itself.",
            "Which of the answers in list 9 mean that no contact is owed is as councils’ cleaning "
            "schemas group them.",
        ),
        needs=needed("List_9", "Child Unique ID", "Eligibility Category", "Latest Date of Contact"),
    )
)

register(
    annex_a(
        name="pathway_plans_reviewed_in_six_months",
        topic="leaving_care",
        title="Pathway plans reviewed in the last six months",
        text="Of the young people who have left care and are owed a pathway plan, how many had it "
        "begun or reviewed in the last six months.",
        view="care_leavers_on_the_day",
        numerator=plan_in_time,
        numerator_words="Young people whose plan was last reviewed no longer ago than the same day "
        "six months back.",
        denominator=plan_due,
        denominator_words=_LEAVERS,
        whole="care leavers",
        did="had a pathway plan reviewed in the last six months",
        direction="higher",
        left_out=(_NOT_OWED, LeftOut("date not readable", FUTURE, plan_not_told)),
        pairs_with=("care_leavers_contacted_in_eight_weeks", "care_leavers_active_19_21"),
        caveats=(NOT_A_RETURN, NO_SERIES, BLANK),
        unconfirmed=(
            "That plans are to be reviewed every six months was not read in the regulations "
            "themselves.",
        ),
        needs=needed(
            "List_9", "Child Unique ID", "Eligibility Category", "Latest Pathway Plan Review Date"
        ),
    )
)


def waiting_long() -> Any:
    """Waiting longer than the threshold."""
    return col("DATED") & col("LONG")


register(
    annex_a(
        name="waiting_long_for_adopters",
        topic="permanence",
        title="Waiting more than 121 days for adopters",
        text="Of the children with a placement order who are waiting to be matched with adopters, "
        "how many have waited for more than 121 days since the order.",
        view="waiting_to_be_matched",
        numerator=waiting_long,
        numerator_words="Children whose placement order was made more than 121 days before the "
        "day.",
        denominator=flag("DATED"),
        denominator_words="Children in list 10 with a placement order by the day, not matched, "
        "placed or adopted by then, and whose plan has not been changed.",
        whole="children waiting to be matched",
        did="have waited for more than 121 days",
        direction="lower",
        left_out=(
            LeftOut("date not readable", "The day of the order cannot be read.", is_not("DATED")),
        ),
        pairs_with=("plans_for_adoption_given_up", "days_from_order_to_match"),
        caveats=(
            NOT_A_RETURN,
            NO_SERIES,
            "Only those still waiting are counted: how long those waited who were matched is told "
            "by the SSDA903 return.",
        ),
        unconfirmed=(
            PERIOD_UNCONFIRMED,
            "121 days is the threshold of the adoption scorecards for the time from the order to "
            "the match; it was not read in them.",
        ),
        needs=needed(
            "List_10",
            "Child Unique ID",
            "Date of Placement Order",
            "Date of Matching Child and Prospective Adopters",
        ),
    )
)


def assessed_in_time() -> Any:
    """Both days are told in the right order, and no more than four months apart."""
    return col("DATED") & col("IN_TIME")


register(
    annex_a(
        name="adopters_assessed_in_four_months",
        topic="permanence",
        title="Adopters assessed in four months",
        text="Of the households that came to the end of stage 2 of becoming adopters, how many "
        "took no more than four months over it.",
        view="adopters_approving",
        numerator=assessed_in_time,
        numerator_words="Households whose stage 2 ended no later than the same day four months "
        "after it began.",
        denominator=flag("DATED"),
        denominator_words="Households in list 11 whose stage 2 ended by the day; each family once.",
        whole="adopting households",
        did="were assessed in four months",
        direction="higher",
        breakdowns=(),
        left_out=(
            LeftOut(
                "no beginning",
                "The day on which stage 2 began is blank, cannot be read, or is after its end.",
                is_not("DATED"),
            ),
        ),
        pairs_with=("waiting_long_for_adopters", "started_after_adoption"),
        caveats=(
            NOT_A_RETURN,
            NO_SERIES,
            "No breakdown is offered: the groups here are of children, and these are households.",
        ),
        unconfirmed=(
            PERIOD_UNCONFIRMED,
            "The four months of stage 2 were not read in the regulations themselves.",
        ),
        needs=needed(
            "List_11", "Individual adopter identifier", "Date Stage 2 started", "Date Stage 2 ended"
        ),
    )
)
