"""A return that was replaced takes its place again: as a new submission with the same content.

Nothing that was stored changes. The new submission has an id, a time and an event of its own, and
copies of the very files of the one it repeats; it supersedes whatever was current.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from whatworks.returns.store import catalogue, writing
from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.manifest import Manifest, digest, submission_id


def take_its_place(folder: Path, council: str, key: str, *, by: str, at: datetime) -> Manifest:
    """Make the return ``key`` of a council current. Raises StoreError where it cannot be."""
    with catalogue.written(folder, council=council, by=by, at=at) as connection:
        wanted = catalogue.manifest(connection, key)
        if wanted is None:
            raise StoreError("There is no submission with that id.")
        latest = catalogue.latest(connection, wanted)
        if catalogue.standing(connection, wanted).id == latest:
            raise StoreError("That return counts already: no other has taken its place.")
        entry = replace(
            wanted,
            id=submission_id(
                council=wanted.council,
                collection=wanted.collection,
                year=wanted.year,
                content=wanted.content,
                reader_version=wanted.reader_version,
                as_at=wanted.as_at,
                again_after=latest,
            ),
            received_at=at.isoformat(timespec="microseconds"),
            received_by=by,
            supersedes=latest,
            again_of=wanted.again_of or wanted.id,
        )
        return writing.store_parcel(connection, folder, entry, _copied(folder, wanted), None)


def _copied(folder: Path, entry: Manifest) -> writing.Parcel:
    """The files of a submission, each as the catalogue says that it was written."""
    contents: dict[str, bytes] = {}
    for file in entry.stored:
        contents[file.name] = (folder / writing.SUBMISSIONS / entry.id / file.name).read_bytes()
        if digest(contents[file.name]) != file.sha256:
            raise StoreError(
                "A file of that submission is not as it was stored, so it was not used again; "
                "run 'whatworks admin verify-ledger'."
            )
    return writing.Parcel(contents, dict(entry.n_rows))
