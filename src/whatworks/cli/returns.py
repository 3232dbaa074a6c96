"""``whatworks returns``: check, load, rules, diff, submissions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import typer

from whatworks.cli.options import (
    DEFAULT_WORKSPACE,
    AsAtOption,
    CollectionOption,
    CouncilOption,
    JsonOption,
    MonthOption,
    WorkspaceOption,
    YearOption,
)
from whatworks.cli.output import ATTENTION, CouldNot, print_json, results, table, to_people
from whatworks.cli.returns_shown import print_check, print_notes, print_rule
from whatworks.returns.model import FAILED, CheckResult, Submission

app = typer.Typer(
    help="Read, check and keep statutory returns.", no_args_is_help=True, rich_markup_mode=None
)

PathsArgument = Annotated[
    list[Path],
    typer.Argument(
        help="CSV or XML files (monthly inputs: CSV or xlsx), a zip of them, or a folder.",
        show_default=False,
    ),
]


@contextmanager
def _busy(text: str) -> Iterator[None]:
    with to_people.status(text) if to_people.is_terminal else _nothing():
        yield


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def _refuse_missing(paths: list[Path]) -> None:
    """A path that was typed must be there: a return without it would take the whole one's place."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        raise CouldNot(f"There is no {' and no '.join(missing)}: check the path. Nothing was done.")


