"""Child protection plans: how many, for what harm, again, for how long, and reviewed in time."""

from __future__ import annotations

from typing import Any

import narwhals as nw

from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.need import (
    ESTIMATES,
    ON_31_MARCH,
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

_ONCE, _LATER = once("plan", "began"), told_later("plan")
_BEGAN = "Plans beginning from 1 April to 31 March (CPPstartDate)."
_ENDED = "Plans ended from 1 April to 31 March (CPPendDate)."
_RUNNING = "Child protection plans begun by 31 March (CPPstartDate) and not ended until later."
_FORGOTTEN = (
    "A plan that was open, and that no later census mentions, is taken to have ended on the first "
    "day after its census. How many there were is shown beside the figures."
)
_NO_DIRECTION = (
    "There is no good direction: a plan protects a child in danger; fewer is good where fewer "
    "children are in danger."
)


def had_one_before() -> Any:
    """The census says that the child had had a plan before this one."""
    return col("PLANS_BEFORE") > 0


def judged() -> Any:
    """The census says how many plans the child had had before."""
    return ~is_blank("PLANS_BEFORE")


def not_said() -> Any:
    """How many plans the child had had before is blank, unreadable or below nought."""
    return is_blank("PLANS_BEFORE")


rate(
    "protection_plans_rate",
    topic="protection",
    title="Children with a protection plan on 31 March for every 10,000 children",
    text="How many children had a child protection plan on 31 March for every 10,000 children aged "
    "under 18 who live in the area.",
    view="plans_at_31_march",
    numerator_words=_RUNNING,
    clock=ON_31_MARCH,
    whole="children in the area",
    did="had a protection plan on 31 March",
    mirrors=mirror("plans_rate", "Child protection plans rate per 10,000", ROUNDED, ESTIMATES),
    direction_words=_NO_DIRECTION,
    pairs_with=("repeat_protection_plans", "looked_after_rate", "section_47_rate"),
    caveats=(_FORGOTTEN, "A child with two open plans, which should not be, counts twice."),
    confidence="confirmed",
)

rate(
    "protection_plans_started_rate",
    topic="protection",
    title="Protection plans begun for every 10,000 children",
    text="How many child protection plans began in the year for every 10,000 children aged under "
    "18 who live in the area.",
    view="plans_started",
    numerator_words="Child protection plans that began in the year. A child with two counts twice.",
    clock=_BEGAN,
    whole="children in the area",
    did="came on to a child protection plan, each plan counted",
    mirrors=mirror(
        "plans_started_rate",
        "Rate of child protection plans starting during the year per 10,000",
        ROUNDED,
        ESTIMATES,
    ),
    direction_words=_NO_DIRECTION,
    pairs_with=("repeat_protection_plans", "started_rate"),
    caveats=(_ONCE, _LATER),
    confidence="confirmed",
)

rate(
    "protection_plans_ended_rate",
    topic="protection",
    title="Protection plans ended for every 10,000 children",
    text="How many child protection plans ended in the year for every 10,000 children aged under "
    "18 who live in the area.",
    view="plans_ended",
    numerator_words="Child protection plans that ended in the year.",
    clock=_ENDED,
    whole="children in the area",
    did="came off a child protection plan, each plan counted",
    mirrors=mirror(
        "plans_ended_rate",
        "Rate of child protection plans ending during the year per 10,000",
        ROUNDED,
        ESTIMATES,
    ),
    direction_words=_NO_DIRECTION,
    pairs_with=("repeat_protection_plans_within_24_months", "protection_plans_started_rate"),
    caveats=(_FORGOTTEN,),
    confidence="confirmed",
)

share(
    "repeat_protection_plans",
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
        left_out(
            "earlier_plans_not_given",
            "Plans for which the number of earlier plans is blank, cannot be read or is below "
            "nought.",
            not_said,
        ),
    ),
    mirrors=mirror(
        "second_or_later_plans",
        "Percentage of children who became the subject of a plan for a second or subsequent time",
    ),
    direction="lower",
    direction_words="Fewer is usually taken as better. Some second plans are the right answer "
    "to a change in a child’s life.",
    pairs_with=("re_referrals_within_12_months", "started_rate"),
    caveats=(
        _ONCE,
        _LATER,
        "The number of earlier plans is as the council recorded it and is not held against the "
        "plans of earlier censuses; plans in other councils count only if it knew of them.",
        "The figure looks back over the whole of childhood, so it changes slowly with what a "
        "council does now.",
    ),
    confidence="confirmed",
    unconfirmed=(
        "Whether the Department leaves out plans whose number of earlier ones is "
        "blank, or counts them as first plans.",
    ),
)

