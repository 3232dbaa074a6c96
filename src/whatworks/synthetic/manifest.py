"""What was written: every file with its digest, and what is true of the invented children."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

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
class Truth:
    """What the simulation knows of one council and collection year, before any recording error.

    Children who only have short breaks are left out, as in published statistics.
    """

    council: str
    year: int
    looked_after_at_31_march: int
    """Children whose care began by 31 March and had not ended by then."""
    started: int
    """Children who started to be looked after in the year, each once."""
    starts: int
    """Times that care began in the year."""
    ceased: int
    """Children who ceased to be looked after in the year, each once."""
    ceases: int
    """Times that care ended in the year."""
    returned_home: int
    """Of the children who ceased, those whose last period of the year ended at home."""
    returns_home: int
    """Times that care ended with a return home (E4A or E4B) in the year."""
    reentry_cohort: int
    """Returns home in the year before this one of children aged under 17 on that day."""
    reentered_within_12_months: int
    """Of that cohort, those looked after again by the same day a year later."""
    three_or_more_placements: int
    """Of those looked after at 31 March, children in three or more placements in the year.

    A stay counts if it was open on a day of the year after the first or began on it. Temporary
    stays do not count, nor does going back after one, nor adoption by one's own foster carer;
    a change of the kind of placement with the same carer does.
    """
    three_or_more_homes: int
    """The same, leaving out changes of kind with the same carer."""


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
