"""Whether the councils written make up England, year by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from whatworks import reference
from whatworks.synthetic.calibration.model import ENGLAND, TOGETHER
from whatworks.synthetic.calibration.publication import Publication
from whatworks.synthetic.calibration.record import Record
from whatworks.synthetic.calibration.wanted import LOOKED_AFTER

MOST_ABSENT = 0.05
"""Share of England's looked-after children whose councils may be absent from a whole England."""


@dataclass(frozen=True)
class Whole:
    """The councils of one year: those written, and those of England that were not."""

    year: int
    councils: tuple[str, ...]
    absent: tuple[str, ...]
    england: bool

    @property
    def area(self) -> str:
        """England, or the councils written taken together."""
        return ENGLAND if self.england else TOGETHER


def wholes(known: Record, publication: Publication) -> Mapping[int, Whole]:
    """Year -> which councils it has, and whether they are England but for a few former ones."""
    found = {}
    for year in known.years:
        written = tuple(code for code in known.councils if (code, year) in known.tallies)
        had = [code for code in written if LOOKED_AFTER in known.tallies[code, year]]
        existed = [str(code) for code in reference.councils(on=year)["code"]]
        absent = tuple(code for code in existed if code not in had)
        former = all(reference.council(code).former for code in absent)
        missing = sum(publication.looked_after(code, year) for code in absent)
        total = publication.looked_after(reference.ENGLAND, year)
        small = not total or missing <= MOST_ABSENT * total
        found[year] = Whole(year, written, absent, former and small)
    return found
