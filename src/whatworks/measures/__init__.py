"""Measures counted from children's journeys, one definition each, every number traceable.

Only counts leave here; ``rows`` alone points to records, for a council's own people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.measures.caching import cached, cached_each
    from whatworks.measures.comparing import published
    from whatworks.measures.counting import count
    from whatworks.measures.courses_counted import course, course_in_words, median_months
    from whatworks.measures.courses_defined import courses
    from whatworks.measures.definition import Measure, MeasureError, Mirror, get
    from whatworks.measures.documenting import documentation, names
    from whatworks.measures.fair.among import Comparison, compare, compared
    from whatworks.measures.fair.change import Decomposition, Part, number_in_care
    from whatworks.measures.fair.charting import ControlChart, control_chart
    from whatworks.measures.fair.england import AcrossNotes, across, across_notes
    from whatworks.measures.fair.signalling import Signal, signals
    from whatworks.measures.linked_counts import linking
    from whatworks.measures.monthly import by_month
    from whatworks.measures.running import run
    from whatworks.measures.tracing import left_out, rows
    from whatworks.measures.wording import in_words

_HOMES = {
    "AcrossNotes": "fair.england",
    "Comparison": "fair.among",
    "ControlChart": "fair.charting",
    "Decomposition": "fair.change",
    "Measure": "definition",
    "MeasureError": "definition",
    "Mirror": "definition",
    "Part": "fair.change",
    "Signal": "fair.signalling",
    "across": "fair.england",
    "across_notes": "fair.england",
    "by_month": "monthly",
    "cached": "caching",
    "cached_each": "caching",
    "compare": "fair.among",
    "compared": "fair.among",
    "control_chart": "fair.charting",
    "count": "counting",
    "course": "courses_counted",
    "course_in_words": "courses_counted",
    "courses": "courses_defined",
    "documentation": "documenting",
    "get": "definition",
    "in_words": "wording",
    "left_out": "tracing",
    "linking": "linked_counts",
    "list": "documenting:names",
    "median_months": "courses_counted",
    "names": "documenting",
    "number_in_care": "fair.change",
    "published": "comparing",
    "rows": "tracing",
    "run": "running",
    "signals": "fair.signalling",
}

__all__ = [
    "AcrossNotes",
    "Comparison",
    "ControlChart",
    "Decomposition",
    "Measure",
    "MeasureError",
    "Mirror",
    "Part",
    "Signal",
    "across",
    "across_notes",
    "by_month",
    "cached",
    "cached_each",
    "compare",
    "compared",
    "control_chart",
    "count",
    "course",
    "course_in_words",
    "courses",
    "documentation",
    "get",
    "in_words",
    "left_out",
    "linking",
    "median_months",
    "names",
    "number_in_care",
    "published",
    "rows",
    "run",
    "signals",
]

__getattr__ = lazily.public(__name__, _HOMES)
