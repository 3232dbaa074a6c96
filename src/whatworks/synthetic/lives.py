"""One simulated life: who the child is, when and where it was looked after, what happened there.

A life is drawn once, to its end. Yearly returns are cut out of it elsewhere and add nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import age_on, birthday, next_weekday
from whatworks.synthetic.careers import BREAKS_V3, BREAKS_V4, Career, Spell
from whatworks.synthetic.draws import Draws, forked
from whatworks.synthetic.episodes import Episode, episodes_of, short_breaks
from whatworks.synthetic.identity import Person
from whatworks.synthetic.legal import legal_path, need_on_starting
from whatworks.synthetic.placements import stays_of
from whatworks.synthetic.world import World

_DETAILS, _LEAVER = 1, 2


@dataclass(frozen=True, slots=True)
class Care:
    """One period of care in full: its spell, episodes, reviews (day, code) and days missing."""

    spell: Spell
    episodes: tuple[Episode, ...]
    reviews: tuple[tuple[int, str], ...]
    missing: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Life:
    """A child and everything that happened. ``care`` is empty where no return needs it."""

    seed: int
    kind: str
    who: Person
    career: Career
    care: tuple[Care, ...]
    mother_from: int | None = None
    before: tuple[str, int] | None = None
    """Earlier permanence, if any, with a day: (PREV_PERM code, when it was ordered)."""

    @property
    def counted(self) -> bool:
        """Whether statistics of children looked after count the child: not short breaks."""
        return self.kind not in (BREAKS_V3, BREAKS_V4)

    def draws(self, tag: int) -> Draws:
        """Numbers of the child's own for one purpose, whatever else was drawn."""
        return forked(self.seed, tag)


def _reviews(draws: Draws, spell: Spell, dob: int) -> list[tuple[int, str]]:
    """First within 20 working days, then within three months, then at most six months apart."""
    fourth = birthday(dob, 4)
    found = []
    day = next_weekday(spell.start + draws.between(17, 26))
    gap = 80
    while day < spell.end - 1:
        code = "PN0" if day < fourth else draws.pick(chances.REVIEW_CODE)
        found.append((day, code))
        day = next_weekday(day + gap + draws.between(0, 8))
        gap = 168
    return found


def _missing(draws: Draws, episodes: list[Episode], dob: int) -> list[tuple[str, int, int]]:
    """Times missing (M) or away without leave (A), each inside one episode."""
    twelfth = birthday(dob, 12)
    if episodes[-1].end <= twelfth or not draws.chance(chances.EVER_MISSING):
        return []
    every = 25 + draws.exponential(110)
    found: list[tuple[str, int, int]] = []
    day = max(twelfth, episodes[0].start) + int(draws.exponential(every))
    for episode in episodes:
        while day < episode.end - 4:
            if day <= episode.start:
                day = episode.start + 1
                continue
            back = day + int(draws.exponential(1.3))
            if back < episode.end - 1:
                found.append(("A" if draws.chance(chances.AWAY) else "M", day, back))
            day = back + 2 + int(draws.exponential(every))
    return found


def _care(draws: Draws, spell: Spell, who: Person, kind: str, need: str, *, where: World) -> Care:
    legal = legal_path(draws, spell, who.dob, kind)
    stays = stays_of(draws, spell, who, legal, where=where, kind=kind)
    if kind == BREAKS_V3:
        return Care(spell, tuple(short_breaks(draws, spell, need, stays[0])), (), ())
    episodes = episodes_of(draws, spell, need=need, legal=legal, stays=stays)
    if kind == BREAKS_V4:
        return Care(spell, tuple(episodes), (), ())
    return Care(
        spell,
        tuple(episodes),
        tuple(_reviews(draws, spell, who.dob)),
        tuple(_missing(draws, episodes, who.dob)),
    )


def life(seed: int, career: Career, who: Person, where: World) -> Life:
    """A life in full, drawn from a career."""
    draws = forked(seed, _DETAILS)
    care: list[Care] = []
    need = ""
    for spell in career.spells:
        if not need or draws.chance(chances.NEED_CHANGES):
            need = need_on_starting(draws, spell, who.dob, career.kind)
        care.append(_care(draws, spell, who, career.kind, need, where=where))
    return Life(
        seed,
        career.kind,
        who,
        career,
        tuple(care),
        mother_from=_mother(draws, who, care),
        before=_before(draws, career),
    )


def leaver(seed: int, career: Career, who: Person) -> Life:
    """A life of which only the time after care is needed."""
    return Life(seed, career.kind, who, career, ())


def _mother(draws: Draws, who: Person, care: list[Care]) -> int | None:
    """The day a looked-after girl had a child of her own, for a few."""
    if who.male or not draws.chance(0.05):
        return None
    day = birthday(who.dob, 15) + int(draws.u() * 1000)
    for one in care:
        if one.spell.start < day < one.spell.end and age_on(who.dob, day) < 18:
            return day
    return None


def _before(draws: Draws, career: Career) -> tuple[str, int] | None:
    """A permanent home that ended before the child first came into care, for a few."""
    code = draws.pick(chances.PREVIOUS_PERMANENCE)
    days = draws.u()
    start = career.spells[0].start
    age = start - career.dob
    if career.kind != "care" or code == "Z1" or age < 1500:
        return None
    return code, career.dob + 400 + int(days * (age - 600))
