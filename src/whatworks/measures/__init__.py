"""Measures counted from children's journeys, one definition each, every number traceable.

Only counts leave here; ``rows`` alone points to records, for a council's own people.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

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
    "names": "documenting",
    "published": "comparing",
    "rows": "tracing",
    "run": "counting",
}
_ELSEWHERE_CALLED = {"list": "names"}

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


def __getattr__(name: str) -> Any:
    asked = _ELSEWHERE_CALLED.get(name, name)
    if asked in _HOMES:
        value = getattr(import_module(f"whatworks.measures.{_HOMES[asked]}"), asked)
        globals()[name] = value
        return value
    raise AttributeError(f"whatworks.measures has no public name {name!r}")