share(
    "repeat_protection_plans_within_24_months",
    topic="protection",
    title="Protection plans within 24 months of an earlier one",
    text="Of the child protection plans that began in the year, how many began within 24 months "
    "after an earlier plan of the same child in the same council had ended.",
    view="plans_started",
    numerator=lambda: col("AGAIN_WITHIN_24_MONTHS"),
    numerator_words="Plans that began no later than the same day two years after the child’s plan "
    "before had ended, or while that one still ran.",
    denominator=everyone,
    denominator_words="Child protection plans that began in the year.",
    clock="Plans beginning from 1 April to 31 March, and for each the 24 months before it. The "
    "censuses of the two years before must be loaded too; without them there is no figure.",
    whole="child protection plans that began in the year",
    did="came within 24 months after an earlier plan of the same child",
    years_before=2,
    direction="lower",
    direction_words="Fewer is usually taken as better: what changed has lasted. Some second plans "
    "are the right answer to a change in a child’s life.",
    pairs_with=("protection_plans_ended_rate", "repeat_protection_plans", "started_rate"),
    caveats=(
        _ONCE,
        _LATER,
        "Plans are followed from census to census by the child’s number, so plans of another "
        "council, or under another number, are not seen.",
        _FORGOTTEN,
    ),
    unconfirmed=("No council’s figure is published; councils count this in several ways.",),
    sources=(sources.NEED,),
)

# --- how long ---------------------------------------------------------------------------------

_NOT_WRITTEN = left_out(
    "day_of_end_not_known",
    "Plans whose last day is not as written: it could not be read, came before the first, or no "
    "census tells when an open plan ended.",
    lambda: col("END_SET"),
)
_ENDED_ON = "Child protection plans that ended in the year on a day that is known."
_LONG = (
    "Fewer is usually taken as better: a child should not live in danger for years. A few need a "
    "long plan."
)


def _known() -> nw.Expr:
    return ~col("END_SET")


share(
    "protection_plans_running_2_years",
    topic="protection",
    title="Protection plans on 31 March that had run for 2 years or longer",
    text="Of the child protection plans on 31 March, how many had run for two years or longer.",
    view="plans_at_31_march",
    numerator=lambda: col("TWO_YEARS"),
    numerator_words="Those begun on that day two years before, or earlier.",
    denominator_words=_RUNNING,
    clock=ON_31_MARCH,
    whole="child protection plans on 31 March",
    did="had run for 2 years or longer",
    mirrors=mirror(
        "plans_running_2_years", "Child protection plans at 31 March lasting two years or more"
    ),
    direction="lower",
    direction_words=_LONG,
    pairs_with=("protection_plans_ended_under_3_months", "repeat_protection_plans"),
    caveats=(_FORGOTTEN,),
    confidence="confirmed",
)

share(
    "protection_plans_ended_after_2_years",
    topic="protection",
    title="Protection plans that ended after 2 years or longer",
    text="Of the child protection plans that ended in the year, how many had run for two years or "
    "longer.",
    view="plans_ended",
    numerator=lambda: _known() & col("TWO_YEARS"),
    numerator_words="Those ended on the same day two years after they began, or later.",
    denominator=_known,
    denominator_words=_ENDED_ON,
    clock=_ENDED,
    whole="child protection plans that ended",
    did="had run for 2 years or longer",
    left_out=(_NOT_WRITTEN,),
    mirrors=mirror(
        "plans_ended_after_2_years", "Child protection plans ceasing that lasted two years or more"
    ),
    direction="lower",
    direction_words=_LONG,
    pairs_with=("protection_plans_running_2_years", "repeat_protection_plans"),
    caveats=("A council that brings long plans to an end has a high figure in that year.",),
    confidence="confirmed",
)

share(
    "protection_plans_ended_under_3_months",
    topic="protection",
    title="Protection plans that ended within 3 months",
    text="Of the child protection plans that ended in the year, how many had run for less than "
    "three months.",
    view="plans_ended",
    numerator=lambda: _known() & col("UNDER_3_MONTHS"),
    numerator_words="Those ended less than three calendar months after they began.",
    denominator=_known,
    denominator_words=_ENDED_ON,
    clock=_ENDED,
    whole="child protection plans that ended",
    did="had run for less than 3 months",
    left_out=(_NOT_WRITTEN,),
    mirrors=mirror(None, "Child protection plans ceasing: 3 months or less"),
    direction_words="There is no good direction: a short plan may never have been needed, or may "
    "have ended too soon, or have ended because the child came into care.",
    pairs_with=("repeat_protection_plans_within_24_months", "started_rate"),
    caveats=("Why a plan ended is not in the census.",),
    unconfirmed=("On which side of three months to the day the published bands put a plan.",),
)

