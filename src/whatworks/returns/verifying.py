"""Showing that a workspace holds exactly what was put in it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from whatworks import ledger
from whatworks.returns.store import catalogue, disk, writing
from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.manifest import Manifest, decoded, is_council_code, original_name
from whatworks.returns.store.workspace import open_workspace

SERVICE = "service"
SERVICE_FILE = "service.sqlite3"


@dataclass(frozen=True)
class PlaceVerification:
    """What verification found in one place: a council's folder, or the service's database.

    name: the council's code, or 'service'. problems: everything that is not as it was written,
    a sentence each; reason is the first of them. notes: what is no fault but worth knowing. head:
    the end of its chain, to publish. sealed: every byte of the database file was compared.
    """

    name: str
    ok: bool
    reason: str | None
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    n_events: int
    n_submissions: int
    n_files: int
    head: ledger.Head
    sealed: bool


@dataclass
class _Place:
    name: str
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    n_submissions: int = 0
    n_files: int = 0
    chain: ledger.Verification = field(
        default_factory=lambda: ledger.Verification(ok=True, n_events=0)
    )

    def take(self, chain: ledger.Verification) -> None:
        self.chain = chain
        if not chain.ok:
            self.problems.append(chain.reason or "The ledger is not as it was written.")

    def verification(self) -> PlaceVerification:
        return PlaceVerification(
            name=self.name,
            ok=not self.problems,
            reason=self.problems[0] if self.problems else None,
            problems=tuple(self.problems),
            notes=tuple(self.notes),
            n_events=self.chain.n_events,
            n_submissions=self.n_submissions,
            n_files=self.n_files,
            head=self.chain.head,
            sealed=self.chain.sealed,
        )


def verify_workspace(
    path: str | Path, *, heads: Mapping[str, ledger.Head | str] | None = None
) -> tuple[PlaceVerification, ...]:
    """Check every catalogue, ledger and file of a workspace, a place at a time.

    heads: ends of chains that were published earlier (council code or 'service' -> head); an end
    that was cut off, or a whole ledger gone missing, is then found.

    Raises StoreError only when there is no workspace at all.
    """
    workspace = open_workspace(Path(path), create=False, synthetic=None)
    expected = dict(heads or {})
    places: list[_Place] = []
    for code in _codes(workspace.councils):
        place = _Place(code)
        _council(place, workspace.councils / code, expected.pop(code, None))
        places.append(place)
    service = workspace.path / SERVICE_FILE
    if service.exists():
        place = _Place(SERVICE)
        place.take(ledger.verify_file(service, expected_head=expected.pop(SERVICE, None)))
        places.append(place)
    for name in sorted(expected):
        place = _Place(name, problems=["Its ledger was published, and is no longer here."])
        places.append(place)
    return tuple(place.verification() for place in places)


def workspace_heads(path: str | Path) -> dict[str, ledger.Head]:
    """The end of every chain in the workspace, without verifying: publish it daily."""
    workspace = open_workspace(Path(path), create=False, synthetic=None)
    files = {
        code: workspace.councils / code / catalogue.FILE for code in _codes(workspace.councils)
    }
    files[SERVICE] = workspace.path / SERVICE_FILE
    heads: dict[str, ledger.Head] = {}
    for name, file in files.items():
        if file.is_file():
            with (
                disk.told_plainly(f"read the ledger of {name}"),
                closing(_connect(file)) as connection,
            ):
                if ledger.exists(connection):
                    heads[name] = ledger.head(connection)
    return heads


def _codes(councils: Path) -> list[str]:
    return [name for name in disk.names_in(councils) if is_council_code(name)]


def _connect(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{file.resolve().as_uri()}?mode=rw", uri=True, timeout=60, isolation_level=None
    )


def _council(place: _Place, folder: Path, expected: ledger.Head | str | None) -> None:
    file = folder / catalogue.FILE
    if not file.is_file():
        if (
            expected is not None
            or (folder / catalogue.SEAL).exists()
            or writing.strangers(folder, ())
        ):
            place.problems.append("Its catalogue is missing.")
        return
    try:
        with closing(_connect(file)) as connection:
            if expected is None and _never_used(connection, folder):
                place.notes.append("Its first load did not finish; the next one clears up.")
                return
            place.take(ledger.verify(connection, expected_head=expected))
            if place.chain.ok and not place.chain.sealed:
                place.notes.append("The catalogue file is not sealed; its next load seals it.")
            connection.execute("BEGIN")
            _contents(place, connection, folder)
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        place.problems.append(
            f"The catalogue cannot be read ({type(error).__name__}): it is damaged."
        )


def _never_used(connection: sqlite3.Connection, folder: Path) -> bool:
    """Whether nothing was ever committed here: an empty file, and nothing that says otherwise."""
    empty = connection.execute("PRAGMA page_count").fetchone()[0] == 0
    known = (folder / catalogue.SEAL).exists() or writing.strangers(folder, ())
    return empty and not known


def _contents(place: _Place, connection: sqlite3.Connection, folder: Path) -> None:
    """Compare the catalogue's rows with the ledger, and files with the rows."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE tbl_name <> 'ledger_event'"
    )
    if dict(rows.fetchall()) != catalogue.OBJECTS:
        place.problems.append("The catalogue's tables or the triggers that guard them are altered.")
    events = list(ledger.events(connection))
    if not events or events[0].subject != f"council:{place.name}":
        place.problems.append("The catalogue is another council's.")
    entries = _entries(place, connection, events)
    originals: dict[str, set[str]] = {}
    for entry in entries:
        place.problems += _file_faults(place, folder / writing.SUBMISSIONS / entry.id, entry)
        for sha256, packed in entry.originals.items():
            originals.setdefault(sha256, set()).add(packed)
    for sha256, digests in sorted(originals.items()):
        fault = _fault(place, folder / writing.ORIGINALS / original_name(sha256), digests)
        if fault:
            place.problems.append(f"The file kept as {sha256[:12]} {fault}.")
    for name in writing.strangers(folder, entries):
        place.problems.append(f"{name} is in the folder, and the catalogue does not know it.")
    if writing.unfinished(folder):
        place.notes.append("A load is under way, or one did not finish; the next one clears up.")


