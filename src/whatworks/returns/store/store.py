"""The store as everything else sees it."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import polars as pl

from whatworks.ledger import Event, LedgerError, append
from whatworks.returns.model import Note, ReadReturn, Submission
from whatworks.returns.store import again, catalogue, disk, manifest, writing
from whatworks.returns.store.disk import StoreError, told_plainly
from whatworks.returns.store.manifest import Manifest
from whatworks.returns.store.workspace import Workspace, open_workspace

T = TypeVar("T")


class Store:
    """The returns of a workspace. It holds no connection, so it can be shared and sent freely."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, synthetic: bool | None = None
    ) -> Store:
        """The store in this workspace folder.

        create: make the workspace if it is not there. synthetic: whether its children are
        invented; decided for good when it is made (left out: real), and checked ever after.
        Raises StoreError.
        """
        return cls(open_workspace(Path(path), create=create, synthetic=synthetic))

    def __repr__(self) -> str:
        return f"Store({str(self.path)!r}, synthetic={self.synthetic})"

    @property
    def path(self) -> Path:
        """The workspace's folder."""
        return self._workspace.path

    @property
    def synthetic(self) -> bool:
        """Whether the children in it are invented: every page and export must then say so."""
        return self._workspace.synthetic

    def councils(self) -> list[str]:
        """Codes of the councils that have a submission, sorted."""
        return [code for code in self._codes() if self._has_any(code)]

    def submissions(
        self,
        council: str | None = None,
        collection: str | None = None,
        year: int | None = None,
        *,
        month: str | None = None,
        current: bool = True,
    ) -> list[Submission]:
        """Submissions by council, collection, year, month and order received.

        A return of a whole year has one current submission a year; what comes month by month
        (Annex A, the Standard Safeguarding Dataset) has one for each month that was loaded.
        month: only those of that month, as '2025-09'.
        current: only those that nothing has superseded; False gives the older ones as well.
        """
        codes = self._codes() if council is None else [manifest.council_code(council)]
        found: list[Submission] = []
        for code in codes:
            for submission in _with_successors(self._manifests(code)):
                wanted = (
                    collection in (None, submission.collection)
                    and year in (None, submission.year)
                    and month in (None, submission.month)
                    and (submission.current or not current)
                )
                if wanted:
                    found.append(submission)
        return found

    def submission(self, submission_id: str) -> Submission:
        """The submission with this id. Raises StoreError if there is none."""
        for submission in _with_successors(self._manifests(manifest.council_of(submission_id))):
            if submission.id == submission_id:
                return submission
        raise StoreError("There is no submission with that id.")

    def tables(
        self, submission: Submission | str, names: Iterable[str] | None = None
    ) -> dict[str, pl.DataFrame]:
        """Typed tables by name, as ``type_tables`` made them; all, or only those named."""
        paths = self.table_paths(submission)
        chosen = paths if names is None else {name: paths[name] for name in names if name in paths}
        return self._reading(lambda: {name: _frame(path) for name, path in chosen.items()})

    def table_paths(self, submission: Submission | str) -> dict[str, Path]:
        """The Parquet file of each typed table, for engines that scan."""
        # A submission that was listed is not looked up again: it never changes.
        entry = submission if isinstance(submission, Submission) else self._entry(submission)
        folder = self._folder(entry.council) / writing.SUBMISSIONS / entry.id
        return {name: folder / f"{name}.parquet" for name in entry.n_rows}

    def text_tables(self, submission: Submission | str) -> dict[str, pl.DataFrame]:
        """Text tables by name: every cell exactly as it was sent, in the order of the file."""
        entry = self._entry(submission)
        path = self._folder(entry.council) / writing.SUBMISSIONS / entry.id / manifest.TEXT

        def unzip() -> dict[str, pl.DataFrame]:
            with zipfile.ZipFile(path) as archive:
                return {
                    name: pl.read_parquet(io.BytesIO(archive.read(name)))
                    for name in archive.namelist()
                }

        return self._reading(unzip)

    def problems(self, submission: Submission | str) -> pl.DataFrame:
        """What could not be read: columns of ``model.PROBLEM_SCHEMA``."""
        entry = self._entry(submission)
        folder = self._folder(entry.council) / writing.SUBMISSIONS / entry.id
        return self._reading(lambda: _frame(folder / manifest.PROBLEMS))

    def notes(self, submission: Submission | str) -> tuple[Note, ...]:
        """What was tolerated while reading."""
        return self._entry(submission).notes

    def original(self, submission: Submission | str, sha256: str) -> bytes:
        """The bytes of one file exactly as it was sent, by its SHA-256.

        Raises StoreError if this submission did not come from such a file.
        """
        entry = self._entry(submission)
        if sha256 not in entry.originals:
            raise StoreError("That file is not kept with this submission.")
        path = self._folder(entry.council) / writing.ORIGINALS / manifest.original_name(sha256)
        return self._reading(lambda: gzip.decompress(path.read_bytes()))

    def add(
        self,
        read: ReadReturn,
        typed: Mapping[str, pl.DataFrame] | None = None,
        *,
        council: str | None = None,
        problems: pl.DataFrame | None = None,
        notes: Iterable[Note] = (),
        by: str = "command line",
        now: datetime | None = None,
        reader_version: str | None = None,
    ) -> Submission:
        """Keep a return as a new submission, wholly or not at all.

        typed, problems, notes: what ``type_tables`` made of ``read.tables`` (it is called here if
        ``typed`` is left out); problems and notes are added to those of reading. council: where
        the return does not say. by: who loads it. now: when (aware).

        The same content read by the same version is not stored twice: the submission that is
        there is returned with ``already_stored`` true, even when a later one has superseded it.
        Any other content for the council, collection and year (of what is monthly: for that
        month) supersedes what was current, and so does the same content read by a newer reader.

        Raises StoreError; nothing that was stored before is ever hurt.
        """
        code = _council(read, council)
        year, collection = read.year, manifest.collection_name(read.collection)
        version = reader_version or _reader_version()
        content = manifest.content_of(read)
        as_at = None if read.as_at is None else read.as_at.isoformat()
        key = manifest.submission_id(
            council=code,
            collection=collection,
            year=manifest.collection_year(year),
            content=content,
            reader_version=version,
            as_at=as_at,
        )
        received = manifest.moment(now)
        stored = self._stored(code, key)
        if stored is not None:
            return stored
        if typed is None:
            typed, problems, notes = _typed(read)
        unreadable = _together(read.problems, problems)
        parcel = writing.packed(read, typed, unreadable)
        entry = Manifest(
            id=key,
            council=code,
            collection=collection,
            year=year,
            received_at=received.isoformat(timespec="microseconds"),
            received_by=by,
            reader_version=version,
            content=content,
            supersedes=None,
            files=read.files,
            originals={},
            n_rows=parcel.n_rows,
            n_problems=unreadable.height,
            notes=(*read.notes, *notes),
            stored=parcel.stored(),
            as_at=as_at,
        )
        return self._commit(entry, parcel, read)

    def use_again(
        self, submission: Submission | str, *, by: str = "command line", now: datetime | None = None
    ) -> Submission:
        """Make a return current again that another has replaced: a new submission repeats it.

        Nothing that was stored changes, and the one that was current stays readable. Raises
        StoreError, also where the return counts already.
        """
        key = submission.id if isinstance(submission, Submission) else submission
        code, received = manifest.council_of(key), manifest.moment(now)
        folder = self._folder(code)
        if not self._has_any(code):
            raise StoreError("There is no submission with that id.")
        doing = f"use a return of council {code} again"
        try:
            with told_plainly(doing):
                entry = again.take_its_place(folder, code, key, by=by, at=received)
        except LedgerError as error:
            raise StoreError(f"Could not {doing}: {error}") from error
        writing.clear_mark(folder, entry.id)
        return entry.submission(superseded_by=None)

    def record(
        self,
        council: str,
        *,
        kind: str,
        by: str,
        subject: str,
        data: Mapping[str, object] | None = None,
        now: datetime | None = None,
    ) -> Event:
        """Write an event in the council's own ledger, such as who opened a submission and why.

        subject: a submission's id or another opaque token. data: see ``whatworks.ledger``; never a
        child's record. Raises StoreError, also for a council that has no submissions.
        """
        folder, received = self._folder(council), manifest.moment(now)
        if not self._has_any(council):
            raise StoreError(f"Council {council} has no submissions here.")
        try:
            with (
                told_plainly(f"write in the ledger of council {council}"),
                catalogue.written(folder, council=council, by=by, at=received) as connection,
            ):
                return append(connection, kind=kind, by=by, subject=subject, data=data, at=received)
        except LedgerError as error:
            raise StoreError(f"Could not write in the council's ledger: {error}") from error

    def _commit(self, entry: Manifest, parcel: writing.Parcel, read: ReadReturn) -> Submission:
        folder = self._folder(entry.council)
        doing = f"store the {entry.collection} return of council {entry.council}"
        try:
            with told_plainly(f"{doing} in {self.path}"):
                disk.make_folder(folder)
                submission = self._committed(folder, entry, parcel, read)
        except LedgerError as error:
            raise StoreError(f"Could not {doing}: {error}") from error
        writing.clear_mark(folder, entry.id)
        return submission

    def _committed(
        self, folder: Path, entry: Manifest, parcel: writing.Parcel, read: ReadReturn
    ) -> Submission:
        received = datetime.fromisoformat(entry.received_at)
        with catalogue.written(
            folder, council=entry.council, by=entry.received_by, at=received
        ) as connection:
            before = catalogue.manifest(connection, entry.id)
            if before is not None:  # another process was quicker
                before = catalogue.standing(connection, before)
                later = catalogue.superseding(connection, before)
                return before.submission(superseded_by=later, already_stored=True)
            latest = catalogue.latest(connection, entry)
            entry = replace(entry, supersedes=latest)
            entry = writing.store_parcel(connection, folder, entry, parcel, read)
            return entry.submission(superseded_by=None)

    def _stored(self, code: str, submission_id: str) -> Submission | None:
        with (
            told_plainly(f"read the catalogue of council {code}"),
            catalogue.opened(self._folder(code)) as connection,
        ):
            if connection is None:
                return None
            entry = catalogue.manifest(connection, submission_id)
            if entry is None:
                return None
            entry = catalogue.standing(connection, entry)
            later = catalogue.superseding(connection, entry)
            return entry.submission(superseded_by=later, already_stored=True)

    def _entry(self, submission: Submission | str) -> Manifest:
        key = submission.id if isinstance(submission, Submission) else submission
        code = manifest.council_of(key)
        with (
            told_plainly(f"read the catalogue of council {code}"),
            catalogue.opened(self._folder(code)) as connection,
        ):
            entry = catalogue.manifest(connection, key) if connection else None
        if entry is None:
            raise StoreError("There is no submission with that id.")
        return entry

    def _manifests(self, code: str) -> list[Manifest]:
        with (
            told_plainly(f"read the catalogue of council {code}"),
            catalogue.opened(self._folder(code)) as connection,
        ):
            return catalogue.manifests(connection) if connection else []

    def _has_any(self, code: str) -> bool:
        with (
            told_plainly(f"read the catalogue of council {code}"),
            catalogue.opened(self._folder(code)) as connection,
        ):
            return connection is not None and catalogue.has_any(connection)

    def _codes(self) -> list[str]:
        with told_plainly(f"read the workspace {self.path}"):
            names = disk.names_in(self._workspace.councils)
        return [name for name in names if manifest.is_council_code(name)]

    def _folder(self, code: str) -> Path:
        return self._workspace.councils / manifest.council_code(code)

    def _reading(self, read: Callable[[], T]) -> T:
        try:
            return read()
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, pl.exceptions.PolarsError):
            raise StoreError(
                "The files of this submission are missing or damaged; "
                "run 'whatworks admin verify-ledger'."
            ) from None


