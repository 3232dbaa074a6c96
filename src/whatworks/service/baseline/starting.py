"""The start page: every measure in a line, by topic, and what a reader picks out of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from whatworks import measures
from whatworks.measures import Signal
from whatworks.measures.definition import TOPICS, Measure, Pillar
from whatworks.service.baseline import beside, changing, searching, signalling
from whatworks.service.baseline.beside import Beside
from whatworks.service.baseline.changing import Change
from whatworks.service.baseline.years import all_years, reopened, returns_held
from whatworks.service.common.writing import Own, own

if TYPE_CHECKING:
    from whatworks.returns import Store

PILLARS: tuple[str, ...] = get_args(Pillar)
CHANGES: Mapping[str, str] = {
    "before": "Clear change since the year before",
    "first": "Clear change since the first year",
    "signal": "May be a change of recording or threshold",
}
"""What 'what changed' can be asked for -> how it is worded."""


@dataclass(frozen=True)
class Brief:
    """One measure in one year: its figure and how it moved."""

    measure: Measure
    own: Own
    change: Change
    largest: float


@dataclass(frozen=True)
class Line:
    """One measure as the start page shows it.

    ``pairs`` are read together with it; ``twins`` count the same as a number, a rate or a share.
    """

    brief: Brief
    beside: Beside | None
    compared: str
    signals: tuple[Signal, ...]
    pairs: tuple[Brief, ...]
    twins: tuple[Measure, ...] = ()

    @property
    def measure(self) -> Measure:
        """What the line is about."""
        return self.brief.measure

    @property
    def own(self) -> Own:
        """The council's own figure."""
        return self.brief.own

    @property
    def change(self) -> Change:
        """How the figure moved."""
        return self.brief.change


@dataclass(frozen=True)
class Absent:
    """Measures that have no figure in a year, all for the same reason."""

    reason: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True)
class Block:
    """Lines one after another that are read together with the same measures, said once."""

    lines: tuple[Line, ...]
    pairs: tuple[Brief, ...]

    @property
    def read_with(self) -> str:
        """Which measures the pairs are read with, by name."""
        titles = [f"‘{line.measure.title}’" for line in self.lines]
        return f"{', '.join(titles[:-1])} and {titles[-1]}" if len(titles) > 1 else titles[0]


