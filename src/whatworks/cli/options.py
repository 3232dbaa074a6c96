"""Options that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

JsonOption = Annotated[
    bool,
    typer.Option("--json", help="Print one JSON document on standard output and nothing else."),
]
WorkspaceOption = Annotated[
    Path,
    typer.Option(
        "--workspace",
        "-w",
        envvar="WHATWORKS_WORKSPACE",
        help="The folder that holds submissions and the service's database.",
    ),
]
CouncilOption = Annotated[
    str | None,
    typer.Option(
        "--council", "-c", help="The council's three-digit code. Needed where files do not say it."
    ),
]
YearOption = Annotated[
    int | None,
    typer.Option(
        "--year",
        "-y",
        help="The collection year: 2026 ends on 31 March 2026 (csww: 30 September 2026). Found in "
        "the data where not given.",
    ),
]
CollectionOption = Annotated[
    str | None,
    typer.Option(
        "--collection",
        help="ssda903, cin or csww, found in the files where not given; annex_a or ssd, which come "
        "month by month.",
    ),
]
MonthOption = Annotated[
    str | None,
    typer.Option(
        "--month",
        help="The month that Annex A lists or the Standard Safeguarding Dataset tell of, as "
        "2025-09: its last day.",
    ),
]
AsAtOption = Annotated[
    str | None,
    typer.Option("--as-at", help="The very day that they tell of, as 2025-09-30, if another."),
]
DEFAULT_WORKSPACE = Path("workspace")
DEMO_WORKSPACE = Path("demo")
"""Where ``whatworks up`` invents children: never the folder that real returns go to unasked."""
