"""A ledger’s file is sealed: any change to its bytes is found."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from whatworks import ledger

from .made import tamper, written


def test_any_flipped_bit_of_a_sealed_file_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    connection = written(path, n=30)
    ledger.seal(connection)
    connection.close()
    assert ledger.verify_file(path).sealed
    whole = path.read_bytes()
    rng = random.Random(20260301)
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
    path.write_bytes(change(path.read_bytes()))
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
