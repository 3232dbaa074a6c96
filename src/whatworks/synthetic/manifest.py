"""What was written: every file with its digest, and what is true of the invented children."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from whatworks.synthetic.folder import MANIFEST
from whatworks.synthetic.truth import Truth

MADE_BY = "whatworks.synthetic"
NOTICE = (
    "Every child in these files is invented. The councils' codes are real; the children, their "
    "lives, carers and social workers are not, and no figure counted from these files says "
    "anything about a real council."
)


class Replaced(ValueError):
    """The folder is no longer the one that a manifest was made of."""


@dataclass(frozen=True)
class FileMade:
    """One file of a return. ``path`` is relative to the folder written into."""

    path: str
    council: str
    collection: str
    year: int
    format: str
    sha256: str
    size: int


@dataclass(frozen=True)
class ReturnMade:
    """One return. ``folder`` holds its files; ``children``, ``episodes``, ``workers`` its rows.

    For SSDA903 children are rows of Header and episodes rows of Episodes; for the CIN census
    children and spells of need. The workforce census has social workers, no children. Duplicates
    planted as errors are included. Annex A is counted as files alone.
    """

    council: str
    collection: str
    year: int
    format: str
    folder: str
    children: int
    episodes: int
    workers: int
    errors: int


@dataclass(frozen=True)
class Manifest:
    """What ``write`` made: manifest.json, of which the long lists are read when first asked for.

    Raises ``Replaced`` then, if something else has been written into the folder since.
    """

    seed: int
    version: str
    councils: tuple[str, ...]
    years: tuple[int, ...]
    formats: tuple[str, ...]
    collections: tuple[str, ...]
    error_rate: float
    scale: float
    need_share: float
    practices: str | tuple[str, ...]
    """What was planted: "all", "none" or ids; truth.json says what that is."""
    names: Mapping[str, str]
    n_returns: int
    n_files: int
    n_bytes: int
    n_errors: int
    """Entries of errors.json."""
    notice: str = NOTICE
    made_by: str = MADE_BY
    path: Path = field(default=Path(MANIFEST), compare=False)
    """Where manifest.json is."""
    sha256: str = ""
    """Its digest."""

    @classmethod
    def open(cls, out: str | Path) -> Manifest:
        """The manifest of a folder that ``write`` made.

        Raises:
            ValueError: there is no manifest in the folder, or none of this version's.
        """
        path = Path(out) / MANIFEST
        try:
            raw = path.read_bytes()
            held = json.loads(raw)
            facts = {name: _tuple(held[name]) for name in FACTS}
        except (OSError, ValueError, KeyError) as error:
            raise ValueError(
                f"{out} holds no manifest of this version of 'whatworks synth'."
            ) from error
        return cls(**facts, path=path, sha256=sha256(raw).hexdigest())

    @cached_property
    def _held(self) -> dict[str, Any]:
        return dict(json.loads(self.as_json()))

    @cached_property
    def returns(self) -> tuple[ReturnMade, ...]:
        """Every return, council by council in the order asked for, then by year."""
        return tuple(ReturnMade(**one) for one in self._held["returns"])

    @cached_property
    def files(self) -> tuple[FileMade, ...]:
        """Every file of every return."""
        return tuple(FileMade(**one) for one in self._held["files"])

    @cached_property
    def truth(self) -> tuple[Truth, ...]:
        """What is true of each council and year, whatever errors the returns hold."""
        return tuple(Truth(**one) for one in self._held["truth"])

    def of_council(self, code: str) -> list[tuple[str, int, str]]:
        """(collection, year, folder) of a council's returns, SSDA903 in the first format.

        Annex A is not among them: see ``snapshots_of``.
        """
        return [
            (one.collection, one.year, one.folder)
            for one in self.returns
            if one.council == code
            and one.collection != "annex-a"
            and (one.collection != "ssda903" or one.format == self.formats[0])
        ]

    def snapshots_of(self, code: str) -> list[tuple[date, str]]:
        """(the day, folder) of a council's Annex A lists: as things stood on 31 March."""
        return [
            (date(one.year, 3, 31), one.folder)
            for one in self.returns
            if one.council == code and one.collection == "annex-a"
        ]

    def truth_of(self, code: str, year: int) -> Truth:
        """The truth of one council and year.

        Raises:
            KeyError: nothing was written of that council and year.
        """
        for one in self.truth:
            if one.council == code and one.year == year:
                return one
        raise KeyError((code, year))

    def facts(self) -> dict[str, Any]:
        """What manifest.json begins with: all but its lists."""
        return {name: getattr(self, name) for name in FACTS}

    def summary(self) -> dict[str, Any]:
        """The facts, where the manifest is, and how much was written: short for all England."""
        return self.facts() | {"manifest": str(self.path), "sha256": self.sha256}

    def as_dict(self) -> dict[str, Any]:
        """What manifest.json holds."""
        return dict(self._held)

    def as_json(self) -> str:
        """The text of manifest.json."""
        raw = self.path.read_bytes() if self.path.is_file() else b""
        if sha256(raw).hexdigest() != self.sha256:
            raise Replaced(f"{self.path} is not what was written: it has been replaced since.")
        return raw.decode()


FACTS = (
    "notice",
    "made_by",
    "version",
    "seed",
    "councils",
    "names",
    "years",
    "collections",
    "formats",
    "error_rate",
    "scale",
    "need_share",
    "practices",
    "n_returns",
    "n_files",
    "n_bytes",
    "n_errors",
)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
