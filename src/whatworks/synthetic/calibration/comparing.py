"""Setting what a synthetic region produced beside what is published, figure by figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from whatworks import reference
from whatworks.synthetic.calibration import tolerances
from whatworks.synthetic.calibration.model import (
    ENGLAND,
    LEFT_OUT,
    TOGETHER,
    Calibration,
    Figure,
)
from whatworks.synthetic.calibration.national import national
from whatworks.synthetic.calibration.publication import Cell, Publication
from whatworks.synthetic.calibration.record import Record, record
from whatworks.synthetic.calibration.research import reentry
from whatworks.synthetic.calibration.targets import targets
from whatworks.synthetic.calibration.wanted import (
    LOOKED_AFTER,
    SECTIONS,
    WANTED,
    Source,
    Wanted,
)
from whatworks.synthetic.calibration.whole import Whole, wholes


def compare(truth: Mapping[str, Any] | Record) -> Calibration:
    """Set every figure of a synthetic region beside the published one.

    Args:
        truth: what truth.json holds, or a record of it.

    Returns:
        The targets, and every figure of every council, of England (or of the councils written,
        taken together) and every year, each with what it was held to or why it was not.

    Raises:
        NotFinished: ``truth`` does not hold what it should.
    """
    known = truth if isinstance(truth, Record) else record(truth)
    publication = Publication(float(known.world["scale"]))
    whole = wholes(known, publication)
    found: list[Figure] = []
    for wanted in WANTED:
        found += _of_councils(wanted, known, publication)
        found += _of_whole(wanted, known, whole, publication)
    found += national(known, whole, publication)
    found += reentry(known)
    found = _planted_apart(found, known)
    found.sort(key=_order)
    world = dict(known.world) | {"england": all(one.england for one in whole.values())}
    return Calibration(
        world,
        dict(known.names),
        tuple(targets(found, whole, known)),
        tuple(found),
        known.planted,
        tuple(_notes(known, whole, publication)),
    )


_PLACES = {ENGLAND: 0, TOGETHER: 1}


def _order(figure: Figure) -> tuple[Any, ...]:
    """England first, then councils by code; then section. Sorting keeps the order within."""
    return (_PLACES.get(figure.area, 2), figure.area, SECTIONS.index(figure.section))


def produced(
    wanted: Wanted, rows: Iterable[Mapping[str, float]], need_share: float = 1.0
) -> tuple[float | None, str]:
    """A figure of these council-years together; None, with the reason, where there is none.

    Where only a share of the children in need but never looked after was invented, each of them
    counts as many times more.
    """
    top = over = 0.0
    held = [row for row in rows if has(wanted.source, row)]
    if not held:
        return None, _NOT_COUNTED[wanted.source]
    for row in held:
        top += sum(_weighed(row, key, need_share) for key in wanted.top)
        over += sum(_weighed(row, key, need_share) for key in wanted.over)
    if not wanted.over:
        return top * wanted.times, ""
    if not over:
        return None, "Nobody was produced of whom this would be a share."
    return top / over * wanted.times, ""


def _weighed(row: Mapping[str, float], key: str, need_share: float) -> float:
    n = row.get(key, 0)
    if need_share >= 1 or not key.startswith("need/"):
        return n
    around = row.get(f"need_around_care/{key.removeprefix('need/')}", 0)
    return around + (n - around) / need_share


def has(source: Source, row: Mapping[str, float]) -> bool:
    """Whether a council-year has figures of this kind.

    A council may have social workers on 30 September before it has had a year of children, and
    the other way round in its last year.
    """
    if source == "care":
        return LOOKED_AFTER in row
    return any(key.startswith(f"{source}/") for key in row)


def counted(source: Source, known: Record) -> bool:
    """Whether what a figure is made of was counted anywhere in the region."""
    if source == "care":
        return True
    if source == "need" and not float(known.world["need_share"]):
        return False
    return any(has(source, row) for row in known.tallies.values())


_NOT_THERE = "The council did not exist at the end of that year."
_NOT_COUNTED = {
    "care": _NOT_THERE,
    "need": "The census of children in need was not counted for this region.",
    "workforce": "No workforce census of that year was written.",
}
_SOME_IN_NEED = (
    "Of the children in need who were never looked after only a share of {:g} was invented; each "
    "counts {:.1f} times, so that figures of children in need are estimates."
)
_NONE_IN_NEED = "No children in need were invented but those looked after (need_share 0)."


def _figure(
    wanted: Wanted,
    area: str,
    year: int,
    *,
    rows: Sequence[Mapping[str, float]],
    beside: Cell,
    need_share: float,
) -> Figure:
    if wanted.source == "need" and not need_share:
        value, why = None, _NONE_IN_NEED
    else:
        value, why = produced(wanted, rows, need_share)
    one = Figure(
        wanted.key,
        wanted.section,
        wanted.title,
        area,
        year,
        wanted.unit,
        value,
        beside.value,
        why=beside.note,
    )
    if value is None:
        return one.without(why)
    return one if beside.value is not None else one.without(beside.why)


def _of_councils(wanted: Wanted, known: Record, publication: Publication) -> Iterator[Figure]:
    share = float(known.world["need_share"])
    if not counted(wanted.source, known):
        return  # the line of all councils together says so once
    for (code, year), row in known.tallies.items():
        beside = publication.beside(wanted, code, year)
        one = _figure(wanted, code, year, rows=[row], beside=beside, need_share=share)
        if wanted.judge == "steered" and one.published:
            one = one.judged(tolerances.of_council(one.published))
        elif wanted.judge == "steered" and one.published == 0:
            one = one.without("The published number is nought.")
        yield one
    yield from _not_yet(wanted, known)


def _not_yet(wanted: Wanted, known: Record) -> Iterator[Figure]:
    """Years asked for in which a council did not exist."""
    if wanted.judge != "steered":
        return
    for code in known.world["councils"]:
        for year in known.world["years"]:
            if (code, year) not in known.tallies:
                yield Figure(
                    wanted.key, wanted.section, wanted.title, code, year, wanted.unit, None, None
                ).without(_NOT_THERE)


def _of_whole(
    wanted: Wanted, known: Record, whole: Mapping[int, Whole], publication: Publication
) -> Iterator[Figure]:
    share = float(known.world["need_share"])
    for year, one in whole.items():
        rows = [known.tallies[code, year] for code in one.councils]
        beside = publication.whole(wanted, one)
        figure = _figure(wanted, one.area, year, rows=rows, beside=beside, need_share=share)
        if one.england and figure.published is not None:
            figure = _held(figure, wanted, beside, share if wanted.source == "need" else 1.0)
        yield figure


def _held(figure: Figure, wanted: Wanted, beside: Cell, drawn: float) -> Figure:
    """Held to what is allowed of England; ``drawn``: the share of children who were invented."""
    value = figure.published or 0.0
    if wanted.judge == "steered":
        return figure.judged(tolerances.of_england(value))
    if wanted.judge == "share":
        n = beside.n * drawn if beside.n else None
        return figure.judged(tolerances.of_share(value, n, beside.rounding))
    if wanted.judge == "value":
        return figure.judged(max(tolerances.SHARE * value, beside.rounding / 2))
    return figure


def _planted_apart(found: Iterable[Figure], known: Record) -> list[Figure]:
    """Where practices act, figures deviate on purpose and are held to nothing."""
    if not known.since:
        return list(found)
    first = min(known.since.values())
    kept = []
    for figure in found:
        if figure.state != LEFT_OUT and known.deviates(figure.area, figure.year):
            names = ", ".join(known.planted[figure.area])
            why = f"Practices planted here act since {known.since[figure.area]}: {names}."
            kept.append(figure.without(why))
        elif (
            figure.state != LEFT_OUT and figure.area == ENGLAND and (figure.year or first) >= first
        ):
            kept.append(replace(figure, allowed=None, state="information", why=_DEVIATES))
        else:
            kept.append(figure)
    return kept


_DEVIATES = "Practices are planted in some councils, so the whole deviates on purpose."


def _notes(known: Record, whole: Mapping[int, Whole], publication: Publication) -> Iterator[str]:
    if known.planted:
        names = ", ".join(
            f"{known.names.get(code, code)} since {known.since[code]}" for code in known.planted
        )
        yield (
            f"Planted practices act in {len(known.planted)} councils, which from then on deviate "
            "on purpose and are held to nothing; neither is England. Read this report on a region "
            f"written with --practices none. The councils: {names}."
        )
    if not all(one.england for one in whole.values()):
        yield (
            f"Only {len(known.councils)} councils were written, so nothing is said of England: "
            "shares are those of these councils, beside England's, for information."
        )
    absent = sorted({code for one in whole.values() if one.england for code in one.absent})
    if absent:
        names = ", ".join(reference.council(code).name for code in absent)
        yield (
            "Councils that have since been reorganised are not written for the years in which "
            f"they existed ({names}); England's published numbers of those years are shown less "
            "theirs."
        )
    if publication.scale != 1:
        yield (
            f"The region was written with {publication.scale:g} children for each one published; "
            "published numbers are shown times that."
        )
    share = float(known.world["need_share"])
    if 0 < share < 1 and counted("need", known):
        yield _SOME_IN_NEED.format(share, 1 / share)
