"""A small synthetic workspace, served as ``whatworks up`` does: run by the fixture ``site``.

Arguments: the workspace's folder and the port. Prints the demo sign-ins as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

COUNCILS, YEARS, SCALE = ("301", "302"), (2024, 2025), 0.25


def make(workspace: Path) -> None:
    """Two councils, two years, a quarter of the children."""
    from whatworks import returns, synthetic
    from whatworks.synthetic import calibration

    store = returns.Store.open(workspace, create=True, synthetic=True)
    incoming = workspace / "incoming"
    first, last = YEARS
    manifest = synthetic.write(
        incoming, councils=COUNCILS, first_year=first, last_year=last, seed=1, scale=SCALE
    )
    for code in COUNCILS:
        for collection, year, folder in manifest.of_council(code):
            returns.load(
                incoming / folder,
                store=store,
                council=code,
                year=year,
                collection=collection,
                by="system:test",
            )
    calibration.keep(workspace, [incoming])


def main() -> None:
    """Make, prepare, tell, serve."""
    workspace, port = Path(sys.argv[1]), int(sys.argv[2])
    make(workspace)
    from whatworks.service import running

    people = running.prepare(workspace)
    told = {person.role: [person.email, person.password] for person in people}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    running.serve(workspace, port=port)


if __name__ == "__main__":
    main()
