"""``whatworks synth``: returns of councils whose children are invented."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from whatworks.cli.options import JsonOption
from whatworks.cli.output import CouldNot, print_json, results, to_people

if TYPE_CHECKING:
    from whatworks.synthetic import Manifest


def _how_many(text: str) -> int | list[str] | str:
    if text == "all":
        return "all"
    if text.isdigit() and len(text) < 3:
        return int(text)
    codes = _listed(text)
    if codes and all(code.isdigit() and len(code) == 3 for code in codes):
        return codes
    raise CouldNot(
        f"--councils takes a number, three-digit codes with commas, or 'all'; not {text!r}."
    )


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


def _practices(text: str) -> str | list[str]:
    return text if text in ("all", "none") else _listed(text)


def synth(
    out: Annotated[Path, typer.Argument(help="A new or empty folder to write into.")],
    councils: Annotated[
        str,
        typer.Option(
            help="How many councils (the first 12 are a region of all kinds), their three-digit "
            "codes with commas, or 'all' of England."
        ),
    ] = "12",
    first_year: Annotated[
        int, typer.Option(help="First collection year; 2026 ends on 31 March 2026.")
    ] = 2019,
    last_year: Annotated[int, typer.Option(help="Last collection year.")] = 2025,
    seed: Annotated[
        int, typer.Option(help="The same seed gives the same bytes, in however many processes.")
    ] = 1,
    collections: Annotated[
        str,
        typer.Option(
            help="Any of ssda903, cin, csww and annex-a, with commas: children looked after, "
            "children in need, social workers, and the lists that inspectors ask for."
        ),
    ] = "ssda903,cin,csww",
    formats: Annotated[
        str,
        typer.Option(
            help="Of SSDA903, with commas: csv, xml, csv-zip, xml-zip. The others have one form."
        ),
    ] = "csv",
    practices: Annotated[
        str,
        typer.Option(
            help="Invented practices to plant, whose effects truth.json tells: 'all', 'none', or "
            "ids with commas."
        ),
    ] = "all",
    errors: Annotated[
        float,
        typer.Option(help="Recording errors for each row, all listed in errors.json; 0 for none."),
    ] = 0.002,
    scale: Annotated[
        float, typer.Option(help="Children looked after for each one published.")
    ] = 1.0,
    need_share: Annotated[
        float,
        typer.Option(
            help="Share of the children in need but never looked after who are invented. 1 gives "
            "a CIN census of full size, some 50 MB a council and 7 years."
        ),
    ] = 0.06,
    processes: Annotated[
        int | None,
        typer.Option(help="How many processes to work in; if not said, as many as are worth it."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write the returns that real councils would send of invented children and social workers.

    OUT gets a folder for each council and, beside these, manifest.json (every file), truth.json
    (what is true, and what was planted) and errors.json (errors made on purpose). --json prints
    what was asked for, how much was written, and where the manifest is.
    """
    from whatworks import synthetic

    with _bar() as bar:
        task = bar.add_task("Inventing children", total=None)

        def tell(done: int, total: int, text: str) -> None:
            bar.update(task, completed=done, total=total, description=text)

        try:
            manifest = synthetic.write(
                out,
                councils=_how_many(councils),
                first_year=first_year,
                last_year=last_year,
                seed=seed,
                formats=_listed(formats),
                collections=_listed(collections),
                practices=_practices(practices),
                errors=errors,
                scale=scale,
                need_share=need_share,
                processes=processes,
                progress=tell,
            )
        except (synthetic.NotWritten, OSError, ValueError) as error:
            raise CouldNot(str(error)) from error
    if as_json:
        print_json(manifest.summary())
    else:
        _tell(out, manifest)


def _tell(out: Path, manifest: Manifest) -> None:
    results.print(
        f"Wrote {manifest.n_returns:,} returns of {len(manifest.councils)} councils to {out} "
        f"({manifest.n_files:,} files, {manifest.n_bytes / 1e6:,.0f} MB). "
        "Every child in them is invented.",
        markup=False,
    )
    to_people.print(
        f"{manifest.n_errors:,} recording errors were made on purpose: {out / 'errors.json'}. "
        f"What is true, and what was planted: {out / 'truth.json'}.",
        markup=False,
    )


def _bar() -> Progress:
    """Progress with time left, on standard error; silent where that is not a terminal."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=to_people,
        speed_estimate_period=120,
    )