@app.command()
def check(
    paths: PathsArgument,
    collection: CollectionOption = None,
    year: YearOption = None,
    council: CouncilOption = None,
    previous: Annotated[
        list[Path] | None, typer.Option("--previous", help="Last year's files, to compare with.")
    ] = None,
    rule: Annotated[
        list[str] | None, typer.Option("--rule", help="Only this rule; repeatable.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option("--csv", help="Write every finding to this CSV file.")
    ] = None,
    month: MonthOption = None,
    as_at: AsAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a return without keeping it."""
    from whatworks import returns
    from whatworks.returns import report

    _refuse_missing([*paths, *(previous or [])])
    with _busy("Reading and checking ..."):
        result = returns.check(
            [str(path) for path in paths],
            collection=collection,
            year=year,
            council=council,
            previous=[str(path) for path in previous] if previous else None,
            rules=rule,
            month=month,
            as_at=as_at,
        )
    if csv is not None:
        try:
            csv.write_text(report.findings_csv(result), encoding="utf-8")
        except OSError as error:
            raise CouldNot(f"{csv} could not be written: {error.strerror}.") from error
    if as_json:
        print_json(
            {
                "collection": result.collection,
                "year": result.year,
                "council": result.council,
                "files": result.files,
                "problems": result.problems,
                "rules": result.rules,
                "findings": result.findings,
            }
        )
    else:
        print_check(result)
    raise typer.Exit(ATTENTION if _needs_attention(result) else 0)


def _needs_attention(result: CheckResult) -> bool:
    failed = result.rules.filter((pl.col("state") == FAILED) & (pl.col("severity") == "error"))
    return failed.height > 0 or result.problems.height > 0


@app.command()
def load(
    paths: PathsArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    collection: CollectionOption = None,
    year: YearOption = None,
    council: CouncilOption = None,
    invented: Annotated[
        bool,
        typer.Option(
            "--invented",
            help="The people in it are invented. A new workspace is then for them alone.",
        ),
    ] = False,
    month: MonthOption = None,
    as_at: AsAtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read a return and keep it in the workspace, as it was sent."""
    from whatworks import returns

    _refuse_missing(paths)
    store = returns.Store.open(workspace, create=True, synthetic=True if invented else None)
    if store.synthetic and not invented:
        raise CouldNot(
            f"{workspace} is for invented children, and a real child's record must never be mixed "
            "with them. Name another folder with --workspace, or say --invented if these children "
            "are invented too."
        )
    with _busy("Reading and keeping ..."):
        kept = returns.load(
            [str(path) for path in paths],
            store=store,
            council=council,
            year=year,
            collection=collection,
            month=month,
            as_at=as_at,
            invented=invented,
        )
    if as_json:
        print_json(_submission(kept))
    else:
        print_notes(kept.notes)
        if kept.already_stored:
            results.print(
                f"These files are already kept as submission {kept.id}: nothing was changed."
            )
            if kept.superseded_by:
                results.print(
                    f"A later return, {kept.superseded_by}, still takes its place: 'whatworks "
                    f"returns use {kept.id}' makes this one count again."
                )
        else:
            rows = ", ".join(f"{name} {n:,}" for name, n in kept.n_rows.items())
            results.print(f"Kept as submission {kept.id}: {rows}.")
            if kept.supersedes:
                results.print(f"It takes the place of {kept.supersedes}, which stays readable.")
                lost = kept.lacks(store.submission(kept.supersedes))
                if lost:
                    results.print(f"Mind: that one had {', '.join(lost)}; this one has not.")
        if kept.n_problems:
            results.print(
                f"{kept.n_problems:,} cells or rows could not be read: "
                "'whatworks returns check' lists them."
            )
    raise typer.Exit(ATTENTION if kept.n_problems else 0)


def _submission(kept: Submission) -> dict[str, Any]:
    return {
        "id": kept.id,
        "council": kept.council,
        "collection": kept.collection,
        "year": kept.year,
        "as_at": kept.as_at,
        "received_at": kept.received_at,
        "received_by": kept.received_by,
        "files": kept.files,
        "rows": kept.n_rows,
        "n_problems": kept.n_problems,
        "reader_version": kept.reader_version,
        "supersedes": kept.supersedes,
        "superseded_by": kept.superseded_by,
        "already_stored": kept.already_stored,
        "again_of": kept.again_of,
        "notes": kept.notes,
    }


@app.command()
def submissions(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    council: CouncilOption = None,
    collection: CollectionOption = None,
    year: YearOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Also those that a later one replaced.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List what the workspace keeps."""
    from whatworks import returns

    store = returns.Store.open(workspace)
    kept = store.submissions(council=council, collection=collection, year=year, current=not every)
    if as_json:
        print_json([_submission(one) for one in kept])
        return
    if not kept:
        results.print("Nothing is kept here yet: 'whatworks returns load' keeps a return.")
        return
    table(
        f"{len(kept)} submissions",
        ["council", "collection", "year", "month", "received", "rows", "unreadable", "submission"],
        [
            (
                one.council,
                one.collection,
                one.year,
                one.month or "",
                f"{one.received_at:%Y-%m-%d %H:%M}",
                sum(one.n_rows.values()),
                one.n_problems,
                one.id + ("" if one.current else " (replaced)"),
            )
            for one in kept
        ],
        numeric=["rows", "unreadable"],
    )


@app.command()
def use(
    submission: Annotated[str, typer.Argument(help="Which: 'submissions --all' lists them.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_json: JsonOption = False,
) -> None:
    """Make a return count again that a later one replaced. Both stay readable."""
    from whatworks import returns

    kept = returns.Store.open(workspace).use_again(submission)
    if as_json:
        print_json(_submission(kept))
        return
    results.print(f"{submission} counts again, as submission {kept.id}.")
    results.print(f"It takes the place of {kept.supersedes}, which stays readable.")


@app.command("rules")
def rules_(
    collection: CollectionOption = None,
    year: YearOption = None,
    number: Annotated[
        str | None, typer.Argument(help="One rule, shown whole with its examples.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the rules, or show one with its worked examples."""
    from whatworks.returns.rules import documentation

    documents = [
        doc
        for doc in documentation(collection, year=year)
        if number is None or doc["rule"] == number
    ]
    if number is not None and not documents:
        raise CouldNot(
            f"There is no rule {number} here: 'whatworks returns rules' lists those there are."
        )
    if as_json:
        print_json(documents)
        return
    if number is None:
        table(
            f"{len(documents)} rules",
            ["collection", "rule", "severity", "years", "what it finds"],
            [
                (d["collection"], d["rule"], d["severity"], d["years"], d["sentence"])
                for d in documents
            ],
        )
        return
    for doc in documents:
        print_rule(doc)


@app.command()
def diff(
    first: Annotated[int, typer.Argument(help="The earlier collection year.")],
    second: Annotated[int, typer.Argument(help="The later collection year.")],
    collection: Annotated[
        str, typer.Option("--collection", help="ssda903, cin or csww.")
    ] = "ssda903",
    as_json: JsonOption = False,
) -> None:
    """What changed between two collection years: columns, codes and rules."""
    from whatworks.returns.changes import between_years

    changes = between_years(collection, first, second)
    if as_json:
        print_json(changes)
        return
    if changes.is_empty():
        results.print(
            f"Nothing known here changed in {collection.upper()} between {first} and {second}."
        )
        return
    table(
        f"{collection.upper()}: from {first} to {second}",
        ["what", "change", "name", "meaning"],
        changes.select("kind", "change", "name", "meaning").rows(),
    )
