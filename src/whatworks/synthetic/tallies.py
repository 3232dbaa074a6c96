"""Further facts of one council and year, counted from the invented lives, for calibration.

Each is counted once, before any recording error, under a key made like the published tables:
``population/topic/group``, in the words of ``reference.characteristics``, such as
``ceased/reason/adopted``. Populations are ``looked_after_at_31_march``, ``started`` (each child
once, as at the first start of the year) and ``ceased`` (each child once, as at the last end).
Children who only have short breaks are left out, as in published statistics. Besides:

- ``ceased/guardian/GROUP``: special guardianship by who became guardian (REC E45 to E48).
- ``ceased/duration/BAND``: how long the period of care that ended last had lasted; and
  ``ceased/duration/days``, all those days together.
- ``reentry/at_risk/K`` and ``reentry/again/K``, K from 1 to 6: of the times that care ended with a
  return home in the year, those of children still not looked after again when year K after it
  began and not yet 18 when it ends; and those of them looked after again within it. The product
  of 1 - again/at_risk over K is the Kaplan-Meier estimate of staying home, with children who
  turn 18 leaving at the start of that year. Later years are read off the lives as drawn.
- ``stability/long_term/all`` and ``.../same``: children under 16 on 31 March, looked after for at
  least two and a half years without a break, and those with the same carer for at least two.
- ``year/children/all``, ``.../missing``, ``.../away``: looked after at any time in the year, and
  those missing or away without leave at least once in it.

A key that is absent stands for nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache

from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day
from whatworks.synthetic.episodes import Episode
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.providers import ADOPTIVE, FOSTER, SUPPORTED

ON_31_MARCH, STARTED, CEASED = "looked_after_at_31_march", "started", "ceased"
FOLLOWED = range(1, 7)
"""Years after a return home for which re-entry is counted."""

_LEGAL = {
    "C2": "care_order",
    "C1": "interim_care_order",
    "E1": "placement_order",
    "V2": "voluntary",
}
_LEGAL_ON_31_MARCH = _LEGAL | {
    **dict.fromkeys(("J1", "J2", "J3"), "youth_justice"),
    **dict.fromkeys(("L1", "L2", "L3"), "detained"),
}
_LEGAL_ON_START = _LEGAL | {
    "L1": "police_protection",
    "L2": "emergency_protection",
    "L3": "child_assessment_order",
    "J1": "remand",
    "J2": "police_detention",
    "J3": "youth_rehabilitation",
}
_TAKEN = ("C1", "C2", "E1", "L1", "L2", "L3")
PLACEMENT = {
    **dict.fromkeys(FOSTER, "foster"),
    **dict.fromkeys(("K1", "K2"), "childrens_home"),
    **dict.fromkeys((SUPPORTED, "K3", "H5", "P2"), "supported"),
    "P1": "parents",
    **dict.fromkeys(ADOPTIVE, "adoption"),
    "S1": "residential_school",
    **dict.fromkeys(("R1", "R2", "R3", "R5"), "other_residential"),
}
PROVIDER = {
    "PR0": "parents",
    "PR1": "own",
    "PR2": "other_council",
    "PR3": "other_public",
    "PR4": "private",
    "PR5": "voluntary",
    "": "not_reported",
}
REASON = {
    "E11": "adopted",
    "E12": "adopted",
    "E2": "died",
    "E3": "another_council",
    "E4A": "returned_home_planned",
    "E4B": "returned_home_unplanned",
    "E13": "left_to_others",
    "E41": "child_arrangements",
    **dict.fromkeys(("E45", "E46", "E47", "E48"), "special_guardianship"),
    "E5": "independent_supported",
    "E6": "independent",
    "E7": "adult_care",
    "E8": "other",
    "E9": "custody",
    "E14": "remand_ended",
    "E15": "age_assessed",
    "E16": "abroad",
    "E17": "stayed_with_carers",
}
_GUARDIAN = {
    "E45": "fostering_relatives",
    "E46": "other_fostering",
    "E47": "relatives",
    "E48": "others",
}
_ETHNICITY = {"W": "white", "M": "mixed", "A": "asian", "C": "asian", "B": "black", "O": "other"}
_NOT_SAID = ("REFU", "NOBT")
_LASTED = (
    (56, "under_8_weeks"),
    (183, "8_weeks_to_6_months"),
    (365, "6_to_12_months"),
    (731, "1_to_2_years"),
    (1826, "2_to_5_years"),
)
_UNKNOWN = "not_in_the_published_groups"
"""The group of a code that the published table has no place for: counted, so that it is seen."""

Counts = defaultdict[str, int]


@cache
def _bands(day: int) -> tuple[tuple[int, str], ...]:
    """(born after this day, age band on ``day``), youngest first."""
    on = date.fromordinal(day)
    since = [on.replace(year=on.year - age).toordinal() for age in (1, 5, 10, 16)]
    return tuple(zip(since, ("under_1", "1_to_4", "5_to_9", "10_to_15"), strict=True))


def _band(dob: int, day: int) -> str:
    """Under 1, 1 to 4, 5 to 9, 10 to 15, or 16 and over on a day that is no 29 February."""
    for since, band in _bands(day):
        if dob > since:
            return band
    return "16_and_over"


def _band_of(age: int) -> str:
    if age < 5:
        return "under_1" if age < 1 else "1_to_4"
    if age < 10:
        return "5_to_9"
    return "10_to_15" if age < 16 else "16_and_over"


def _who(n: Counts, population: str, life: Life) -> None:
    who = life.who
    n[f"{population}/sex/{'male' if who.male else 'female'}"] += 1
    n[f"{population}/unaccompanied/{'unaccompanied' if who.uasc else 'others'}"] += 1


def _open_on(care: Care, day: int) -> tuple[Episode, Episode]:
    """The episode open at the end of a day, and the placement it counts under.

    A temporary stay counts under the placement that it interrupts, as published.
    """
    at = len(care.episodes) - 1
    while care.episodes[at].start > day:
        at -= 1
    found = under = care.episodes[at]
    while under.kind[0] == "T" and at:
        at -= 1
        under = care.episodes[at]
    return found, under


def _on_31_march(n: Counts, life: Life, care: Care, last: int) -> None:
    episode, under = _open_on(care, last)
    who = life.who
    _who(n, ON_31_MARCH, life)
    n[f"{ON_31_MARCH}/age/{_band(who.dob, last)}"] += 1
    group = "not_known" if who.ethnic in _NOT_SAID else _ETHNICITY.get(who.ethnic[0], _UNKNOWN)
    n[f"{ON_31_MARCH}/ethnicity/{group}"] += 1
    n[f"{ON_31_MARCH}/need/{episode.need}"] += 1
    n[f"{ON_31_MARCH}/legal_status/{_LEGAL_ON_31_MARCH.get(episode.ls, _UNKNOWN)}"] += 1
    n[f"{ON_31_MARCH}/placement/{PLACEMENT.get(under.kind, 'other')}"] += 1
    n[f"{ON_31_MARCH}/provider/{PROVIDER.get(under.place.provider, _UNKNOWN)}"] += 1
    if last - care.spell.start >= 913 and age_on(who.dob, last) < 16:
        n["stability/long_term/all"] += 1
        n["stability/long_term/same"] += int(_same_carer_since(care, last) <= last - 730)


def _same_carer_since(care: Care, day: int) -> int:
    """Since when a child has lived with the carer of a day; temporary stays do not interrupt.

    Time with foster carers who adopt counts, and so does the placement before one for adoption.
    """
    since, place, adopting = day, None, False
    for episode in reversed(care.episodes):
        if episode.start > day or episode.kind[0] == "T":
            continue
        if place is not None and episode.place != place:
            if not adopting:
                break
            adopting = False
        else:
            adopting = episode.kind in ADOPTIVE
        since, place = episode.start, episode.place
    return since


def _started(n: Counts, life: Life, care: Care) -> None:
    first = care.episodes[0]
    _who(n, STARTED, life)
    n[f"{STARTED}/age/{_band_of(age_on(life.who.dob, care.spell.start))}"] += 1
    n[f"{STARTED}/need/{first.need}"] += 1
    n[f"{STARTED}/legal_status/{_LEGAL_ON_START.get(first.ls, _UNKNOWN)}"] += 1
    n[f"{STARTED}/taken_into_care/{'taken' if first.ls in _TAKEN else 'not_taken'}"] += 1


def _ceased(n: Counts, life: Life, care: Care) -> None:
    spell, rec = care.spell, care.episodes[-1].rec
    _who(n, CEASED, life)
    age = age_on(life.who.dob, spell.end)
    band = ("16", "17")[age - 16] if 16 <= age < 18 else _band_of(age)
    n[f"{CEASED}/age/{'18_and_over' if age >= 18 else band}"] += 1
    n[f"{CEASED}/reason/{REASON.get(rec, _UNKNOWN)}"] += 1
    if rec in _GUARDIAN:
        n[f"{CEASED}/guardian/{_GUARDIAN[rec]}"] += 1
    days = spell.end - spell.start
    lasted = next((band for below, band in _LASTED if days < below), "5_years_or_longer")
    n[f"{CEASED}/duration/{lasted}"] += 1
    n[f"{CEASED}/duration/days"] += days


def _reentry(n: Counts, life: Life, at: int) -> None:
    """One return home, followed for each of six years that ends before the eighteenth birthday."""
    dob, end = life.who.dob, life.care[at].spell.end
    again = life.care[at + 1].spell.start if at + 1 < len(life.care) else None
    for k in FOLLOWED:
        if birthday(end, k) >= birthday(dob, 18):
            return
        n[f"reentry/at_risk/{k}"] += 1
        if again is not None and again <= birthday(end, k):
            n[f"reentry/again/{k}"] += 1
            return


def _ended(n: Counts, life: Life, at: int, last: int) -> bool:
    """Whether a period of care of the year ended in it; returns home are followed from there."""
    care = life.care[at]
    if care.spell.end > last:
        return False
    if care.episodes[-1].rec in ("E4A", "E4B"):
        _reentry(n, life, at)
    return True


def _went_missing(n: Counts, shown: Sequence[Care], first: int, last: int) -> None:
    kinds = {
        kind for care in shown for kind, out, back in care.missing if out <= last and back >= first
    }
    n["year/children/all"] += 1
    if "M" in kinds:
        n["year/children/missing"] += 1
    if "A" in kinds:
        n["year/children/away"] += 1


def _of_year(n: Counts, life: Life, first: int, last: int) -> None:
    shown: list[Care] = []
    end = open_ = None
    for at, care in enumerate(life.care):
        if care.spell.start > last or care.spell.end < first:
            continue
        shown.append(care)
        if _ended(n, life, at, last):
            end = care
        else:
            open_ = care
    if not shown:
        return
    _went_missing(n, shown, first, last)
    start = next((care for care in shown if care.spell.start >= first), None)
    if start is not None:
        _started(n, life, start)
    if end is not None:
        _ceased(n, life, end)
    if open_ is not None:
        _on_31_march(n, life, open_, last)


def tallies(people: Sequence[Life], year: int) -> dict[str, int]:
    """Count the facts named above of one council's lives in a collection year, by sorted key."""
    n: Counts = defaultdict(int)
    first, last = first_day(year), last_day(year)
    for life in people:
        if life.counted and life.care:
            _of_year(n, life, first, last)
    return {key: n[key] for key in sorted(n)}
