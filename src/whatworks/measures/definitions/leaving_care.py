"""Young people who have left care: are councils in touch, where do they live, what do they do.

Each measure stands twice, as the published figures do: at 17 and 18, and from 19 to 21.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from whatworks.measures.definition import Direction, LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import all_of, col


@dataclass(frozen=True)
class Band:
    """An age band of the published figures: its ages, and how names and sentences call it."""

    name: str
    ages: tuple[int, ...]
    words: str
    published: bool


BANDS = (
    Band("17_18", (17, 18), "aged 17 or 18", published=False),
    Band("19_21", (19, 20, 21), "aged 19 to 21", published=True),
)
NOT_COUNTED = ("DIED", "RHOM")
"""IN_TOUCH codes of those whom the published figures leave out: who died, and who went back to
live with a parent for six months or longer."""
TOUCH = ("YES", "NO", "REFU", "NREQ")
STUDY_HIGHER = ("F1", "P1")
ACTIVE = ("F1", "F2", "F3", "F4", "F5", "P1", "P2", "P3", "P4", "P5")
ILL, OTHER_REASONS, PARENT = "G4", "G5", "G6"
IDLE = (ILL, OTHER_REASONS, PARENT)
NO_INFORMATION = "0"
HOMES = ("B", "C", "D", "E", "K", "S", "T", "U", "V", "W", "X", "Y", "Z")
"""First letters of ACCOM codes; 1 after it is suitable, 2 is not."""
SUITABLE = tuple(f"{letter}1" for letter in HOMES)
UNSUITABLE = tuple(f"{letter}2" for letter in HOMES)
ELSEWHERE = tuple(f"{letter}{n}" for letter in "GHR" for n in "12")
"""Gone abroad, deported, or where they live is not known: left out of the published share."""

_YEAR = (
    "The year to 31 March in which the birthday fell; what is recorded is as it was around that "
    "birthday."
)
_GROUPS = ("sex", "ethnicity")
WHO = (
    "Young people the council owes leaving-care support: looked after for 13 weeks since 14, and "
    "at some time since 16. Those who died or went back to a parent for six months are left out."
)
_LISTED = "Who is listed is as the return has it: it is not worked out from care again."


def of_band(band: Band) -> Any:
    """Counted, and of the age."""
    counted = ~col("IN_TOUCH").is_in(NOT_COUNTED).fill_null(value=False)
    return all_of(col("AGE").is_in(band.ages), counted)


def _among(band: Band, column: str, codes: tuple[str, ...]) -> Any:
    return all_of(of_band(band), col(column).is_in(codes))


def _blank(band: Band, column: str, codes: tuple[str, ...]) -> LeftOut:
    def where() -> Any:
        return all_of(of_band(band), ~col(column).is_in(codes).fill_null(value=False))

    return LeftOut(
        "not_told",
        f"Young people {band.words} without an answer ({column}) that can be read.",
        where,
    )


AGE_UNKNOWN = LeftOut(
    "age_not_known",
    "Young people whose age cannot be told, or is not from 17 to 21.",
    lambda: ~col("AGE").is_in((17, 18, 19, 20, 21)).fill_null(value=False),
)


def _gone(band: Band) -> LeftOut:
    def where() -> Any:
        return all_of(col("AGE").is_in(band.ages), col("IN_TOUCH").is_in(NOT_COUNTED))

    return LeftOut("died_or_back_home", "Young people who died or went back to a parent.", where)


@dataclass(frozen=True)
class Question:
    """One measure for each band: what of which column is counted, of which answers.

    Words stand in for both bands; ``{who}`` is the young people of the band.
    """

    name: str
    title: str
    text: str
    column: str
    yes: tuple[str, ...]
    judged: tuple[str, ...]
    numerator_words: str
    did: str
    series: str | None
    published: str
    direction_words: str
    direction: Direction | None = None
    pairs_with: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    elsewhere: bool = False


_ACTIVITY = (*ACTIVE, *IDLE, NO_INFORMATION)
_ASKED = (
    "Those of whom nothing is known, because nobody is in touch, are in the whole: for them the "
    "answer is no."
)
_KNOWN_THROUGH_OTHERS = (
    "The published share does not count those of whom somebody else could say what they do."
)
_MORE, _FEWER = "More is better.", "Fewer is better."
_NO_PAIR = "What a young person wants for themselves is not in the return."

QUESTIONS = (
    Question(
        "in_touch",
        "in touch with the council",
        "Of {who}, with how many the council is in touch.",
        "IN_TOUCH",
        ("YES",),
        TOUCH,
        "Those with whom the council is in touch (IN_TOUCH is YES).",
        "were in touch with the council",
        None,
        "Care leavers with whom the council is in touch",
        _MORE,
        "higher",
        ("care_leavers_out_of_touch_{band}",),
        ("Those who want no contact or need no more help are in the whole.",),
    ),
    Question(
        "out_of_touch",
        "whom the council has lost touch with",
        "Of {who}, with how many the council has lost touch.",
        "IN_TOUCH",
        ("NO",),
        TOUCH,
        "Those with whom the council is not in touch (IN_TOUCH is NO); not those who refuse "
        "contact (REFU) or need no more help (NREQ).",
        "had lost touch with the council",
        "care_leavers_out_of_touch",
        "Of care leavers: share with whom the council had lost contact",
        _FEWER,
        "lower",
        ("care_leavers_in_touch_{band}",),
        (_KNOWN_THROUGH_OTHERS,),
        ("How the published share treats those of whom somebody else could tell.",),
    ),
    Question(
        "suitable_home",
        "living in a suitable home",
        "Of {who}, how many live in a home that was judged suitable for them.",
        "ACCOM",
        SUITABLE,
        (*SUITABLE, *UNSUITABLE, NO_INFORMATION),
        "Those whose home is recorded as suitable (ACCOM ends in 1).",
        "lived in a suitable home",
        "care_leavers_suitable_home",
        "Of care leavers: share whose home was judged suitable",
        _MORE,
        "higher",
        ("care_leavers_in_touch_{band}", "care_leavers_active_{band}"),
        (_ASKED, "What is suitable is for the council itself to judge."),
        elsewhere=True,
    ),
    Question(
        "active",
        "studying, working or training",
        "Of {who}, how many study, work or train.",
        "ACTIV",
        ACTIVE,
        _ACTIVITY,
        "Those in education, employment or training, full time or part time (ACTIV F1 to F5, P1 "
        "to P5).",
        "were studying, working or training",
        "care_leavers_active",
        "Of care leavers: share studying, working or training",
        _MORE,
        "higher",
        ("care_leavers_in_touch_{band}", "care_leavers_not_active_{band}"),
        (_ASKED,),
    ),
    Question(
        "higher_education",
        "in higher education",
        "Of {who}, how many are in higher education.",
        "ACTIV",
        STUDY_HIGHER,
        _ACTIVITY,
        "Those in higher education, full time or part time (ACTIV F1, P1).",
        "were in higher education",
        "care_leavers_higher_education",
        "Of care leavers: share in higher education",
        "More is usually taken as better; it is one good way of several.",
        "higher",
        ("care_leavers_active_{band}",),
        (_ASKED,),
    ),
    Question(
        "not_active",
        "neither studying, working nor training",
        "Of {who}, how many neither study, work nor train.",
        "ACTIV",
        IDLE,
        _ACTIVITY,
        "Those not in education, employment or training, for whatever reason (ACTIV G4 to G6).",
        "were neither studying, working nor training",
        "care_leavers_not_active",
        "Of care leavers: share neither studying, working nor training",
        "Fewer is usually taken as better; illness, disability and caring for a child are reasons "
        "to be met with help.",
        "lower",
        ("care_leavers_active_{band}", "care_leavers_not_active_ill_{band}"),
        ("Those of whom nothing is known are in the whole, and not among these.",),
    ),
    Question(
        "not_active_ill",
        "neither studying, working nor training because of illness or disability",
        "Of {who}, how many neither study, work nor train because they are ill or disabled.",
        "ACTIV",
        (ILL,),
        _ACTIVITY,
        "Those for whom illness or disability is the reason (ACTIV G4).",
        "were ill or disabled and so neither studied, worked nor trained",
        None,
        "Care leavers who are neither studying, working nor training, by reason",
        "There is no good direction: it says what help is needed.",
        None,
        ("care_leavers_not_active_{band}",),
        (_NO_PAIR,),
    ),
    Question(
        "not_active_parent",
        "neither studying, working nor training because of a child of their own",
        "Of {who}, how many neither study, work nor train because they are pregnant or bring up a "
        "child.",
        "ACTIV",
        (PARENT,),
        _ACTIVITY,
        "Those for whom pregnancy or parenting is the reason (ACTIV G6).",
        "were parents or pregnant and so neither studied, worked nor trained",
        None,
        "Care leavers who are neither studying, working nor training, by reason",
        "There is no good direction: it says what help is needed.",
        None,
        ("care_leavers_not_active_{band}",),
        (_NO_PAIR,),
    ),
)

leavers = partial(
    Measure,
    view="care_leavers",
    clock=_YEAR,
    breakdowns=_GROUPS,
    topic="leaving_care",
    needs=("OC3",),
    pillar="practice and systems",
    sources=(sources.LAIT, sources.CODES),
)


def _mirrors(question: Question, band: Band) -> tuple[Mirror, ...]:
    series = question.series if band.published else None
    rounded = "The published percentage is rounded to a whole number."
    title = f"{question.published}, {band.words}"
    if series is None:
        return (Mirror(None, f"{title}: not held by council", (sources.RETURNS,), sources.LAIT),)
    return (Mirror(series, title, (sources.RETURNS, rounded), sources.LAIT),)


def _register(question: Question, band: Band) -> None:
    who = f"young people {band.words} who have left care"
    left_out = [AGE_UNKNOWN, _gone(band)]
    judged = question.judged
    if question.elsewhere:
        left_out.append(
            LeftOut(
                "abroad_or_not_known_where",
                "Young people who have gone abroad or been deported, or of whom it is not known "
                "where they live, as in the published share.",
                partial(_among, band, question.column, ELSEWHERE),
            )
        )
    left_out.append(
        _blank(band, question.column, (*judged, *(ELSEWHERE if question.elsewhere else ())))
    )
    register(
        leavers(
            name=f"care_leavers_{question.name}_{band.name}",
            title=f"Care leavers {band.words} {question.title}",
            text=question.text.format(who=who),
            kind="percentage",
            numerator=partial(_among, band, question.column, question.yes),
            numerator_words=question.numerator_words,
            denominator=partial(_among, band, question.column, judged),
            denominator_words=f"{who.capitalize()}, with an answer that can be read.",
            whole=who,
            did=question.did,
            left_out=tuple(left_out),
            mirrors=_mirrors(question, band),
            direction=question.direction,
            direction_words=question.direction_words,
            pairs_with=tuple(p.format(band=band.name) for p in question.pairs_with),
            caveats=(WHO, _LISTED, *question.caveats),
            unconfirmed=question.unconfirmed,
            confidence="partly confirmed" if question.unconfirmed else "confirmed",
        )
    )


def _number(band: Band) -> None:
    who = f"young people {band.words} who have left care"
    register(
        leavers(
            name=f"care_leavers_{band.name}",
            title=f"Care leavers {band.words}",
            text=f"How many {who} the council owes support.",
            kind="count",
            counted_in="young people",
            numerator=partial(of_band, band),
            numerator_words=f"{who.capitalize()}, as the return lists them.",
            denominator_words=None,
            whole=who,
            did="were owed support",
            left_out=(AGE_UNKNOWN, _gone(band)),
            mirrors=(
                Mirror(
                    "care_leavers" if band.published else None,
                    f"Care leavers {band.words} whom the council has duties to",
                    (sources.RETURNS,),
                    sources.LAIT,
                ),
            ),
            pairs_with=(f"care_leavers_in_touch_{band.name}",),
            caveats=(WHO, _LISTED),
            confidence="confirmed",
        )
    )


for _band in BANDS:
    _number(_band)
    for _question in QUESTIONS:
        _register(_question, _band)
