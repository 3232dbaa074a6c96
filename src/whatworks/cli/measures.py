"""``whatworks measures``: list, show, run, compare."""

from __future__ import annotations

from typing import Annotated, Any

import polars as pl
import typer

from whatworks.cli.options import (
    DEFAULT_WORKSPACE,
    CouncilOption,
    JsonOption,
    WorkspaceOption,
    YearOption,
)
from whatworks.cli.output import CouldNot, print_json, results, table

app = typer.Typer(
    help="Count and compare: where are we now?", no_args_is_help=True, rich_markup_mode=None
)

NamesArgument = Annotated[
    list[str] | None, typer.Argument(help="Measures; all where none is named.")
]


_SUMS = ("numerator", "denominator")


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Figures as records: numbers of people as whole numbers, sums of amounts as they are."""
    return [
        {
            name: int(value) if name in _SUMS and value is not None and value % 1 == 0 else value
            for name, value in row.items()
        }
        for row in frame.to_dicts()
    ]


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """List the measures."""
    from whatworks import measures

    documents = measures.documentation()
    if as_json:
        print_json(documents)
        return
    table(
        f"{len(documents)} measures",
        ["name", "what it says"],
        [(doc["name"], doc["title"]) for doc in documents],
    )


@app.command()
def show(name: str, as_json: JsonOption = False) -> None:
    """Show how a measure is counted, and which published figure it mirrors."""
    from whatworks import measures

    found = [doc for doc in measures.documentation() if doc["name"] == name]
    if not found:
        raise CouldNot(
            f"There is no measure called {name!r}: 'whatworks measures list' lists them."
        )
    if as_json:
        print_json(found[0])
        return
    for key, value in found[0].items():
        results.print(f"{key.replace('_', ' ').capitalize()}: {value}", markup=False)


@app.command()
def run(
    names: NamesArgument = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    council: CouncilOption = None,
    year: YearOption = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", help="Break down by this; repeatable.")
    ] = None,
    engine: Annotated[str, typer.Option(help="polars or spark.")] = "polars",
    as_json: JsonOption = False,
) -> None:
    """Count measures over the kept returns."""
    from whatworks import measures, returns

    store = returns.Store.open(workspace)
    try:
        frame = measures.run(
            store, names or None, council=council, year=year, by=tuple(by or ()), engine=engine
        )
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    if frame.is_empty():
        raise CouldNot("No return that is kept here can be counted for that.")
    if as_json:
        print_json(_rows(frame))
        return
    if store.synthetic:
        results.print("Every child and worker counted here is invented.")
    columns = [c for c in frame.columns if c != "reason"]
    numeric = [c for c in columns if frame.schema[c].is_numeric() and c != "year"]
    shown = [[row[c] for c in columns] for row in _rows(frame)]
    table(f"{frame.height} figures", columns, shown, numeric=numeric)
    _say_other_years(frame)
    for row in frame.filter(frame["value"].is_null()).to_dicts():
        results.print(
            f"{row['measure']} {row['council']} {row['year']}: {row['reason']}", markup=False
        )


@app.command()
def compare(
    name: str,
    council: CouncilOption = None,
    among: Annotated[
        str | None,
        typer.Option(
            "--among",
            help="Compare councils of a workspace of invented children: their codes with commas, "
            "or all.",
        ),
    ] = None,
    across: Annotated[
        bool, typer.Option("--across", help="Published figures of every council of England.")
    ] = False,
    adjust: Annotated[
        list[str] | None,
        typer.Option("--adjust", help="With --among: allow for this breakdown; repeatable."),
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    year: YearOption = None,
    as_json: JsonOption = False,
) -> None:
    """Set a council's own figure beside the published ones, or many councils beside one another."""
    from whatworks import measures, returns
    from whatworks.cli import fairness

    if sum((council is not None, among is not None, across)) != 1:
        raise CouldNot("Say one of --council CODE, --among CODES (or all), --across.")
    if adjust and among is None:
        raise CouldNot("--adjust goes with --among: published figures cannot be adjusted.")
    if among is not None:
        fairness.among(name, among, workspace, year, adjust or (), as_json)
        return
    if council is None:
        fairness.across(name, year, as_json)
        return
    store = returns.Store.open(workspace)
    try:
        own = measures.run(store, [name], council=council, year=year)
        if own.is_empty():
            raise CouldNot(f"No kept return of {council} can be counted for {name}.")
        latest = year if year is not None else max(own["year"])
        published = measures.published(name, council, latest)
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    own = own.filter(own["year"] == latest)
    if as_json:
        print_json(
            {
                "measure": name,
                "council": council,
                "year": latest,
                "own": _rows(own),
                "published": published,
            }
        )
        return
    if store.synthetic:
        results.print("The own figure counts invented people; the published ones are real.")
    table("Own figure", own.columns, [list(row.values()) for row in _rows(own)])
    _say_other_years(own)
    table("Published", published.columns, published.rows())


@app.command()
def course(
    name: str,
    council: Annotated[
        str, typer.Option("--council", "-c", help="The council's three-digit code.")
    ],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    year: YearOption = None,
    by: Annotated[str | None, typer.Option("--by", help="Break down by this.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Follow children over time: how many had, say, come back into care by each month."""
    from whatworks import measures, returns
    from whatworks.measures.courses_defined import course_named
    from whatworks.measures.sourcing import Sources

    store = returns.Store.open(workspace)
    try:
        journeys = Sources(store, council).of(course_named(name).collection)
        frame = measures.course(journeys, name, year=year, by=by)
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    if frame.is_empty():
        raise CouldNot("No returns that are kept here can be followed for that.")
    if as_json:
        print_json(frame)
        return
    if store.synthetic:
        results.print("Every child followed here is invented.")
    main = frame.filter(pl.col("cause") == course_named(name).main.name)
    for row in main.filter(pl.col("months") % 12 == 0, pl.col("months") > 0).to_dicts():
        group = f"{row[by]}: " if by else ""
        results.print(f"{group}{measures.course_in_words(name, row)}", markup=False)
    shown = frame.filter(pl.col("months") % 6 == 0).drop("reason")
    numeric = [c for c in shown.columns if shown.schema[c].is_numeric()]
    table(f"{name}, every six months", shown.columns, shown.rows(), numeric=numeric)


@app.command()
def linking(
    council: Annotated[
        str, typer.Option("--council", "-c", help="The council's three-digit code.")
    ],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    as_json: JsonOption = False,
) -> None:
    """Show how children in care were found among children in need, by year."""
    from whatworks import measures, returns

    try:
        frame = measures.linking(returns.Store.open(workspace), council)
    except measures.MeasureError as error:
        raise CouldNot(str(error)) from error
    if as_json:
        print_json(frame)
        return
    for text in frame.filter(pl.col("n_children") > 0)["text"].unique(maintain_order=True):
        results.print(text, markup=False)
    shown = frame.drop("text")
    table(
        "Children in care found in the census", shown.columns, shown.rows(), numeric=["n_children"]
    )


def _say_other_years(frame: pl.DataFrame) -> None:
    """Say what a year is, where measures of the workforce census stand beside others."""
    from whatworks import measures

    if any(measures.get(name).collection == "csww" for name in frame["measure"].unique()):
        results.print(
            "Years of social workers end on 30 September of the year named, all others on 31 March."
        )
