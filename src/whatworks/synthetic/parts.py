"""What is told of each council's returns, kept on disk until all councils are written.

A council's part is a few files of lines, each line one JSON object. Documents for all England
are put together from them a line at a time, so that no list is ever held whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = ".parts"
RETURNS, FILES, TRUTH, ERRORS = "returns", "files", "truth", "errors"
COUNCIL_YEARS = "council_years"
KINDS = (RETURNS, FILES, TRUTH, ERRORS, COUNCIL_YEARS)
Lines = Iterator[str]


def _line(item: Mapping[str, Any]) -> str:
    return json.dumps(item, ensure_ascii=False, sort_keys=True)


def put(staging: Path, code: str, lists: Mapping[str, Iterable[Mapping[str, Any]]]) -> None:
    """Keep one council's part: a file for each kind of thing told."""
    folder = staging / FOLDER
    folder.mkdir(exist_ok=True)
    for kind in KINDS:
        lines = [_line(item) for item in lists.get(kind, ())]
        text = "".join(f"{line}\n" for line in lines)
        (folder / f"{code}.{kind}").write_text(text, encoding="utf-8", newline="\n")


def lines(staging: Path, codes: Sequence[str], kind: str) -> Lines:
    """The lines of one kind, council by council in this order."""
    for code in codes:
        with (staging / FOLDER / f"{code}.{kind}").open(encoding="utf-8") as part:
            for line in part:
                yield line.rstrip("\n")


def document(path: Path, facts: Mapping[str, Any], lists: Mapping[str, Lines]) -> str:
    """Write one JSON document, its facts and then its lists with an item a line; its SHA-256."""
    digest = sha256()
    with path.open("wb") as out:

        def tell(text: str) -> None:
            raw = text.encode()
            digest.update(raw)
            out.write(raw)

        between = "{\n"
        for name, value in facts.items():
            tell(f"{between}{json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}")
            between = ",\n"
        for name, items in lists.items():
            tell(f"{between}{json.dumps(name)}: [")
            between, before = ",\n", "\n"
            for item in items:
                tell(f"{before} {item}")
                before = ",\n"
            tell("]" if before == "\n" else "\n]")
        tell("\n}\n")
    return digest.hexdigest()
