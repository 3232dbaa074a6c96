"""The calibration as one page of HTML that needs nothing beside it: no script, no style sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from whatworks import reference
from whatworks.synthetic.calibration.model import (
    ENGLAND,
    MISS,
    TOGETHER,
    Calibration,
    Figure,
    Target,
)
from whatworks.synthetic.calibration.sheets import (
    CouncilLine,
    Row,
    Sheet,
    apart,
    council_lines,
    how_met,
    may_be,
    number,
    sheets,
    when,
)

TITLE = "How close invented children are to England"
ABOUT = (
    "Every child behind these figures is invented. Each produced figure is counted from the "
    "invented lives; beside it is the published one. A figure is within where the two are no "
    "further apart than allowed, outside where they are; figures that are only shown are held to "
    "nothing."
)
_STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #0b0c0c; background: #fff; margin: 0; }
main, header, footer { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
a { color: #1a65a6; } a:focus, summary:focus, [tabindex]:focus
{ outline: 3px solid #0b0c0c; outline-offset: 2px; background: #ffdd00; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: bold; padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
 border-bottom: 1px solid #b1b4b6; }
td.n, th.n { text-align: right; white-space: nowrap; }
td small { display: block; color: #505a5f; }
td.outside { background: #fdf0ee; } td.outside small, .missed { color: #942514; font-weight: bold; }
.met { color: #005a30; font-weight: bold; }
.note { border-left: .5rem solid #1a65a6; padding: .25rem 1rem; }
.missed-note { border-color: #942514; }
summary { cursor: pointer; padding: .25rem 0; }
svg { display: block; }
footer { overflow-wrap: anywhere; }
"""


def page(calibration: Calibration) -> str:
    """The whole calibration as HTML: targets, misses, England, then every council."""
    body = "".join(
        (
            _head(calibration),
            _targets(calibration.targets),
            _misses(calibration),
            _england(calibration),
            _councils(calibration),
        )
    )
    source = escape(reference.attribution()).replace("\n", "<br>")
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{TITLE}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<main>\n{body}</main>\n<footer><h2>Sources</h2><p>{source}</p></footer>\n"
        "</body>\n</html>\n"
    )


def _head(calibration: Calibration) -> str:
    world = calibration.world
    years = world["years"]
    facts = (
        f"{len(world['councils'])} councils, collection years {years[0]} to {years[-1]}, "
        f"seed {world['seed']}, whatworks {world['version']}."
    )
    notes = "".join(f'<p class="note">{escape(note)}</p>\n' for note in calibration.notes)
    return f"<h1>{TITLE}</h1>\n<p>{ABOUT}</p>\n<p>{escape(facts)}</p>\n{notes}"


def _targets(targets: Sequence[Target]) -> str:
    rows = [
        (
            escape(one.text),
            escape(one.asked),
            escape(one.found or one.why or ""),
            f'<span class="{_class(one.met)}">{how_met(one.met)}</span>',
        )
        for one in targets
    ]
    table = _table(
        "What was asked, and what came of it", ("Target", "Asked", "Found", "Result"), rows
    )
    return f'<h2 id="targets">Targets</h2>\n{table}'


def _class(met: bool | None) -> str:
    return "not-judged" if met is None else "met" if met else "missed"


def _misses(calibration: Calibration) -> str:
    rows = [
        (
            escape(calibration.name(one.area)),
            when(one.year),
            escape(one.title),
            *_right(
                number(one.produced, one.unit),
                number(one.published, one.unit),
                apart(one),
                may_be(one),
            ),
        )
        for one in calibration.misses
    ]
    head = '<h2 id="misses">Figures outside what is allowed</h2>\n'
    if not rows:
        return f"{head}<p>None.</p>\n"
    columns = ("Area", "Year", "Figure", "Produced", "Published", "Apart", "Allowed")
    return head + _table(f"{len(rows):,} figures", columns, rows, right=4)


def _england(calibration: Calibration) -> str:
    parts = []
    for area in (ENGLAND, TOGETHER):
        tables = [_sheet(one) for one in sheets(calibration, area)]
        if tables:
            name = escape(calibration.name(area))
            parts.append(f'<h2 id="{area.lower()}">{name}</h2>\n{_KEY}{"".join(tables)}')
    return "".join(parts)


