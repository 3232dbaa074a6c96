"""What the measures of children in need share: their form, and the words said of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.looked_after import everyone
from whatworks.tables import col, lit

UNBORN = (
    "A child not yet born on the day, or whose day of birth is not given, is under ‘Not known’ "
    "among the age groups. Sex and ethnic group are as the latest census that gives them has them."
)
LIVING_THERE = (
    "Children aged 0 to 17 living in the area, by the official estimate for the middle of the "
    "calendar year before (the rate for the year to 31 March 2025 uses mid-2024)."
)
ROUNDED = (
    "The published rate is rounded, and rates of earlier years may rest on population estimates "
    "that have since been revised."
)
NO_GROUPS = "No breakdown is offered: the population by the same groups is not held."
ESTIMATES = (
    "Published figures of England and regions hold estimates for councils that sent none; ours "
    "never do."
)
YEAR = "From 1 April to 31 March."
ON_31_MARCH = (
    "The last day of the collection year, 31 March: begun by then, and not ended until a later day."
)
MORE_OR_FEWER = (
    "There is no good direction: more may mean more need, or more need that is seen and answered."
)


def once(thing: str, began: str) -> str:
    """That a thing which several censuses list counts once."""
    return (
        f"Every census lists a case again for as long as it is open, so each {thing} is counted "
        f"once, in the year in which it {began}: the same child and the same day. How many rows "
        "this set aside is shown beside the figures."
    )


def told_later(thing: str) -> str:
    """That a later census can change an earlier year's figure."""
    return (
        f"A {thing} that only a later census tells of counts in its own year all the same, so a "
        "figure can change when the next census is loaded."
    )


def mirror(series: str | None, title: str, *differences: str) -> tuple[Mirror, ...]:
    """The published figure that a measure of need can be set beside."""
    return (Mirror(series, title, (sources.CENSUSES, *differences), sources.NEED),)


def left_out(name: str, text: str, where: Callable[[], Any]) -> LeftOut:
    """Rows that a measure does not judge."""
    return LeftOut(name, text, where)


def share(name: str, **given: Any) -> Measure:
    """A percentage of the rows of a view, broken down by who the child was."""
    given.setdefault("denominator", everyone)
    given.setdefault("breakdowns", ("age_group", "sex", "ethnicity"))
    return _need(name, kind="percentage", **given)


def rate(name: str, **given: Any) -> Measure:
    """Things for every 10,000 children who live in the area."""
    given.setdefault("numerator", everyone)
    given.setdefault("direction_words", MORE_OR_FEWER)
    given["caveats"] = (*given.get("caveats", ()), NO_GROUPS)
    return _need(name, kind="rate", denominator_words=LIVING_THERE, **given)


def number(name: str, **given: Any) -> Measure:
    """How many, with nothing beneath it."""
    given.setdefault("breakdowns", ("age_group", "sex", "ethnicity"))
    given.setdefault("whole", "children")
    return _need(name, kind="count", denominator_words=None, **given)


def average(name: str, **given: Any) -> Measure:
    """A sum of days by how many there were: each row that is judged adds one below."""
    given.setdefault("breakdowns", ("age_group", "sex", "ethnicity"))
    return _need(name, kind="ratio", spread="members", **given)


def _need(name: str, **given: Any) -> Measure:
    given.setdefault("mirrors", ())
    given.setdefault("sources", (sources.NEED, sources.LAIT))
    given.setdefault("confidence", "partly confirmed")
    given.setdefault("pillar", "practice and systems")
    if given.get("breakdowns"):
        given["caveats"] = (*given.get("caveats", ()), UNBORN)
    return register(Measure(name=name, collection="cin", **given))


def needed() -> Any:
    """Of a case that closed: in need until then, on a day that was written."""
    return ~col("AFTER_ASSESSMENT") & ~col("END_SET")


NEED_ENDED = (
    "Cases closed in the year for another reason than that an assessment found no need (RC8, RC9), "
    "on a day that is known."
)
CLOSURE_NOT_KNOWN = left_out(
    "day_of_closure_not_known",
    "Cases whose day of closure is not as written: it could not be read, came before the referral, "
    "or no census tells when an open case was closed.",
    lambda: col("END_SET") & ~col("AFTER_ASSESSMENT"),
)
MONTHS = (
    "Months are calendar months: from 31 December to 31 March is three. A month that is too short "
    "for the day ends on its last."
)
HOW_LONG = (
    "There is no good direction: some children need help for years, others are helped quickly or "
    "let go too soon. Read it with referrals again."
)


def one() -> Any:
    """What each row that is judged adds to the number there were."""
    return lit(1.0)
