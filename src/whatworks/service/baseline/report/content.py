"""What the report says, as plain data for its template: the start page's lines, put for paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from whatworks import __version__
from whatworks.measures.wording import CHANCE
from whatworks.service.baseline.beside import ENGLAND, NEIGHBOURS, place_words
from whatworks.service.baseline.export.gathering import Source, last_received
from whatworks.service.baseline.export.rows import USE
from whatworks.service.baseline.export.sheets import INTERVAL, NO_DIRECTION
from whatworks.service.baseline.number import Told
from whatworks.service.baseline.signalling import KINDS
from whatworks.service.baseline.starting import Brief, Line, Topic, by_topic, moved, notable

INVENTED = "Invented children: no real child is counted here"
TALLEST = 20.0
"""Height of the tallest small bar on the page, which is 1 on paper."""
STANDS_OUT = 9
"""How many measures the first page tells of, beside the number in care."""
PAIRS_TOLD = 2
"""How many of the measures to read it with are told there with their figure."""
_IN_TITLE = "for every 10,000 children"


def content(
    every: Sequence[Line],
    year: int,
    *,
    area: str,
    synthetic: bool,
    sources: Sequence[Source],
    care: Told | None,
) -> dict[str, Any]:
    """Everything the template reads. Heights of bars are shares of the tallest."""
    made = last_received(sources)
    title = f"Where we stand, {year}: {area}"
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
        "warning": _warning(area) if synthetic else "",
        "cover": USE,
        "summary": _summary(every, year),
        "care": _care(care),
        "notable": [_told(line) for line in notable(every, STANDS_OUT)],
        "mind": _mind(),
        "sources": _sources(sources, year),
        "columns": _columns(synthetic=synthetic),
        "topics": [_topic(topic) for topic in by_topic(every)],
        "cautions": _cautions(every),
        "counted": f"In the words of each definition, by whatworks {__version__}. The site shows "
        "for each measure what it counts, a worked example, what was left out, and what could not "
        "be confirmed.",
    }


def _warning(area: str) -> str:
    return (
        f"Do not compare {area} with its neighbours here. All children and workers counted from "
        "its returns are invented; the council’s name is real. Figures of its neighbours, its "
        "region and England are real, published figures. How far they lie apart says nothing "
        f"about the real {area}."
    )


def _columns(*, synthetic: bool) -> list[str]:
    ours, real = (" (invented)", " (real)") if synthetic else ("", "")
    return [
        "Measure",
        f"Figure{ours}",
        "95% interval",
        "Years",
        "How it moved",
        f"Neighbours’ median{real}",
        f"Region{real}",
        f"England{real}",
        "Among the neighbours",
    ]


def _summary(every: Sequence[Line], year: int) -> str:
    found = moved(every)
    said = f"{found.figures} of {found.measures} measures have a figure for {year}: "
    said += f"{found.before or 'none'} changed clearly since the year before, "
    said += f"{found.first or 'none'} since the first year that is loaded."
    if found.signals:
        said += (
            f" In {found.signals} the change may be one of recording or of threshold, not of care."
        )
    return said


def _care(care: Told | None) -> list[str]:
    return [] if care is None else [care.lede, care.sentence]


def _told(line: Line) -> dict[str, str]:
    """One of the things that stand out: what was seen, how it moved, and what to keep in mind."""
    said = [line.own.sentence.replace(CHANCE, "95% interval:"), line.change.words]
    mind = [f"{KINDS[s.kind]}: {s.text}" for s in line.signals]
    if line.pairs:
        pairs = "; ".join(_pair(pair) for pair in line.pairs[:PAIRS_TOLD])
        mind.append(f"Read with {pairs}.")
    elif line.measure.caveats:
        mind.append(line.measure.caveats[0])
    return {"title": line.measure.title, "said": " ".join(said), "mind": " ".join(mind)}


def _pair(pair: Brief) -> str:
    if pair.own.reason:
        return f"‘{pair.measure.title}’: no figure"
    unit = f" {pair.own.unit}" if pair.own.unit and pair.own.unit != _IN_TITLE else ""
    moved_words = pair.change.words.rstrip(".")
    return (
        f"‘{pair.measure.title}’: {pair.own.text}{unit} (interval {pair.own.interval}; "
        f"{moved_words[:1].lower()}{moved_words[1:]})"
    )


def _mind() -> str:
    return (
        "A clear change is one where the intervals of two years do not overlap. It is not proof "
        "that practice made it. Most care rates have no good direction: more or fewer is not "
        "better or worse in itself."
    )


def _sources(sources: Sequence[Source], year: int) -> str:
    recent = [s for s in sources if str(year) in s.title or str(year - 1) in s.title]
    told = [f"{s.title} (received {s.received.day} {s.received:%B %Y})" for s in recent]
    earlier = len(sources) - len(recent)
    return "; ".join([*told, f"{earlier} returns of other years"] if earlier else told)


def _topic(topic: Topic) -> dict[str, Any]:
    return {
        "title": topic.title,
        "blocks": [
            {
                "rows": [_row(line) for line in block.lines],
                "pairs": _named(block.pairs, len(block.lines)),
            }
            for block in topic.blocks
        ],
        "absent": [
            {"reason": one.reason, "titles": "; ".join(m.title for m in one.measures) + "."}
            for one in topic.absent
        ],
    }


def _named(pairs: Sequence[Brief], lines: int) -> str:
    """What is read with the measures above: their figures stand in their own rows."""
    if not pairs:
        return ""
    titles = "; ".join(pair.measure.title for pair in pairs)
    return f"Read {'it' if lines == 1 else f'these {lines}'} with: {titles}."


def _row(line: Line) -> dict[str, Any]:
    own, direction = line.own, line.measure.direction
    said = _IN_TITLE in line.measure.title or own.unit == line.measure.whole
    return {
        "title": line.measure.title,
        "note": f"{direction} is usually better" if direction else "",
        "signals": " ".join(f"{KINDS[s.kind]}: {s.text}" for s in line.signals),
        "figure": own.text,
        "unit": "" if said else own.unit,
        "interval": own.interval,
        "bars": [
            {"height": None if b.height is None else b.height / TALLEST, "here": b.here}
            for b in line.change.bars
        ],
        "change": line.change.words.replace(" than in ", " than ").rstrip("."),
        **_around(line),
    }


def _around(line: Line) -> dict[str, Any]:
    """Neighbours' median, region and England as written, and the place among the neighbours."""
    if line.beside is None:
        return {"published": None, "place": ""}
    held = {one.of: one.text for one in line.beside.figures}
    region = next((text for of, text in held.items() if of not in (NEIGHBOURS, ENGLAND)), "")
    place = place_words(line.measure, line.own, line.beside)
    if line.beside.later and f" in {line.beside.year}" not in place:
        place = f"{place} (published for {line.beside.year})".strip()
    return {"published": [held[NEIGHBOURS], region, held.get(ENGLAND, "")], "place": place}


def _cautions(every: Sequence[Line]) -> list[str]:
    lines = [
        INTERVAL,
        "‘Clearly higher’ and ‘clearly lower’ set two years beside each other: their intervals do "
        "not overlap. ‘No clear change’ does not mean that nothing changed.",
        NO_DIRECTION.partition(" The sheet")[0],
        "‘Higher than 7 of 10’ is the place of the figure among the neighbours, and chance may "
        "have put it there; ‘interval above median’ says that the whole interval lies above theirs."
        " Neither means better or worse. Neighbours are alike in the circumstances of their "
        "population; that says nothing about how well they do.",
        "Published figures may be rounded, amended later, or of an earlier year.",
    ]
    doubtful = [line.measure.title for line in every if line.measure.confidence != "confirmed"]
    if doubtful:
        lines.append(
            f"Part of the way of counting could not be confirmed for {len(doubtful)} of "
            f"{len(every)} measures. The site’s definitions say what."
        )
    return lines
