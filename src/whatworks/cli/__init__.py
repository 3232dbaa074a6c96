"""The command line: one module a station, thin over the functions that the service calls too.

Exit status: 0 done; 1 done, and something needs attention; 2 could not be done. With ``--json``
standard output holds one JSON document and nothing else; messages and progress go to standard
error.
"""

from __future__ import annotations

import sys

import typer

from whatworks.cli import (
    admin,
    calibration,
    evidence,
    loop,
    measures,
    returns,
    rollout,
    running,
    synth,
)
from whatworks.cli.output import CouldNot, refuse

app = typer.Typer(
    name="whatworks",
    help="From a council's statutory return to a rated answer on what helps children.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help reads well aloud and in a narrow window
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(returns.app, name="returns")
app.add_typer(measures.app, name="measures")
app.add_typer(evidence.app, name="evidence")
app.add_typer(rollout.app, name="rollout")
app.add_typer(admin.app, name="admin")
app.command("synth")(synth.synth)
app.command("calibration")(calibration.calibration)
app.command("loop")(loop.loop)
app.command("up")(running.up)
app.command("serve")(running.serve)


@app.callback(invoke_without_command=True)
def _version(version: bool = typer.Option(False, "--version", help="Print the version.")) -> None:
    if version:
        from whatworks import __version__

        sys.stdout.write(f"whatworks {__version__}\n")
        raise typer.Exit


def main() -> None:
    """Run the command line; anything its user can put right is one plain message and exit 2."""
    from whatworks.returns.model import ReturnsError

    try:
        app()
    except (ReturnsError, CouldNot) as error:
        refuse(str(error))
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
