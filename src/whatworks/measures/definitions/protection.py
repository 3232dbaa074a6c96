"""Child protection: enquiries, first conferences, and steps before court."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import narwhals as nw

from whatworks.measures.definitions import sources
from whatworks.measures.definitions.need import (
    ESTIMATES,
    ROUNDED,
    average,
    left_out,
    mirror,
    number,
    once,
    one,
    rate,
    share,
)
from whatworks.tables import col, is_blank, when

HELD_WITHIN = 15
"""Working days from the beginning of an enquiry within which a conference should be held."""

_BEGAN = "Enquiries beginning from 1 April to 31 March (S47ActualStartDate)."
_ENQUIRY_ONCE = once("enquiry", "began")
_HELD = "First conferences held from 1 April to 31 March (DateOfInitialCPC)."
_EVERY_CENSUS = (
    "A conference stands in the census of the year in which it was held, in an enquiry or, where "
    "none led to it, in the case. The same child and day counts once."
)
_SEEN_AS_HARM = (
    "There is no good direction: an enquiry can protect a child, and is hard for a family that "
    "asked for help. Read it with how many led to a conference and to a plan."
)

rate(
    "section_47_rate",
    topic="protection",
    title="Section 47 enquiries for every 10,000 children",
    text="How many enquiries into whether a child was suffering harm began in the year for every "
    "10,000 children aged under 18 who live in the area.",
    view="enquiries_started",
    numerator_words="Section 47 enquiries that began in the year. A child with two counts twice.",
    clock=_BEGAN,
    whole="children in the area",
    did="had a section 47 enquiry, each enquiry counted",
    mirrors=mirror(
        "section_47_rate", "Section 47 enquiries rate per 10,000 children", ROUNDED, ESTIMATES
    ),
    direction_words=_SEEN_AS_HARM,
    pairs_with=("section_47_leading_to_conference", "referrals_rate", "protection_plans_rate"),
    caveats=(_ENQUIRY_ONCE, "Two enquiries of a child that began on one day are one."),
    confidence="confirmed",
)

share(
    "section_47_leading_to_conference",
    topic="protection",
    title="Section 47 enquiries that led to a first conference",
    text="Of the enquiries that began in the year and were decided by its end, how many led to a "
    "first child protection conference.",
    view="enquiries_started",
    numerator=lambda: col("LED_TO_CONFERENCE"),
    numerator_words="Those with a first conference held by 31 March.",
    denominator=lambda: ~col("UNDECIDED"),
    denominator_words="Enquiries that began in the year, with a conference held by 31 March or a "
    "decision that none was needed (ICPCnotRequired).",
    clock=_BEGAN,
    whole="section 47 enquiries decided in the year",
    did="led to a first conference",
    left_out=(
        left_out(
            "not_decided_by_31_march",
            "Enquiries with neither a conference by 31 March nor a decision that none was needed.",
            lambda: col("UNDECIDED"),
        ),
    ),
    mirrors=mirror(
        None,
        "Initial child protection conferences as a share of section 47 enquiries",
        "Published counts set the conferences of a year against the enquiries of that year, "
        "whichever led to which; ours follow each enquiry.",
    ),
    direction_words="There is no good direction: few may mean that families are looked into "
    "without need, many that only the plainest harm is.",
    pairs_with=("section_47_rate", "conferences_leading_to_a_plan"),
    caveats=(
        _ENQUIRY_ONCE,
        "An enquiry begun in the last weeks of the year whose conference came after 31 March is "
        "left out, alike in every year and whichever censuses are loaded.",
    ),
    unconfirmed=(
        "That the conference which stands in an enquiry (DateOfInitialCPC) is the one that this "
        "enquiry led to.",
        "That an enquiry with neither a conference nor a decision that none was needed was still "
        "undecided; a decision may have been left blank.",
    ),
)

rate(
    "initial_conference_rate",
    topic="protection",
    title="First child protection conferences for every 10,000 children",
    text="How many first child protection conferences were held in the year for every 10,000 "
    "children aged under 18 who live in the area.",
    view="conferences_held",
    numerator_words="First conferences held in the year, those of children who came from another "
    "council with a plan among them. A child with two counts twice.",
    clock=_HELD,
    whole="children in the area",
    did="had a first child protection conference, each conference counted",
    mirrors=mirror(
        "conference_rate", "Rate of initial child protection conferences", ROUNDED, ESTIMATES
    ),
    direction_words=_SEEN_AS_HARM,
    pairs_with=("section_47_rate", "conferences_leading_to_a_plan"),
    caveats=(_EVERY_CENSUS,),
    confidence="confirmed",
)


def _timed() -> nw.Expr:
    return ~is_blank("WORKING_DAYS") & ~col("BACKWARDS")


def _in_no_enquiry() -> Any:
    return is_blank("ENQUIRED")


_WITHOUT = left_out(
    "held_outside_an_enquiry",
    "Conferences that stand in the case and in no enquiry, so that no clock began.",
    _in_no_enquiry,
)
_BEFORE = left_out(
    "held_before_the_enquiry",
    "Conferences said to have been held before their enquiry began.",
    lambda: col("BACKWARDS"),
)
_UNHELD = left_out(
    "calendar_not_held",
    "Conferences whose enquiry began in a year of which bank holidays are not held.",
    lambda: is_blank("WORKING_DAYS") & ~is_blank("ENQUIRED"),
)
_CLOCK = (
    "The working days are those after the day on which the enquiry began (S47ActualStartDate), up "
    "to and with the day of the conference. Weekends and England’s bank holidays are none."
)

_ITS_CLOCK = (
    "That the census’s day on which the enquiry began is that of the strategy discussion from "
    "which guidance counts.",
    "That the first day is not counted.",
)

share(
    "conferences_within_15_working_days",
    topic="protection",
    title="First conferences held within 15 working days",
    text="Of the first child protection conferences held in the year, how many were held within "
    "15 working days after the enquiry began.",
    view="conferences_held",
    numerator=lambda: _timed() & (col("WORKING_DAYS") <= HELD_WITHIN),
    numerator_words="Those held by the 15th working day after the day on which the enquiry began.",
    denominator=_timed,
    denominator_words="First conferences held in the year that an enquiry led to.",
    clock=_HELD,
    whole="first conferences",
    did="were held within 15 working days",
    left_out=(_WITHOUT, _BEFORE, _UNHELD),
    mirrors=mirror(
        "conferences_in_15_days",
        "Percentage of child protection conferences held within 15 days",
        "Whether the published figure has conferences held outside an enquiry was not read.",
    ),
    direction="higher",
    direction_words="More is taken as better: a child in danger waits less.",
    pairs_with=("conference_working_days", "conferences_leading_to_a_plan"),
    caveats=(_EVERY_CENSUS, _CLOCK),
    unconfirmed=_ITS_CLOCK,
)

WAITS: tuple[tuple[str, int, int | None, str], ...] = (
    ("0_to_10", 0, 10, "within 10 working days"),
    ("11_to_15", 11, HELD_WITHIN, "on working day 11 to 15"),
    ("16_to_20", HELD_WITHIN + 1, 20, "on working day 16 to 20"),
    ("over_20", 21, None, "after more than 20 working days"),
)
"""Bands of the published numbers: name, first and last working day, words."""


def _waited(least: int, most: int | None) -> Callable[[], nw.Expr]:
    days = col("WORKING_DAYS")
    if most is None:
        return lambda: _timed() & (days >= least)
    return lambda: _timed() & (days >= least) & (days <= most)


for _band, _least, _most, _words in WAITS:
    number(
        f"conferences_{_band}_working_days",
        topic="protection",
        title=f"First conferences held {_words}",
        text="How many first child protection conferences of the year were held "
        f"{_words} after the enquiry began.",
        view="conferences_held",
        numerator=_waited(_least, _most),
        numerator_words=f"First conferences held {_words} after the enquiry began.",
        clock=_HELD,
        counted_in="conferences",
        whole="first child protection conferences",
        did=f"were held {_words} after the enquiry began",
        left_out=(_WITHOUT, _BEFORE, _UNHELD),
        mirrors=mirror(
            f"conferences_{_band}_days",
            f"First child protection conferences held {_words}",
            "Whether the published number has conferences held outside an enquiry was not read.",
        ),
        direction_words="A number alone has no good direction: it grows with how many conferences "
        "there are. Read it with the share held within 15 working days.",
        pairs_with=("conferences_within_15_working_days", "initial_conference_rate"),
        caveats=(_EVERY_CENSUS, _CLOCK, "A child with two first conferences counts twice."),
        unconfirmed=("That the first day is not counted.",),
    )

average(
    "conference_working_days",
    topic="protection",
    title="Working days until a first conference",
    text="How many working days passed, on average, from the beginning of an enquiry to the first "
    "child protection conference.",
    view="conferences_held",
    numerator=lambda: when(_timed()).then(col("WORKING_DAYS").cast(nw.Float64)),
    numerator_words="Working days after each enquiry began, up to and with the day of the "
    "conference, added up.",
    denominator=lambda: when(_timed()).then(one()),
    denominator_words="First conferences held in the year that an enquiry led to.",
    clock=_HELD,
    whole="working days",
    did="passed on average until a first conference was held",
    counted_in="working days",
    left_out=(_WITHOUT, _BEFORE, _UNHELD),
    direction="lower",
    direction_words="Fewer is usually taken as better: a child in danger waits less.",
    pairs_with=("conferences_within_15_working_days",),
    caveats=(_EVERY_CENSUS, _CLOCK, "A few very late conferences move an average a great deal."),
    unconfirmed=_ITS_CLOCK,
    sources=(sources.NEED,),
)

share(
    "conferences_leading_to_a_plan",
    topic="protection",
    title="First conferences that led to a protection plan",
    text="Of the first child protection conferences held in the year, how many led to a plan.",
    view="conferences_held",
    numerator=lambda: col("LED_TO_PLAN"),
    numerator_words="Those on whose day a child protection plan of the child began (CPPstartDate).",
    denominator_words="First conferences held in the year.",
    clock=_HELD,
    whole="first conferences",
    did="led to a child protection plan",
    mirrors=mirror(
        None,
        "Child protection plans started as a share of initial conferences",
        "Published counts set the plans of a year against its conferences, whichever led to "
        "which; ours follow each conference.",
    ),
    direction_words="There is no good direction: few may mean that families are called to "
    "conferences without need, many that only the plainest harm gets there.",
    pairs_with=("section_47_leading_to_conference", "repeat_protection_plans"),
    caveats=(
        _EVERY_CENSUS,
        "The rules of the census ask for a plan to begin on the day of the conference. One that "
        "began on another day is not seen as its outcome.",
    ),
    confidence="confirmed",
)

# --- before court -----------------------------------------------------------------------------

_STEPS = "Steps before court that began from 1 April to 31 March (PPStartDate, else LBPSentDate)."
_FORM = (
    "The form of this part of the census, new in 2026, was read from a public sample and a tool "
    "that checks it; its official form was not seen."
)


def _meeting(name: str, **given: Any) -> None:
    share(
        name,
        topic="protection",
        view="pre_proceedings_started",
        clock=_STEPS,
        needs=("pre_proceedings",),
        pairs_with=("started_rate", "protection_plans_started_rate"),
        caveats=(
            "The census asks about this from 2026. Meetings offered before then, or without steps "
            "towards court, are not in it.",
        ),
        confidence="unconfirmed",
        unconfirmed=(_FORM,),
        sources=(_FORM,),
        **given,
    )


_meeting(
    "family_group_meetings_offered",
    title="Families offered a meeting to make their own plan before court",
    text="Of the steps before court that began in the year, in how many the family was offered a "
    "family group decision-making meeting.",
    numerator=lambda: col("OFFERED"),
    numerator_words="Those for which a meeting was offered (FGDMMeetingOffer).",
    denominator=lambda: ~is_blank("OFFERED"),
    denominator_words="Steps before court that began in the year, for which whether a meeting was "
    "offered is given.",
    whole="times that steps before court began",
    did="came with the offer of a family group decision-making meeting",
    left_out=(
        left_out(
            "offer_not_given",
            "Steps for which whether a meeting was offered is blank or cannot be read.",
            lambda: is_blank("OFFERED"),
        ),
    ),
    direction="higher",
    direction_words="More is better: the law is to ask for the offer before court, once that part "
    "of it is in force.",
)

_meeting(
    "family_group_meetings_held",
    title="Meetings for the family to make its own plan that were held",
    text="Of the families offered a family group decision-making meeting when steps before court "
    "began in the year, how many had one.",
    numerator=lambda: col("OFFERED") & col("HELD"),
    numerator_words="Those for which a meeting was held (FGDMMeetingFac).",
    denominator=lambda: col("OFFERED") & ~is_blank("HELD"),
    denominator_words="Steps before court that began in the year, with a meeting offered and "
    "whether it was held given.",
    whole="families offered a meeting",
    did="had one",
    left_out=(
        left_out(
            "meeting_not_given",
            "Offers for which whether the meeting was held is blank or cannot be read.",
            lambda: col("OFFERED") & is_blank("HELD"),
        ),
    ),
    direction_words="There is no good direction in itself: a family may say no, and that is theirs "
    "to say.",
)
