"""What goes into the ledger, what is refused, and that writers do not disturb one another."""

from __future__ import annotations

import hashlib
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from whatworks import ledger

from .made import NOON, written


def test_an_event_says_who_did_what_to_what_and_when() -> None:
    connection = written(n=2)

    first, second = ledger.events(connection)

    assert (first.sequence, first.kind, first.by, first.subject) == (
        1,
        "plan.agreed",
        "person:0",
        "plan:0",
    )
    assert first.at == NOON
    assert dict(first.data) == {"n": 0, "why": "né"}
    assert first.previous == ledger.GENESIS
    assert second.previous == first.hash
    assert ledger.head(connection) == ledger.Head(2, second.hash)


def test_times_are_kept_in_utc() -> None:
    connection = written(n=0)
    summer = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=1)))

    with ledger.writing(connection):
        event = ledger.append(connection, kind="a", by="b", subject="c", at=summer)

    assert event.at == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_the_hash_of_an_event_never_changes_between_versions() -> None:
    """A published head must mean the same for ever, and be easy for others to work out."""
    connection = written(n=1)
    parts = ["1", "1", "2026-03-01T12:00:00.000000Z", "plan.agreed", "person:0", "plan:0"]
    parts += ['{"n":0,"why":"né"}', "0" * 64]
    encoded = "".join(f"{len(part.encode())}:{part}" for part in parts)

    by_hand = hashlib.sha256(f"whatworks.ledger.event\n{encoded}".encode()).hexdigest()

    assert (
        ledger.head(connection).hash
        == by_hand
        == ("3b400ecc813d4ca265f2d02a9086317175d5d4c249bc473ece20d8003139d3fb")
    )


def test_an_event_and_its_change_stand_or_fall_together(tmp_path: Path) -> None:
    connection = written(tmp_path / "a.sqlite", n=1)
    connection.execute("CREATE TABLE plan (id INTEGER)")

    def a_change_that_fails() -> None:
        with ledger.writing(connection):
            connection.execute("INSERT INTO plan VALUES (1)")
            ledger.append(connection, kind="plan.agreed", by="x", subject="plan:1")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        a_change_that_fails()

    assert connection.execute("SELECT COUNT(*) FROM plan").fetchone() == (0,)
    assert ledger.verify(connection).n_events == 1


def test_an_event_outside_a_transaction_is_refused() -> None:
    connection = written(n=1)
    with pytest.raises(ledger.LedgerError, match="transaction"):
        ledger.append(connection, kind="a.b", by="x", subject="y")
    assert ledger.head(connection).sequence == 1


def test_a_connection_that_begins_by_itself_is_left_for_its_owner_to_commit(tmp_path: Path) -> None:
    written(tmp_path / "a.sqlite", n=1).close()
    connection = sqlite3.connect(tmp_path / "a.sqlite")
    ledger.append(connection, kind="a.b", by="x", subject="y")
    assert connection.in_transaction
    connection.commit()
    assert ledger.verify(connection).n_events == 2


SECRET = "A1234567890123456"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"UPN": SECRET}, "identifies people"),
        ({"dob": SECRET}, "identifies people"),
        ({"CHILD": SECRET}, "identifies people"),
        ({"deep": {"Postcode": SECRET}}, "identifies people"),
        ({"rows": [{"a": SECRET}, {"a": SECRET}]}, "list of records"),
        ({"text": SECRET * 100}, "characters"),
        ({"list": [SECRET] * 101}, "items"),
        ({f"f{n}": SECRET * 20 for n in range(50)}, "bytes"),
        ({f"f{n}": 1 for n in range(101)}, "fields"),
        ({"a": {"b": {"c": {"d": {"e": SECRET}}}}}, "deeply"),
        ({"a": SECRET.encode()}, "bytes"),
        ({"a": {SECRET}}, "set"),
        ({"a": float("nan")}, "not a number"),
        ({"a": "\ud800"}, "valid text"),
        ({1: SECRET}, "Field names"),
        ({SECRET + " ": 1}, "Field names"),
    ],
)
def test_data_that_could_hold_a_child_is_refused_without_repeating_it(
    data: dict[str, object], says: str
) -> None:
    connection = written(n=1)
    with (
        pytest.raises(ledger.LedgerError, match=says) as refusal,
        ledger.writing(connection),
    ):
        ledger.append(connection, kind="a.b", by="x", subject="y", data=data)
    assert SECRET not in str(refusal.value)
    assert ledger.head(connection).sequence == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "Plan Agreed"},
        {"kind": ""},
        {"kind": "a."},
        {"by": ""},
        {"by": "x" * 201},
        {"subject": "two\nlines"},
        {"subject": "\ud800"},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001  (no time zone on purpose)
    ],
)
def test_a_field_that_is_not_plain_is_refused(fields: dict[str, object]) -> None:
    connection = written(n=0)
    whole = {"kind": "a.b", "by": "x", "subject": "y"} | fields
    with pytest.raises(ledger.LedgerError), ledger.writing(connection):
        ledger.append(connection, **whole)


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(ledger.LedgerError, match="SQLite or PostgreSQL"):
        ledger.ensure(object())


WRITER = """
import sqlite3, sys
from whatworks import ledger
connection = sqlite3.connect(sys.argv[1], timeout=60, isolation_level=None)
for number in range(100):
    with ledger.writing(connection):
        ledger.append(connection, kind="a.b", by=sys.argv[2], subject=f"thing:{number}")
"""


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_four_writers_at_once_are_none_refused_and_the_chain_is_whole(
    tmp_path: Path, mode: str
) -> None:
    path = tmp_path / "a.sqlite"
    connection = written(path, n=0)
    connection.execute(f"PRAGMA journal_mode = {mode}")
    connection.close()

    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), f"writer:{number}"],
            stderr=subprocess.PIPE,
        )
        for number in range(4)
    ]
    for writer in writers:
        _, errors = writer.communicate(timeout=120)
        assert writer.returncode == 0, errors.decode()

    connection = sqlite3.connect(path)
    result = ledger.verify(connection)
    by = [event.by for event in ledger.events(connection)]
    connection.close()
    assert (result.ok, result.n_events) == (True, 400)
    assert {name: by.count(name) for name in set(by)} == {f"writer:{n}": 100 for n in range(4)}
