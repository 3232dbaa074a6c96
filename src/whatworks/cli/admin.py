"""``whatworks admin``: the caretaker's commands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.options import DEFAULT_WORKSPACE, CouncilOption, JsonOption, WorkspaceOption
from whatworks.cli.output import ATTENTION, CouldNot, print_json, results, table

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


EmailArgument = Annotated[str, typer.Argument(help="The address the person signs in with.")]


@contextmanager
def _plainly(workspace: Path) -> Iterator[None]:
    """A refusal is one plain message; a folder that is no workspace is refused first."""
    from whatworks import returns
    from whatworks.service.people import CannotDo

    returns.Store.open(workspace)
    try:
        yield
    except CannotDo as error:
        raise CouldNot(str(error)) from error


@app.command("add-person")
def add_person(
    email: EmailArgument,
    name: Annotated[str, typer.Option(help="The person's name.")],
    role: Annotated[
        str,
        typer.Option(
            help="council-analyst, practice-leader, centre-reviewer or centre-statistician."
        ),
    ],
    council: CouncilOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Let a person sign in, or give one who does another role."""
    from whatworks.service import people

    with _plainly(workspace):
        password = people.add(workspace, email=email, name=name, role=role, council=council)
    if password:
        results.print(f"{email} can sign in. First password, shown once: {password}", markup=False)
    else:
        results.print(f"{email} could sign in already and now has the role {role}.", markup=False)


@app.command("new-password")
def new_password(email: EmailArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Give a person who forgot theirs a new password."""
    from whatworks.service import people

    with _plainly(workspace):
        password = people.new_password(workspace, email=email)
    results.print(f"New password of {email}, shown once: {password}", markup=False)


@app.command("close-account")
def close_account(email: EmailArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Let a person sign in no more."""
    from whatworks.service import people

    with _plainly(workspace):
        people.close(workspace, email=email)
    results.print(f"{email} can sign in no more.", markup=False)


@app.command("people")
def people_(workspace: WorkspaceOption = DEFAULT_WORKSPACE, as_json: JsonOption = False) -> None:
    """List who can sign in, and their roles."""
    from whatworks.service import people

    with _plainly(workspace):
        found = people.everyone(workspace)
    if as_json:
        print_json(
            [
                {"email": email, "name": name, "roles": roles, "may_sign_in": active}
                for email, name, roles, active in found
            ]
        )
        return
    rows = [(email, name, roles, "yes" if active else "no") for email, name, roles, active in found]
    table(f"{len(rows)} people", ["email", "name", "roles", "may sign in"], rows)
