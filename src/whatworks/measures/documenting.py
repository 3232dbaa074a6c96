"""What there is to say about each measure, as data: for pages, guides and other software."""

from __future__ import annotations

from typing import Any

from whatworks.journeys import codes
from whatworks.journeys.need_repairs import NEED_REPAIRS
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.repairs import REPAIRS
from whatworks.measures.breakdowns import BREAKDOWNS
from whatworks.measures.definition import Measure, everything


def names() -> list[str]:
    """The names of the measures, in the order in which they are shown."""
    return list(everything())


def documentation() -> list[dict[str, Any]]:
    """Everything a definition page says, one mapping a measure, ready for JSON.

    Keys: name, title, text, collection, when (what a year of it means), kind, unit, numerator,
    denominator, clock, breakdowns (name, title, text, groups, source, confidence), interval,
    mirrors (series, title, differences, source), direction, direction_words, pairs_with, left_out
    (name, text), caveats, confidence, unconfirmed, pillar, sources.
    """
    return [_one(measure) for measure in everything().values()]


def journeys_documentation() -> dict[str, Any]:
    """How journeys are derived, as data: the repairs in their order, and the codes they turn on."""
    sets = (v for v in vars(codes).values() if isinstance(v, codes.CodeSet))
    return {
        "repairs": [
            {"name": r.name, "effect": r.effect, "text": r.text}
            for r in (*REPAIRS, *OUTCOME_REPAIRS, *NEED_REPAIRS)
        ],
        "codes": [
            {
                "column": s.column,
                "codes": list(s.codes),
                "meaning": s.meaning,
                "valid_from": s.valid_from,
                "valid_to": s.valid_to,
                "source": s.source,
                "confidence": s.confidence,
            }
            for s in sets
        ],
    }


def _one(measure: Measure) -> dict[str, Any]:
    return {
        "name": measure.name,
        "title": measure.title,
        "text": measure.text,
        "collection": measure.collection,
        "when": measure.when.format(year="YEAR"),
        "kind": measure.kind,
        "unit": measure.unit,
        "numerator": measure.numerator_words,
        "denominator": measure.denominator_words,
        "clock": measure.clock,
        "breakdowns": [
            {
                "name": b.name,
                "title": b.title,
                "text": b.text,
                "groups": list(b.groups),
                "source": b.source,
                "confidence": b.confidence,
            }
            for b in (BREAKDOWNS[name] for name in measure.breakdowns)
        ],
        "interval": f"95%, {measure.interval}",
        "mirrors": [
            {
                "series": m.series,
                "title": m.title,
                "differences": list(m.differences),
                "source": m.source,
            }
            for m in measure.mirrors
        ],
        "direction": measure.direction,
        "direction_words": measure.direction_words,
        "pairs_with": list(measure.pairs_with),
        "left_out": [{"name": o.name, "text": o.text} for o in measure.left_out],
        "caveats": list(measure.caveats),
        "confidence": measure.confidence,
        "unconfirmed": list(measure.unconfirmed),
        "pillar": measure.pillar,
        "sources": list(measure.sources),
    }
