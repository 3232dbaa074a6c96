"""What a measure is called on a page, and which way is worse."""

from __future__ import annotations

from whatworks import measures


def title(measure: str) -> str:
    """The title of a measure; of one that is not known, its name."""
    try:
        return measures.get(measure).title
    except measures.MeasureError:
        return measure.replace("_", " ").capitalize()


def fewer_is_better(measure: str) -> bool:
    """Whether less is better, as it is of every measure that does not say otherwise."""
    try:
        return measures.get(measure).direction != "higher"
    except measures.MeasureError:
        return True
