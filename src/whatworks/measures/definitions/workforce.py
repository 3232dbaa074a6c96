"""The council's social workers with children and families on 30 September: how many, how settled.

All are sums of full-time equivalents: a worker of three days a week counts as 0.6.
"""

from __future__ import annotations

from functools import partial

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions import workforce_rows as rows
from whatworks.measures.workforce import AGENCY_RECORDS, VACANT_POSTS

_DAY = "on 30 September {year}"
_YEAR = "year to 30 September {year}"
_IN_POST = (
    "In post means begun by 30 September and not left by then; a blank day of beginning is taken "
    "to be long ago. Hours are the full-time equivalent on 30 September (FTE30) or, where that is "
    "blank, the other one (FTE)."
)
_RECORDS = (
    "Every record counts as it stands. Where one worker has two, the rules of the census point "
    "them out."
)
_NO_GROUPS = "No breakdown is offered: the groups here are of children, and these are workers."
_SMALL = "In a small council one worker more or less moves the figure a long way."
_CENSUS = (
    "The published figure comes from censuses as amended up to its own date; ours comes from the "
    "census that was loaded."
)
_WHICH_HOURS = "Which of the two full-time equivalents of a record the Department takes."

_workforce = partial(
    Measure,
    collection="csww",
    view="social_work_posts",
    confidence="partly confirmed",
    pillar="people and leadership",
    topic="workforce",
    sources=(sources.WORKFORCE, sources.LAIT),
)

