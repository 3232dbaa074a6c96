"""What is new, read from the change log that comes with the software."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
PLACES = (PACKAGE / "CHANGELOG.md", PACKAGE.parents[1] / "CHANGELOG.md")


@dataclass(frozen=True)
class Change:
    """One entry: what it is about (may be empty) and what changed."""

    title: str
    text: str


@dataclass(frozen=True)
class Release:
    """One version's changes."""

    name: str
    changes: tuple[Change, ...]


@cache
def releases() -> tuple[Release, ...]:
    """The releases, newest first; none where the change log did not come along."""
    found = next((place for place in PLACES if place.is_file()), None)
    return parse(found.read_text("utf-8")) if found else ()


def parse(text: str) -> tuple[Release, ...]:
    """Read ``## version`` headings and ``- **Title.** text`` entries that may run over lines."""
    made: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("## "):
            made.append((line[3:].strip(), []))
        elif line.startswith("- ") and made:
            made[-1][1].append(line[2:].strip())
        elif line.startswith("  ") and line.strip() and made and made[-1][1]:
            made[-1][1][-1] += f" {line.strip()}"
    return tuple(
        Release(name, tuple(_change(entry) for entry in entries)) for name, entries in made
    )


def _change(entry: str) -> Change:
    match = re.fullmatch(r"\*\*(.+?)\.?\*\*\s*(.*)", entry)
    title, text = match.groups() if match else ("", entry)
    return Change(title, text.replace("`", "").replace("**", ""))
