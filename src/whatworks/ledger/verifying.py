"""Showing that a ledger is as it was written."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from whatworks.ledger import dialects
from whatworks.ledger.dialects import Connection, dialect_of
from whatworks.ledger.events import FORMAT, GENESIS, Head, hash_of
from whatworks.ledger.sealing import BrokenSealError, current_seal, read_seal, reading, seal_path

EMPTY = Head(0, GENESIS)


@dataclass(frozen=True)
class Verification:
    """Whether a ledger is whole.

    n_events: how many events were found good, from the first. first_bad: sequence of the first
    that is not, where one can be named. code: a stable name of what is wrong; reason: the
    sentence for people. sealed: True when every byte of the file was compared with its seal.
    """

    ok: bool
    n_events: int
    first_bad: int | None = None
    reason: str | None = None
    code: str | None = None
    head: Head = EMPTY
    sealed: bool = False


def verify(connection: Connection, *, expected_head: Head | str | None = None) -> Verification:
    """Recompute the whole chain, and check the table, its triggers, the file and its seal.

    expected_head: a head that was published earlier; its event must still be in the chain, so
    that an end that was cut off or written anew is found.

    Never raises for a damaged ledger: that is a result (code 'unreadable').
    """
    try:
        if isinstance(connection, sqlite3.Connection):
            with reading(connection):
                return _verify(connection, expected_head)
        return _verify(connection, expected_head)
    except Exception as error:  # whatever a damaged file makes a driver raise
        return Verification(
            ok=False,
            n_events=0,
            code="unreadable",
            reason=f"The ledger cannot be read ({type(error).__name__}): the file is damaged.",
        )


def verify_file(path: str | Path, *, expected_head: Head | str | None = None) -> Verification:
    """``verify`` for a SQLite file. A file that is missing or no database is a result as well."""
    place = Path(path)
    if not place.is_file():
        return Verification(
            ok=False, n_events=0, code="missing", reason=f"There is no file {place.name}."
        )
    try:
        connection = sqlite3.connect(f"{place.resolve().as_uri()}?mode=rw", uri=True, timeout=60)
    except sqlite3.Error:
        return Verification(
            ok=False, n_events=0, code="unreadable", reason=f"{place.name} cannot be opened."
        )
    try:
        return verify(connection, expected_head=expected_head)
    finally:
        connection.close()


def _verify(connection: Connection, expected: Head | str | None) -> Verification:
    if not dialects.table_exists(connection):
        return Verification(
            ok=False, n_events=0, code="missing", reason="This database holds no ledger."
        )
    result, hashes = _chain(dialects.stored_events(connection))
    if not result.ok:
        return result
    for check in (_schema, _integrity):
        reason = check(connection)
        if reason:
            return replace(result, ok=False, code=f"{check.__name__[1:]}_altered", reason=reason)
    if expected is not None:
        reason = _missing_head(hashes, expected)
        if reason:
            return replace(result, ok=False, code="head_missing", reason=reason)
    if isinstance(connection, sqlite3.Connection):
        return _sealed(connection, result, hashes)
    return result


def _chain(rows: Iterable[tuple[Any, ...]]) -> tuple[Verification, list[str]]:
    """Walk the chain. Returns the result and the hash of each good event."""
    hashes: list[str] = []
    previous = GENESIS
    for row in rows:
        expected = len(hashes) + 1
        code, reason = _event_fault(row, expected, previous)
        if code:
            found = Verification(
                ok=False,
                n_events=len(hashes),
                first_bad=expected,
                reason=reason,
                code=code,
                head=Head(len(hashes), previous),
            )
            return found, hashes
        previous = row[8]
        hashes.append(previous)
    return Verification(ok=True, n_events=len(hashes), head=Head(len(hashes), previous)), hashes


def _event_fault(row: tuple[Any, ...], expected: int, previous: str) -> tuple[str, str]:
    sequence, version, at, kind, by, subject, data, before, digest = row
    texts = (at, kind, by, subject, data, before, digest)
    if type(sequence) is not int or sequence != expected:
        return "missing_event", f"Event {expected} is missing or out of its place."
    if version != FORMAT or type(version) is not int:
        return "event_altered", f"Event {expected} is in a form that this version does not know."
    if not all(isinstance(text, str) for text in texts):
        return "event_altered", f"Event {expected} holds something that is not text."
    if before != previous:
        return "chain_broken", f"Event {expected} does not follow from the one before it."
    made = hash_of(
        sequence=sequence, at=at, kind=kind, by=by, subject=subject, data=data, previous=before
    )
    if made != digest:
        return "event_altered", f"Event {expected} is not as it was written."
    return "", ""


def _missing_head(hashes: list[str], expected: Head | str) -> str | None:
    if isinstance(expected, Head):
        there = expected.sequence == 0 or (
            0 < expected.sequence <= len(hashes) and hashes[expected.sequence - 1] == expected.hash
        )
    else:
        there = expected == GENESIS or expected in hashes
    if there:
        return None
    return "An event that was published is not in the ledger: its end was cut off or rewritten."


def _schema(connection: Connection) -> str | None:
    """What is wrong with the ledger's table and triggers, if anything."""
    dialect = dialect_of(connection)
    if dialect.name == "sqlite":
        rows = dialects.query(
            connection,
            "SELECT type, name, sql FROM sqlite_master "
            "WHERE tbl_name = 'ledger_event' OR name LIKE 'ledger_event%'",
        )
        found = {(row[0], row[1]): row[2] for row in rows}
        wanted = {(kind, name): sql for kind, name, sql in dialect.objects}
    else:
        found = _pg_objects(connection)
        bodies = {
            "ledger_event_refuse": dialects.PG_REFUSE_BODY,
            "ledger_event_order": dialects.PG_ORDER_BODY,
        }
        wanted = {("function", name): body for name, body in bodies.items()}
        triggers = [name for kind, name, _ in dialect.objects if kind == "trigger"]
        wanted |= {("trigger", name): "O" for name in triggers}
        wanted["table", dialects.TABLE] = dialects.PG_COLUMNS
    for (kind, name), text in wanted.items():
        if (kind, name) not in found:
            return f"The {kind} {name} that protects the ledger is missing."
        if found[kind, name] != text:
            return f"The {kind} {name} of the ledger has been altered."
    extra = sorted(f"{kind} {name}" for kind, name in set(found) - set(wanted))
    return f"The ledger has something that does not belong to it: {extra[0]}." if extra else None