register(
    _workforce(
        name="social_workers",
        title="Children’s social workers in post",
        text="How many children’s social workers the council itself employed on 30 September, as "
        "full-time equivalents.",
        kind="total",
        spread="poisson",
        numerator=rows.own_fte,
        numerator_words="Full-time equivalents of the council’s own social workers in post on "
        "30 September. Agency workers are not among them.",
        denominator_words=None,
        clock="30 September: begun by then, and leaving on a later day if at all.",
        when=_DAY,
        whole="children’s social workers",
        did="were in post",
        left_out=(rows.OWN_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_workers",
                "Children’s social workers in post on 30 September, full-time equivalents",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        pairs_with=("social_worker_vacancies", "social_worker_agency"),
        caveats=(
            _IN_POST,
            _RECORDS,
            "The interval says how far a total of this size would move if each worker had come "
            "or not by chance alone; the total itself is of everybody, not of a sample.",
            "Numbers follow the size of a council: to compare councils, use the shares.",
            _NO_GROUPS,
        ),
        unconfirmed=(_WHICH_HOURS,),
    )
)

register(
    _workforce(
        name="social_worker_vacancies",
        title="Social work posts that were vacant",
        text="Of the council’s posts for children’s social workers, how large a share was vacant "
        "on 30 September.",
        kind="ratio",
        spread="share",
        needs=(VACANT_POSTS,),
        numerator=rows.vacant_fte,
        numerator_words="Full-time equivalents of vacant posts (NumberOfVacancies), those that an "
        "agency worker covers among them.",
        denominator=rows.posts_fte,
        denominator_words="Vacant posts and the council’s own social workers in post, as "
        "full-time equivalents.",
        clock="30 September.",
        when=_DAY,
        whole="full-time equivalents of posts for social workers",
        did="were vacant",
        left_out=(rows.OWN_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_worker_vacancies",
                "Vacancies as a share of children’s social worker posts on 30 September",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better.",
        pairs_with=("social_worker_agency", "social_worker_turnover"),
        caveats=(
            _IN_POST,
            _RECORDS,
            "For the interval a vacancy of 2.5 is taken as two whole posts and one of 0.5. It says "
            "how far the share would move if each post had been vacant or filled by chance alone.",
            _SMALL,
            _NO_GROUPS,
        ),
        unconfirmed=(_WHICH_HOURS,),
    )
)

register(
    _workforce(
        name="social_worker_turnover",
        title="Social workers who left in the year, against those in post",
        text="How many children’s social workers left the council in the year to 30 September, "
        "against those in post at its end.",
        kind="ratio",
        spread="poisson",
        numerator=rows.left_fte,
        numerator_words="Full-time equivalents of the council’s own social workers who left in "
        "the year to 30 September (the day of leaving itself counts).",
        denominator=rows.own_fte,
        denominator_words="Full-time equivalents of its own social workers in post on "
        "30 September.",
        clock="Leaving from 1 October to 30 September; in post on that last day.",
        when=_YEAR,
        whole="full-time equivalents of social workers in post",
        did="left",
        left_out=(rows.OWN_HOURS, rows.LEAVERS_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_worker_turnover",
                "Children’s social workers who left in the year as a share of those in post on "
                "30 September",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better; some leaving is part of any work.",
        pairs_with=("social_worker_vacancies", "social_worker_agency"),
        caveats=(
            _IN_POST,
            _RECORDS,
            "Those who left are not among those in post, so the figure can be above 100%.",
            "Somebody who moves to other work in the same council counts as having left if the "
            "census gives a day of leaving.",
            "The interval says how far the figure would move if each of those who left had gone "
            "or stayed by chance alone; the number in post is taken as known.",
            _SMALL,
            _NO_GROUPS,
        ),
        unconfirmed=(_WHICH_HOURS,),
    )
)

register(
    _workforce(
        name="social_worker_agency",
        title="Social workers from an agency",
        text="Of the children’s social workers at work in the council on 30 September, how large "
        "a share an agency supplied.",
        kind="ratio",
        spread="share",
        needs=(AGENCY_RECORDS,),
        numerator=rows.agency_fte,
        numerator_words="Full-time equivalents of agency social workers in post on 30 September.",
        denominator=rows.everybody_fte,
        denominator_words="Full-time equivalents of agency and own social workers in post.",
        clock="30 September.",
        when=_DAY,
        whole="full-time equivalents of social workers at work",
        did="came from an agency",
        left_out=(rows.OWN_HOURS, rows.AGENCY_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_worker_agency",
                "Agency workers as a share of children’s social workers on 30 September",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better: agency workers cost more, and leave "
        "sooner.",
        pairs_with=("social_worker_vacancies", "social_worker_turnover"),
        caveats=(
            _IN_POST,
            _RECORDS,
            "Agency workers are counted from their own records. The council’s total (NoAgencyFTE) "
            "is only held against them by a rule of the census.",
            "The interval says how far the share would move if each worker had come from an "
            "agency or not by chance alone.",
            _SMALL,
            _NO_GROUPS,
        ),
        unconfirmed=(
            _WHICH_HOURS,
            "Which cells of an agency worker’s record councils must fill.",
        ),
    )
)

register(
    _workforce(
        name="social_worker_absence",
        title="Working days that social workers lost to illness",
        text="How large a share of their working days the council’s own children’s social workers "
        "lost to illness in the year.",
        kind="ratio",
        spread="members",
        numerator=rows.days_lost,
        numerator_words="Working days lost to illness in the year to 30 September by the council’s "
        "own social workers in post at its end.",
        denominator=rows.days_due,
        denominator_words="Their full-time equivalents times the working days of the year: 253, "
        "or 254 where the year holds 29 February.",
        clock="The year to 30 September, for those in post on its last day.",
        when=_YEAR,
        whole="working days",
        did="were lost to illness",
        left_out=(rows.ABSENCE_UNKNOWN, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_worker_absence",
                "Working days lost to illness as a share of all working days",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        direction="lower",
        direction_words="Fewer is usually taken as better, so long as ill people stay at home.",
        pairs_with=("social_worker_caseload",),
        caveats=(
            _IN_POST,
            _RECORDS,
            "Somebody who began within the year is taken to have been there all year, as the "
            "published figure does.",
            "The interval says how far the figure would move with other workers, as unlike one "
            "another in days lost as these are. With one worker there is none.",
            _SMALL,
            _NO_GROUPS,
        ),
        unconfirmed=(
            "That 253 working days (254 with 29 February) are taken: this brings out the "
            "published rates, and was read nowhere.",
            "That days lost by those who left are not counted.",
            _WHICH_HOURS,
        ),
    )
)

register(
    _workforce(
        name="social_worker_caseload",
        title="Cases for each social worker who holds any",
        text="How many cases each children’s social worker held on 30 September, of those who "
        "held any, for each full-time equivalent.",
        kind="ratio",
        spread="members",
        counted_in="cases",
        numerator=rows.cases,
        numerator_words="Cases held on 30 September by social workers in post, own and agency.",
        denominator=rows.holders_fte,
        denominator_words="Full-time equivalents of those of them who held one case or more.",
        clock="30 September.",
        when=_DAY,
        whole="cases",
        did="were held for each full-time equivalent who held any",
        left_out=(rows.HOLDERS_HOURS, rows.HOLDERS_CASES, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                "social_worker_caseload",
                "Cases for each children’s social worker who holds any, on 30 September",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        direction="lower",
        direction_words="Fewer leaves more time for each child, and is usually taken as better; "
        "what a case is differs between councils.",
        pairs_with=("social_worker_absence", "social_worker_turnover"),
        caveats=(
            _IN_POST,
            _RECORDS,
            "The interval says how far the figure would move with other workers, as unlike one "
            "another in their cases as these are. With one worker there is none.",
            "An average hides that newly qualified workers should hold fewer.",
            _SMALL,
            _NO_GROUPS,
        ),
        unconfirmed=(
            "That agency workers who hold cases are counted with their cases.",
            _WHICH_HOURS,
        ),
    )
)
