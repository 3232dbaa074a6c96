"""Opaque names for children, for addresses and ledgers: nobody can tell a child's number from one.

A name is a keyed digest of the submission and the child's number. The key lies in the council's
own folder and nowhere else, so that whoever has only addresses, logs or the service's database
cannot find out whose page was opened, not even by trying every number.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from whatworks.returns import Submission
from whatworks.returns.store import disk
from whatworks.service.common import workspace

FILE = "child-names.key"
KEY_BYTES = 32
LENGTH = 26
"""Of a name: 130 bits, in small letters and figures."""


def name_of(submission: Submission, child: str) -> str:
    """The name of a child's page in the report of this submission."""
    return _name(_key(submission.council), submission, child)


def names_of(submission: Submission, children: Iterable[str]) -> dict[str, str]:
    """Child's number -> name, for many at once."""
    key = _key(submission.council)
    return {child: _name(key, submission, child) for child in children}


def child_of(submission: Submission, name: str, children: Iterable[str]) -> str | None:
    """The number of the child who has this name, of the children of this submission."""
    key = _key(submission.council)
    wanted = name.encode()
    for child in children:
        if hmac.compare_digest(_name(key, submission, child).encode(), wanted):
            return child
    return None


def _name(key: bytes, submission: Submission, child: str) -> str:
    digest = hmac.new(key, f"{submission.id}\0{child}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:LENGTH]


def _key(council: str) -> bytes:
    folder = workspace.path() / "councils" / council
    path = folder / FILE
    if not path.is_file():
        _make(path)
    return path.read_bytes()


def _make(path: Path) -> None:
    own = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    disk.write_file(own, secrets.token_bytes(KEY_BYTES))
    try:
        # A link appears whole or not at all, and only the first of two makers makes it.
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        disk.clear(own)
    disk.sync_folder(path.parent)
