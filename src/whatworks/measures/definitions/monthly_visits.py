"""From Annex A lists: who got in touch, and whether children were visited and seen alone."""

from __future__ import annotations

from typing import Any

from whatworks.measures.definition import LeftOut, register
from whatworks.measures.definitions.monthly import (
    BLANK,
    FUTURE,
    LIST_FORM,
    NO_SERIES,
    NOT_A_RETURN,
    annex_a,
    is_not,
    needed,
)
from whatworks.returns.annex_a.form import PERIOD_UNCONFIRMED
from whatworks.tables import col

_VISITS = (
    "Care Planning, Placement and Case Review (England) Regulations 2010, regulation 28 "
    "(legislation.gov.uk)."
)


def in_time() -> Any:
    """The last visit is recent enough."""
    return col("IN_TIME") & col("TOLD")


def visit_due() -> Any:
    """A visit can be judged: its date could be read, and it was due."""
    return col("TOLD") & ~col("NEW")


def new() -> Any:
    """No visit is due yet."""
    return col("TOLD") & col("NEW")


def unread(text: str) -> LeftOut:
    return LeftOut("date not readable", text, is_not("TOLD"))


# --- the front door ------------------------------------------------------------------------


def referred() -> Any:
    """A referral of the same child came of it."""
    return col("DATED") & ~col("RECENT") & col("REFERRED")


def followed() -> Any:
    """The days after the contact are in the lists."""
    return col("DATED") & ~col("RECENT")


def too_recent() -> Any:
    """The days after the contact are not over."""
    return col("RECENT")


register(
    annex_a(
        name="contacts_that_became_referrals",
        topic="asking_for_help",
        title="Contacts that became referrals",
        text="Of the times somebody got in touch about a child, how many were followed within a "
        "week by a referral of that child to children’s social care.",
        view="contacts",
        numerator=referred,
        numerator_words="Contacts (list 1) after which list 3 has a referral of the same child, "
        "made that day or in the seven days after.",
        denominator=followed,
        denominator_words="Contacts in list 1 whose day is at least seven days before the day of "
        "the lists.",
        clock="Each contact’s own day, and the seven days after it. Lists look back over the six "
        "months to their day.",
        whole="contacts",
        did="were followed by a referral of the child within a week",
        left_out=(
            LeftOut(
                "no day",
                "The day of the contact is blank, cannot be read, or lies after the day of the "
                "lists.",
                is_not("DATED"),
            ),
            LeftOut("too recent", "The week after the contact was not yet over.", too_recent),
        ),
        caveats=(
            NOT_A_RETURN,
            NO_SERIES,
            "Contacts about a child whose case is already open lead to no new referral, and are "
            "counted all the same.",
        ),
        unconfirmed=(
            PERIOD_UNCONFIRMED,
            "That seven days are enough for a contact to become a referral is our choice; guidance "
            "asks for a decision within a working day.",
        ),
        needs=(
            *needed("List_1", "Child Unique ID", "Date of Contact"),
            *needed("List_3", "Child Unique ID", "Date of referral"),
        ),
    )
)


# --- visits --------------------------------------------------------------------------------

_EVERY_FOUR_WEEKS = (
    "No statute says how often a child in need or with a protection plan must be visited; councils "
    "set their own, and four weeks is our choice for comparing months."
)

register(
    annex_a(
        name="children_in_need_seen_in_four_weeks",
        topic="family",
        title="Children in need seen in the last four weeks",
        text="Of the children with a child in need plan on the day, how many had been seen in the "
        "28 days before it.",
        view="in_need_on_the_day",
        numerator=in_time,
        numerator_words="Children last seen on the day or in the 28 days before it.",
        denominator=visit_due,
        denominator_words="Children whom list 6 shows with a child in need plan, not closed by the "
        "day; each child once.",
        whole="children with a child in need plan",
        did="had been seen in the last four weeks",
        direction="higher",
        left_out=(
            unread(FUTURE),
            LeftOut(
                "new",
                "Not seen yet, and help began less than 28 days before the day.",
                new,
            ),
        ),
        pairs_with=("re_referrals_within_12_months", "section_47_rate"),
        caveats=(NOT_A_RETURN, NO_SERIES, BLANK),
        unconfirmed=(PERIOD_UNCONFIRMED, _EVERY_FOUR_WEEKS),
        needs=needed("List_6", "Child Unique ID", "Case Status", "Date Child Was Last Seen"),
    )
)

