"""What checking a kept submission found, kept beside it so that a report opens at once."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from whatworks.returns import derived
from whatworks.returns.checking import check_typed
from whatworks.returns.model import CheckResult, Note, Submission

if TYPE_CHECKING:
    from whatworks.returns.store import Store

FOLDER = "reports"
_FRAMES = ("rules", "findings")
_JUDGED_BY = ("returns", "tables", "reference")


def checked(store: Store, submission: Submission) -> CheckResult:
    """What checking found in this submission.

    Worked out once; again only when the rules or the facts they rest on change. Raises
    StoreError where the submission cannot be read.
    """
    parts = [derived.digest_of(*_JUDGED_BY), submission.id]
    folder = store.path / "councils" / submission.council / FOLDER
    path = folder / f"{submission.id}-{derived.key_of(parts)}.zip"
    kept = _unpacked(derived.read(path), store, submission)
    if kept is not None:
        return kept
    result = check_typed(
        store.tables(submission),
        collection=submission.collection,
        year=submission.year,
        council=submission.council,
        files=submission.files,
        problems=store.problems(submission),
        notes=submission.notes,
    )
    derived.save(path, _packed(result), stale=f"{submission.id}-*.zip")
    return result


def _packed(result: CheckResult) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in _FRAMES:
            frame = io.BytesIO()
            getattr(result, name).write_parquet(frame)
            archive.writestr(f"{name}.parquet", frame.getvalue())
        about = {
            "period": [day.isoformat() for day in result.period],
            "notes": [asdict(note) for note in result.notes],
        }
        archive.writestr("about.json", json.dumps(about))
    return packed.getvalue()


def _unpacked(content: bytes | None, store: Store, submission: Submission) -> CheckResult | None:
    if content is None:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            about = json.loads(archive.read("about.json"))
            frames = {n: pl.read_parquet(archive.read(f"{n}.parquet")) for n in _FRAMES}
    except (zipfile.BadZipFile, KeyError, ValueError, pl.exceptions.PolarsError):
        return None
    first, last = (date.fromisoformat(day) for day in about["period"])
    return CheckResult(
        collection=submission.collection,
        year=submission.year,
        council=submission.council,
        period=(first, last),
        files=submission.files,
        rules=frames["rules"],
        findings=frames["findings"],
        problems=store.problems(submission),
        notes=tuple(Note(**note) for note in about["notes"]),
    )
