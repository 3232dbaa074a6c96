"""Whether need that had been met came back: referrals again, and protection plans again."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.tables import col, is_blank

_UNBORN = (
    "A child not yet born on the day, or whose day of birth is not given, is under ‘Not known’ "
    "among the age groups. Sex and ethnic group are as the latest census that gives them has them."
)
_ONCE = (
    "Every census lists a case again for as long as it is open, so a {thing} is counted once, in "
    "the year in which it {began}: the same child and the same day. How many rows this set aside "
    "is shown beside the figures."
)
_LATER = (
    "A {thing} that only a later census tells of counts in its own year all the same, so a figure "
    "can change when the next census is loaded."
)


def again() -> Any:
    """The child's referral before was no longer ago than the same day a year back."""
    return col("AGAIN_WITHIN_12_MONTHS")


def had_one_before() -> Any:
    """The census says that the child had had a plan before this one."""
    return col("PLANS_BEFORE") > 0


def judged() -> Any:
    """The census says how many plans the child had had before."""
    return ~is_blank("PLANS_BEFORE")


def not_said() -> Any:
    """How many plans the child had had before is blank, unreadable or below nought."""
    return is_blank("PLANS_BEFORE")


_need = partial(
    Measure,
    kind="percentage",
    collection="cin",
    breakdowns=("age_group", "sex", "ethnicity"),
    direction="lower",
    pillar="practice and systems",
)

register(
    _need(
        name="re_referrals_within_12_months",
        topic="asking_for_help",
        title="Referrals within 12 months of an earlier one",
        text="Of the referrals to children’s social care in the year, how many came within 12 "
        "months of an earlier referral of the same child to the same council.",
        view="referrals",
        numerator=again,
        numerator_words="Referrals made no later than the same day a year after the child’s "
        "referral before, whatever came of that one.",
        denominator=everyone,
        denominator_words="Referrals made in the year (CINreferralDate), those after which nothing "
        "further was done among them. A child referred twice counts twice.",
        clock="Referrals from 1 April to 31 March, and for each the 12 months before it. The "
        "census of the year before must be loaded too; without it there is no figure.",
        whole="referrals",
        did="came within 12 months of an earlier referral of the same child",
        years_before=1,
        mirrors=(
            Mirror(
                "rereferred",
                "Percentage of referrals to children’s social care within 12 months of a previous "
                "referral",
                (
                    sources.CENSUSES,
                    "How the Department looks back beyond the beginning of the year was not read.",
                ),
                sources.NEED,
            ),
        ),
        direction_words="Fewer is usually taken as better, so long as families who need help are "
        "not turned away or left unrecorded.",
        pairs_with=("started_rate", "repeat_protection_plans"),
        caveats=(
            _ONCE.format(thing="referral", began="was made"),
            _LATER.format(thing="referral"),
            "Two referrals of a child on one day are one. A day of referral that was put right "
            "from one census to the next looks like two, and so like a referral again.",
            "A referral should not be recorded while the child’s case is open; where one is, it "
            "counts.",
            "Only referrals to the same council are seen, and what a council records as a referral "
            "rather than as a contact differs: look at the number of referrals too.",
            "A referral again can be the right and safe thing for a child.",
            _UNBORN,
        ),
        confidence="partly confirmed",
        unconfirmed=(
            "That the same day a year on still is within 12 months. For a referral of 29 February "
            "that is 1 March.",
            "That the 12 months run from the referral before, and not from the day on which its "
            "case was closed. The published words, ‘within 12 months of a previous referral’, say "
            "so.",
            "That two referrals of a child on one day count as one.",
        ),
        sources=(sources.NEED, sources.LAIT),
    )
)

register(
    _need(
        name="repeat_protection_plans",
        topic="protection",
        title="Protection plans for children who had had one before",
        text="Of the child protection plans that began in the year, how many were for a child who "
        "had been on a plan before, however long ago.",
        view="plans_started",
        numerator=had_one_before,
        numerator_words="Plans for which the census says that the child had had one or more before "
        "(NumberOfPreviousCPP above 0).",
        denominator=judged,
        denominator_words="Child protection plans that began in the year (CPPstartDate) and for "
        "which that number is given. A child with two plans in the year counts twice.",
        clock="Plans beginning from 1 April to 31 March.",
        whole="child protection plans that began in the year",
        did="were for a child who had had a plan before",
        left_out=(
            LeftOut(
                "earlier_plans_not_given",
                "Plans for which the number of earlier plans is blank, cannot be read or is below "
                "nought.",
                not_said,
            ),
        ),
        mirrors=(
            Mirror(
                "second_or_later_plans",
                "Percentage of children who became the subject of a plan for a second or "
                "subsequent time",
                (sources.CENSUSES,),
                sources.NEED,
            ),
        ),
        direction_words="Fewer is usually taken as better. Some second plans are the right answer "
        "to a change in a child’s life.",
        pairs_with=("re_referrals_within_12_months", "started_rate"),
        caveats=(
            _ONCE.format(thing="plan", began="began"),
            _LATER.format(thing="plan"),
            "The number of earlier plans is as the council recorded it and is not held against the "
            "plans of earlier censuses; plans in other councils count only if it knew of them.",
            "The figure looks back over the whole of childhood, so it changes slowly with what a "
            "council does now.",
            _UNBORN,
        ),
        confidence="confirmed",
        unconfirmed=(
            "Whether the Department leaves out plans whose number of earlier ones is "
            "blank, or counts them as first plans.",
        ),
        sources=(sources.NEED, sources.LAIT),
    )
)