register(
    annex_a(
        name="protection_plans_visited_in_four_weeks",
        topic="family",
        title="Children with a protection plan visited in the last four weeks",
        text="Of the children with a child protection plan on the day, how many had a statutory "
        "visit in the 28 days before it.",
        view="protected_on_the_day",
        numerator=in_time,
        numerator_words="Children whose last statutory visit was on the day or in the 28 days "
        "before it.",
        denominator=visit_due,
        denominator_words="Children whose plan, in list 7, is open on the day; each child once.",
        whole="children with a child protection plan",
        did="had been visited in the last four weeks",
        direction="higher",
        left_out=(
            unread(FUTURE),
            LeftOut(
                "new",
                "Not visited yet, and the plan began less than 28 days before the day.",
                new,
            ),
        ),
        pairs_with=("protection_plans_child_seen_alone", "repeat_protection_plans"),
        caveats=(NOT_A_RETURN, NO_SERIES, BLANK),
        unconfirmed=(PERIOD_UNCONFIRMED, _EVERY_FOUR_WEEKS),
        needs=needed(
            "List_7",
            "Child Unique ID",
            "Child Protection Plan End Date",
            "Date of the Last Statutory Visit",
        ),
    )
)


def alone() -> Any:
    """Seen alone at the last visit."""
    return col("ALONE")


def alone_told() -> Any:
    """The list says whether the child was seen alone."""
    return ~col("ALONE").is_null()


def alone_not_told() -> Any:
    """The list does not say so."""
    return col("ALONE").is_null()


register(
    annex_a(
        name="protection_plans_child_seen_alone",
        topic="family",
        title="Children with a protection plan seen alone",
        text="Of the children with a child protection plan on the day, how many were seen alone at "
        "the last statutory visit.",
        view="protected_on_the_day",
        numerator=alone,
        numerator_words="Children for whom list 7 says that they were seen alone.",
        denominator=alone_told,
        denominator_words="Children with a plan open on the day, for whom list 7 says whether they "
        "were seen alone.",
        whole="children with a child protection plan",
        did="were seen alone at the last visit",
        direction="higher",
        direction_words="More is better for children old enough to talk; babies cannot be heard "
        "alone.",
        left_out=(
            LeftOut(
                "not told",
                "List 7 does not say whether the child was seen alone: blank, unknown or not "
                "readable.",
                alone_not_told,
            ),
        ),
        caveats=(NOT_A_RETURN, NO_SERIES, "Children of every age count, babies among them."),
        pairs_with=("protection_plans_visited_in_four_weeks",),
        needs=needed(
            "List_7",
            "Child Unique ID",
            "Child Protection Plan End Date",
            "Was the Child Seen Alone?",
        ),
    )
)

register(
    annex_a(
        name="looked_after_visited_in_six_weeks",
        topic="family",
        title="Children looked after visited in the last six weeks",
        text="Of the children looked after on the day, how many had been visited by a social "
        "worker in the 42 days before it.",
        view="in_care_on_the_day",
        numerator=in_time,
        numerator_words="Children whose last social work visit was on the day or in the 42 days "
        "before it.",
        denominator=visit_due,
        denominator_words="Children whom list 8 shows as looked after on the day; each child once.",
        whole="children looked after",
        did="had been visited in the last six weeks",
        direction="higher",
        confidence="partly confirmed",
        left_out=(
            unread(FUTURE),
            LeftOut(
                "new",
                "Not visited yet, and looked after for less than the week in which a first visit "
                "is due.",
                new,
            ),
        ),
        pairs_with=("in_care_three_or_more_workers", "views_heard_at_reviews"),
        caveats=(
            NOT_A_RETURN,
            NO_SERIES,
            BLANK,
            "After a year in a placement that is to last until 18, visits may be three months "
            "apart; the lists do not say so of a placement, so such children are judged by six "
            "weeks too, and some placements call for visits more often.",
        ),
        sources=(LIST_FORM, _VISITS),
        needs=needed(
            "List_8",
            "Child Unique ID",
            "Date Ceased to be Looked After",
            "Date of Last Social Work Visit",
        ),
    )
)
