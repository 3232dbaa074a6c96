"""What a practice would mean for one council, as a line."""

from __future__ import annotations

from whatworks.rollout import Practice
from whatworks.service.loop.lines import Line, State
from whatworks.service.rollout.views import projecting


def line(practice: Practice, council: str) -> Line:
    """Children a year, with interval, as the council's own page says; or why it does not."""
    known = projecting._known(practice)
    return Line("Here", f"{known}", State.NOT_YET, (council,))
