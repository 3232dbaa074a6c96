"""Write docs/calibration.md and docs/calibration.csv.gz from a region that 'whatworks synth' wrote.

    whatworks synth OUT --councils all --seed 1 --practices none
    python tools/build_calibration.py OUT docs

The page gives the command, the seed, the targets, every figure outside what is allowed, England's
figures and each council in short; the table behind it holds every figure of every council and
year. Exit status 1 where a target is missed, 2 where OUT is no finished region.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from whatworks import reference
from whatworks.synthetic import calibration
from whatworks.synthetic.calibration import Calibration, Figure
from whatworks.synthetic.calibration.model import ENGLAND, MISS, TOGETHER
from whatworks.synthetic.calibration.page import ABOUT, TITLE
from whatworks.synthetic.calibration.sheets import (
    MARKS,
    Sheet,
    apart,
    council_lines,
    how_met,
    may_be,
    number,
    sheets,
    when,
)
from whatworks.synthetic.setting import choose

COLUMNS = (
    "area", "name", "year", "section", "key", "title", "unit", "produced", "published",
    "difference", "relative", "allowed", "state", "why",
)  # fmt: skip
HOW_JUDGED = """\
- A council's number of a year: within the larger of 10% and 2.5 / √N of the published number N.
  So many invented children as come about by chance scatter by about √N; about 1 in 80 figures lies
  further out by chance alone.
- England's number of a year: within 2%. Where councils of that year have since been reorganised
  and are not written, within 2% of England's number less theirs.
- A share of England's children: within 5% of the published share, or 2.5 / √n of it where the
  published number n is so small that this is more, or half the step to which it was rounded.
- Numbers and averages of children in need and of social workers: within 5%.
- What is not published, suppressed, or of a year in which a council did not exist is named and
  left out. Shares of single councils are shown and not judged.
"""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def command(manifest: dict[str, object]) -> str:
    """The command that writes the same region again, from what its manifest says was asked for."""
    years = manifest["years"]
    every = set(manifest["councils"]) == set(choose("all"))
    options: dict[str, object] = {
        "councils": "all" if every else ",".join(manifest["councils"]),
        "first-year": years[0],
        "last-year": years[-1],
        "seed": manifest["seed"],
    }
    for option, name in (("collections", "collections"), ("practices", "practices")):
        held = manifest.get(name)
        if isinstance(held, (list, str)):
            options[option] = held if isinstance(held, str) else ",".join(held)
    for option, name, usual in (("need-share", "need_share", None), ("scale", "scale", 1.0)):
        if manifest.get(name) not in (usual, None):
            options[option] = manifest[name]
    told = " ".join(f"--{option} {value}" for option, value in options.items())
    return f"whatworks synth OUT {told}"


def _figure(found: Calibration, one: Figure) -> tuple[str, ...]:
    return (
        found.name(one.area),
        when(one.year),
        one.title,
        number(one.produced, one.unit),
        number(one.published, one.unit),
        apart(one),
        may_be(one),
    )


def _sheet(sheet: Sheet) -> str:
    rows = [
        (row.title, *("–" if one is None else _both(one) for one in row.figures))
        for row in sheet.rows
    ]
    table = _table((sheet.section, *(when(year) for year in sheet.years)), rows) if rows else ""
    told = [f"\n{why} Not compared: {'; '.join(titles)}.\n" for why, titles in sheet.left_out]
    return table + "".join(told) + "\n"


def _both(one: Figure) -> str:
    published = f" ({number(one.published, one.unit)})" if one.published is not None else ""
    text = f"{number(one.produced, one.unit)}{published}"
    return f"**{text}**" if one.state == MISS else text


def _england(found: Calibration) -> str:
    parts = []
    for area in (ENGLAND, TOGETHER):
        made = sheets(found, area)
        if made:
            parts.append(f"## {found.name(area)}\n\nProduced (published); **outside** is bold.\n\n")
            parts += [_sheet(sheet) for sheet in made]
    return "".join(parts)


def _councils(found: Calibration) -> str:
    def percent(value: float | None) -> str:
        return "–" if value is None else f"{value:+.1%}"

    rows = [
        (line.name, f"{line.within} of {line.judged}", *(percent(one) for one in line.errors))
        for line in council_lines(found)
    ]
    head = "## Councils in short\n\nCouncil-years within what is allowed, and mean errors.\n\n"
    return head + _table(("Council", "Within", "Looked after", "Started", "Ceased"), rows)


def document(found: Calibration, made_by: str) -> str:
    """The page, as Markdown."""
    world = found.world
    targets = [
        (one.text, one.asked, one.found or one.why or "", how_met(one.met)) for one in found.targets
    ]
    misses = [_figure(found, one) for one in found.misses]
    columns = ("Area", "Year", "Figure", "Produced", "Published", "Apart", "Allowed")
    notes = "".join(f"> {note}\n\n" for note in found.notes)
    return (
        f"# {TITLE}\n\n"
        "<!-- made by tools/build_calibration.py; do not edit -->\n\n"
        f"```\n{made_by}\npython tools/build_calibration.py OUT docs\n```\n\n"
        f"Seed {world['seed']}, whatworks {world['version']}: {len(world['councils'])} councils, "
        f"collection years {world['years'][0]} to {world['years'][-1]}. {ABOUT}\n\n"
        "Every figure of every council and year is in `calibration.csv.gz` beside this page.\n\n"
        f"{notes}"
        f"## Targets\n\n{_table(('Target', 'Asked', 'Found', 'Result'), targets)}\n"
        f"## What is held to what\n\n{HOW_JUDGED}\n"
        f"## Figures outside what is allowed\n\n{len(misses):,} figures.\n\n"
        f"{_table(columns, misses) if misses else ''}\n"
        f"{_england(found)}"
        f"{_councils(found)}\n"
        f"## Sources\n\n{reference.attribution().replace(chr(10), '  ' + chr(10))}\n"
    )


def rows(found: Calibration) -> bytes:
    """Every figure, as the same bytes whenever it is made."""
    text = io.StringIO()
    out = csv.writer(text, lineterminator="\n")
    out.writerow(COLUMNS)
    for one in found.figures:
        values = (one.produced, one.published, one.difference, one.relative, one.allowed)
        produced, published, *others = ("" if v is None else f"{v:.6g}" for v in values)
        year = "" if one.year is None else one.year
        state = MARKS[one.state]
        out.writerow(
            [one.area, found.name(one.area), year, one.section, one.key, one.title, one.unit,
             produced, published, *others, state, one.why or ""]
        )  # fmt: skip
    return gzip.compress(text.getvalue().encode(), mtime=0)


def main(arguments: Sequence[str]) -> int:
    """Write both documents."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    out, folder = Path(arguments[0]), Path(arguments[1])
    try:
        found = calibration.compare(calibration.read(out))
    except calibration.NotFinished as error:
        sys.stderr.write(f"{error}\n")
        return 2
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "calibration.md").write_text(document(found, command(manifest)), encoding="utf-8")
    (folder / "calibration.csv.gz").write_bytes(rows(found))
    for target in found.missed:
        sys.stderr.write(f"Missed: {target.text}: {target.found}\n")
    return 1 if found.missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
