"""What assessments found: one measure a factor, from one table of them."""

from __future__ import annotations

from whatworks.measures.definitions.need import ESTIMATES, ROUNDED, mirror, rate
from whatworks.tables import col

FACTORS: tuple[tuple[str, str, str, str], ...] = (
    (
        "domestic_abuse_of_the_child",
        "3A",
        "domestic abuse of the child",
        "Domestic Abuse child",
    ),
    (
        "domestic_abuse_of_a_parent",
        "3B",
        "domestic abuse of a parent or carer",
        "Domestic Abuse parent",
    ),
    (
        "domestic_abuse_of_another_person",
        "3C",
        "domestic abuse of another person in the home",
        "Domestic Abuse person",
    ),
    ("emotional_abuse", "17A", "emotional abuse", "Emotional Abuse"),
    (
        "abuse_linked_to_faith_or_belief",
        "23A",
        "abuse linked to faith or belief",
        "Faith linked abuse",
    ),
    ("neglect", "16A", "neglect", "Neglect"),
    (
        "physical_abuse_by_an_adult",
        "18C",
        "physical abuse by an adult",
        "Physical Abuse adult on child",
    ),
    (
        "physical_abuse_by_a_child",
        "18B",
        "physical abuse by another child",
        "Physical Abuse child on child",
    ),
    (
        "physical_abuse_by_whom_not_recorded",
        "18A",
        "physical abuse, not recorded by whom",
        "Physical Abuse unknown",
    ),
    (
        "sexual_abuse_by_an_adult",
        "19C",
        "sexual abuse by an adult",
        "Sexual Abuse adult on child",
    ),
    (
        "sexual_abuse_by_a_child",
        "19B",
        "sexual abuse by another child",
        "Sexual Abuse child on child",
    ),
    (
        "sexual_abuse_by_whom_not_recorded",
        "19A",
        "sexual abuse, not recorded by whom",
        "Sexual Abuse unknown",
    ),
    (
        "child_criminal_exploitation",
        "24A",
        "criminal exploitation of the child",
        "Child criminal exploitation",
    ),
    (
        "child_sexual_exploitation",
        "11A",
        "sexual exploitation of the child",
        "Child sexual exploitation",
    ),
    ("gangs", "13A", "harm from gangs", "Gangs"),
    ("going_missing", "10A", "the child going missing", "Going missing"),
    ("trafficking", "12A", "trafficking of the child", "Trafficking"),
)
"""Name, code of the assessment factor, words, and the published name."""

_SPLIT = {"18A", "18B", "18C", "19A", "19B", "19C"}
_ASKED_FROM = (
    "Whether another child or an adult did it is told apart by codes that censuses brought in "
    "over these years: the code without a person (A) fell out of use as they (B, C) came in."
)


def measure_name(short: str) -> str:
    """The name of the measure of a factor."""
    return f"assessed_{short}_rate"


def _factor(short: str, code: str, words: str, published: str) -> None:
    split = (_ASKED_FROM,) if code in _SPLIT else ()
    rate(
        measure_name(short),
        topic="in_need",
        title=f"Assessments that found {words}, for every 10,000 children",
        text=f"In how many cases an assessment finished in the year found {words} to bear on the "
        "child’s safety or needs, for every 10,000 children aged under 18 who live in the area.",
        view="factors_found",
        numerator=lambda: col("FACTOR") == code,
        numerator_words=f"Cases with an assessment signed off in the year that has factor {code} "
        "(AssessmentFactors); a case assessed twice counts once.",
        clock="Assessments signed off from 1 April to 31 March (AssessmentAuthorisationDate).",
        whole="children in the area",
        did=f"had an assessment that found {words}",
        mirrors=mirror(
            None,
            f"Rate of {published}, per 10,000 children",
            ROUNDED,
            ESTIMATES,
            "Councils’ published figures of factors are not held here.",
        ),
        direction_words="There is no good direction: what is found depends on how hard it is "
        "looked for, as well as on how much of it there is.",
        pairs_with=("assessments_rate", "section_47_rate"),
        caveats=(
            "A factor is a concern at the assessment, and not proof that it happened.",
            "A case can have several factors, so these measures do not add up.",
            "An assessment that replaced another of the same child and day has its factors alone.",
            *split,
        ),
        unconfirmed=(
            "That the published counts take each case once, however many of its assessments found "
            "the factor.",
        ),
    )


for _one in FACTORS:
    _factor(*_one)
