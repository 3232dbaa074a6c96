"""Worked examples of the measures of linked returns: both returns of each year, as tables."""

from __future__ import annotations

from whatworks.measures.examples.linked_returns import (
    ASKED,
    CAME,
    DI_AND_ED,
    ED_AND_FLO,
    HOME,
    WHO_ASKED,
)
from whatworks.measures.examples.model import MeasureExample


def _home(
    measure: str, title: str, top: float, whole: float, left_out: int, *why: str
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns=HOME,
        numerator=top,
        denominator=whole,
        left_out=left_out,
        why=(*why, ED_AND_FLO),
    )


def _came(measure: str, title: str, top: float, *why: str) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2024,
        returns=CAME,
        numerator=top,
        denominator=4,
        left_out=2,
        why=(*why, *DI_AND_ED),
    )


def _asked(
    measure: str, title: str, top: float, *why: str, whole: float | None = 5
) -> MeasureExample:
    return MeasureExample(
        measure,
        title,
        2025,
        returns=ASKED,
        numerator=top,
        denominator=whole,
        left_out=0,
        why=(*WHO_ASKED, *why),
    )


EXAMPLES: tuple[MeasureExample, ...] = (
    _home(
        "home_with_open_case",
        "Whose case outlasted the day of the return",
        3,
        5,
        2,
        "The cases of Ada, Cy and Gil ran on after they went home.",
        "Those of Bo and Di were closed on the very day.",
    ),
    _home(
        "home_with_case_within_28_days",
        "A case on the last day that counts",
        4,
        5,
        2,
        "The cases of Ada, Cy and Gil ran on after they went home.",
        "Bo’s next case began 28 days after the return, which is soon enough; Di had none.",
    ),
    _home(
        "days_of_support_after_home",
        "Days are counted up to the same day a year on, or to new care",
        614,
        5,
        2,
        "Ada’s case ran for 100 days more, and a second one for 100 days: 200.",
        "Bo’s ran for 30 days; Cy’s was never closed, which makes 365; Di had none.",
        "Gil’s ran for 10 days more. The next began 9 days before Gil came back into care, and "
        "what came after that is not support at home: 19.",
    ),
    _home(
        "case_closed_then_reopened",
        "Only cases that were closed are judged",
        2,
        3,
        2,
        "The cases of Ada, Bo and Gil were closed within 12 months; Bo’s is the one that began "
        "soon after the return.",
        "Ada and Gil had another one within the 12 months.",
        "Cy’s case was never closed, and Di had none after the return.",
    ),
    _home(
        "re_referred_after_home",
        "Twelve months end on the same day a year on",
        3,
        5,
        2,
        "Ada, Bo and Gil were referred again, Gil by the police.",
        "Di was referred a day too late, and Cy not at all: the case was open throughout.",
    ),
    _home(
        "section_47_after_home",
        "An enquiry within 12 months",
        1,
        5,
        2,
        "An enquiry about Ada began eight months after the return.",
    ),
    _home(
        "plan_after_home",
        "A plan within 12 months",
        1,
        5,
        2,
        "Ada’s plan began eight months after the return. The census after lists it again, and it "
        "is one plan.",
    ),
    _home(
        "asked_for_help_after_home",
        "Who asked decides",
        1,
        5,
        2,
        "Ada’s family asked (1A). Bo was referred by another service and Gil by the police, and "
        "Di’s family asked a day too late.",
    ),
    _came(
        "known_before_care",
        "The day itself does not count",
        2,
        "Ada’s case had been open for months. Cy had been referred ten months before, though "
        "nothing was done.",
        "Bo was referred on the very day, and Flo the last time a day more than 12 months before.",
    ),
    _came(
        "protection_plan_before_care",
        "A plan that was running",
        1,
        "Ada’s plan had begun in July and was running.",
    ),
    _came(
        "nothing_done_before_care",
        "A referral that came to nothing",
        1,
        "Cy’s referral of December came to nothing. Flo’s was a day more than 12 months before.",
    ),
    _came(
        "days_of_help_before_care",
        "Days up to the day before",
        100,
        "Ada’s case had been open from 23 June: 100 days up to 1 October.",
        "Bo, Cy and Flo had had none: a referral that comes to nothing opens no case.",
    ),
    MeasureExample(
        "in_care_without_open_case",
        "Whom the census does not show on the last day of the year",
        2024,
        returns=CAME,
        numerator=2,
        denominator=6,
        left_out=0,
        why=(
            "Ed is in no census. Flo’s case was closed on 31 March itself, so was no longer open "
            "at the end of that day.",
            "The cases of Ada, Bo, Cy and Di were open. Coming alone to seek asylum changes "
            "nothing here.",
        ),
    ),
    _asked("asked_for_help_again", "Who asked, and how soon after", 5, whole=None),
    _asked(
        "asked_then_investigated",
        "Looked for until the same day a year on",
        2,
        "An enquiry about Ada began on the last day that counts, and Gil was on a plan two months "
        "later.",
    ),
    _asked(
        "asked_then_plan",
        "A plan after asking",
        1,
        "Gil was on a plan two months later. There was an enquiry about Ada, and no plan.",
    ),
    _asked(
        "asked_then_supported",
        "A case that went on",
        1,
        "Bo’s case went on after the assessment and was closed for another reason (RC7).",
        "Ada and Gil were investigated, whatever help came too.",
    ),
    _asked(
        "asked_then_nothing",
        "Nothing, or closed after the assessment",
        2,
        "Nothing further was done for Cy; Di’s case was closed and passed on to early help (RC9).",
    ),
)
