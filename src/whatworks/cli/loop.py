"""``whatworks loop``: one practice, all the way round."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import DEMO_WORKSPACE, JsonOption, WorkspaceOption
from whatworks.cli.output import ATTENTION, CouldNot, print_json, results, to_people
from whatworks.cli.rollout import open_service

if TYPE_CHECKING:
    from whatworks.service.loop.lines import Turn


def loop(
    workspace: WorkspaceOption = DEMO_WORKSPACE,
    practice: Annotated[
        str | None, typer.Option(help="Which practice; the one with most adopters if left out.")
    ] = None,
    council: Annotated[
        str | None,
        typer.Option(help="A council that does not use it; the first by code if left out."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Under each line, where its numbers come from.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Turn the loop once: from loaded returns to a rated answer, a decision and its result."""
    open_service(workspace)
    from whatworks.service.loop.turning import NotTurned, turn

    try:
        found = turn(practice=practice, council=council, by="system:command-line")
    except NotTurned as error:
        raise CouldNot(str(error)) from error
    if json:
        print_json(found)
    else:
        _tell(found, explain=explain)
    if found.needs_attention:
        raise typer.Exit(ATTENTION)


def _tell(found: Turn, *, explain: bool) -> None:
    for number, line in enumerate(found.lines, start=1):
        mark = {"done": " ", "attention": "!", "not yet": "-"}[line.state]
        results.print(f"{number:>2} {mark} {line.step}: {line.text}", markup=False)
        if explain:
            for because in line.because:
                results.print(f"      {because}", markup=False)
    if not explain:
        to_people.print("Add --explain to see where each number comes from.")
