"""The ledger in PostgreSQL. Needs psycopg and a scratch database, named by a connection string in
WHATWORKS_TEST_POSTGRES; skipped without."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from whatworks import ledger

DSN = os.environ.get("WHATWORKS_TEST_POSTGRES", "")
if not DSN:
    pytest.skip("WHATWORKS_TEST_POSTGRES names no database", allow_module_level=True)
psycopg: Any = pytest.importorskip("psycopg")


@pytest.fixture
def connection() -> Any:
    with psycopg.connect(DSN) as made:
        made.execute("DROP SCHEMA IF EXISTS whatworks_test CASCADE")
        made.execute("CREATE SCHEMA whatworks_test")
        made.execute("SET search_path TO whatworks_test")
        made.commit()
        with ledger.writing(made):
            ledger.ensure(made)
            ledger.ensure(made)
            for number in range(5):
                ledger.append(
                    made, kind="a.b", by="x", subject=f"y:{number}", data={"share": "100% %s"}
                )
        yield made
        made.rollback()
        made.execute("DROP SCHEMA whatworks_test CASCADE")


def test_a_whole_ledger_is_ok(connection: Any) -> None:
    result = ledger.verify(connection, expected_head=ledger.head(connection))
    assert (result.ok, result.n_events) == (True, 5)
    assert [event.data["share"] for event in ledger.events(connection)] == ["100% %s"] * 5


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET kind = 'x'",
        "DELETE FROM ledger_event WHERE sequence = 5",
        "TRUNCATE ledger_event",
        "INSERT INTO ledger_event SELECT 9, format, at, kind, actor, subject, data, previous, hash "
        "FROM ledger_event WHERE sequence = 1",
    ],
)
def test_the_database_itself_refuses_to_alter_events(connection: Any, statement: str) -> None:
    with pytest.raises(psycopg.Error, match="append-only"):
        connection.execute(statement)
    connection.rollback()
    assert ledger.verify(connection).ok


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_event DISABLE TRIGGER ledger_event_no_change",
        "DROP TRIGGER ledger_event_in_order ON ledger_event",
        "ALTER TABLE ledger_event ADD COLUMN more text",
        "CREATE OR REPLACE FUNCTION ledger_event_refuse() RETURNS trigger LANGUAGE plpgsql "
        "AS $$BEGIN RETURN NEW; END$$",
    ],
)
def test_altered_protection_is_found(connection: Any, statement: str) -> None:
    connection.execute(statement)
    assert ledger.verify(connection).code == "schema_altered"


@pytest.mark.parametrize("field", ["at", "kind", "actor", "subject", "data", "previous", "hash"])
def test_an_altered_field_is_found_at_its_event(connection: Any, field: str) -> None:
    connection.execute("ALTER TABLE ledger_event DISABLE TRIGGER USER")
    connection.execute(f"UPDATE ledger_event SET {field} = {field} || ' ' WHERE sequence = 3")
    connection.execute("ALTER TABLE ledger_event ENABLE TRIGGER USER")
    assert ledger.verify(connection).first_bad == 3


def test_four_writers_at_once_are_none_refused_and_the_chain_is_whole(connection: Any) -> None:
    def write(number: int) -> None:
        with psycopg.connect(DSN) as own:
            own.execute("SET search_path TO whatworks_test")
            own.commit()
            for _ in range(100):
                with ledger.writing(own):
                    ledger.append(own, kind="a.b", by=f"writer:{number}", subject="y")

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))

    result = ledger.verify(connection)
    assert (result.ok, result.n_events) == (True, 405)


def test_an_event_outside_a_transaction_is_refused(connection: Any) -> None:
    connection.rollback()
    connection.autocommit = True
    with pytest.raises(ledger.LedgerError, match="transaction"):
        ledger.append(connection, kind="a.b", by="x", subject="y")
    with connection.transaction():
        ledger.append(connection, kind="a.b", by="x", subject="y")
    assert ledger.verify(connection).n_events == 6
    connection.autocommit = False
