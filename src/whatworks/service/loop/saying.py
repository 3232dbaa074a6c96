"""An estimate as a line of the loop."""

from __future__ import annotations

from whatworks.rollout.natural_experiment import Effect
from whatworks.service.loop.lines import Line, State
from whatworks.service.rollout import wording


def effect_line(one: Effect) -> Line:
    """What a practice did to an outcome."""
    return _line("Effect", one)


def safety_line(one: Effect) -> Line:
    """What it did to a measure that must not get worse."""
    return _line("Safety", one)


def _line(step: str, one: Effect) -> Line:
    grave = any(warned.grave for warned in one.warnings)
    return Line(
        step,
        f"{wording.natural(one)} {wording.change(one).capitalize()} (p = {_p(one.p)}; these dates "
        f"could give {_p(one.least_p)} at the least).{_warned(one)}",
        State.ATTENTION if grave else State.DONE,
        (
            f"{one.n_adopters} councils that adopted and {one.n_others} that did not; "
            f"{one.n_counted} full council-years; {one.arrangements:,} arrangements of "
            f"the dates{', which are all' if one.every_arrangement else ''}.",
            *(
                f"{'Beware' if warned.grave else 'Note'} ({warned.code}): {warned.text}"
                for warned in one.warnings
            ),
            *(f"Counted from submission {name}" for name in one.submissions),
        ),
    )


def _p(value: float) -> str:
    return f"{value:.3f}" if value >= 0.001 else "under 0.001"


def _warned(one: Effect) -> str:
    grave = [warned.text for warned in one.warnings if warned.grave]
    return " " + " ".join(grave) if grave else ""
