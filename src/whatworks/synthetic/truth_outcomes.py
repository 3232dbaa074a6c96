"""What is true of how invented children fare: health, missing, reviews, adoption, leaving care.

Days are taken from lives, the yearly answers from what the council of a life would answer
(``ssda903.answers``), before any recording error and whatever is written and read afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from whatworks.reference import add_working_days
from whatworks.synthetic.calendar import age_on, birthday, first_day, last_day
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.ssda903 import COLUMNS, answers
from whatworks.synthetic.truth import Part

_MONTH = 365.25 / 12
_ADOPTERS = ("A3", "A4", "A5", "A6")
_PLACED_ANEW = ("S", "P", "B", "T", "U")
_HEARD = ("PN1", "PN2", "PN3", "PN5", "PN6")
_ATTENDED = ("PN1", "PN2", "PN3", "PN4")
_IDLE = ("G4", "G5", "G6")
_BANDS = (("17_18", (17, 18)), ("19_21", (19, 20, 21)))


class _Counts(dict[str, list[float]]):
    """Measure -> numerator and denominator so far."""

    def __missing__(self, name: str) -> list[float]:
        self[name] = [0.0, 0.0]
        return self[name]

    def add(self, name: str, top: float, under: float = 1) -> None:
        self[name][0] += top
        self[name][1] += under


def truth_of_outcomes(lives: Sequence[Life], council: str, year: int) -> dict[str, Part]:
    """What each measure of the return's other tables must come to: numerator and denominator."""
    counts = _Counts()
    for name in (*_OF_EVERY_KIND, *_NUMBERS):
        counts.add(name, 0, 0)
    for life in lives:
        if life.care:
            _plans(counts, life, year)
        if not life.counted:
            continue
        told = answers(life, council, year)
        if life.care:
            _health(counts, life, council, year, told)
            _missing(counts, life, year)
            _reviews(counts, life, year)
            _adoption(counts, life, year)
            _earlier(counts, life, year, told)
        _leaving(counts, life, year, told)
    return {
        name: (top, None if name in _NUMBERS else under) for name, (top, under) in counts.items()
    }


_NUMBERS = (
    "decided_for_adoption",
    "plans_for_adoption_given_up",
    "care_leavers_17_18",
    "care_leavers_19_21",
)
_OF_EVERY_KIND = (
    "health_assessed",
    "dental_checked",
    "immunised",
    "development_checked",
    "convicted",
    "substance_misuse",
    "substance_misuse_helped",
    "substance_misuse_help_offered",
    "sdq_completed",
    "sdq_average",
    "sdq_of_concern",
    "sdq_borderline",
    "sdq_fell",
    "sdq_no_longer_of_concern",
    "went_missing",
    "away_without_agreement",
    "often_missing",
    "missing_times",
    "views_heard_at_reviews",
    "attended_reviews",
    "reviewed_on_time",
    "days_from_care_to_adopters",
    "days_from_order_to_match",
    "months_from_decision_to_match",
    "adopted_by_foster_carers",
    "started_after_a_permanent_home",
    "started_after_adoption",
    "started_after_special_guardianship",
    "staying_put_at_18",
    "staying_put_at_19_20",
    *(
        f"care_leavers_{name}_{band}"
        for band, _ in _BANDS
        for name in (
            "in_touch",
            "out_of_touch",
            "suitable_home",
            "active",
            "higher_education",
            "not_active",
            "not_active_ill",
            "not_active_parent",
        )
    ),
)


def _named(table: str, row: Sequence[str]) -> Mapping[str, str]:
    return dict(zip(COLUMNS[table], row, strict=True))


def _health(
    counts: _Counts, life: Life, council: str, year: int, told: Mapping[str, Sequence[str]]
) -> None:
    if "OC2" not in told:
        return
    said = _named("OC2", told["OC2"])
    for name, column in (
        ("health_assessed", "HEALTH_ASSESSMENT"),
        ("dental_checked", "TEETH_CHECK"),
        ("immunised", "IMMUNISATIONS"),
        ("development_checked", "HEALTH_CHECK"),
        ("convicted", "CONVICTED"),
        ("substance_misuse", "SUBSTANCE_MISUSE"),
        ("substance_misuse_helped", "INTERVENTION_RECEIVED"),
    ):
        if said[column]:
            counts.add(name, said[column] == "1")
    if said["SUBSTANCE_MISUSE"] == "1":
        offered = "1" in (said["INTERVENTION_RECEIVED"], said["INTERVENTION_OFFERED"])
        counts.add("substance_misuse_help_offered", offered)
    points = said["SDQ_SCORE"]
    if 4 <= age_on(life.who.dob, last_day(year)) <= 16:
        counts.add("sdq_completed", bool(points))
    if not points:
        return
    score = int(points)
    counts.add("sdq_average", score)
    counts.add("sdq_of_concern", score >= 17)
    counts.add("sdq_borderline", 14 <= score <= 16)
    before = answers(life, council, year - 1).get("OC2")
    earlier = _named("OC2", before)["SDQ_SCORE"] if before else ""
    if earlier:
        counts.add("sdq_fell", score < int(earlier))
        if int(earlier) >= 17:
            counts.add("sdq_no_longer_of_concern", score < 17)