def _pg_objects(connection: Connection) -> dict[tuple[str, str], str]:
    functions = dialects.query(
        connection,
        "SELECT 'function', proname, prosrc FROM pg_proc p "
        "JOIN pg_namespace n ON n.oid = p.pronamespace "
        "WHERE n.nspname = current_schema() "
        "AND proname IN ('ledger_event_refuse', 'ledger_event_order')",
    )
    triggers = dialects.query(
        connection,
        "SELECT 'trigger', tgname, tgenabled::text FROM pg_trigger "
        "WHERE tgrelid = 'ledger_event'::regclass AND NOT tgisinternal",
    )
    columns = dialects.query(
        connection,
        "SELECT 'table', 'ledger_event', string_agg(attname || ' ' || "
        "format_type(atttypid, atttypmod), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = 'ledger_event'::regclass AND attnum > 0 AND NOT attisdropped",
    )
    return {(row[0], row[1]): row[2] for row in [*functions, *triggers, *columns]}


def _integrity(connection: Connection) -> str | None:
    """What SQLite itself finds wrong with the file, if anything."""
    if dialect_of(connection).name != "sqlite":
        return None
    rows = dialects.query(connection, "PRAGMA integrity_check(1)")
    return None if rows and rows[0][0] == "ok" else "The database file is damaged."


def _sealed(
    connection: sqlite3.Connection, result: Verification, hashes: list[str]
) -> Verification:
    """Compare every byte of the file with its seal, where it has one that is up to date."""
    path = seal_path(connection)

    def bad(reason: str) -> Verification:
        return replace(result, ok=False, code="seal_broken", reason=reason)

    try:
        seal = read_seal(path) if path else None
    except BrokenSealError:
        return bad("The seal beside the file is not as it was written.")
    if path is None or seal is None:
        return result
    if not 0 < seal.sequence <= len(hashes) or hashes[seal.sequence - 1] != seal.head:
        return bad("Events that were sealed are not in the ledger: its end was cut off.")
    if seal.sequence < len(hashes):
        return result
    size = os.path.getsize(path.with_suffix(""))
    if seal != current_seal(connection) or size != seal.size:
        return bad("Bytes of the database file have been altered since it was sealed.")
    return replace(result, sealed=True)
