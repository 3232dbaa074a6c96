"""What a reader must know before using an estimate, in plain sentences that say what to do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from math import isinf

import numpy as np

from whatworks import reference
from whatworks.rollout.natural_experiment.before import (
    check,
    drift,
    drift_before_last,
    early_and_late,
    fading,
    last_year,
    some,
)
from whatworks.rollout.natural_experiment.effect import CannotTell, Effect, Warned
from whatworks.rollout.natural_experiment.estimating import Prepared, ratio
from whatworks.rollout.natural_experiment.imputing import FULL, Mask, Whole
from whatworks.rollout.natural_experiment.naming import fewer_is_better, title, wanted_sign

FEW = 5
"""Fewer councils than this on either side are few."""
WIDE = 2.0
"""A range whose upper end is more than so many times its lower end is wide."""
SURPRISING = 0.1
"""A p at which a check warns: a warning too many costs less than one too few."""
HARM = 1.5
"""A safety measure that may have become so many times as high is not known to be safe."""
CLEARLY_FEWER = 0.9

ENTRIES = ("started_rate", "started_to_be_looked_after")
COMING_BACK = (
    "re_referrals_within_12_months",
    "reentered_within_12_months",
    "repeat_protection_plans",
)
"""What rises where a threshold is raised and need stays as it was."""


def cautions(ready: Prepared, effect: Effect, sets: Whole, *, cannot: bool) -> tuple[Warned, ...]:
    """All cautions about one estimate on its own, the gravest first."""
    found = [
        *_bounds(effect, cannot=cannot),
        *_few(effect),
        *_paths(ready, effect, sets),
        *_not_counted(ready, effect),
        *_missing(ready),
        *_left_out(ready, effect),
    ]
    return _ordered(found)


def _ordered(found: Iterable[Warned]) -> tuple[Warned, ...]:
    return tuple(sorted(found, key=lambda one: not one.grave))


# --- how sure ---------------------------------------------------------------------------------


def _bounds(effect: Effect, *, cannot: bool) -> Iterable[Warned]:
    if cannot:
        yield Warned(
            "cannot_bound",
            "There are too few ways in which these dates could have fallen "
            f"({effect.arrangements:,}) to say how large or how small the effect may be. Do not "
            "plan by this figure; wait until more councils have adopted.",
        )
    elif effect.low == 0 or effect.high / effect.low > WIDE:
        yield Warned(
            "wide_interval",
            f"The interval is wide: from {_times(effect.low)} to {_times(effect.high)} of what was "
            "expected. Plan for both ends of it, not for the middle.",
        )


def _times(multiplier: float) -> str:
    return "no known limit" if isinf(multiplier) else f"{multiplier * 100:.0f}%"


def _few(effect: Effect) -> Iterable[Warned]:
    others = effect.n_councils - len(effect.adopted)
    if effect.n_adopters < FEW or others < FEW:
        had = "had" if others != 1 else "has"
        yield Warned(
            "few_councils",
            f"{_many(effect.n_adopters, 'council')} that adopted it could be followed, beside "
            f"{others} that {had} not adopted. With so few, one council's own luck or other "
            "changes weigh heavily. Read the interval, not the single figure.",
        )


def _many(n: int, what: str) -> str:
    return f"Only {n} {what}" + ("" if n == 1 else "s")


# --- other ways to come by the same figure ---------------------------------------------------


def _paths(ready: Prepared, effect: Effect, sets: Whole) -> Iterable[Warned]:
    sets, by = some(sets), effect.difference
    last = check(ready, sets, by, last_year)
    # A year is bad on the side that is not wanted; where nobody said which that is, on either.
    bad = last.p <= SURPRISING and last.value * wanted_sign(effect.measure) <= 0
    if bad:
        was, since = ("high", "fall") if last.value > 0 else ("low", "rise")
        yield Warned(
            "bad_year",
            f"The last year before adopting was unusually {was} for these councils, beside their "
            f"own earlier years and the other councils. Part of any {since} since would have come "
            "anyway. Do not trust the size of the effect until more years are in.",
        )
    moves = check(ready, sets, by, partial(drift_before_last if bad else drift, years=ready.years))
    if min(last.least, moves.least) > SURPRISING:
        yield Warned(
            "unchecked",
            "The years before adopting could not be checked: there are too few councils or years "
            "to tell whether those that adopted were already going another way. Look at their "
            "earlier years yourself before you rely on this.",
        )
    if moves.p <= SURPRISING:
        way = "rising" if moves.value > 0 else "falling"
        yield Warned(
            "before_trend",
            f"Before they adopted, these councils were already {way} beside the others. Part of "
            "the difference may be that path going on. Look at the years before, and ask what "
            "else was changing there.",
        )
    yield from _fades(ready, effect, sets)


def _fades(ready: Prepared, effect: Effect, sets: Whole) -> Iterable[Warned]:
    """What was wanted at first, and in later full years less than half of that, or the reverse."""
    early, late = (_multiplier(ready, cells) for cells in early_and_late(ready.state))
    if early is None or late is None:
        return
    way = wanted_sign(effect.measure) or (1 if early[0] > 0 else -1)
    if way * early[0] <= 0 or way * late[0] > way * early[0] / 2:
        return
    found = check(ready, sets, effect.difference, fading)
    if found.p <= SURPRISING:
        yield Warned(
            "fades",
            f"It did not last: {_times(early[1])} of what was expected until the end of the first "
            f"full year, {_times(late[1])} after that. Do not count on the average going on.",
        )


def _multiplier(ready: Prepared, cells: Mask) -> tuple[float, float] | None:
    """Difference and multiplier over some council-years; None where nothing is known of them."""
    residual, known = ready.residual
    cells = cells & known
    if not cells.any():
        return None
    weights = ready.weights[cells]
    found = float(np.average(residual[cells], weights=weights))
    if not ready.panel.share:
        return found, float(np.exp(found))
    return found, ratio(float(np.average(ready.values[cells], weights=weights)), found)


# --- what was not used --------------------------------------------------------------------------


def _not_counted(ready: Prepared, effect: Effect) -> Iterable[Warned]:
    used = (ready.state == FULL) & ready.residual[1]
    there = {code for code, row in zip(ready.councils, used, strict=True) if row.any()}
    lost = [code for code in effect.adopted if code not in there]
    if lost:
        yield Warned(
            "not_counted",
            f"{_names(lost)} adopted it too and cannot be counted: the years given hold nothing "
            "from before they adopted, or no full year since. Load earlier years, or wait.",
        )


def _missing(ready: Prepared) -> Iterable[Warned]:
    panel = ready.panel
    held = np.isfinite(panel.counts).tolist()
    somewhere = [any(column) for column in zip(*held, strict=True)]
    gone = [
        (code, year)
        for i, code in enumerate(panel.councils)
        for j, year in enumerate(panel.years)
        if somewhere[j] and not held[i][j]
    ]
    if not gone:
        return
    by_council: dict[str, list[int]] = {}
    for code, year in gone:
        by_council.setdefault(code, []).append(year)
    lines = "; ".join(
        f"{_name(code)} {', '.join(str(year) for year in years)}"
        for code, years in by_council.items()
    )
    reasons = " ".join(dict.fromkeys(panel.missing[one] for one in gone if one in panel.missing))
    yield Warned(
        "missing_years",
        f"Some yearly figures are missing and were left out: {lines}. {reasons} "
        "Years that are missing for a reason can bend the estimate: load them if they exist.",
    )


def _left_out(ready: Prepared, effect: Effect) -> Iterable[Warned]:
    """Leaving out councils of another practice is right; losing adopters by it is a doubt."""
    if not effect.left_out:
        return
    text = (
        f"{_names(effect.left_out)} {'was' if len(effect.left_out) == 1 else 'were'} left out, "
        "because another practice that may move this figure was at work there."
    )
    both = [code for code in effect.left_out if code in ready.adopters]
    if both:
        yield Warned(
            "other_practice",
            f"{text} Of them, {_names(both)} had adopted this one too, so the figure is not of "
            "all who adopted. Ask whether those left out differ.",
        )
    else:
        yield Warned("left_out", f"{text} Other changes in the councils that remain are not known.")


def _name(code: str) -> str:
    try:
        return reference.council(code).name
    except reference.NotHeld:
        return code


def _names(codes: Sequence[str]) -> str:
    names = [_name(code) for code in codes]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


# --- safety -------------------------------------------------------------------------------------


def with_safety(effect: Effect, safety: Sequence[Effect | CannotTell]) -> Effect:
    """The effect with cautions about the measures that must not get worse.

    Args:
        effect: of the measure that the practice is meant to move.
        safety: effects of the same practice on its safety measures, or why there are none. One of
            the same measure as ``effect`` says nothing more and is passed over.
    """
    found: list[Warned] = []
    others = [one for one in safety if one.measure != effect.measure]
    for one in others:
        found.extend(_safety(one))
    risen = [
        one
        for one in others
        if isinstance(one, Effect) and one.measure in COMING_BACK and _worse(one) > 0
    ]
    if effect.measure in ENTRIES and _fewer(effect) and any(_clear(one) for one in risen):
        found.append(_threshold(effect, [one for one in risen if _clear(one)]))
    if not others:
        found.append(Warned("safety_unknown", "No safety measure was looked at. " + _ASK))
    return replace(effect, warnings=_ordered([*effect.warnings, *found]))


_ASK = "Before copying it, find out whether anything got worse."


def _safety(one: Effect | CannotTell) -> Iterable[Warned]:
    name = title(one.measure)
    if isinstance(one, CannotTell):
        yield Warned("safety_unknown", f"{name}: it cannot be told. {one.reason} {_ASK}")
        return
    between = f"{_times(one.multiplier)} of what was expected"
    if not isinf(one.high):
        between += f" ({one.level:.0%} interval {_times(one.low)} to {_times(one.high)})"
    if _clear(one) and _worse(one) > 0:
        yield Warned(
            "safety_wrong_way",
            f"{name}: it got worse, {between}. Find out why before anyone else adopts this.",
            grave=True,
        )
    elif not _known_safe(one):
        yield Warned(
            "safety_unknown",
            f"{name}: {between}. No harm is shown, and none is ruled out. {_ASK}",
        )


def _worse(effect: Effect) -> float:
    """How far it moved the wrong way, on the scale of the test."""
    return effect.difference if fewer_is_better(effect.measure) else -effect.difference


def _clear(effect: Effect) -> bool:
    return effect.difference_low > 0 or effect.difference_high < 0


def _known_safe(effect: Effect) -> bool:
    return effect.high <= HARM if fewer_is_better(effect.measure) else effect.low >= 1 / HARM


def _fewer_in_full_years(effect: Effect) -> bool:
    return effect.high < 1 or (effect.multiplier < 1 and effect.p <= SURPRISING)


def _fewer(effect: Effect) -> bool:
    """Whether fewer came into care: clearly over full years, or at first."""
    if _fewer_in_full_years(effect):
        return True
    first = [effect.starting, *effect.since[:1]]
    return any(one is not None and one.multiplier <= CLEARLY_FEWER for one in first)


def _threshold(effect: Effect, risen: Sequence[Effect]) -> Warned:
    names = " and ".join(title(one.measure).lower() for one in risen)
    fell = (
        "Fewer children came into care, and yet this rose"
        if _fewer_in_full_years(effect)
        else "Fewer children came into care only as it began, and this rose"
    )
    return Warned(
        "threshold_only",
        f"{fell}: {names}. That is what a raised threshold looks like: fewer are let in, and no "
        "fewer need help. Do not copy it as a way to reduce the need for care.",
        grave=True,
    )
