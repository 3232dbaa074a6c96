"""``whatworks rollout``: practices, and what adopting one did where returns are loaded."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from whatworks.cli.options import DEMO_WORKSPACE, JsonOption, WorkspaceOption
from whatworks.cli.output import ATTENTION, CouldNot, print_json, results

if TYPE_CHECKING:
    from whatworks.service.loop.analysing import Analysed

app = typer.Typer(
    name="rollout",
    help="Practices, and what adopting one did.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def open_service(workspace: Path) -> None:
    """Open the service over a workspace. Raises CouldNot where there is none."""
    if not (workspace / "workspace.json").is_file():
        raise CouldNot(
            f"{workspace} is not a workspace: 'whatworks returns load' or 'whatworks up' makes one."
        )
    from whatworks.service import running

    running.prepare_database(workspace)


@app.command("practices")
def practices(workspace: WorkspaceOption = DEMO_WORKSPACE, json: JsonOption = False) -> None:
    """List the practices that are known here, and how many councils say that they use each."""
    open_service(workspace)
    from whatworks.service.rollout import queries

    known = [(one, queries.adoptions(one.id)) for one in queries.practices()]
    if json:
        print_json([{**asdict(one), "adopted": adopted} for one, adopted in known])
        return
    for one, adopted in known:
        mark = " (invented)" if one.invented and "invented" not in one.name else ""
        told = f"{one.id:<34} {one.need:<16} {len(adopted):>3} councils  {one.name}{mark}"
        results.print(told, markup=False)


@app.command("estimate")
def estimate(
    practice: Annotated[str, typer.Argument(help="Its id, as 'rollout practices' gives it.")],
    workspace: WorkspaceOption = DEMO_WORKSPACE,
    json: JsonOption = False,
) -> None:
    """Estimate what adopting a practice did, from loaded returns alone; file it as a study."""
    open_service(workspace)
    from whatworks.service.loop.analysing import analyse
    from whatworks.service.rollout import queries

    known = {one.id: one for one in queries.practices()}
    if practice not in known:
        raise CouldNot(f"There is no practice {practice!r}. Known: {', '.join(sorted(known))}.")
    found = analyse(known[practice], by="system:command-line")
    if json:
        print_json(_document(found))
    else:
        _tell(found)
    grave = any(warned.grave for one in found.effects for warned in one.warnings)
    if found.could_not or grave:
        raise typer.Exit(ATTENTION)


def _document(found: Analysed) -> dict[str, Any]:
    return {
        "practice": found.practice.id,
        "adopted": found.adopted,
        "effects": found.effects,
        "could_not": found.could_not,
        "study": found.study.id if found.study else None,
    }


def _tell(found: Analysed) -> None:
    from whatworks.service.loop.saying import effect_line, safety_line

    for one in found.effects:
        line = (effect_line if one.measure in found.practice.outcomes else safety_line)(one)
        results.print(f"{line.step}: {line.text}", markup=False)
        for because in line.because:
            results.print(f"    {because}", markup=False)
    for measure, reason in found.could_not.items():
        results.print(f"{measure}: cannot be told. {reason}", markup=False)