def _entries(
    place: _Place, connection: sqlite3.Connection, events: list[ledger.Event]
) -> list[Manifest]:
    """The entries of the catalogue that are as the ledger says; a problem for each that is not."""
    place_rows = connection.execute(
        "SELECT id, collection, year, manifest FROM submission ORDER BY position"
    )
    told = {event.subject: event for event in events if event.kind == "submission.stored"}
    latest: dict[tuple[str, int, str], str] = {}
    good: list[Manifest] = []
    for key, collection, year, text in place_rows:
        place.n_submissions += 1
        event = told.pop(key, None)
        try:
            entry = decoded(text)
        except StoreError:
            entry = None
        if (
            event is None
            or entry is None
            or (entry.id, entry.collection, entry.year) != (key, collection, year)
            or entry.council != place.name
            or entry.encoded() != text
            or entry.supersedes != latest.get(entry.place)
            or dict(event.data) != catalogue.event_data(entry)
            or event.by != entry.received_by
        ):
            place.problems.append(f"The entry of submission {key} is not as the ledger says.")
            continue
        latest[entry.place] = entry.id
        good.append(entry)
    for subject in told:
        place.problems.append(f"The ledger tells of {subject}, and the catalogue does not.")
    return good


def _file_faults(place: _Place, folder: Path, entry: Manifest) -> Iterator[str]:
    wanted = {file.name: file for file in entry.stored}
    for extra in sorted(set(disk.names_in(folder)) - set(wanted)):
        yield f"Submission {entry.id}: {extra} does not belong to it."
    for name, file in wanted.items():
        fault = _fault(place, folder / name, {file.sha256})
        if fault:
            yield f"Submission {entry.id}: {name} {fault}."


def _fault(place: _Place, path: Path, digests: set[str]) -> str | None:
    place.n_files += 1
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except OSError:
        return "cannot be read"
    return None if {found} == digests else "is not as it was stored"
