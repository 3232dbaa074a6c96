"""Nothing in the ledger can be altered unseen."""

from __future__ import annotations

import sqlite3

import pytest

from whatworks import ledger

from .made import TRIGGERS, tamper, written


def test_a_whole_ledger_is_ok() -> None:
    connection = written()

    result = ledger.verify(connection, expected_head=ledger.head(connection))

    assert (result.ok, result.n_events, result.first_bad, result.reason) == (True, 5, None, None)


def test_an_empty_ledger_is_ok_and_a_missing_one_is_not() -> None:
    assert ledger.verify(written(n=0)).ok
    missing = ledger.verify(sqlite3.connect(":memory:"))
    assert (missing.ok, missing.code) == (False, "missing")


@pytest.mark.parametrize("event", [1, 3, 5])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("sequence", "99"),
        ("format", "2"),
        ("format", "'one'"),
        ("at", "'2026-03-01T12:00:00.000001Z'"),
        ("kind", "'plan.refused'"),
        ("actor", "'person:9'"),
        ("subject", "'plan:9'"),
        ("subject", "CAST(subject AS BLOB)"),
        ("data", "'{}'"),
        ("data", "data || ' '"),
        ("previous", "'" + "f" * 64 + "'"),
        ("hash", "'" + "f" * 64 + "'"),
        ("hash", "upper(hash)"),
    ],
)
def test_an_altered_field_is_found_at_its_event(event: int, field: str, value: str) -> None:
    connection = written()

    change = f"UPDATE ledger_event SET {field} = {value} WHERE sequence = {event}"
    tamper(connection, change)
    result = ledger.verify(connection)

    assert not result.ok
    assert result.first_bad == event
    assert result.n_events == event - 1
    assert str(event) in (result.reason or "")


def test_a_field_moved_into_its_neighbour_is_found() -> None:
    """'ab' + 'c' and 'a' + 'bc' must not have one hash."""
    connection = written()
    tamper(
        connection,
        "UPDATE ledger_event SET actor = 'person:2p', subject = 'lan:2' WHERE sequence = 3",
    )
    assert ledger.verify(connection).first_bad == 3


@pytest.mark.parametrize(
    ("what", "statements", "first_bad"),
    [
        ("deleted first", ["DELETE FROM ledger_event WHERE sequence = 1"], 1),
        ("deleted middle", ["DELETE FROM ledger_event WHERE sequence = 3"], 3),
        (
            "deleted and renumbered",
            [
                "DELETE FROM ledger_event WHERE sequence = 3",
                "UPDATE ledger_event SET sequence = sequence - 1 WHERE sequence > 3",
            ],
            3,
        ),
        (
            "two events exchanged",
            [
                "UPDATE ledger_event SET sequence = 99 WHERE sequence = 2",
                "UPDATE ledger_event SET sequence = 2 WHERE sequence = 3",
                "UPDATE ledger_event SET sequence = 3 WHERE sequence = 99",
            ],
            2,
        ),
        (
            "one put in at the end",
            [
                "INSERT INTO ledger_event SELECT 6, format, at, kind, actor, subject, data, "
                "previous, hash FROM ledger_event WHERE sequence = 5"
            ],
            6,
        ),
        (
            "one put in before the first",
            [
                "INSERT INTO ledger_event SELECT 0, format, at, kind, actor, subject, data, "
                "previous, hash FROM ledger_event WHERE sequence = 1"
            ],
            1,
        ),
    ],
)
def test_events_taken_out_put_in_or_moved_are_found(
    what: str, statements: list[str], first_bad: int
) -> None:
    connection = written()
    tamper(connection, *statements)
    result = ledger.verify(connection)
    assert (result.ok, result.first_bad) == (False, first_bad), what


def test_an_end_cut_off_is_found_by_its_published_head() -> None:
    connection = written()
    published = ledger.head(connection)

    tamper(connection, "DELETE FROM ledger_event WHERE sequence = 5")

    assert ledger.verify(connection).ok
    for head in (published, published.hash):
        result = ledger.verify(connection, expected_head=head)
        assert (result.ok, result.code) == (False, "head_missing")


def test_a_chain_written_anew_is_found_by_its_published_head() -> None:
    published = ledger.head(written())
    another = sqlite3.connect(":memory:")
    ledger.ensure(another)
    for _ in range(6):
        ledger.append(another, kind="plan.agreed", by="x", subject="y")

    assert ledger.verify(another).ok
    assert not ledger.verify(another, expected_head=published).ok


def test_an_older_published_head_is_still_in_a_ledger_that_grew() -> None:
    connection = written()
    published = ledger.head(connection)
    with ledger.writing(connection):
        ledger.append(connection, kind="a.b", by="x", subject="y")

    assert ledger.verify(connection, expected_head=published).ok
    assert ledger.verify(connection, expected_head=ledger.GENESIS).ok


@pytest.mark.parametrize("name", sorted(TRIGGERS))
def test_a_missing_trigger_is_found_and_not_quietly_put_back(name: str) -> None:
    connection = written()
    connection.execute(f"DROP TRIGGER {name}")

    ledger.ensure(connection)
    result = ledger.verify(connection)

    assert (result.ok, result.code, result.n_events) == (False, "schema_altered", 5)
    assert name in (result.reason or "")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE ledger_event ADD COLUMN more TEXT",
        "CREATE TRIGGER sly AFTER INSERT ON ledger_event BEGIN SELECT 1; END",
        "CREATE INDEX sly ON ledger_event (kind)",
    ],
)
def test_an_altered_table_is_found(statement: str) -> None:
    connection = written()
    connection.execute(statement)
    assert ledger.verify(connection).code == "schema_altered"


def test_a_weakened_trigger_is_found() -> None:
    connection = written()
    connection.execute("DROP TRIGGER ledger_event_no_delete")
    connection.execute(
        "CREATE TRIGGER ledger_event_no_delete BEFORE DELETE ON ledger_event "
        "WHEN 0 BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )
    assert ledger.verify(connection).code == "schema_altered"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_event SET kind = 'x'",
        "UPDATE ledger_event SET sequence = 9 WHERE sequence = 5",
        "DELETE FROM ledger_event",
        "DELETE FROM ledger_event WHERE sequence = 5",
        "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event WHERE sequence = 2",
        "INSERT INTO ledger_event SELECT 9, 1, at, kind, actor, subject, data, hash, hash "
        "FROM ledger_event WHERE sequence = 5",
        "INSERT INTO ledger_event SELECT 6, 1, at, kind, actor, subject, data, previous, hash "
        "FROM ledger_event WHERE sequence = 5",
    ],
)
def test_the_database_itself_refuses_to_alter_events(statement: str) -> None:
    connection = written()
    with pytest.raises(sqlite3.DatabaseError, match="append-only"):
        connection.execute(statement)
    assert ledger.verify(connection).n_events == 5
