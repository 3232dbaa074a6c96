"""A small synthetic workspace, served as ``whatworks up`` does: run by the fixture ``site``.

Arguments: the workspace's folder and the port. Prints the demo sign-ins as one line of JSON.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

COUNCILS, YEARS, SCALE = ("301", "302"), (2024, 2025), 0.25
DECIDING, BEFORE, NEXT = "303", (2023, 2024), 2025
"""A council that decides: its returns to the year before, and the one that is still to come."""


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


def make_deciding(workspace: Path) -> None:
    """A third council with two years; the files of its third wait beside them."""
    from whatworks import returns, synthetic

    store = returns.Store.open(workspace)
    coming = workspace / "coming"
    manifest = synthetic.write(
        coming,
        councils=(DECIDING,),
        first_year=BEFORE[0],
        last_year=NEXT,
        scale=SCALE,
        collections=("ssda903", "cin"),
    )
    for collection, year, folder in manifest.of_council(DECIDING):
        if year in BEFORE:
            returns.load(
                coming / folder, store=store, council=DECIDING, year=year, collection=collection
            )


def people_of_deciding() -> dict[str, list[str]]:
    """Somebody who leads practice there and sends returns in."""
    from whatworks.service.common import actions
    from whatworks.service.common.permissions import RoleName

    place = actions.council_of(code=DECIDING, by="system:test")
    person, password = actions.add_person(
        email="director@demo.example", name="Demo director", by="system:test"
    )
    for role in (RoleName.PRACTICE_LEADER, RoleName.COUNCIL_ANALYST):
        actions.give_role(person=person, organisation=place, name=role, by="system:test")
    return {"Director": [person.email, password]}


def main() -> None:
    """Make, prepare, tell, serve."""
    workspace, port = Path(sys.argv[1]), int(sys.argv[2])
    make(workspace)
    make_deciding(workspace)
    from whatworks.service import running

    people = running.prepare(workspace)
    told = {person.role: [person.email, person.password] for person in people}
    told |= people_of_deciding()
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    running.serve(workspace, port=port)


if __name__ == "__main__":
    main()