@dataclass(frozen=True)
class Topic:
    """The measures of one topic: those with a figure, and those without."""

    key: str
    title: str
    lines: tuple[Line, ...]
    absent: tuple[Absent, ...]

    @property
    def changed(self) -> int:
        """How many of the figures have moved by more than chance."""
        return sum(line.change.clear for line in self.lines)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The lines with a figure, put together where they share what is read with them."""
        by_pairs = groupby(self.lines, key=lambda line: [p.measure.name for p in line.pairs])
        found = [tuple(lines) for _, lines in by_pairs]
        return tuple(Block(lines, lines[0].pairs) for lines in found)


@dataclass(frozen=True)
class Asked:
    """What a reader picked out; empty for everything."""

    topic: str = ""
    pillar: str = ""
    changed: str = ""
    words: str = ""

    @property
    def anything(self) -> bool:
        """Whether anything was picked at all."""
        return bool(self.topic or self.pillar or self.changed or self.words)


def asked(given: Mapping[str, str]) -> Asked:
    """What the form asks for; what it does not offer counts as not asked."""
    return Asked(
        topic=_among(given.get("topic", ""), TOPICS),
        pillar=_among(given.get("pillar", ""), PILLARS),
        changed=_among(given.get("changed", ""), CHANGES),
        words=" ".join(given.get("q", "").split())[:200],
    )


def _among(value: str, offered: Iterable[str]) -> str:
    return value if value in offered else ""


def lines(store: Store, council: str, year: int) -> tuple[Line, ...]:
    """Every measure of one year in its order."""
    return _lines(store.path, council, returns_held(store, council), year)


@lru_cache(maxsize=64)
def _lines(workspace: Path, council: str, held: tuple[str, ...], year: int) -> tuple[Line, ...]:
    """Kept in memory: ``held`` says all that decides the figures."""
    del held
    frame = all_years(reopened(workspace), council)
    rows: dict[str, list[Own]] = {}
    for row in frame.iter_rows(named=True):
        rows.setdefault(row["measure"], []).append(own(row))
    briefs = {name: _brief(name, rows[name], year) for name in measures.names()}
    around = beside.beside(council, year)
    marks = signalling.by_measure(frame, year)
    return tuple(
        Line(
            brief,
            around.get(name),
            beside.compared_words(brief.measure, brief.own, around.get(name)),
            marks.get(name, ()),
            _pairs(brief.measure, briefs),
            twins(brief.measure),
        )
        for name, brief in briefs.items()
    )


def _brief(name: str, rows: Sequence[Own], year: int) -> Brief:
    now = next(row for row in rows if row.year == year)
    tops = [row.high if row.high is not None else row.value for row in rows]
    return Brief(
        measures.get(name),
        now,
        changing.change(rows, year),
        max((top for top in tops if top is not None), default=0.0),
    )


def _pairs(measure: Measure, briefs: Mapping[str, Brief]) -> tuple[Brief, ...]:
    """All that a figure with no good direction is read with, in the order its definition has.

    What tells whether children are safe, such as coming back into care or section 47 enquiries,
    often has no good direction itself, and stands here all the same.
    """
    if measure.direction is not None:
        return ()
    return tuple(briefs[name] for name in measure.pairs_with if name in briefs)


@cache
def twins(measure: Measure) -> tuple[Measure, ...]:
    """The measures that count the same rows in another way, such as a number and its rate."""
    return tuple(
        other
        for other in map(measures.get, measures.names())
        if other is not measure
        and (other.collection, other.view) == (measure.collection, measure.view)
        and other.numerator is measure.numerator
        and other.of_amounts == measure.of_amounts
    )


def picked(every: Iterable[Line], wanted: Asked) -> tuple[Line, ...]:
    """The lines that are asked for; of words, those that have them in the title come first."""
    chosen = [
        line
        for line in every
        if wanted.topic in ("", line.measure.topic)
        and wanted.pillar in ("", line.measure.pillar)
        and _changed(line, wanted.changed)
    ]
    if not wanted.words:
        return tuple(chosen)
    places = {line.measure.name: searching.place(line.measure, wanted.words) for line in chosen}
    hit = [line for line in chosen if places[line.measure.name] is not None]
    return tuple(sorted(hit, key=lambda line: places[line.measure.name] or 0))


def _changed(line: Line, kind: str) -> bool:
    return {
        "": True,
        "before": bool(line.change.since_before),
        "first": bool(line.change.since_first),
        "signal": bool(line.signals),
    }[kind]


def by_place(chosen: Iterable[Line], words: str) -> tuple[Topic, ...]:
    """The lines under where the words of a search were found, the titles first."""
    found: dict[int, list[Line]] = {}
    for line in chosen:
        found.setdefault(searching.place(line.measure, words) or 0, []).append(line)
    return tuple(_topic(f"found_{at}", searching.PLACES[at], found[at]) for at in sorted(found))


def by_topic(chosen: Iterable[Line]) -> tuple[Topic, ...]:
    """The lines under their topics, in order; topics of which nothing is left are left out."""
    found: dict[str, list[Line]] = {}
    for line in chosen:
        found.setdefault(line.measure.topic, []).append(line)
    return tuple(_topic(key, TOPICS[key], found[key]) for key in TOPICS if key in found)


def _topic(key: str, title: str, lines: Sequence[Line]) -> Topic:
    return Topic(
        key,
        title,
        tuple(line for line in lines if not line.own.reason),
        _absent(line for line in lines if line.own.reason),
    )


def _absent(without: Iterable[Line]) -> tuple[Absent, ...]:
    reasons: dict[str, list[Measure]] = {}
    for line in without:
        reasons.setdefault(line.own.reason, []).append(line.measure)
    return tuple(Absent(reason, tuple(found)) for reason, found in reasons.items())


def notable(every: Sequence[Line], most: int = 8) -> tuple[Line, ...]:
    """What stands out: clear changes since the year before, grave signals, then older changes.

    What counts the same as something that is there already, such as its rate, is not said twice.
    """
    changed = [line for line in every if line.change.since_before]
    flagged = [line for line in every if any(s.grave for s in line.signals)]
    older = [line for line in every if line.change.since_first]
    found: dict[str, Line] = {}
    for line in (*changed, *flagged, *older):
        if not any(twin.name in found for twin in line.twins):
            found.setdefault(line.measure.name, line)
    return tuple(found.values())[:most]


@dataclass(frozen=True)
class Moved:
    """How many measures stand, and how many of them moved."""

    measures: int
    figures: int
    before: int
    first: int
    signals: int


def moved(every: Sequence[Line]) -> Moved:
    """A summary of all lines."""
    return Moved(
        len(every),
        sum(not line.own.reason for line in every),
        *(sum(_changed(line, kind) for line in every) for kind in ("before", "first", "signal")),
    )
