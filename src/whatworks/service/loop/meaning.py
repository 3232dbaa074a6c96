"""What a practice would mean for one council, as a line."""

from __future__ import annotations

from whatworks.rollout import Practice
from whatworks.service.loop.lines import Line, State
from whatworks.service.rollout.expecting import Expected, expected


def line(practice: Practice, council: str) -> Line:
    """Children a year, with interval, as the council's own page says; or why it does not."""
    told = expected(practice, council)
    state = State.DONE if told.here is not None else State.NOT_YET
    return Line("Here", f"Council {council}. {told.sentence}", state, _because(told))


def _because(told: Expected) -> tuple[str, ...]:
    if told.known is None or told.here is None or told.assumed is None:
        return ()
    counts = ", ".join(f"{n} in {year}" for year, n in sorted((told.counts or {}).items()))
    assumed = told.assumed
    return (
        f"The effect was seen in {told.known.where}.",
        f"The council's own returns: {counts}.",
        f"Assumed: {assumed.share:g} of 100 of that reach; {_or_not(assumed.served)} served a "
        f"year, at {_or_not(assumed.cost_each)} pounds each. All can be changed on the page.",
        told.here.combined,
    )


def _or_not(value: float | None) -> str:
    return "not known" if value is None else f"{value:,.0f}"
