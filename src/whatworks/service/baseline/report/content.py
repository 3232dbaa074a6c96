"""What the report says, as plain data for its template: the start page's lines, put for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whatworks import __version__
from whatworks.measures.definition import TOPICS
from whatworks.service.baseline.export.gathering import Source, last_received
from whatworks.service.baseline.export.rows import USE
from whatworks.service.baseline.export.sheets import INTERVAL, NO_DIRECTION
from whatworks.service.baseline.signalling import KINDS
from whatworks.service.baseline.starting import Brief, Line, Topic, by_topic, moved

INVENTED = "Invented children: no real child is counted here"
TALLEST = 20.0
"""Height of the tallest small bar on the page, which is 1 on paper."""
COLUMNS = ("Measure", "Figure and 95% interval", "Years", "How it moved")


def content(
    every: Sequence[Line],
    year: int,
    *,
    area: str,
    synthetic: bool,
    sources: Sequence[Source],
) -> dict[str, Any]:
    """Everything the template reads. Lengths of bars are shares of the longest."""
    made = last_received(sources)
    title = f"Where we stand, {year}: {area}"
    around = "Around us, published (real)" if synthetic else "Around us, as published"
    topics = by_topic(every)
    return {
        "title": f"{title} (invented children)" if synthetic else title,
        "description": f"Measures of children’s social care in {area}, {year}.",
        "heading": title,
        "running": f"{area}: where we stand, {year}",
        "invented": INVENTED if synthetic else "",
        "use": "For use within the council. Not checked for release.",
        "made": [made.year, made.month, made.day],
        "lede": f"The year to 31 March {year}, and social workers on 30 September {year}: what the "
        "council’s own returns say, beside what is published.",
        "cover": _cover(synthetic=synthetic),
        "summary": _summary(every, year),
        "sources": _sources(sources, year),
        "columns": [*COLUMNS, around],
        "topics": [_topic(topic, synthetic=synthetic) for topic in topics],
        "cautions": _cautions(every),
        "counted": f"In the words of each definition, by whatworks {__version__}. The site shows "
        "for each a worked example, what was left out, and what could not be confirmed.",
        "definitions": [
            {"title": TOPICS[topic.key], "rows": [_definition(x) for x in topic.lines]}
            for topic in topics
            if topic.lines
        ],
    }


def _cover(*, synthetic: bool) -> list[str]:
    invented = (
        "All children and workers counted here are invented. The council’s name is real; what is "
        "counted is not. Figures under ‘published (real)’ are official statistics."
    )
    return [invented, USE] if synthetic else [USE]


def _summary(every: Sequence[Line], year: int) -> list[str]:
    found = moved(every)
    lines = [f"{found.figures} of {found.measures} measures have a figure for {year}."]
    changed = [line for line in every if line.change.since_before]
    if not changed:
        lines.append("None changed clearly since the year before.")
    lines += [f"{line.measure.title}: {line.own.text}. {line.change.words}" for line in changed]
    if found.first:
        lines.append(f"{found.first} differ clearly from the first year that is loaded.")
    if found.signals:
        lines.append(
            f"In {found.signals} the change may be one of recording or of a threshold, not of care."
        )
    return lines


def _sources(sources: Sequence[Source], year: int) -> list[str]:
    recent = [s for s in sources if str(year) in s.title or str(year - 1) in s.title]
    lines = [f"{s.title}, received {s.received:%d %B %Y}" for s in recent]
    earlier = len(sources) - len(recent)
    return [*lines, f"{earlier} returns of other years"] if earlier else lines


def _topic(topic: Topic, *, synthetic: bool) -> dict[str, Any]:
    return {
        "title": topic.title,
        "blocks": [
            {
                "rows": [_row(line, synthetic=synthetic) for line in block.lines],
                "with": "Read with it:"
                if len(block.lines) == 1
                else f"Read with the {len(block.lines)} measures above:",
                "pairs": [_pair(pair) for pair in block.pairs],
            }
            for block in topic.blocks
        ],
        "absent": [
            {"reason": one.reason, "titles": "; ".join(m.title for m in one.measures) + "."}
            for one in topic.absent
        ],
    }


def _row(line: Line, *, synthetic: bool) -> dict[str, Any]:
    own, top = line.own, line.brief.largest or 1.0
    direction = line.measure.direction
    interval = own.interval if own.low is None else f"interval {own.interval}"
    bars = line.change.bars
    return {
        "title": line.measure.title,
        "note": f"{direction.capitalize()} is usually better" if direction else "",
        "signals": [f"{KINDS[s.kind]}: {s.text}" for s in line.signals],
        "figure": own.text,
        "unit": f"{own.unit} (invented)".strip() if synthetic else own.unit,
        "interval": interval,
        "value": _part(own.value, top),
        "low": None if own.low is None or own.high is None else _part(own.low, top),
        "high": None if own.low is None or own.high is None else _part(own.high, top),
        "bars": [
            {"height": None if b.height is None else b.height / TALLEST, "here": b.here}
            for b in bars
        ],
        "change": line.change.words,
        "around": _around(line),
        "compared": line.compared,
    }


def _part(value: float | None, top: float) -> float:
    return min(max((value or 0.0) / top, 0.0), 1.0)


def _around(line: Line) -> str:
    if line.beside is None:
        return "Nothing published"
    told = "; ".join(f"{one.of} {one.text}" for one in line.beside.figures)
    return f"{told} ({line.beside.year})" if line.beside.later else told


def _pair(pair: Brief) -> str:
    if pair.own.reason:
        return f"{pair.measure.title}: no figure."
    unit = f" {pair.own.unit}" if pair.own.unit else ""
    return (
        f"{pair.measure.title}: {pair.own.text}{unit}, interval {pair.own.interval}. "
        f"{pair.change.words}"
    )


def _cautions(every: Sequence[Line]) -> list[str]:
    lines = [
        INTERVAL,
        "‘Clearly higher’ and ‘clearly lower’ are said where two intervals do not overlap. ‘No "
        "clear change’ does not mean that nothing changed.",
        NO_DIRECTION.partition(" The sheet")[0],
        "‘Higher than the neighbours’ median’ never means worse. Neighbours are alike in the "
        "circumstances of their population; that says nothing about how well they do.",
        "Published figures may be rounded, amended later, or of an earlier year.",
    ]
    doubtful = [line.measure.title for line in every if line.measure.confidence != "confirmed"]
    if doubtful:
        lines.append(
            f"Part of the way of counting could not be confirmed for {len(doubtful)} of "
            f"{len(every)} measures. The site’s definitions say what."
        )
    return lines


def _definition(line: Line) -> dict[str, str]:
    return {"title": line.measure.title, "text": line.measure.text}
