"""What is done when CIN censuses contradict one another or themselves: named, in order.

Every row of the tables listed in ``need_columns`` ends in exactly one place: it is the one row of
its thing (a referral, an assessment ...), or it is left out or replaced under one of the names
below. A row that is kept may also have its end set or a contradiction noted.
"""

from __future__ import annotations

from whatworks.journeys.repairs import Effect, Repair

_THING = {
    "referral": ("referral", "The day of the referral", "was made"),
    "assessment": ("assessment", "The day the assessment began", "began"),
    "enquiry": ("section 47 enquiry", "The day the enquiry began", "began"),
    "plan": ("child protection plan", "The day the plan began", "began"),
    "review": ("review of a child protection plan", "The day of the review", "was held"),
    "cin_plan": ("child in need plan", "The day the plan began", "began"),
    "pre_proceedings": (
        "record of steps before court",
        "Both the day those steps began and the day of the letter",
        "began",
    ),
}
"""What it is called -> in words, the day it is known by, and what happened on that day."""

_SPELL = {
    "referral": ("case", "closed", "was referred", "no further action was marked"),
    "plan": ("child protection plan", "ended", "began", None),
    "cin_plan": ("child in need plan", "ended", "began", None),
}


def _each_once(what: str) -> tuple[Repair, ...]:
    """The same contradictions of every kind of thing, each under its own name."""
    thing, day, happened = _THING[what]
    return (
        Repair(
            f"{what}_without_child_number",
            "left out",
            f"The {thing} has no child number, so it belongs to nobody's journey.",
        ),
        Repair(
            f"{what}_day_not_known",
            "left out",
            f"{day} is blank or could not be read, so the {thing} has no place in time.",
        ),
        Repair(
            f"{what}_after_the_census",
            "left out",
            f"The {thing} {happened} after the last day that its census covers.",
        ),
        Repair(
            f"{what}_same_day_again",
            "left out",
            f"The same census has another {thing} of the child from that day; they count as one.",
        ),
        Repair(
            f"{what}_reported_again",
            "replaced",
            f"The same {thing} (child and day) is in a later census, which is believed. This is "
            "how censuses work.",
        ),
    )


def _ends(what: str) -> tuple[Repair, ...]:
    """What is done where the end of something that lasts cannot stand as it is written."""
    thing, ended, began, unless = _SPELL[what]
    but = f", unless {unless}" if unless else ""
    return (
        Repair(
            f"{what}_end_not_readable",
            "end set",
            f"The day the {thing} {ended} could not be read. It is taken to have {ended} on the "
            "last day that its census covers.",
        ),
        Repair(
            f"{what}_ended_before_it_began",
            "end set",
            f"The {thing} {ended} on an earlier day than it {began}. It is taken to have {ended} "
            "on the day it began.",
        ),
        Repair(
            f"{what}_open_and_not_mentioned_again",
            "end set",
            f"The {thing} was open at the end of its census’s year and no later census mentions "
            f"it. It is taken to have {ended}, for a reason not recorded, on the first day after "
            f"that year{but}.",
        ),
        Repair(
            f"{what}_ended_after_the_census",
            "end set",
            f"The {thing} is said to have {ended} after the last day that its census covers, "
            "which nobody could know yet. It is taken to be open still.",
        ),
    )


def _noted(name: str, text: str, effect: Effect = "noted") -> Repair:
    return Repair(name, effect, text)


def _of_its_case(what: str) -> tuple[Repair, ...]:
    thing, _, happened = _THING[what]
    return (
        _noted(
            f"{what}_without_its_case",
            f"The {thing} belongs to no case of the child with a day of referral in its census. It "
            "is kept, and belongs to no referral.",
        ),
        _noted(
            f"{what}_before_its_referral",
            f"The {thing} {happened} on an earlier day than the referral it belongs to. It is kept "
            "as it stands.",
        ),
    )


NEED_REPAIRS: tuple[Repair, ...] = (
    *_each_once("referral"),
    *_ends("referral"),
    *_each_once("assessment"),
    *_of_its_case("assessment"),
    _noted(
        "assessment_end_not_readable",
        "The day the assessment was signed off could not be read. The assessment is kept; it is in "
        "no figure of finished assessments.",
    ),
    _noted(
        "assessment_signed_off_before_it_began",
        "The assessment was signed off on an earlier day than it began. It is kept as it stands "
        "and is left out, by name, of how long assessments took.",
    ),
    _noted(
        "assessment_signed_off_after_the_census",
        "The assessment was signed off after the last day that its census covers, which nobody "
        "could know yet. It is taken not to be finished.",
        "end set",
    ),
    *_each_once("enquiry"),
    *_of_its_case("enquiry"),
    _noted(
        "enquiry_conference_not_readable",
        "The day of the first conference could not be read. The enquiry is kept; the conference "
        "is in no figure.",
    ),
    _noted(
        "enquiry_conference_before_it_began",
        "The first conference was held on an earlier day than the enquiry began. Both are kept as "
        "they stand and are left out, by name, of how long it took to a conference.",
    ),
    _noted(
        "conference_after_the_census",
        "The first conference was held after the last day that its census covers. It is in no "
        "figure; the enquiry or case it stands in is kept.",
        "left out",
    ),
    _noted(
        "conference_same_day_again",
        "The same census has another first conference of the child on that day, such as one in "
        "an enquiry and one in the case; they count as one, that of the enquiry.",
        "left out",
    ),
    _noted(
        "conference_reported_again",
        "The same first conference (child and day) is in a later census, which is believed.",
        "replaced",
    ),
    *_each_once("plan"),
    *_ends("plan"),
    *_of_its_case("plan"),
    *_each_once("review"),
    _noted(
        "review_without_its_plan",
        "The review belongs to no child protection plan of the child with a day on which it "
        "began. It is in no figure.",
        "left out",
    ),
    _noted(
        "review_outside_its_plan",
        "The review was held on or before the day its plan began, or after the plan ended. It is "
        "in no figure.",
        "left out",
    ),
    *_each_once("cin_plan"),
    *_ends("cin_plan"),
    *_of_its_case("cin_plan"),
    *_each_once("pre_proceedings"),
    *_of_its_case("pre_proceedings"),
)
"""What is done with the rows of CIN censuses on the way to journeys through need."""
