"""Measures counted from children's journeys, one definition each, every number traceable.

Only counts leave here; ``rows`` alone points to records, for a council's own people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.measures.caching import cached
    from whatworks.measures.comparing import published
    from whatworks.measures.counting import count, run
    from whatworks.measures.definition import Measure, MeasureError, Mirror, get
    from whatworks.measures.documenting import documentation, names
    from whatworks.measures.tracing import left_out, rows
    from whatworks.measures.wording import in_words

_HOMES = {
    "Measure": "definition",
    "MeasureError": "definition",
    "Mirror": "definition",
    "cached": "caching",
    "count": "counting",
    "documentation": "documenting",
    "get": "definition",
    "in_words": "wording",
    "left_out": "tracing",
    "list": "documenting:names",
    "names": "documenting",
    "published": "comparing",
    "rows": "tracing",
    "run": "counting",
}

__all__ = [
    "Measure",
    "MeasureError",
    "Mirror",
    "cached",
    "count",
    "documentation",
    "get",
    "in_words",
    "left_out",
    "names",
    "published",
    "rows",
    "run",
]

__getattr__ = lazily.public(__name__, _HOMES)
