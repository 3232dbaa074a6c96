"""Write the pages that are generated from definitions: rules, measures, repairs, the command line.

Usage: python tools/build_docs.py FOLDER
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

GENERATED = "<!-- generated from the definitions by `make docs`; do not edit -->\n\n"


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _example(example: dict[str, Any]) -> str:
    year = f" ({example['year']})" if example["year"] else ""
    parts = [f"*{example['title']}*{year}\n"]
    for table in example["tables"]:
        rows = [
            (row["row"], *row["cells"], "**fails**" if row["fails"] else "")
            for row in table["rows"]
        ]
        parts.append(f"{table['name']}:\n\n" + _table(["row", *table["columns"], ""], rows))
    return "\n".join(parts)


def rules_page(collection: str, title: str) -> str:
    """Every rule of a collection, with its worked examples."""
    from whatworks.returns.rules import documentation

    parts = [f"# Rules of the {title}\n"]
    for rule in documentation(collection):
        parts.append(
            f"## {rule['rule']}\n\n{rule['sentence']}\n\n"
            f"- How to put it right: {rule['remedy']}\n"
            f"- Severity: {rule['severity']}; years: {rule['years']}\n"
            f"- Reads: {', '.join(rule['reads'])}\n"
            f"- How sure we are: {rule['confidence']}. {rule['note']}\n\n"
            + "\n".join(_example(example) for example in rule["examples"])
        )
    return "\n".join(parts)


def measures_page() -> str:
    """Every measure as it is counted."""
    from whatworks import measures

    parts = ["# Measures\n"]
    for doc in measures.documentation():
        parts.append(f"## {doc['title']}\n\n`{doc['name']}`: {doc['text']}\n")
        rows = [
            ("Numerator", doc["numerator"]),
            ("Denominator", doc["denominator"]),
            ("Clock", doc["clock"]),
            ("Interval", doc["interval"]),
            ("Direction", doc["direction_words"]),
            ("Broken down by", ", ".join(one["title"].lower() for one in doc["breakdowns"])),
            ("How sure we are", doc["confidence"]),
        ]
        parts.append(_table(["", ""], rows))
        for heading, key in (("Mind", "caveats"), ("Not confirmed", "unconfirmed")):
            if doc[key]:
                parts.append(f"{heading}:\n\n" + "\n".join(f"- {line}" for line in doc[key]) + "\n")
        for mirror in doc["mirrors"]:
            differences = "".join(f"\n- {line}" for line in mirror["differences"])
            parts.append(f"Mirrors: {mirror['title']}. It differs so:\n{differences}\n")
    return "\n".join(parts)


def repairs_page() -> str:
    """What is done when returns contradict one another."""
    from whatworks.journeys.need_repairs import NEED_REPAIRS
    from whatworks.journeys.repairs import REPAIRS

    rows = [(repair.name, repair.effect, repair.text) for repair in (*REPAIRS, *NEED_REPAIRS)]
    head = "# What is done when returns contradict one another\n\n"
    return (
        head
        + "In this order; each is counted.\n\n"
        + _table(["name", "effect", "what is done"], rows)
    )


def command_page() -> str:
    """The command line, as its own help gives it."""
    import typer.main

    from whatworks.cli import app

    root = typer.main.get_command(app)
    parts = ["# The command line\n"]
    groups = [("whatworks", root)]
    while groups:
        name, command = groups.pop(0)
        with command.make_context(name, [], resilient_parsing=True) as context:
            help_text = command.get_help(context)
        parts.append(f"## {name}\n\n```\n{help_text.strip()}\n```\n")
        inner = getattr(command, "commands", {})
        groups = [(f"{name} {key}", value) for key, value in inner.items()] + groups
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> int:
    """Write every page into the folder named."""
    if len(arguments) != 1:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    pages = {
        "rules-ssda903.md": rules_page("ssda903", "SSDA903 return"),
        "rules-cin.md": rules_page("cin", "CIN census"),
        "rules-csww.md": rules_page("csww", "workforce census"),
        "measures.md": measures_page(),
        "repairs.md": repairs_page(),
        "command-line.md": command_page(),
    }
    for name, text in pages.items():
        (folder / name).write_text(GENERATED + text, encoding="utf-8")
        sys.stderr.write(f"wrote {folder / name}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
