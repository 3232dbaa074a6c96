"""An effect as a study for the evidence library, with its provenance down to the submissions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import isfinite

from whatworks.evidence.study import DOUBTS, MEASURED, Numbers, Provenance, Study
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.rollout.natural_experiment.naming import fewer_is_better, title
from whatworks.rollout.practice import Practice

_ROUNDING = 1e-9
"""A share that lies so little outside 0 to 1 lies there by rounding."""


def as_study(
    practice: Practice, effects: Sequence[Effect], *, invented: bool, computed: str
) -> Study:
    """The study that effects of one practice make.

    Args:
        effects: on its outcomes and safety measures, the one it is rated by first.
        invented: the children are invented.
        computed: name and version of what computed it.

    Raises:
        ValueError: there is no effect, or one of another practice.
    """
    if not effects or any(one.practice != practice.id for one in effects):
        raise ValueError("A study is made of one or more effects of the one practice.")
    main = effects[0]
    whole = dict.fromkeys(w.code for one in effects for w in one.warnings if w.grave)
    who = "invented councils' children" if invented else "councils' children"
    return Study(
        id=f"{practice.id}-natural-experiment",
        title=f"{practice.name}: natural experiment among {main.n_councils} councils",
        citation=(
            f"Computed from councils' own returns, years to 31 March {main.years[0]} to "
            f"{main.years[-1]}; {computed}."
        ),
        kind=practice.kind,
        country="England (invented children)" if invented else "England",
        design="natural experiment",
        population=(
            f"All {who} in {main.n_councils} councils, "
            f"{len(main.adopted)} of which adopted it between "
            f"{_month(min(main.adopted.values()))} and {_month(max(main.adopted.values()))}."
        ),
        comparator=(
            "The same councils before they adopted, and councils that had not adopted, over the "
            "same years."
        ),
        numbers=tuple(_numbers(one) for one in effects),
        provenance=Provenance(
            submissions=tuple(sorted({s for one in effects for s in one.submissions})),
            computed=computed,
        ),
        practice=practice.id,
        year=main.years[-1],
        invented=invented,
        warnings=tuple(dict.fromkeys(_warnings(effects))),
        flags=tuple(whole),
    )


def _warnings(effects: Sequence[Effect]) -> Iterable[str]:
    """All of the first; of the others what nobody may miss, and what they alone are doubted for."""
    main = effects[0]
    said = {one.text for one in main.warnings}
    yield from (one.text for one in main.warnings)
    for effect in effects[1:]:
        for one in effect.warnings:
            if one.grave:
                yield one.text
            elif one.code in DOUBTS and one.text not in said:
                yield f"{title(effect.measure)}: {one.text}"


def _month(day: object) -> str:
    return f"{day:%B %Y}"


def _numbers(effect: Effect) -> Numbers:
    months = max((one.year for one in effect.since), default=0) * 12 + 12
    how = (
        f"{effect.full_council_years - effect.unpredicted} full council-years of "
        f"{effect.n_adopters} councils, set among {effect.arrangements:,} "
        f"{'' if effect.every_arrangement else 'random '}arrangements of the dates of adoption; "
        f"the least p that these could give is {effect.least_p:.4f}."
    )
    rate = not effect.share
    ends = (effect.low, effect.high) if rate else (effect.difference_low, effect.difference_high)
    if not all(isfinite(end) for end in ends):
        how += " The dates are too few to bound the effect on both sides."
    found = Numbers(
        outcome=MEASURED.get(effect.measure, "other"),
        outcome_words=title(effect.measure),
        effect_type="rate ratio" if rate else "risk difference",
        effect=effect.multiplier if rate else effect.difference,
        low=ends[0],
        high=ends[1],
        p=effect.p,
        share_with=effect.observed / 1000,
        share_without=effect.predicted / 1000,
        follow_up_months=float(months),
        lower_is_better=fewer_is_better(effect.measure),
        note=how,
        flags=tuple(dict.fromkeys(w.code for w in effect.warnings if w.code in DOUBTS)),
    )
    return _possible(found if rate else replace(found, share_without=_without(effect)))


def _without(effect: Effect) -> float:
    """The share predicted without the practice, which may lie outside 0 to 1."""
    shown = effect.predicted / 1000
    straight = effect.observed / 1000 - effect.difference
    return straight if abs(straight - shown) > _ROUNDING else shown


def _possible(numbers: Numbers) -> Numbers:
    """The same with nothing that no share could be: left out, or cut where it must end, and said.

    What is predicted by adding and taking away knows of no 0 and no 1. An end that is not known
    stays so.
    """
    if numbers.share_with is None or numbers.share_without is None:
        return numbers
    note = numbers.note
    without = _share(numbers.share_without)
    if without is None:
        note += (
            " What would have been expected without it comes out as less than none or more than "
            "all, so it is not given."
        )
    found = replace(numbers, share_with=_share(numbers.share_with), share_without=without)
    if numbers.effect_type == "risk difference":
        found, cut = _cut(found, numbers.share_with - 1, numbers.share_with)
        note += cut
    return replace(found, note=note)


def _share(value: float) -> float | None:
    if not -_ROUNDING <= value <= 1 + _ROUNDING:
        return None
    return min(1.0, max(0.0, value))


def _cut(numbers: Numbers, least: float, most: float) -> tuple[Numbers, str]:
    """A difference of shares between the least and the most it could be, and what to say of it."""
    effect, low, high = numbers.effect, numbers.low, numbers.high
    if effect is None or low is None or high is None:
        return numbers, ""
    inside = min(most, max(least, effect))
    if low > most + _ROUNDING or high < least - _ROUNDING:
        return (
            replace(numbers, effect=inside, low=None, high=None),
            " The whole interval lies beyond what a share can change by, so it is not given, and "
            "the effect is the most that there could be.",
        )
    ends = [min(most, max(least, end)) if isfinite(end) else end for end in (low, high)]
    cut = [
        one
        for one, was in zip((inside, *ends), (effect, low, high), strict=True)
        if isfinite(was) and abs(one - was) > _ROUNDING
    ]
    said = " Ends beyond what a share can change by are cut there." if cut else ""
    return replace(numbers, effect=inside, low=ends[0], high=ends[1]), said
