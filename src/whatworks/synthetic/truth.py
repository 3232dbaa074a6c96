"""What is true of the invented children, counted from their lives, not from what is written."""

from __future__ import annotations

from collections.abc import Sequence

from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day
from whatworks.synthetic.careers import Spell
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.manifest import Truth


class _Tally:
    def __init__(self) -> None:
        self.n = dict.fromkeys(Truth.__dataclass_fields__, 0)

    def add(self, name: str, n: int = 1) -> None:
        self.n[name] += n


def _placements(care: Care, first: int, last: int, *, same_carer_counts: bool) -> int:
    """Placements of one period of care that were open in a year, however short of zero days."""
    began: list[int] = []
    temporary = False
    for episode in care.episodes:
        if episode.kind[0] == "T":
            temporary = True
            continue
        own_carer = episode.rne in ("T", "U")
        goes_on = (
            episode.rne == "L"
            or temporary
            or (own_carer and (episode.kind == "A5" or not same_carer_counts))
        )
        temporary = False
        if episode.rne == "S" or not goes_on:
            began.append(episode.start)
    ends = [*began[1:], care.spell.end]
    return sum(
        1
        for start, end in zip(began, ends, strict=True)
        if start <= last and end > first and end > start
    )


def _of_year(tally: _Tally, life: Life, first: int, last: int) -> None:
    spells = life.career.spells
    begun = [spell for spell in spells if first <= spell.start <= last]
    ended = [spell for spell in spells if first <= spell.end <= last]
    if begun:
        tally.add("started")
        tally.add("starts", len(begun))
    if ended:
        tally.add("ceased")
        tally.add("ceases", len(ended))
        tally.add("returned_home", int(_home(life, ended[-1])))
        tally.add("returns_home", sum(_home(life, spell) for spell in ended))
    if any(spell.start <= last < spell.end for spell in spells):
        tally.add("looked_after_at_31_march")
        for name, counts in (("three_or_more_placements", True), ("three_or_more_homes", False)):
            n = sum(_placements(care, first, last, same_carer_counts=counts) for care in life.care)
            tally.add(name, int(n >= 3))


def _home(life: Life, spell: Spell) -> bool:
    """Whether a period ended with a return home, as recorded when care ended."""
    care = next(care for care in life.care if care.spell is spell)
    return care.episodes[-1].rec in ("E4A", "E4B")


def _reentry(tally: _Tally, life: Life, first: int, last: int) -> None:
    """Returns home in the year before, and whether care began again within 12 months."""
    spells = life.career.spells
    for i, spell in enumerate(spells):
        if (
            not first <= spell.end <= last
            or age_on(life.who.dob, spell.end) >= 17
            or not _home(life, spell)
        ):
            continue
        tally.add("reentry_cohort")
        again = i + 1 < len(spells) and spells[i + 1].start <= birthday(spell.end, 1)
        tally.add("reentered_within_12_months", int(again))


def truth(lives: Sequence[Life], council: str, year: int) -> Truth:
    """The tallies of one council and collection year."""
    tally = _Tally()
    first, last = first_day(year), last_day(year)
    before = first_day(year - 1)
    for life in lives:
        if life.counted and life.care:
            _of_year(tally, life, first, last)
            _reentry(tally, life, before, first - 1)
    tally.n.update(year=year)
    return Truth(**{**tally.n, "council": council})  # type: ignore[arg-type]
