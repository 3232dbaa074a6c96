"""The ledger: what goes in, what is refused, and that nothing can be altered unseen."""

from __future__ import annotations

import hashlib
import random
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

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

    change = f"UPDATE ledger_event SET {field} = {value} WHERE sequence = {event}"  # noqa: S608
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
        ledger.append(connection, **whole)  # type: ignore[arg-type]


def test_a_database_of_another_kind_is_refused() -> None:
    with pytest.raises(ledger.LedgerError, match="SQLite or PostgreSQL"):
        ledger.ensure(object())  # type: ignore[arg-type]


def test_any_flipped_bit_of_a_sealed_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    connection = written(path, n=30)
    ledger.seal(connection)
    connection.close()
    assert ledger.verify_file(path).sealed
    whole = path.read_bytes()
    rng = random.Random(20260301)  # noqa: S311
    header = [(place, bit) for place in range(100) for bit in (0, 7)]
    anywhere = [(rng.randrange(len(whole)), rng.randrange(8)) for _ in range(400)]

    for place, bit in header + anywhere:
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        path.write_bytes(flipped)
        result = ledger.verify_file(path)
        assert not result.ok, f"bit {bit} of byte {place}"
        assert result.reason
    path.write_bytes(whole)
    assert ledger.verify_file(path).ok


def test_any_flipped_bit_of_the_seal_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    connection = written(path)
    ledger.seal(connection)
    connection.close()
    seal = tmp_path / "a.sqlite.seal"
    whole = seal.read_bytes()
    for place in range(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << (place % 8)
        seal.write_bytes(flipped)
        assert ledger.verify_file(path).code == "seal_broken"


@pytest.mark.parametrize(
    "change", [lambda b: b[:-1], lambda b: b[:4096], lambda b: b[:50], lambda b: b + b"\0"]
)
def test_a_file_cut_short_or_made_longer_is_found(tmp_path: Path, change: object) -> None:
    path = tmp_path / "a.sqlite"
    connection = written(path, n=30)
    ledger.seal(connection)
    connection.close()
    path.write_bytes(change(path.read_bytes()))  # type: ignore[operator]
    assert not ledger.verify_file(path).ok


def test_an_end_cut_off_is_found_by_the_seal(tmp_path: Path) -> None:
    connection = written(tmp_path / "a.sqlite")
    ledger.seal(connection)
    tamper(connection, "DELETE FROM ledger_event WHERE sequence = 5")
    assert ledger.verify(connection).code == "seal_broken"


def test_a_seal_one_event_behind_is_no_fault(tmp_path: Path) -> None:
    """So it is after a crash between the commit and the sealing."""
    connection = written(tmp_path / "a.sqlite")
    ledger.seal(connection)
    with ledger.writing(connection):
        ledger.append(connection, kind="a.b", by="x", subject="y")

    behind = ledger.verify(connection)
    ledger.seal(connection)
    again = ledger.verify(connection)

    assert (behind.ok, behind.sealed) == (True, False)
    assert (again.ok, again.sealed) == (True, True)


def test_what_cannot_be_sealed_is_not(tmp_path: Path) -> None:
    assert ledger.seal(written()) is None
    ahead = written(tmp_path / "wal.sqlite")
    ahead.execute("PRAGMA journal_mode = WAL")
    assert ledger.seal(ahead) is None
    busy = written(tmp_path / "busy.sqlite")
    other = sqlite3.connect(tmp_path / "busy.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert ledger.seal(busy) is None
    other.rollback()
    assert ledger.seal(busy) is not None


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 300, b"SQLite format 3\0"])
def test_a_file_that_is_no_database_is_a_result_not_a_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(content)
    result = ledger.verify_file(path)
    assert not result.ok
    assert result.code in {"missing", "unreadable"}
    assert ledger.verify_file(tmp_path / "nothing.sqlite").code == "missing"
    assert ledger.verify_file(tmp_path).code == "missing"


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
