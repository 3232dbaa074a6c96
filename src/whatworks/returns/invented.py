"""Telling invented children from councils' own, by the numbers they have in a return.

A return on children looked after names neither its council nor its maker. The generator of this
project gives its children numbers that no council gives (``synthetic.identity``), and its social
workers registration numbers that the regulator does not; other invented children cannot be told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from whatworks.returns.model import ReadReturn, ReturnsError
from whatworks.returns.report import CHILD_COLUMN, PERSON

CHILD = re.compile(r"SYN[0-9BCDFGHJKLMNPQRSTVWXYZ]{7,20}", re.ASCII)
WORKER = re.compile(r"SW9[0-9]{9}", re.ASCII)


@dataclass(frozen=True)
class Numbers:
    """How many people a return tells of, and how many have a number that only invented ones do."""

    people: int
    invented: int

    @property
    def all_invented(self) -> bool:
        """Whether everybody in the return is known to be invented."""
        return 0 < self.people == self.invented


def numbers_of(read: ReadReturn) -> Numbers:
    """The numbers in a return, counted; none of them leaves this function."""
    column = CHILD_COLUMN[read.collection]
    form = WORKER if read.collection == "csww" else CHILD
    seen: set[str] = set()
    for frame in read.tables.values():
        if column in frame.columns:
            seen.update(text.strip() for text in frame[column].drop_nulls())
    return Numbers(len(seen), sum(form.fullmatch(text) is not None for text in seen))


def refuse_mixing(read: ReadReturn, *, synthetic: bool, said: bool) -> None:
    """Refuse invented people among real ones, and whoever may be real among invented ones.

    synthetic: whether the workspace is for invented people. said: whether the sender says that
    those in the return are. Raises ReturnsError.
    """
    found = numbers_of(read)
    people = PERSON[read.collection][1]
    if synthetic and not (said or found.all_invented):
        raise ReturnsError(
            f"This is a place for invented {people}, and nothing in the files says that theirs "
            "are: a real one’s record must never be mixed with them. If they are invented, say so "
            "and send them again."
        )
    if not synthetic and found.invented:
        raise ReturnsError(
            f"{found.invented:,} of {found.people:,} {people} in the files have numbers that this "
            "software gives to invented ones, and this is a place for a council’s own. Nothing "
            "was kept. Try invented ones out on a site or in a workspace of their own."
        )