average(
    "protection_plan_days",
    topic="protection",
    title="Days that a protection plan runs",
    text="How many days the child protection plans that ended in the year had run, on average.",
    view="plans_ended",
    numerator=lambda: when(_known()).then(col("DAYS").cast(nw.Float64)),
    numerator_words="Days from the first to the last day of each plan, added up.",
    denominator=lambda: when(_known()).then(one()),
    denominator_words=_ENDED_ON,
    clock=_ENDED,
    whole="days",
    did="on average was how long a protection plan had run",
    counted_in="days",
    left_out=(_NOT_WRITTEN,),
    direction_words="There is no good direction: look at the shares of very short or long plans.",
    pairs_with=("protection_plans_ended_under_3_months", "protection_plans_ended_after_2_years"),
    caveats=(
        "Plans that still run are not here, so a council that ends few of its long plans looks "
        "quick.",
        "A few very long plans move an average a great deal.",
    ),
    unconfirmed=("That the first day of a plan is not one of its days: no average is published.",),
    sources=(sources.NEED,),
)

share(
    "protection_plans_reviewed_on_time",
    topic="protection",
    title="Protection plans reviewed on time",
    text="Of the child protection plans on 31 March that had run for three months or longer, how "
    "many were reviewed on time throughout the year.",
    view="plans_at_31_march",
    numerator=lambda: col("REVIEWED_ON_TIME"),
    numerator_words="Those reviewed within three months after they began and within six months of "
    "each review, as far as that fell in the year.",
    denominator=lambda: col("REVIEW_DUE"),
    denominator_words="Child protection plans on 31 March begun three calendar months before, or "
    "earlier.",
    clock="From 1 April to 31 March; six months may begin in the year before, so its census must "
    "be loaded too. A review that was due in the year and has not been held is late.",
    whole="child protection plans of three months or longer",
    did="were reviewed on time",
    years_before=1,
    mirrors=mirror(
        "plans_reviewed_on_time",
        "Child protection plans reviewed within the required timescales",
        "Whether the published figure looks at all of a plan’s reviews or at those of the year "
        "was not read.",
    ),
    direction="higher",
    direction_words="More is better: somebody looks again whether the child is safe.",
    pairs_with=("protection_plans_running_2_years",),
    caveats=(
        "Months are calendar months: a review on the same day three or six months on is in time.",
        "Plans that ended before 31 March are not judged.",
        "A review counts for the plan it stands in; one held on the day the plan began, or after "
        "it ended, does not count.",
    ),
    unconfirmed=("That reviews of the year alone are judged, and not those of years before.",),
)

# --- for what harm ----------------------------------------------------------------------------

HARM: tuple[tuple[str, str, str], ...] = (
    ("neglect", "NEG", "neglect"),
    ("emotional_abuse", "EMO", "emotional abuse"),
    ("physical_abuse", "PHY", "physical abuse"),
    ("sexual_abuse", "SAB", "sexual abuse"),
    ("several_kinds_of_abuse", "MUL", "more than one kind of abuse"),
)
"""Name, code of the category of abuse, words."""


def _harm(short: str, code: str, words: str) -> None:
    share(
        f"protection_plans_for_{short}",
        topic="protection",
        title=f"Protection plans begun because of {words}",
        text=f"Of the child protection plans that began in the year, how many were first made "
        f"because of {words}.",
        view="plans_started",
        numerator=lambda: col("CATEGORY") == code,
        numerator_words=f"Those whose first category is {code} (InitialCategoryOfAbuse).",
        denominator=lambda: ~is_blank("CATEGORY"),
        denominator_words="Child protection plans that began in the year, with a category given.",
        clock=_BEGAN,
        whole="child protection plans that began in the year",
        did=f"were made because of {words}",
        left_out=(
            left_out(
                "category_not_given",
                "Plans whose first category of harm is blank.",
                lambda: is_blank("CATEGORY"),
            ),
        ),
        mirrors=mirror(
            None, f"Child protection plans starting, by initial category of abuse: {words}"
        ),
        direction_words="There is no good direction: it tells what plans are for, and how a "
        "council names it.",
        pairs_with=("protection_plans_started_rate", "section_47_rate"),
        caveats=(
            _ONCE,
            _LATER,
            "Councils name the same harm differently, and some name several kinds as one.",
        ),
        confidence="confirmed",
    )


for _kind in HARM:
    _harm(*_kind)
