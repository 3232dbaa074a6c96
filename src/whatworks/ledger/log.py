"""Writing events, and reading them back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

from whatworks.ledger import dialects
from whatworks.ledger.dialects import Connection, dialect_of
from whatworks.ledger.events import (
    FORMAT,
    GENESIS,
    Event,
    Head,
    LedgerError,
    canonical,
    check_kind,
    check_text,
    check_time,
    hash_of,
    read_time,
)


def ensure(connection: Connection) -> None:
    """Make the ledger's table and triggers if this database has none.

    A ledger that is there already is left exactly as it is: a trigger that somebody removed must
    stay missing until ``verify`` has said so.
    """
    if dialects.table_exists(connection):
        return
    for _, _, sql in dialect_of(connection).objects:
        dialects.run(connection, sql)


def exists(connection: Connection) -> bool:
    """Whether this database holds a ledger."""
    return dialects.table_exists(connection)


def append(
    connection: Connection,
    *,
    kind: str,
    by: str,
    subject: str,
    data: Mapping[str, Any] | None = None,
    at: datetime | None = None,
) -> Event:
    """Write one event in the caller's open transaction; the caller commits.

    kind: what happened ('submission.stored'). by: who did it, as a name or token of a person at
    work. subject: what it was done to, as an opaque token. data: a few plain values; never a
    child's record. at: when (aware), now if left out.

    Raises LedgerError when the event may not go in or no transaction is open.
    """
    moment = check_time(at or datetime.now(UTC))
    fields = {
        "at": moment,
        "kind": check_kind(kind),
        "by": check_text(by, "'by'"),
        "subject": check_text(subject, "subject"),
        "data": canonical(data or {}),
    }
    dialect = dialect_of(connection)
    _begin_if_needed(connection)
    dialects.run(connection, dialect.lock)
    last = head(connection)
    sequence = last.sequence + 1
    digest = hash_of(sequence=sequence, previous=last.hash, **fields)
    row = (sequence, FORMAT, *fields.values(), last.hash, digest)
    dialects.run(connection, dialect.insert, row)
    return _event(row)


def head(connection: Connection) -> Head:
    """The end of the chain: publish it daily, and ``verify`` can show that none was cut off."""
    rows = dialects.query(
        connection,
        f"SELECT sequence, hash FROM {dialects.TABLE} ORDER BY sequence DESC LIMIT 1",
    )
    return Head(*rows[0]) if rows else Head(0, GENESIS)


def events(connection: Connection, *, kind: str | None = None) -> Iterator[Event]:
    """Every event in order, or those of one kind. Reads; does not verify."""
    for row in dialects.stored_events(connection):
        event = _event(row)
        if kind is None or event.kind == kind:
            yield event


@contextmanager
def writing(connection: Connection) -> Iterator[None]:
    """A write transaction: committed at the end, rolled back if anything fails.

    SQLite is told BEGIN IMMEDIATE, so that writers wait in line instead of being refused; inside a
    transaction of SQLite that is open already, nothing is begun or committed here.
    """
    if getattr(connection, "vendor", None) is not None:
        raise LedgerError("With Django, use transaction.atomic() around the change.")
    raw: Any = connection
    if dialect_of(connection).name == "sqlite":
        if raw.in_transaction:
            yield
            return
        raw.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        raw.rollback()
        raise
    raw.commit()


def _begin_if_needed(connection: Connection) -> None:
    raw: Any = connection
    if getattr(raw, "vendor", None) is not None:
        if not raw.in_atomic_block:
            raise LedgerError("An event is written in a transaction: use transaction.atomic().")
        return
    if dialect_of(connection).name == "sqlite":
        if raw.in_transaction:
            return
        if raw.isolation_level is None:
            raise LedgerError("An event is written in a transaction: use ledger.writing().")
        raw.execute("BEGIN IMMEDIATE")
    elif raw.autocommit and not _psycopg_in_transaction(raw):
        raise LedgerError("An event is written in a transaction: use connection.transaction().")


def _psycopg_in_transaction(raw: Any) -> bool:
    info = getattr(raw, "info", None)
    status = getattr(info, "transaction_status", 0)
    return int(status) != 0  # 0: idle


def _event(row: tuple[Any, ...]) -> Event:
    sequence, _, at, kind, by, subject, data, previous, digest = row
    values = MappingProxyType(json.loads(data))
    return Event(sequence, read_time(at), kind, by, subject, values, previous, digest)
