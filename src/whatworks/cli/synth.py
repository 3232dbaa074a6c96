"""``whatworks synth``: returns of councils whose children are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.options import JsonOption
from whatworks.cli.output import CouldNot, print_json, progress, results


def _how_many(text: str) -> int | list[str] | str:
    if text == "all":
        return "all"
    if text.isdigit() and len(text) < 3:
        return int(text)
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if codes and all(code.isdigit() and len(code) == 3 for code in codes):
        return codes
    raise CouldNot(
        f"--councils takes a number, three-digit codes with commas, or 'all'; not {text!r}."
    )


def synth(
    out: Annotated[Path, typer.Argument(help="A new or empty folder to write into.")],
    councils: Annotated[
        str, typer.Option(help="How many councils, or their codes with commas.")
    ] = "12",
    first_year: Annotated[int, typer.Option(help="First collection year.")] = 2019,
    last_year: Annotated[int, typer.Option(help="Last collection year.")] = 2025,
    seed: Annotated[int, typer.Option(help="The same seed gives the same children.")] = 1,
    formats: Annotated[str, typer.Option(help="csv, xml or both with a comma.")] = "csv",
    as_json: JsonOption = False,
) -> None:
    """Write SSDA903 and CIN returns of real councils' codes with invented children."""
    from whatworks import synthetic

    with progress() as bar:
        task = bar.add_task("Inventing children", total=1)

        def tell(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=text)

        try:
            manifest = synthetic.write(
                out,
                councils=_how_many(councils),
                first_year=first_year,
                last_year=last_year,
                seed=seed,
                formats=tuple(formats.split(",")),
                progress=tell,
            )
        except (synthetic.NotOurs, ValueError) as error:
            raise CouldNot(str(error)) from error
    if as_json:
        print_json(manifest)
    else:
        results.print(f"Wrote {out}. Every child in it is invented.")
