"""What a measure is called on a page, and which way it is wanted to go."""

from __future__ import annotations

from whatworks import measures
from whatworks.rollout.wanting import NoWantedDirection, wanted_direction


def title(measure: str) -> str:
    """The title of a measure; of one that is not known, its name."""
    try:
        return measures.get(measure).title
    except measures.MeasureError:
        return measure.replace("_", " ").capitalize()


def fewer_is_better(measure: str) -> bool:
    """Whether less is wanted of it. Raises NoWantedDirection where nobody has said."""
    return wanted_direction(measure) == "lower"


def wanted_sign(measure: str) -> int:
    """The sign of a change that is wanted: -1 or 1; 0 where nobody has said which it is."""
    try:
        return -1 if fewer_is_better(measure) else 1
    except NoWantedDirection:
        return 0
