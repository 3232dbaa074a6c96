"""An estimate as a line of the loop."""

from __future__ import annotations

from math import isinf

from whatworks import measures
from whatworks.rollout.natural_experiment import Effect
from whatworks.service.loop.lines import Line, State
from whatworks.service.rollout.expecting import beside


def effect_line(one: Effect) -> Line:
    """What a practice did to an outcome."""
    return _line("Effect", one)


def safety_line(one: Effect) -> Line:
    """What it did to a measure that must not get worse."""
    return _line("Safety", one)


def _line(step: str, one: Effect) -> Line:
    title = measures.get(one.measure).title
    grave = any(warned.grave for warned in one.warnings)
    return Line(
        step,
        f"{title}: {_per(one)} p = {_p(one.p)}; these dates could give {_p(one.least_p)} at "
        f"the least.{_warned(one)}",
        State.ATTENTION if grave else State.DONE,
        (
            f"{one.n_adopters} councils that adopted and {beside(one)} that did not; "
            f"{one.full_council_years} full council-years; {one.arrangements:,} arrangements of "
            f"the dates{', which are all' if one.every_arrangement else ''}.",
            *(
                f"{'Beware' if warned.grave else 'Note'} ({warned.code}): {warned.text}"
                for warned in one.warnings
            ),
            *(f"Counted from submission {name}" for name in one.submissions),
        ),
    )


def _per(one: Effect) -> str:
    of, scale = ("100", 10) if one.share else ("10,000", 0.1)
    observed, predicted = one.observed / scale, one.predicted / scale
    if one.share:
        low, high = one.difference_low * 100, one.difference_high * 100
        between = f"a difference of {_points(low)} to {_points(high)} of 100"
    else:
        between = f"{_change(one.low)} to {_change(one.high)}"
    return (
        f"{observed:.1f} of {of} a year, where {predicted:.1f} were to be expected "
        f"({between} would fit)."
    )


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "under 0.001"


def _points(value: float) -> str:
    return "no known limit" if isinf(value) else f"{value:+.1f}"


def _change(multiplier: float) -> str:
    if isinf(multiplier):
        return "no known limit"
    by = round((multiplier - 1) * 100)
    return f"{abs(by)}% {'more' if by > 0 else 'fewer'}" if by else "no change"


def _warned(one: Effect) -> str:
    grave = [warned.text for warned in one.warnings if warned.grave]
    return " " + " ".join(grave) if grave else ""