_KEY = (
    "<p>Each cell gives the produced figure, then the published one. The line beside each row "
    "draws the produced figures over the years, the dashed line the published ones.</p>\n"
)


def _sheet(sheet: Sheet) -> str:
    columns = ("Figure", "Drawn", *(when(year) for year in sheet.years))
    rows = [
        (escape(row.title), drawn(row), *(_cell(one) for one in row.figures)) for row in sheet.rows
    ]
    table = _table(sheet.section, columns, rows, right=len(sheet.years)) if rows else ""
    return table + "".join(
        f"<p>{escape(why)} Not compared: {escape('; '.join(titles))}.</p>\n"
        for why, titles in sheet.left_out
    )


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return '<td class="n">–</td>'
    produced, published = (
        number(value, figure.unit) for value in (figure.produced, figure.published)
    )
    outside = figure.state == MISS
    told = f"{published} published" if figure.published is not None else "not published"
    small = f"<small>{told}{', outside' if outside else ''}</small>"
    return f'<td class="n{" outside" if outside else ""}">{produced}{small}</td>'


def drawn(row: Row, width: int = 96, height: int = 28) -> str:
    """A decorative drawing of a row over its years; the cells beside it say the same."""
    made = [one.produced if one else None for one in row.figures]
    told = [one.published if one else None for one in row.figures]
    known = [value for value in (*made, *told) if value is not None]
    if len(row.figures) < 2 or not known:
        return ""
    low, high = min(0.0, *known), max(known) or 1.0
    step = (width - 4) / (len(row.figures) - 1)

    def path(values: Sequence[float | None]) -> str:
        return " ".join(
            f"{2 + i * step:.0f},{height - 2 - (value - low) / (high - low) * (height - 4):.1f}"
            for i, value in enumerate(values)
            if value is not None
        )

    return (
        f'<svg width="{width}" height="{height}" aria-hidden="true" focusable="false">'
        f'<polyline points="{path(told)}" fill="none" stroke="#505a5f" stroke-width="1.5" '
        'stroke-dasharray="4 3"/>'
        f'<polyline points="{path(made)}" fill="none" stroke="#1a65a6" stroke-width="2"/></svg>'
    )


def _councils(calibration: Calibration) -> str:
    lines = council_lines(calibration)
    rows = [
        (
            f'<a href="#council-{line.code}">{escape(line.name)}</a>',
            *_right(_of(line), *(_error(one) for one in line.errors)),
        )
        for line in lines
    ]
    columns = ("Council", "Within", "Looked after", "Started", "Ceased")
    table = _table("Mean error of each council, and council-years within", columns, rows, right=4)
    return f'<h2 id="councils">Councils</h2>\n{table}' + "".join(
        _council(calibration, line) for line in lines
    )


def _of(line: CouncilLine) -> str:
    return f"{line.within} of {line.judged}" if line.judged else "–"


def _error(value: float | None) -> str:
    return "–" if value is None else f"{value:+.1%}"


def _council(calibration: Calibration, line: CouncilLine) -> str:
    tables = "".join(_sheet(sheet) for sheet in sheets(calibration, line.code))
    planted = (
        f'<p class="note">Practices are planted here: {escape(", ".join(line.planted))}.</p>\n'
        if line.planted
        else ""
    )
    return (
        f'<details id="council-{line.code}"><summary>{escape(line.name)} ({line.code})</summary>\n'
        f"{planted}{tables}</details>\n"
    )


def _right(*cells: str) -> Iterator[str]:
    return (f'<td class="n">{escape(cell)}</td>' for cell in cells)


def _table(
    caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], right: int = 0
) -> str:
    """A table in a region that can be scrolled by keyboard; the last ``right`` columns numeric."""
    numeric = len(columns) - right
    head = "".join(
        f'<th scope="col"{" class=" + chr(34) + "n" + chr(34) if i >= numeric else ""}>'
        f"{escape(column)}</th>"
        for i, column in enumerate(columns)
    )
    body = "".join(f"<tr>{_cells(row)}</tr>\n" for row in rows)
    label = escape(caption, quote=True)
    return (
        f'<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>'
        f"<caption>{escape(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}</tbody></table></div>\n"
    )


def _cells(row: Sequence[str]) -> str:
    first, *rest = row
    return f'<th scope="row">{first}</th>' + "".join(
        cell if cell.startswith("<td") else f"<td>{cell}</td>" for cell in rest
    )
