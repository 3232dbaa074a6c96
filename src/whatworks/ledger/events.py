"""What an event is, what may be in one, and how its hash is made."""

from __future__ import annotations

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

FORMAT = 1
"""Version of the encoding under the hash. A new encoding gets a new number."""

GENESIS = "0" * 64
"""What stands as 'previous' in the first event of a chain, and the head of an empty one."""

MAX_DATA_BYTES = 8192
MAX_TEXT = 200
MAX_VALUE = 500
MAX_ITEMS = 100
MAX_DEPTH = 4

_KIND = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")

IDENTIFYING = frozenset(
    {"lachildid", "upn", "formerupn", "uniquepupilnumber", "uln", "nhsnumber", "nhs_number"}
    | {"dob", "date_of_birth", "personbirthdate", "expectedpersonbirthdate", "mc_dob"}
    | {"home_post", "pl_post", "postcode", "surname", "forename"}
)
"""Names of identifying columns of returns (lower case): never a field of an event."""


class LedgerError(Exception):
    """An event that may not be written, or a connection that cannot write one."""


@dataclass(frozen=True)
class Head:
    """The end of a chain: how many events it has, and the hash of the last."""

    sequence: int
    hash: str

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``by`` did ``kind`` to ``subject``; ``at`` is UTC."""

    sequence: int
    at: datetime
    kind: str
    by: str
    subject: str
    data: Mapping[str, Any]
    previous: str
    hash: str


def hash_of(
    *, sequence: int, at: str, kind: str, by: str, subject: str, data: str, previous: str
) -> str:
    """SHA-256 (hex) over every field, each preceded by its length so that no two events can
    encode to the same bytes."""
    digest = hashlib.sha256(b"whatworks.ledger.event\n")
    for part in (str(FORMAT), str(sequence), at, kind, by, subject, data, previous):
        raw = part.encode()
        digest.update(b"%d:" % len(raw))
        digest.update(raw)
    return digest.hexdigest()


def canonical(data: Mapping[str, Any]) -> str:
    """The one JSON text of this data: sorted keys, no spaces, no NaN.

    Raises LedgerError, without repeating any value, when it may not go in an event.
    """
    if not isinstance(data, Mapping):
        raise LedgerError("An event's data is a mapping of names to values.")
    plain = _plain(data, depth=0)
    text = json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    if len(_encoded(text, "data")) > MAX_DATA_BYTES:
        raise LedgerError(
            f"An event's data is at most {MAX_DATA_BYTES} bytes: write counts and a digest instead."
        )
    return text


def _plain(value: Any, *, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise LedgerError("An event's data is nested too deeply.")
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise LedgerError("An event's data may not hold infinity or 'not a number'.")
        return value
    if isinstance(value, str):
        if len(value) > MAX_VALUE:
            raise LedgerError(f"A text in an event's data has at most {MAX_VALUE} characters.")
        return str(value)
    if isinstance(value, Mapping):
        return _plain_mapping(value, depth=depth)
    if isinstance(value, (list, tuple)):
        if len(value) > MAX_ITEMS:
            raise LedgerError(f"A list in an event's data has at most {MAX_ITEMS} items.")
        if sum(isinstance(item, Mapping) for item in value) > 1:
            raise LedgerError(
                "A list of records may not go in an event: write counts and a digest instead."
            )
        return [_plain(item, depth=depth + 1) for item in value]
    raise LedgerError(f"An event's data may not hold a {type(value).__name__}.")


def _plain_mapping(value: Mapping[Any, Any], *, depth: int) -> dict[str, Any]:
    if len(value) > MAX_ITEMS:
        raise LedgerError(f"A mapping in an event's data has at most {MAX_ITEMS} fields.")
    out: dict[str, Any] = {}
    for name, item in value.items():
        if not isinstance(name, str) or not _FIELD.fullmatch(name):
            raise LedgerError(
                "Field names in an event's data are letters, digits, '_', '.' and '-', "
                "beginning with a letter."
            )
        if name == "CHILD" or name.lower() in IDENTIFYING:
            raise LedgerError(f"The field {name} identifies people and may not go in an event.")
        out[name] = _plain(item, depth=depth + 1)
    return out


def check_kind(kind: str) -> str:
    """The kind, if it is one: lower-case words joined by dots, such as 'submission.stored'."""
    if not isinstance(kind, str) or len(kind) > MAX_TEXT or not _KIND.fullmatch(kind):
        raise LedgerError("An event's kind is lower-case words joined by dots.")
    return kind


def check_text(text: str, field: str) -> str:
    """A short, printable text for ``by`` or ``subject``."""
    if not isinstance(text, str) or not 0 < len(text) <= MAX_TEXT or not text.isprintable():
        raise LedgerError(f"An event's {field} is printable text of 1 to {MAX_TEXT} characters.")
    return text


def check_time(at: datetime) -> str:
    """A moment as text, in UTC with microseconds."""
    if at.tzinfo is None:
        raise LedgerError("An event's time needs a time zone.")
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_time(text: str) -> datetime:
    """The moment that ``check_time`` wrote."""
    return datetime.fromisoformat(text)


def _encoded(text: str, field: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise LedgerError(f"An event's {field} is not valid text.") from None
