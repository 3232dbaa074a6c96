"""What the catalogue says of a submission: one JSON text with everything needed to read it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any

import polars as pl

from whatworks.returns.model import Note, ReadReturn, SourceFile, Submission
from whatworks.returns.store.disk import StoreError

FORMAT, MONTHLY_FORMAT, AGAIN_FORMAT = 1, 2, 3
"""Form of a manifest: the second has ``as_at`` too, the third ``again_of``. A submission of a whole
year is still written in the first, to the letter, so that catalogues made before there were months
stay as they are."""

_COUNCIL = re.compile(r"[0-9]{3}", re.ASCII)
_COLLECTION = re.compile(r"[a-z][a-z0-9_]{0,30}", re.ASCII)
_ID = re.compile(r"([0-9]{3})-([a-z][a-z0-9_]{0,30})-([0-9]{4})-([0-9a-f]{20})", re.ASCII)
_TABLE = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,60}", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)

PROBLEMS = "problems.parquet"
TEXT = "text.zip"


@dataclass(frozen=True)
class StoredFile:
    """A file of the store: its name in the submission's folder, SHA-256 and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class Manifest:
    """Everything the catalogue keeps of one submission.

    content: digest of what was sent. originals: SHA-256 of each file whose bytes are kept, to that
    of the packed file that keeps them. stored: the files in the submission's own folder. again_of:
    the submission that this one repeats, whose return was to be current again.
    """

    id: str
    council: str
    collection: str
    year: int
    received_at: str
    received_by: str
    reader_version: str
    content: str
    supersedes: str | None
    files: tuple[SourceFile, ...]
    originals: Mapping[str, str]
    n_rows: Mapping[str, int]
    n_problems: int
    notes: tuple[Note, ...]
    stored: tuple[StoredFile, ...]
    as_at: str | None = None
    again_of: str | None = None

    @property
    def month(self) -> str | None:
        """The month of what comes month by month, as 2025-09."""
        return None if self.as_at is None else self.as_at[:7]

    @property
    def place(self) -> tuple[str, int, str]:
        """Collection, year and month: a later submission of the same takes this one's place."""
        return self.collection, self.year, self.month or ""

    def encoded(self) -> str:
        """The one JSON text of this manifest: fields as listed, tables as in the return.

        Plain ASCII: the name of a file that was sent may hold bytes that are no text.
        """
        fields = asdict(self)
        form = FORMAT if self.as_at is None else MONTHLY_FORMAT
        form = form if self.again_of is None else AGAIN_FORMAT
        for later in ("as_at", "again_of"):
            if fields[later] is None:
                del fields[later]
        return json.dumps({"format": form, **fields}, separators=(",", ":"))

    def sha256(self) -> str:
        """Digest of the text, as written in the ledger."""
        return digest(self.encoded().encode("ascii"))

    def submission(self, *, superseded_by: str | None, already_stored: bool = False) -> Submission:
        """The public face of it."""
        return Submission(
            id=self.id,
            council=self.council,
            collection=self.collection,
            year=self.year,
            received_at=datetime.fromisoformat(self.received_at),
            received_by=self.received_by,
            files=self.files,
            reader_version=self.reader_version,
            n_rows=dict(self.n_rows),
            n_problems=self.n_problems,
            supersedes=self.supersedes,
            superseded_by=superseded_by,
            notes=self.notes,
            already_stored=already_stored,
            as_at=None if self.as_at is None else date.fromisoformat(self.as_at),
            again_of=self.again_of,
        )


