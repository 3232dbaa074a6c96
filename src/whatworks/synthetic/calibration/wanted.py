"""Which figures are compared: how each is made of tallies, and the published figure beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Judge = Literal["steered", "share", "value", "shown"]
Source = Literal["care", "need", "workforce"]

LOOKED_AFTER, STARTED, CEASED = "looked_after_at_31_march", "started", "ceased"
NUMBERS, REASONS, PLACEMENTS = "Numbers", "Reasons for ceasing", "Placements"
REENTRY, LEGAL, NEEDS, AGES = "Re-entry", "Legal status", "Why children are in care", "Ages"
WHO, STABILITY, GUARDIANS = "Who the children are", "Stability", "Special guardians"
LASTING, IN_NEED, PLANS = "How long care lasted", "Children in need", "Child protection plans"
WORKFORCE = "Social workers"


@dataclass(frozen=True)
class Wanted:
    """One figure: ``over`` under ``top``, sums of tallies, times 100 for a percentage.

    ``published`` is a measure of ``reference.published``; with ``published_over`` the published
    figure is a percentage of the two numbers. ``n`` names the published number whose chance a
    published percentage is subject to: the one it is of. ``judge``: ``steered`` (council by
    council and in England), ``share`` or ``value`` (in England alone, within 5%), or ``shown``.
    """

    key: str
    section: str
    title: str
    published: str
    top: tuple[str, ...]
    over: tuple[str, ...] = ()
    published_over: str | None = None
    n: str | None = None
    unit: str = "children"
    judge: Judge = "shown"
    source: Source = "care"
    times: float = 1.0


def _percent(
    key: str,
    section: str,
    title: str,
    published: str,
    *,
    top: str,
    over: str,
    published_over: str | None = None,
    n: str | None = None,
    judge: Judge = "share",
    source: Source = "care",
) -> Wanted:
    return Wanted(
        key,
        section,
        title,
        published,
        (top,),
        (over,),
        published_over,
        n,
        unit="percent",
        judge=judge,
        source=source,
        times=100.0,
    )


STEERED = (
    Wanted(
        "looked_after_at_31_march",
        NUMBERS,
        "Looked after on 31 March",
        "looked_after_at_31_march",
        (LOOKED_AFTER,),
        judge="steered",
    ),
    Wanted(
        "started_to_be_looked_after",
        NUMBERS,
        "Started to be looked after in the year",
        "started_to_be_looked_after",
        (STARTED,),
        judge="steered",
    ),
    Wanted(
        "ceased_to_be_looked_after",
        NUMBERS,
        "Ceased to be looked after in the year",
        "ceased_to_be_looked_after",
        (CEASED,),
        judge="steered",
    ),
)

_SHOWN = tuple(
    Wanted(measure, section, title, measure, (tally,))
    for measure, section, title, tally in (
        (
            "unaccompanied_at_31_march",
            WHO,
            "Unaccompanied asylum-seeking children on 31 March",
            f"{LOOKED_AFTER}/unaccompanied/unaccompanied",
        ),
        ("adopted", REASONS, "Children adopted", f"{CEASED}/reason/adopted"),
        (
            "left_to_special_guardianship",
            REASONS,
            "Children who left to a special guardian",
            f"{CEASED}/reason/special_guardianship",
        ),
        (
            "returned_home_planned_number",
            REASONS,
            "Children who went home as planned",
            f"{CEASED}/reason/returned_home_planned",
        ),
        (
            "returned_home_unplanned_number",
            REASONS,
            "Children who went home, not as planned",
            f"{CEASED}/reason/returned_home_unplanned",
        ),
    )
)

_CARE = (
    _percent(
        "three_or_more_placements",
        STABILITY,
        "With three or more placements in the year",
        "three_or_more_placements_number",
        top="three_or_more_placements",
        over=LOOKED_AFTER,
        published_over="looked_after_at_31_march",
    ),
    _percent(
        "long_term_stability",
        STABILITY,
        "In care for 2.5 years: at least 2 years with the same carer",
        "long_term_stability",
        top="stability/long_term/same",
        over="stability/long_term/all",
        n="long_term_stability_number",
    ),
    _percent(
        "went_missing",
        STABILITY,
        "Went missing at least once in the year",
        "went_missing",
        top="year/children/missing",
        over="year/children/all",
    ),
    _percent(
        "away_without_agreement",
        STABILITY,
        "Away without agreement at least once in the year",
        "away_without_agreement",
        top="year/children/away",
        over="year/children/all",
    ),
    *(
        _percent(
            f"guardians_{name}_share",
            GUARDIANS,
            title,
            f"guardians_{name}_share",
            top=f"{CEASED}/guardian/{name}",
            over=f"{CEASED}/reason/special_guardianship",
        )
        for name, title in (
            ("fostering_relatives", "Relatives or friends who had fostered the child"),
            ("other_fostering", "Other people who had fostered the child"),
            ("relatives", "Relatives or friends who had not"),
        )
    ),
)


def _number(key: str, section: str, title: str, published: str) -> Wanted:
    return Wanted(key, section, title, published, (f"need/{key}",), judge="value", source="need")


def _need_share(key: str, section: str, title: str, over: str, n: str | None = None) -> Wanted:
    return _percent(
        key,
        section,
        title,
        key,
        top=f"need/{key}",
        over=f"need/{over}",
        n=n,
        source="need",
    )


def _rate(key: str, title: str, top: str) -> Wanted:
    return Wanted(
        key,
        PLANS,
        title,
        key,
        (f"need/{top}",),
        ("population",),
        unit="per 10,000 children",
        judge="value",
        source="need",
        times=10_000.0,
    )


_NEED = (
    _number("referrals", IN_NEED, "Referrals in the year", "referrals"),
    _need_share("rereferred", IN_NEED, "Referred again within 12 months", "referrals"),
    _need_share("referrals_no_further_action", IN_NEED, "Referrals taken no further", "referrals"),
    _need_share(
        "referrals_assessed_not_in_need",
        IN_NEED,
        "Referrals assessed and found not to be in need",
        "referrals",
    ),
    _number("in_need_at_31_march", IN_NEED, "In need on 31 March", "in_need_at_31_march"),
    *(
        _need_share(f"in_need_{key}", IN_NEED, f"In need on 31 March: for {title}", over)
        for over in ("in_need_at_31_march",)
        for key, title in (
            ("under_3_months", "less than 3 months"),
            ("3_to_6_months", "3 to 6 months"),
            ("6_to_12_months", "6 to 12 months"),
            ("1_to_2_years", "1 to 2 years"),
            ("over_2_years", "2 years or longer"),
        )
    ),
    *(
        _need_share(f"need_ended_{key}", IN_NEED, f"Need that ended: after {title}", over)
        for over in ("need_ended",)
        for key, title in (
            ("under_3_months", "less than 3 months"),
            ("3_to_6_months", "3 to 6 months"),
            ("6_to_12_months", "6 to 12 months"),
            ("1_to_2_years", "1 to 2 years"),
            ("over_2_years", "2 years or longer"),
        )
    ),
    _need_share(
        "assessments_in_45_days",
        IN_NEED,
        "Assessments finished within 45 working days",
        "assessments",
    ),
    _need_share(
        "conferences_in_15_days",
        PLANS,
        "First conferences within 15 working days",
        "conferences",
    ),
    _rate("section_47_rate", "Enquiries (section 47) for every 10,000 children", "section_47"),
    _rate("conference_rate", "First conferences for every 10,000 children", "conferences"),
    _number("plans_at_31_march", PLANS, "Plans on 31 March", "plans_at_31_march"),
    _number("plans_started", PLANS, "Plans that began in the year", "plans_started"),
    _need_share(
        "second_or_later_plans",
        PLANS,
        "Plans that were a second or later one",
        "plans_started",
        n="second_or_later_plans_number",
    ),
    _need_share(
        "plans_running_2_years", PLANS, "Plans that had run for 2 years", "plans_at_31_march"
    ),
    _need_share(
        "plans_ended_after_2_years",
        PLANS,
        "Plans that ended after 2 years or longer",
        "plans_ended",
        n="plans_ended_after_2_years_number",
    ),
)


def _of_workforce(key: str, title: str, unit: str, times: float = 1.0) -> Wanted:
    """From the truth of the measure of that name: ``workforce/KEY/numerator`` and denominator."""
    return Wanted(
        key,
        WORKFORCE,
        title,
        key,
        (f"workforce/{key}/numerator",),
        () if key == "social_workers" else (f"workforce/{key}/denominator",),
        unit=unit,
        judge="value",
        source="workforce",
        times=times,
    )


_WORKFORCE = (
    _of_workforce("social_workers", "Social workers in post", "full-time equivalents"),
    _of_workforce("social_worker_vacancies", "Posts vacant", "percent", 100.0),
    _of_workforce("social_worker_turnover", "Left in the year", "percent", 100.0),
    _of_workforce("social_worker_agency", "Agency workers", "percent", 100.0),
    _of_workforce("social_worker_absence", "Days lost to sickness", "percent", 100.0),
    _of_workforce("social_worker_caseload", "Cases held by each", "cases"),
)

WANTED: tuple[Wanted, ...] = (*STEERED, *_SHOWN, *_CARE, *_NEED, *_WORKFORCE)

TOPICS = {
    (CEASED, "reason"): REASONS,
    (LOOKED_AFTER, "placement"): PLACEMENTS,
    (LOOKED_AFTER, "provider"): PLACEMENTS,
    (LOOKED_AFTER, "legal_status"): LEGAL,
    (STARTED, "legal_status"): LEGAL,
    (STARTED, "taken_into_care"): LEGAL,
    (LOOKED_AFTER, "need"): NEEDS,
    (STARTED, "need"): NEEDS,
    (STARTED, "age"): AGES,
    (LOOKED_AFTER, "age"): AGES,
    (CEASED, "age"): AGES,
    (LOOKED_AFTER, "sex"): WHO,
    (STARTED, "sex"): WHO,
    (CEASED, "sex"): WHO,
    (LOOKED_AFTER, "ethnicity"): WHO,
    (LOOKED_AFTER, "unaccompanied"): WHO,
    (STARTED, "unaccompanied"): WHO,
    (CEASED, "unaccompanied"): WHO,
}
"""(population, topic) of ``reference.characteristics`` -> section of the report."""

WORDS = {LOOKED_AFTER: "On 31 March", STARTED: "Started", CEASED: "Ceased"}

NOT_DRAWN = {
    (LOOKED_AFTER, "distance"): "Postcodes are invented and have no distances.",
    (LOOKED_AFTER, "locality"): "Postcodes are invented and lie in no council's area.",
}
"""Published characteristics that invented lives do not have, and why."""

SECTIONS = (
    NUMBERS,
    REASONS,
    PLACEMENTS,
    REENTRY,
    STABILITY,
    LEGAL,
    NEEDS,
    AGES,
    WHO,
    GUARDIANS,
    LASTING,
    IN_NEED,
    PLANS,
    WORKFORCE,
)
