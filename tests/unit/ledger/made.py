"""A ledger of a few events, and how somebody could alter it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from whatworks import ledger
from whatworks.ledger.dialects import SQLITE

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TRIGGERS = {name: sql for kind, name, sql in SQLITE.objects if kind == "trigger"}


def written(path: Path | str = ":memory:", n: int = 5) -> sqlite3.Connection:
    """A ledger of n events."""
    connection = sqlite3.connect(path, isolation_level=None)
    with ledger.writing(connection):
        ledger.ensure(connection)
        for number in range(n):
            ledger.append(
                connection,
                kind="plan.agreed",
                by=f"person:{number}",
                subject=f"plan:{number}",
                data={"n": number, "why": "né"},
                at=NOON + timedelta(minutes=number),
            )
    return connection


def tamper(connection: sqlite3.Connection, *statements: str) -> None:
    """Alter a ledger as somebody with the file in their hands could, and cover the tracks."""
    for name in TRIGGERS:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    for sql in TRIGGERS.values():
        connection.execute(sql)