def decoded(text: str) -> Manifest:
    """The manifest in this text. Raises StoreError if it is not one that this version knows."""
    try:
        fields: dict[str, Any] = json.loads(text)
        known = fields.pop("format")
        if known > AGAIN_FORMAT:
            raise StoreError(
                "This submission was stored by a newer version of whatworks; use that version."
            )
        return Manifest(
            **{
                **fields,
                "files": tuple(
                    SourceFile(**{**file, "tables": tuple(file["tables"])})
                    for file in fields["files"]
                ),
                "originals": dict(fields["originals"]),
                "notes": tuple(Note(**note) for note in fields["notes"]),
                "stored": tuple(StoredFile(**file) for file in fields["stored"]),
            }
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise StoreError(
            "The catalogue's entry for a submission is damaged; "
            "run 'whatworks admin verify-ledger'."
        ) from None


def council_code(code: object) -> str:
    """The code, if it is three digits; it becomes a folder's name, so nothing else is let by."""
    if not isinstance(code, str) or not _COUNCIL.fullmatch(code):
        raise StoreError("A council is given by its three-digit code, such as 301.")
    return code


def collection_name(name: object) -> str:
    """The collection's name, if it could be one."""
    if not isinstance(name, str) or not _COLLECTION.fullmatch(name):
        raise StoreError("A collection is given by a short lower-case name, such as ssda903.")
    return name


def collection_year(year: object) -> int:
    """The collection year, if it could be one."""
    if isinstance(year, bool) or not isinstance(year, int) or not 1990 <= year <= 2100:
        raise StoreError("The collection year is a number from 1990 to 2100.")
    return year


def table_name(name: str) -> str:
    """A table's name, if it can safely be a file's name."""
    if not _TABLE.fullmatch(name) or f"{name.lower()}.parquet" == PROBLEMS:
        raise StoreError("A table of the return has a name that cannot be kept.")
    return name


def council_of(submission_id: object) -> str:
    """The council in a submission's id. Raises StoreError when it is no id of ours."""
    match = _ID.fullmatch(submission_id) if isinstance(submission_id, str) else None
    if not match:
        raise StoreError("There is no submission with that id.")
    return match[1]


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def content_of(read: ReadReturn) -> str:
    """Digest of what was sent, whatever the files were called and in whatever order they came.

    Where the source was data frames, the digest is of their text.
    """
    hashes = sorted({file.sha256 for file in read.files})
    if hashes and all(_SHA256.fullmatch(value) for value in hashes):
        return digest("\n".join(["files", *hashes]).encode())
    parts = ["tables"]
    for name in sorted(read.tables):
        frame = read.tables[name].select(pl.all().cast(pl.String))
        text = frame.write_csv(None, quote_style="always")
        parts.append(f"{name}:{digest(text.encode())}")
    return digest("\n".join(parts).encode())


def submission_id(
    *,
    council: str,
    collection: str,
    year: int,
    content: str,
    reader_version: str,
    as_at: str | None = None,
    again_after: str | None = None,
) -> str:
    """The id that this content, read by this version, always gets: the same again is the same.

    The same lists as they stood on another day are another submission, and so is a return that
    takes its place again after another (``again_after``).
    """
    parts = [council, collection, str(year), content, reader_version]
    if as_at is not None:
        parts.append(as_at)
    if again_after is not None:
        parts.append(f"again after {again_after}")
    key = digest("\n".join(parts).encode())
    return f"{council}-{collection}-{year:04d}-{key[:20]}"


def moment(now: datetime | None) -> datetime:
    """When the return was received, in UTC."""
    when = now or datetime.now(UTC)
    if when.tzinfo is None:
        raise StoreError("The time a return was received needs a time zone.")
    return when.astimezone(UTC)


def same_tables(names: Sequence[str]) -> None:
    """Refuse names that would be one file on a disk that ignores letter case."""
    if len({name.lower() for name in names}) != len(names):
        raise StoreError("Two tables of the return differ only in letter case.")


def is_council_code(name: str) -> bool:
    """Whether a folder's name is a council's code."""
    return bool(_COUNCIL.fullmatch(name))


def is_submission_id(name: str) -> bool:
    """Whether a folder's name is a submission's id."""
    return bool(_ID.fullmatch(name))


def original_name(sha256: str) -> str:
    """The name under which a file with this digest is kept."""
    return f"{sha256}.gz"


def is_original_name(name: str) -> bool:
    """Whether a file's name is that of a kept original."""
    return name.endswith(".gz") and bool(_SHA256.fullmatch(name[:-3]))