def _missing(counts: _Counts, life: Life, year: int) -> None:
    first, last = first_day(year), last_day(year)
    if not any(one.spell.start <= last and one.spell.end > first for one in life.care):
        return
    times = {"M": 0, "A": 0}
    for one in life.care:
        for kind, start, end in one.missing:
            times[kind] += start <= last and end >= first
    counts.add("went_missing", times["M"] > 0)
    counts.add("away_without_agreement", times["A"] > 0)
    counts.add("often_missing", times["M"] >= 5)
    if times["M"]:
        counts.add("missing_times", times["M"])


@lru_cache(maxsize=4096)
def _working_days_after(day: int, n: int) -> int:
    return add_working_days(date.fromordinal(day), n).toordinal()


def _months_after(day: int, months: int) -> int:
    """The same day of a later month, or that month's last."""
    on = date.fromordinal(day)
    number = on.year * 12 + on.month - 1 + months
    for last in range(on.day, 27, -1):
        try:
            return date(number // 12, number % 12 + 1, last).toordinal()
        except ValueError:
            continue
    return date(number // 12, number % 12 + 1, on.day).toordinal()


_LONG_AGO = 400
"""Days after which a first review no longer matters to a year, nor its bank holidays."""


def _due(care: Care, first: int) -> Iterator[tuple[int, int | None]]:
    """The last day for each review of a period of care, and the day it was held, if it was.

    Only what falls due from the day ``first`` on is to the day.
    """
    start = care.spell.start
    due = _working_days_after(start, 20) if start >= first - _LONG_AGO else start
    for i, (day, _) in enumerate(care.reviews):
        yield due, day
        due = _months_after(day, 3 if i == 0 else 6)
    yield due, None


def _reviews(counts: _Counts, life: Life, year: int) -> None:
    first, last = first_day(year), last_day(year)
    for one in life.care:
        for day, code in one.reviews:
            if first <= day <= last and code != "PN0":
                counts.add("views_heard_at_reviews", code in _HEARD)
                counts.add("attended_reviews", code in _ATTENDED)
        if not one.spell.start <= last < one.spell.end:
            continue
        late = held = waiting = False
        for due, on in _due(one, first):
            if on is not None and on <= last:
                held = True
                late |= on >= first and on > due
            else:
                late |= due < last
                waiting = not held and due >= last
                break
        if not waiting:
            counts.add("reviewed_on_time", not late)


def _plans(counts: _Counts, life: Life, year: int) -> None:
    first, last = first_day(year), last_day(year)
    for one in life.care:
        plan = one.spell.plan
        if plan is not None:
            counts.add("decided_for_adoption", first <= plan.decided <= last)
            given_up = plan.ended is not None and first <= plan.ended <= last
            counts.add("plans_for_adoption_given_up", given_up)


def _adoption(counts: _Counts, life: Life, year: int) -> None:
    first, last = first_day(year), last_day(year)
    ended = [one for one in life.care if first <= one.spell.end <= last]
    if not ended or ended[-1].spell.route != "adoption":
        return
    one = ended[-1]
    plan = one.spell.plan
    assert plan is not None  # noqa: S101  (adoption always has one)
    placed = [e.start for e in one.episodes if e.kind in _ADOPTERS and e.rne in _PLACED_ANEW]
    ordered = [e.start for e in one.episodes if e.ls == "E1"]
    counts.add("adopted_by_foster_carers", plan.with_carer)
    for name, a, b, unit in (
        ("days_from_care_to_adopters", [one.spell.start], placed[-1:], 1.0),
        ("days_from_order_to_match", ordered[:1], [plan.matched], 1.0),
        ("months_from_decision_to_match", [plan.decided], [plan.matched], _MONTH),
    ):
        if a and b and b[0] >= a[0]:
            counts.add(name, (b[0] - a[0]) / unit)


def _earlier(counts: _Counts, life: Life, year: int, told: Mapping[str, Sequence[str]]) -> None:
    first, last = first_day(year), last_day(year)
    if not any(first <= one.spell.start <= last for one in life.care):
        return
    code = _named("PrevPerm", told["PrevPerm"])["PREV_PERM"]
    counts.add("started_after_a_permanent_home", code != "Z1")
    counts.add("started_after_adoption", code == "P1")
    counts.add("started_after_special_guardianship", code == "P2")


def _leaving(counts: _Counts, life: Life, year: int, told: Mapping[str, Sequence[str]]) -> None:
    if "OC3" not in told:
        return
    said = _named("OC3", told["OC3"])
    age = age_on(life.who.dob, last_day(year))
    touch, does, home = said["IN_TOUCH"], said["ACTIV"], said["ACCOM"]
    if touch in ("DIED", "RHOM"):
        return
    band = next(name for name, ages in _BANDS if age in ages)
    counts.add(f"care_leavers_{band}", 1, 0)
    for name, holds in (
        ("in_touch", touch == "YES"),
        ("out_of_touch", touch == "NO"),
        ("active", does[0] in "FP"),
        ("higher_education", does in ("F1", "P1")),
        ("not_active", does in _IDLE),
        ("not_active_ill", does == "G4"),
        ("not_active_parent", does == "G6"),
    ):
        counts.add(f"care_leavers_{name}_{band}", holds)
    if home[0] not in "GHR":
        counts.add(f"care_leavers_suitable_home_{band}", home.endswith("1"))
    stay = {18: "staying_put_at_18", 19: "staying_put_at_19_20", 20: "staying_put_at_19_20"}
    if age in stay and life.care:
        final = life.care[-1]
        fostered = final.episodes[-1].kind.startswith("U")
        if fostered and final.spell.end >= birthday(life.who.dob, 18):
            counts.add(stay[age], home in ("Z1", "Z2"))
