"""``whatworks admin``: the caretaker's commands."""

from __future__ import annotations

import typer

from whatworks.cli.options import DEFAULT_WORKSPACE, JsonOption, WorkspaceOption
from whatworks.cli.output import ATTENTION, print_json, results, table

app = typer.Typer(help="The caretaker's commands.", no_args_is_help=True, rich_markup_mode=None)


@app.command("verify-ledger")
def verify_ledger(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE, as_json: JsonOption = False
) -> None:
    """Verify every event log and every kept file of a workspace, byte for byte."""
    from whatworks.returns.verifying import verify_workspace

    found = verify_workspace(workspace)
    sound = all(one.ok for one in found)
    if as_json:
        print_json({"ok": sound, "ledgers": found})
    else:
        table(
            "Ledgers",
            ["where", "events", "state", "reason"],
            [
                (one.name, one.n_events, "sound" if one.ok else "ALTERED", one.reason or "")
                for one in found
            ],
            numeric=["events"],
        )
        results.print(
            "All sound."
            if sound
            else "Something was altered: keep the folder as it is and ask for help."
        )
    raise typer.Exit(0 if sound else ATTENTION)
