"""The two databases that a ledger can live in, and what differs between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from whatworks.ledger.events import LedgerError

COLUMNS = ("sequence", "format", "at", "kind", "actor", "subject", "data", "previous", "hash")
TABLE = "ledger_event"
REFUSAL = "the ledger is append-only"
_LOCK = 0x77776C67  # 'wwlg': PostgreSQL's advisory locks are known by number


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    def execute(self, sql: str, parameters: Any = ..., /) -> Any: ...
    def fetchone(self) -> Any: ...
    def fetchall(self) -> Any: ...
    def fetchmany(self, size: int = ..., /) -> Any: ...
    def close(self) -> Any: ...


class Connection(Protocol):
    """What is used of a DB-API connection (or of Django's wrapper around one)."""

    def cursor(self) -> Any: ...


@dataclass(frozen=True)
class Dialect:
    """How to speak to one kind of database. ``objects``: (type, name, SQL) in order of making."""

    name: str
    mark: str
    objects: tuple[tuple[str, str, str], ...]
    lock: str

    @property
    def insert(self) -> str:
        """Statement that adds one event; nine parameters in the order of COLUMNS."""
        marks = ", ".join([self.mark] * len(COLUMNS))
        return f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({marks})"


_SQLITE_TABLE = f"""CREATE TABLE {TABLE} (
    sequence INTEGER PRIMARY KEY,
    format INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    data TEXT NOT NULL,
    previous TEXT NOT NULL,
    hash TEXT NOT NULL
)"""

# INSERT OR REPLACE deletes without firing the trigger on DELETE, so insertion is guarded too.
_SQLITE_INSERT = f"""CREATE TRIGGER ledger_event_in_order BEFORE INSERT ON {TABLE}
WHEN NEW.sequence IS NOT (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
  OR NEW.previous IS NOT COALESCE(
    (SELECT hash FROM {TABLE} ORDER BY sequence DESC LIMIT 1), '{"0" * 64}')
BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""


def _sqlite_refusal(what: str) -> tuple[str, str, str]:
    name = f"ledger_event_no_{what.lower()}"
    return (
        "trigger",
        name,
        f"CREATE TRIGGER {name} BEFORE {what} ON {TABLE} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    )


SQLITE = Dialect(
    name="sqlite",
    mark="?",
    objects=(
        ("table", TABLE, _SQLITE_TABLE),
        ("trigger", "ledger_event_in_order", _SQLITE_INSERT),
        _sqlite_refusal("UPDATE"),
        _sqlite_refusal("DELETE"),
    ),
    # Deletes nothing, but takes SQLite's write lock before the head is read.
    lock=f"DELETE FROM {TABLE} WHERE 0",
)

_PG_TABLE = f"""CREATE TABLE {TABLE} (
    sequence bigint PRIMARY KEY,
    format integer NOT NULL,
    at text NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    subject text NOT NULL,
    data text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
)"""
PG_COLUMNS = (
    "sequence bigint, format integer, at text, kind text, actor text, subject text, "
    "data text, previous text, hash text"
)
PG_REFUSE_BODY = f"BEGIN RAISE EXCEPTION '{REFUSAL}'; END"
PG_ORDER_BODY = f"""BEGIN
IF NEW.sequence IS DISTINCT FROM (SELECT COALESCE(MAX(sequence), 0) + 1 FROM {TABLE})
  OR NEW.previous IS DISTINCT FROM COALESCE(
    (SELECT hash FROM {TABLE} ORDER BY sequence DESC LIMIT 1), '{"0" * 64}')
THEN RAISE EXCEPTION '{REFUSAL}'; END IF;
RETURN NEW;
END"""


def _pg_function(name: str, body: str) -> tuple[str, str, str]:
    head = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$"
    return ("function", name, f"{head}{body}$body$")


def _pg_trigger(name: str, when: str, function: str) -> tuple[str, str, str]:
    return ("trigger", name, f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION {function}()")


POSTGRESQL = Dialect(
    name="postgresql",
    mark="%s",
    objects=(
        ("table", TABLE, _PG_TABLE),
        _pg_function("ledger_event_refuse", PG_REFUSE_BODY),
        _pg_function("ledger_event_order", PG_ORDER_BODY),
        _pg_trigger(
            "ledger_event_in_order",
            f"BEFORE INSERT ON {TABLE} FOR EACH ROW",
            "ledger_event_order",
        ),
        _pg_trigger(
            "ledger_event_no_change",
            f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
            "ledger_event_refuse",
        ),
        _pg_trigger(
            "ledger_event_no_truncate",
            f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
            "ledger_event_refuse",
        ),
    ),
    lock=f"SELECT pg_advisory_xact_lock({_LOCK})",
)


def dialect_of(connection: Connection) -> Dialect:
    """Which database this connection speaks to.

    Known by the connection's own module (sqlite3, psycopg, psycopg2), or by ``vendor`` for
    Django's wrapper, whose cursors take %s for SQLite as well.
    """
    vendor = getattr(connection, "vendor", None)
    if vendor == "sqlite":
        return Dialect(SQLITE.name, "%s", SQLITE.objects, SQLITE.lock)
    if vendor == "postgresql":
        return POSTGRESQL
    modules = {kind.__module__.partition(".")[0] for kind in type(connection).__mro__}
    if modules & {"sqlite3", "_sqlite3"}:
        return SQLITE
    if modules & {"psycopg", "psycopg2"}:
        return POSTGRESQL
    raise LedgerError("The ledger can be kept in SQLite or PostgreSQL only.")


def query(connection: Connection, sql: str, parameters: tuple[Any, ...] = ()) -> list[Any]:
    """All rows of a query."""
    cursor = connection.cursor()
    try:
        cursor.execute(sql, parameters) if parameters else cursor.execute(sql)
        return list(cursor.fetchall())
    finally:
        cursor.close()


def run(connection: Connection, sql: str, parameters: tuple[Any, ...] = ()) -> None:
    """Run one statement that returns nothing of interest."""
    cursor = connection.cursor()
    try:
        cursor.execute(sql, parameters) if parameters else cursor.execute(sql)
    finally:
        cursor.close()


def stored_events(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """The rows of the ledger as they stand, in order, a thousand at a time."""
    cursor = connection.cursor()
    try:
        cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM {TABLE} ORDER BY sequence")
        while rows := cursor.fetchmany(1000):
            yield from (tuple(row) for row in rows)
    finally:
        cursor.close()


def table_exists(connection: Connection) -> bool:
    """Whether this database holds a ledger table."""
    if dialect_of(connection).name == "sqlite":
        sql = f"SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '{TABLE}'"
    else:
        sql = f"SELECT 1 WHERE to_regclass('{TABLE}') IS NOT NULL"
    return bool(query(connection, sql))
