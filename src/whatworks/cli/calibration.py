"""``whatworks calibration``: how close invented children are to England's published figures."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import JsonOption
from whatworks.cli.output import ATTENTION, CouldNot, print_json, results, table, to_people

if TYPE_CHECKING:
    from whatworks.synthetic.calibration import Calibration

MOST_SHOWN = 40
"""Misses that are printed for people; --json and --page have them all."""


def calibration(
    out: Annotated[Path, typer.Argument(help="A folder that 'whatworks synth' wrote.")],
    as_json: JsonOption = False,
    page: Annotated[
        Path | None, typer.Option("--page", help="Write the whole report as one HTML file.")
    ] = None,
) -> None:
    """Set what was invented beside England's published figures: targets, misses, everything.

    Exit status 1 where a target is missed, 2 where OUT is no finished synthetic folder.
    """
    from whatworks.synthetic import calibration as station

    try:
        found = station.compare(station.read(out))
    except station.NotFinished as error:
        raise CouldNot(str(error)) from error
    if page is not None:
        _write(page, station.page(found))
        to_people.print(f"Wrote {page}.", markup=False)
    if as_json:
        print_json(found.as_dict())
    else:
        _tell(found)
    if found.missed:
        raise typer.Exit(ATTENTION)


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as error:
        raise CouldNot(f"{page} cannot be written: {error.strerror}.") from error


def _tell(found: Calibration) -> None:
    from whatworks.synthetic.calibration.sheets import apart, how_met, may_be, number, when

    table(
        "Targets",
        ("target", "asked", "found", "result"),
        [(one.text, one.asked, one.found or one.why, how_met(one.met)) for one in found.targets],
    )
    results.print()
    misses = found.misses
    if misses:
        table(
            f"Figures outside what is allowed ({len(misses):,})",
            ("area", "year", "figure", "produced", "published", "apart", "allowed"),
            [
                (
                    found.name(one.area),
                    when(one.year),
                    one.title,
                    number(one.produced, one.unit),
                    number(one.published, one.unit),
                    apart(one),
                    may_be(one),
                )
                for one in misses[:MOST_SHOWN]
            ],
            numeric=("produced", "published", "apart", "allowed"),
        )
        if len(misses) > MOST_SHOWN:
            results.print(f"... and {len(misses) - MOST_SHOWN:,} more: see --page or --json.")
    else:
        results.print("No figure lies outside what is allowed.")
    for note in found.notes:
        to_people.print(f"Note: {note}", markup=False)
