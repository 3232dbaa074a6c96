"""What a measure is: one definition, from which its figures, its words and its page all come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Literal

Kind = Literal["count", "rate", "percentage", "total", "ratio"]
Spread = Literal["poisson", "share", "members"]
Pillar = Literal["people and leadership", "practice and systems", "governance and accountability"]
Direction = Literal["higher", "lower"]
Confidence = Literal["confirmed", "partly confirmed", "unconfirmed"]

UNITS: Mapping[Kind, str] = {
    "count": "children",
    "rate": "per 10,000 children",
    "percentage": "percent",
    "total": "full-time equivalents",
    "ratio": "percent",
}
INTERVALS: Mapping[str, str] = {
    "count": "exact Poisson (Garwood)",
    "rate": "exact Poisson (Garwood), population taken as known",
    "percentage": "Wilson score",
    "total": "gamma (Fay and Feuer)",
    "poisson": "gamma (Fay and Feuer), what it is divided by taken as known",
    "share": "Wilson score, by the effective number of posts (Kish)",
    "members": "ratio of two sums, by how much {those} differ (linearised, Student's t)",
}
"""By kind; for totals and ratios, by how chance is reckoned. ``{those}``: who is counted."""

TOPICS: Mapping[str, str] = {
    "asking_for_help": "Asking for help: referrals and assessments",
    "in_need": "Children in need",
    "protection": "Child protection",
    "coming_into_care": "Coming into care",
    "living_in_care": "Living in care: homes, stability, distance",
    "wellbeing": "Health and wellbeing in care",
    "going_home": "Going home, and after",
    "permanence": "Permanent homes",
    "leaving_care": "Young people who have left care",
    "family": "Brothers, sisters, mothers and visits",
    "workforce": "Social workers",
}
"""What measures are about, in the order in which they are shown."""

RETURNS: Mapping[str, str] = {
    "ssda903": "SSDA903 return for {year}",
    "cin": "children in need census (CIN) for {year}",
    "linked": "SSDA903 return and children in need census (CIN) for {year}, children matched",
    "csww": "workforce census (CSWW) of 30 September {year}",
    "annex_a": "last Annex A lists of the year to 31 March {year}",
    "ssd": "last Standard Safeguarding Dataset of the year to 31 March {year}",
}
"""The return that measures are counted from, by its collection, as a page names it."""


class MeasureError(Exception):
    """A request that cannot be met; its text is shown as it stands and names no child."""


@dataclass(frozen=True)
class Mirror:
    """A published series that a measure can be set beside, and how the two differ.

    ``series`` is its name in ``whatworks.reference.panel()``; None where England's councils have
    no published figure of their own there.
    """

    series: str | None
    title: str
    differences: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class LeftOut:
    """Rows of the view that a measure does not judge, counted beside it by name."""

    name: str
    text: str
    where: Callable[[], Any]


@dataclass(frozen=True)
class Measure:
    """One measure.

    For the kinds count, rate and percentage, ``numerator``, ``denominator`` (null: every row of
    the view that is not left out) and ``LeftOut.where`` make boolean Narwhals expressions over
    the columns of ``view``; a null counts as no. For a rate the denominator is the published
    population and stays unset.
    ``years_before``: how many years before the reported one must be loaded too. ``direction``
    None means that neither more nor less is good in itself. ``whole`` and ``did`` are the two
    halves of its sentence: '36 of every 100 WHOLE DID'.

    A total is a sum of amounts and a ratio one sum by another: there ``numerator`` and
    ``denominator`` make numbers, a null or nought adding nothing. ``spread`` says how chance is
    reckoned: 'poisson' (each of those counted came or not by chance), 'share' (the numerator is
    part of the denominator) or 'members' (by how much one differs from another). ``collection``
    is the return it is counted from, ``when`` what its year means and ``needs`` what that return
    must tell (a key of a ``Countable``'s ``gaps``). ``topic`` is a key of ``TOPICS``.
    """

    name: str
    title: str
    text: str
    kind: Kind
    view: str
    numerator: Callable[[], Any]
    numerator_words: str
    denominator_words: str | None
    clock: str
    whole: str
    did: str
    mirrors: tuple[Mirror, ...]
    confidence: Confidence
    pillar: Pillar
    topic: str
    denominator: Callable[[], Any] | None = None
    breakdowns: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    years_before: int = 0
    direction: Direction | None = None
    direction_words: str = "There is no good direction: neither more nor fewer is better in itself."
    pairs_with: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    collection: str = "ssda903"
    when: str = "year to 31 March {year}"
    spread: Spread | None = None
    counted_in: str | None = None
    needs: tuple[str, ...] = ()

    @property
    def unit(self) -> str:
        """The unit of its value: children, per 10,000 children, percent, full-time equivalents."""
        return self.counted_in or UNITS[self.kind]

    @property
    def interval(self) -> str:
        """The kind of interval its value carries."""
        words = INTERVALS["total" if self.kind == "total" else self.spread or self.kind]
        return words.format(those="workers" if self.collection == "csww" else "those counted")

    @property
    def of_amounts(self) -> bool:
        """Whether amounts are added up, rather than rows counted."""
        return self.kind in {"total", "ratio"}

    def year_words(self, year: int) -> str:
        """What a year of this measure is, where it is not the year to 31 March."""
        return f"30 September {year}" if self.collection == "csww" else str(year)

    def return_words(self, year: int | str) -> str:
        """The return that a year's figure is counted from."""
        return RETURNS[self.collection].format(year=year)


_FILES = (
    "asking_for_help",
    "in_need",
    "need_bands",
    "need_factors",
    "protection",
    "protection_plans",
    "looked_after",
    "entries_and_exits",
    "spells",
    "legal",
    "asylum",
    "stability",
    "settling",
    "homes",
    "reunification",
    "after_home",
    "asked",
    "before_care",
    "permanence",
    "time_to_permanence",
    "adoption",
    "earlier_homes",
    "wellbeing",
    "difficulties",
    "missing",
    "reviews",
    "leaving_care",
    "staying_put",
    "workforce",
    "workforce_roles",
    "monthly_visits",
    "monthly_care",
    "monthly_family",
)
"""The modules of ``measures.definitions``: their order is the order on pages within a topic."""

_REGISTER: dict[str, Measure] = {}


def register(measure: Measure) -> Measure:
    """Make a measure known.

    Raises ValueError where its name is taken, its topic is none, or it is not confirmed and does
    not say what of it is not.
    """
    if measure.name in _REGISTER:
        raise ValueError(f"There are two measures called {measure.name}.")
    if measure.topic not in TOPICS:
        raise ValueError(f"{measure.name} is about {measure.topic!r}, which is no topic.")
    if measure.confidence != "confirmed" and not measure.unconfirmed:
        raise ValueError(f"{measure.name} is {measure.confidence}, and does not say what of it is.")
    _REGISTER[measure.name] = measure
    return measure


@cache
def everything() -> Mapping[str, Measure]:
    """Every measure by name, in the order in which they are shown: by topic, then as listed."""
    for file in _FILES:
        import_module(f"whatworks.measures.definitions.{file}")
    places = list(TOPICS)
    return {m.name: m for m in sorted(_REGISTER.values(), key=lambda m: places.index(m.topic))}


def get(name: str) -> Measure:
    """The measure of that name. Raises MeasureError, naming those there are."""
    known = everything()
    if name not in known:
        raise MeasureError(
            f"There is no measure called {name[:60]!r}. The measures are: {', '.join(known)}."
        )
    return known[name]
