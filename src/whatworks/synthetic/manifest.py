"""What was written: every file with its digest, and what is true of the invented children."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from whatworks.synthetic.truth import Truth as Truth

MADE_BY = "whatworks.synthetic"
NOTICE = (
    "Every child in these files is invented. The councils' codes are real; the children, their "
    "lives, carers and social workers are not, and no figure counted from these files says "
    "anything about a real council."
)


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
    """One return. ``folder`` holds its files; ``children`` and ``episodes`` count its rows.

    For SSDA903 children are rows of Header and episodes rows of Episodes; for the CIN census
    children and spells of need. Duplicates planted as errors are included.
    """

    council: str
    collection: str
    year: int
    format: str
    folder: str
    children: int
    episodes: int
    errors: int


@dataclass(frozen=True)
class Manifest:
    """What ``write`` made. ``as_dict`` is what manifest.json holds."""

    seed: int
    version: str
    councils: tuple[str, ...]
    years: tuple[int, ...]
    formats: tuple[str, ...]
    error_rate: float
    scale: float
    need_share: float
    returns: tuple[ReturnMade, ...]
    files: tuple[FileMade, ...]
    truth: tuple[Truth, ...]
    names: Mapping[str, str]
    notice: str = NOTICE
    made_by: str = MADE_BY

    def of_council(self, code: str) -> list[tuple[str, int, str]]:
        """(collection, year, folder) of a council's returns, SSDA903 in the first format."""
        return [
            (one.collection, one.year, one.folder)
            for one in self.returns
            if one.council == code and (one.collection == "cin" or one.format == self.formats[0])
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

    def as_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        return asdict(self)

    def as_json(self) -> str:
        """The text of manifest.json."""
        return json.dumps(self.as_dict(), indent=1, sort_keys=True) + "\n"
