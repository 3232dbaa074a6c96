"""Courses: what happens to children over time after something began, and how often by when.

A course is one definition: who is followed from when, and what may come first. What comes first
keeps the others from coming first, so these are competing causes, and nobody who met another is
taken for somebody lost sight of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from whatworks.measures import courses_followed as followed
from whatworks.measures.definition import TOPICS, MeasureError
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.linked_parts import CASES, CLOSING, LINKED, SAME_COUNCIL


@dataclass(frozen=True)
class Cause:
    """What may end a course. ``did``: the half of a sentence, '14 of every 100 ... DID'."""

    name: str
    title: str
    did: str


@dataclass(frozen=True)
class Course:
    """One course. ``follow`` gives its rows (``courses_followed``) from journeys of ``collection``.

    ``whole``: the beginning of a sentence, 'of every 100 WHOLE'. ``months``: how far it is
    followed. ``main``: the cause it is about. Causes that fall on one day count in their order.
    ``all_others``: the main cause alone is of interest, and the others only compete with it.
    """

    name: str
    title: str
    text: str
    topic: str
    collection: str
    follow: Callable[[Any], Any]
    whole: str
    causes: tuple[Cause, ...]
    months: int
    pairs_with: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ("age_group", "sex", "ethnicity")

    @property
    def main(self) -> Cause:
        """The cause that the course is about: the first."""
        return self.causes[0]


_ADULT = Cause("adult", "Turned 18", "turned 18 first")
_BACK = Cause("back", "Looked after again", "were looked after again")
_BACK_OPEN = Cause(
    "back",
    "Looked after again while the case was still open",
    "were looked after again while their case was still open",
)
_WATCHED = (
    "Children are followed to the last day of the last return loaded without a gap; whoever is "
    "followed for less than the time asked for counts for as long as they are."
)
_TWICE = (
    "A child who begins twice is followed twice. Intervals take each as a child of its own, so "
    "they are a little too narrow."
)
_SEEN = (
    "Only care by the same council is seen. A child who moved away, or died, is taken to be still "
    "followed."
)

COURSES: Mapping[str, Course] = {
    course.name: course
    for course in (
        Course(
            name="return_home",
            title="After a return home: looked after again",
            text="How many children who went home to parents, as planned or not, were looked after "
            "again by each month. Every child who went home is followed, with an open case or "
            "without one, and coming back counts whether a case was open by then or not. ‘After a "
            "return home: how long a case stays open’ is narrower, so its figures differ.",
            topic="going_home",
            collection="ssda903",
            follow=followed.returns_home,
            whole="children who went home",
            causes=(_BACK, _ADULT),
            months=24,
            pairs_with=("home_with_open_case", "re_referred_after_home", "section_47_after_home"),
            caveats=(_WATCHED, _TWICE, _SEEN, sources.SHORT_BREAKS),
            unconfirmed=("No official definition exists to compare this one with.",),
        ),
        Course(
            name="after_special_guardianship",
            title="After a special guardianship order: looked after again",
            text="How many children who left care under a special guardianship order were looked "
            "after again by each month.",
            topic="permanence",
            collection="ssda903",
            follow=followed.special_guardianships,
            whole="children who left care under a special guardianship order",
            causes=(_BACK, _ADULT),
            months=60,
            pairs_with=("return_home",),
            caveats=(_WATCHED, _TWICE, _SEEN, sources.SHORT_BREAKS),
        ),
        Course(
            name="care_to_permanence",
            title="From coming into care to a permanent home",
            text="What came first for children who came into care: going home, adoption, a special "
            "guardianship or child arrangements order, a foster placement recorded as "
            "long-term, or leaving care in another way.",
            topic="permanence",
            collection="ssda903",
            follow=followed.periods_of_care,
            whole="children who came into care",
            causes=(
                Cause("home", "Went home", "had gone home"),
                Cause("adopted", "Adopted", "had been adopted"),
                Cause(
                    "special_guardianship",
                    "Special guardianship order",
                    "had left care under a special guardianship order",
                ),
                Cause(
                    "child_arrangements",
                    "Child arrangements order",
                    "had left care under a child arrangements order",
                ),
                Cause(
                    "long_term_match",
                    "Long-term foster home",
                    "had come to a foster home recorded as long-term",
                ),
                Cause("left_otherwise", "Left care in another way", "had left care in another way"),
            ),
            months=60,
            pairs_with=("return_home", "after_special_guardianship"),
            caveats=(
                "Every return home counts here, whether or not it lasted: read it with what came "
                "after a return home.",
                "A child in a long-term foster home may still go home or be adopted later; only "
                "what came first is shown.",
                _WATCHED,
                _TWICE,
                sources.SHORT_BREAKS,
            ),
        ),
        Course(
            name="support_after_home",
            title="After a return home: how long a case stays open",
            text="How many children who went home with an open case have had it closed, by each "
            "month. The month by which half have is the median length of support. Only children "
            "with an open case on the day they went home are followed, and only until it closed: "
            "coming back into care after that is not counted here. ‘After a return home: looked "
            "after again’ counts every return to care, so its figures differ.",
            topic="going_home",
            collection="linked",
            follow=followed.supported_returns,
            whole="children who went home with an open case",
            causes=(
                Cause("closed", "Case closed", "had their case closed"),
                _BACK_OPEN,
                _ADULT,
            ),
            months=24,
            pairs_with=("return_home", "case_closed_then_reopened", "re_referred_after_home"),
            caveats=(CASES, CLOSING, _WATCHED, _TWICE, LINKED, SAME_COUNCIL),
        ),
        Course(
            name="referral_to_plan",
            title="From a referral to a child protection plan",
            text="How many children who were referred were on a child protection plan by each "
            "month, unless they came into care first.",
            topic="protection",
            collection="linked",
            follow=followed.referred,
            whole="children who were referred",
            causes=(
                Cause("plan", "Child protection plan", "had been on a child protection plan"),
                Cause("care", "Came into care", "had come into care first"),
                _ADULT,
            ),
            months=24,
            pairs_with=("referral_to_care", "repeat_protection_plans"),
            caveats=(
                "Each child’s first referral of a year is followed; children looked after on the "
                "day are left out.",
                _WATCHED,
                LINKED,
                SAME_COUNCIL,
            ),
        ),
        Course(
            name="referral_to_care",
            title="From a referral to care",
            text="How many children who were referred had come into care by each month, whether "
            "or not they were on a child protection plan before.",
            topic="coming_into_care",
            collection="linked",
            follow=followed.referred,
            whole="children who were referred",
            causes=(Cause("care", "Came into care", "had come into care"), _ADULT),
            months=24,
            pairs_with=("referral_to_plan", "known_before_care"),
            caveats=(
                "Each child’s first referral of a year is followed; children looked after on the "
                "day are left out.",
                _WATCHED,
                LINKED,
                SAME_COUNCIL,
            ),
        ),
    )
}


def course_named(name: str) -> Course:
    """The course of that name. Raises MeasureError, naming those there are."""
    if name not in COURSES:
        known = ", ".join(COURSES)
        raise MeasureError(f"There is no course called {name[:60]!r}. The courses are: {known}.")
    return COURSES[name]


def courses() -> list[dict[str, Any]]:
    """Everything there is to say about each course, one mapping each, ready for JSON.

    Keys: name, title, text, topic, topic_title, collection, whole, causes (name, title), months,
    breakdowns, interval, pairs_with (measures and courses), caveats, unconfirmed.
    """
    return [
        {
            "name": c.name,
            "title": c.title,
            "text": c.text,
            "topic": c.topic,
            "topic_title": TOPICS[c.topic],
            "collection": c.collection,
            "whole": c.whole,
            "causes": [{"name": one.name, "title": one.title} for one in c.causes],
            "months": c.months,
            "breakdowns": list(c.breakdowns),
            "interval": METHOD,
            "pairs_with": list(c.pairs_with),
            "caveats": list(c.caveats),
            "unconfirmed": list(c.unconfirmed),
        }
        for c in COURSES.values()
    ]


METHOD = (
    "Cumulative incidence with competing causes (Aalen-Johansen); 95% intervals on the scale "
    "log(-log), and 95% bands of equal precision that hold the whole curve (Lin 1997)."
)
