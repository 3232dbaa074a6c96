"""What the command line prints: one JSON document, or tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

DONE, ATTENTION, COULD_NOT = 0, 1, 2

to_people = Console(stderr=True, highlight=False, soft_wrap=True)
results = Console(highlight=False, width=None if sys.stdout.isatty() else 160)


class CouldNot(Exception):
    """A command could not be done; its text says why and what to do."""


def refuse(message: str) -> NoReturn:
    """Say why it could not be done, on standard error, and leave with 2."""
    sys.stderr.write(f"{message}\n")
    raise SystemExit(COULD_NOT)


def _plain(value: Any) -> Any:
    if isinstance(value, pl.DataFrame):
        return value.to_dicts()
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item) for item in value]
    return value


def _last_resort(value: object) -> object:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"no JSON form for {type(value).__name__}")


def print_json(document: Any) -> None:
    """Print one JSON document on standard output. Frames become lists of records."""
    json.dump(_plain(document), sys.stdout, default=_last_resort, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return str(value)


def table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    numeric: Iterable[str] = (),
) -> None:
    """Print a table for people on standard output."""
    right = set(numeric)
    grid = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for column in columns:
        grid.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        grid.add_row(*(_shown(value) for value in row))
    results.print(grid)


def progress() -> Progress:
    """A progress bar on standard error, silent when that is not a terminal."""
    return Progress(
        TextColumn("[progress.description]{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:.0f} of {task.total:.0f}"),
        TimeElapsedColumn(),
        console=to_people,
    )