def _with_successors(entries: list[Manifest]) -> list[Submission]:
    """Submissions sorted by collection, year, month and order received, each with its successor."""
    after: dict[str, str] = {}
    last: dict[tuple[str, int, str], str] = {}
    for entry in entries:
        if entry.place in last:
            after[last[entry.place]] = entry.id
        last[entry.place] = entry.id
    ordered = sorted(entries, key=lambda entry: entry.place)
    return [entry.submission(superseded_by=after.get(entry.id)) for entry in ordered]


def _frame(path: Path) -> pl.DataFrame:
    with path.open("rb") as file:
        return pl.read_parquet(file.read(), hive_partitioning=False)


def _council(read: ReadReturn, council: str | None) -> str:
    if council is None and read.council is None:
        raise StoreError("The return does not say which council it is from: give its code.")
    if council is not None and read.council not in (None, council):
        code = manifest.council_code(council)
        raise StoreError(
            f"The return says that it is from council {manifest.council_code(read.council)}, "
            f"not {code}."
        )
    return manifest.council_code(read.council if council is None else council)


def _together(first: pl.DataFrame, second: pl.DataFrame | None) -> pl.DataFrame:
    return first if second is None else pl.concat([first, second], how="vertical")


def _typed(read: ReadReturn) -> tuple[Mapping[str, pl.DataFrame], pl.DataFrame, Iterable[Note]]:
    from whatworks.returns.reading import parts_of
    from whatworks.returns.typing import type_tables

    return type_tables(
        read.tables, collection=read.collection, year=read.year, files=parts_of(read)
    )


def _reader_version() -> str:
    from whatworks.returns.loading import READER_VERSION

    return READER_VERSION
