"""What a practice would mean for a council: what is known, what is assumed, and the answer.

The page and the command line both ask here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import floor, isfinite, log10

from whatworks import rollout
from whatworks.rollout import CannotProject, Here, Likely, baseline
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.rollout.projecting import Use
from whatworks.service.rollout import figures, queries, rated, wording
from whatworks.service.rollout.rated import Rated

COUNTED_BY = {"started_rate": ("started_rate", "started_to_be_looked_after")}
"""Measure -> measures whose numerators count its children, the first that is counted here."""


@dataclass(frozen=True)
class Known:
    """The effect to reckon with, where it was seen, and what a share of 100 would mean.

    ``own`` is the effect from councils' returns, where it is that.
    """

    measure: str
    effect: Likely
    where: str
    whole: str
    share: float | None
    own: Effect | None = None


@dataclass(frozen=True)
class Assumed:
    """What is reckoned with. None: not known. ``children`` None: the council's own returns."""

    share: float | None
    served: float | None
    cost_each: float | None
    use: Use = "estimate"
    children: float | None = None


@dataclass(frozen=True)
class Expected:
    """The answer for one council, or in ``refused`` why there is none.

    ``counts`` are the council's own by year; ``here`` is None while something must be said first,
    which ``missing`` names.
    """

    rated: Rated
    refused: str = ""
    known: Known | None = None
    counts: Mapping[int, int] | None = None
    assumed: Assumed | None = None
    here: Here | None = None
    missing: str = ""

    @property
    def sentence(self) -> str:
        """The answer in one line, whichever it is."""
        if self.here is None:
            return self.refused or self.missing
        fewer = self.here.fewer
        about = f"about {amount(abs(fewer.value))} {'fewer' if fewer.value >= 0 else 'more'}"
        name = wording.title(self.known.measure) if self.known else ""
        return f"{name}: {about} a year, {interval(self.here)}."


def expected(practice: rollout.Practice, council: str, assumed: Assumed | None = None) -> Expected:
    """What a practice would mean for a council, with what is known unless something is assumed."""
    found = rated.rated(practice)
    effect = known(practice)
    refused = refusal(found, effect)
    if refused or effect is None:
        return Expected(found, refused)
    counts = _counts(council, effect.measure)
    given = assumed or as_known(practice, council, effect, counts)
    told = Expected(found, "", effect, counts, given)
    if given.share is None:
        return replace(told, missing="Say first how many of 100 children it would reach.")
    try:
        return replace(told, here=_here(given, given.share, counts, effect))
    except CannotProject as reason:
        return replace(told, missing=str(reason))


def as_known(
    practice: rollout.Practice, council: str, effect: Known, counts: Mapping[int, int]
) -> Assumed:
    """What is reckoned with where nobody changed anything."""
    served = _served(practice.id, council, max(counts, default=0))
    return Assumed(effect.share, served, practice.cost.pounds)


def known(practice: rollout.Practice) -> Known | None:
    """The effect from councils' own returns, else of a published study with an interval."""
    # Of what more is wanted, ‘so many fewer’ would be no answer.
    wanted = [name for name in practice.outcomes if rollout.wanted_direction(name) == "lower"]
    for one in queries.effects(practice.id):
        if one.measure in wanted:
            return Known(
                measure=one.measure,
                effect=Likely(one.multiplier, one.low, one.high),
                where=f"{one.n_adopters} councils that adopted it, set beside "
                f"{one.n_others} others, from their own returns",
                whole="100 means: as many as in the councils that adopted it.",
                share=100.0,
                own=one,
            )
    found = rated.ratio_of(practice)
    if found is None or not wanted:
        return None
    ratio, study = found
    return Known(
        measure=wanted[0],
        effect=ratio,
        where=f"{study.title}: {study.population}".rstrip("."),
        whole="Of 100 children to whom it would happen, how many would get the practice? The "
        "study looked at families who got it, so this is for you to say.",
        share=None,
    )


def refusal(found: Rated, effect: Known | None) -> str:
    """Why nothing is reckoned; empty where it may be."""
    if found.beware:
        return (
            "We do not reckon what this would mean for you, because it is rated ‘Beware’. "
            "A number here would look like a promise."
        )
    if found.verdict == "Not tested":
        return (
            "We cannot reckon what this would mean for you: no study that we hold tested whether "
            "it does what it is for."
        )
    if effect is None:
        return (
            "We cannot reckon what this would mean for you: no study that we hold gives its "
            "effect as a ratio with an interval, and no council’s returns have been analysed for "
            "it yet."
        )
    return ""


def interval(answer: Here) -> str:
    """Between what the answer lies, in words."""
    low, high = answer.fewer.low, answer.fewer.high
    if not isfinite(low):
        return f"likely no better than {fewer(high)}; how many more cannot be said"
    return f"likely between {fewer(low)} and {fewer(high)}"


def cost_each(answer: Here) -> str:
    """What it costs for each child to whom it does not happen, in words."""
    each = answer.cost_each
    if each is None:
        return answer.no_cost_each
    if isfinite(each.high):
        between = f"likely between {pounds(each.low)} and {pounds(each.high)}"
        return f"about {pounds(each.value)}, {between}"
    return (
        f"about {pounds(each.value)}, likely at least {pounds(each.low)}; how much more cannot be "
        "said, because it may be that there would be no fewer"
    )


def fewer(children: float) -> str:
    """'8 fewer', '0.8 more'."""
    return f"{amount(abs(children))} {'fewer' if children >= 0 else 'more'}"


def amount(children: float) -> str:
    """Children in a year: to one decimal below ten, and none where there is none."""
    return f"{children:,.1f}".removesuffix(".0") if children < 10 else f"{children:,.0f}"


def pounds(sum_of: float) -> str:
    """To three figures: more would claim too much."""
    if sum_of <= 0:
        return "£0"
    places = max(0, floor(log10(sum_of)) - 2)
    return f"£{round(sum_of, -places):,.0f}"


def _here(told: Assumed, share: float, counts: Mapping[int, int], effect: Known) -> Here:
    if told.children is None:
        without = baseline(list(counts.values()))
    else:
        without = Likely(told.children, told.children, told.children)
    return rollout.here(
        without=without,
        effect=effect.effect,
        share=share / 100,
        use=told.use,
        served=told.served,
        cost_each_served=told.cost_each,
    )


def _counts(council: str, measure: str) -> dict[int, int]:
    for name in COUNTED_BY.get(measure, (measure,)):
        counts = figures.last_counts(council, name)
        if counts:
            return counts
    return {}


def _served(slug: str, council: str, year: int) -> int | None:
    reached = [
        (one.council, one.entry.reach_low, one.entry.reach_high)
        for one in queries.uses(slug)
        if one.stopped is None and one.council != council
    ]
    return figures.reach_of_others(reached, council, year) if year else None
