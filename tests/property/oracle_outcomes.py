"""Measures of health, missing, reviews, adoption and leaving care, counted a second time.

Slow, plain Python that shares no code with the first count. ``figures(lives, returns)`` takes them
as ``outcomes_told`` says, and gives (measure, year) -> (numerator, denominator, left out).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from .outcomes_told import (
    Council,
    adult_on,
    age,
    merged,
    missing,
    months_on,
    spans,
    window,
    working_days,
    year_of,
)

MONTH = 365.25 / 12
HOMES = "BCDEKSTUVWXYZ"
IDLE = ("G4", "G5", "G6")
ACTIVE = ("F1", "F2", "F3", "F4", "F5", "P1", "P2", "P3", "P4", "P5")
HEARD = ("PN1", "PN2", "PN3", "PN5", "PN6")
OLD_ENOUGH = ("PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7")


OC2 = (
    "SDQ_SCORE",
    "CONVICTED",
    "HEALTH_CHECK",
    "IMMUNISATIONS",
    "TEETH_CHECK",
    "HEALTH_ASSESSMENT",
    "SUBSTANCE_MISUSE",
    "INTERVENTION_RECEIVED",
    "INTERVENTION_OFFERED",
)


def points(record: Any) -> int | None:
    cell = None if record is None else record["SDQ_SCORE"]
    if cell is None or not cell.isdigit() or int(cell) > 40:
        return None
    return int(cell)


def health(of: Council, year: int, out: Any) -> None:
    first, last = window(year)
    # A score that is no number is read as none before two rows are compared.
    plain = {
        y: {
            "OC2": [
                {**r, "SDQ_SCORE": r["SDQ_SCORE"] if (r["SDQ_SCORE"] or "").isdigit() else None}
                for r in tables.get("OC2", [])
            ]
        }
        for y, tables in of.returns.items()
    }
    told = merged(plain, "OC2", OC2)
    people, unsure = [], 0
    for child, period in of.there(year).items():
        if period[0][0] <= first:
            people.append((child, told.get((child, year)), told.get((child, year - 1))))
        elif not of.seen(child, period):
            unsure += 1

    def put(name: str, flags: list[bool | None], missed: int) -> None:
        judged = [f for f in flags if f is not None]
        out[name, year] = (sum(judged), len(judged), missed + unsure)

    def ask(column: str, who: Any = None) -> tuple[list[bool | None], int]:
        flags, missed = [], 0
        for child, record, _ in people:
            if who is not None and not who(child, record):
                continue
            answer = None if record is None else record[column]
            if answer in {"0", "1"}:
                flags.append(answer == "1")
            else:
                missed += 1
        return flags, missed

    def aged(low: int, high: int) -> Any:
        def who(child: str, _record: Any) -> bool:
            years = age(of.born.get(child), last)
            return years is not None and low <= years <= high

        return who

    if "OC2" not in of.returns[year]:
        return
    put("health_assessed", *ask("HEALTH_ASSESSMENT"))
    put("dental_checked", *ask("TEETH_CHECK"))
    put("immunised", *ask("IMMUNISATIONS"))
    put("development_checked", *ask("HEALTH_CHECK", aged(-99, 4)))
    put("convicted", *ask("CONVICTED", aged(10, 99)))
    put("substance_misuse", *ask("SUBSTANCE_MISUSE"))

    def problem(_child: str, record: Any) -> bool:
        return record is not None and record["SUBSTANCE_MISUSE"] == "1"

    put("substance_misuse_helped", *ask("INTERVENTION_RECEIVED", problem))
    flags, missed = [], 0
    for child, record, _ in people:
        if problem(child, record):
            helped = record["INTERVENTION_RECEIVED"] == "1"
            if helped or record["INTERVENTION_OFFERED"] in {"0", "1"}:
                flags.append(helped or record["INTERVENTION_OFFERED"] == "1")
            else:
                missed += 1
    put("substance_misuse_help_offered", flags, missed)
    of_age = [p for p in people if aged(4, 16)(p[0], None)]
    put("sdq_completed", [points(r) is not None for _, r, _ in of_age], 0)
    scores = [points(r) for _, r, _ in people]
    given = [s for s in scores if s is not None]
    none = len(scores) - len(given)
    out["sdq_average", year] = (sum(given), len(given), none + unsure)
    put("sdq_of_concern", [s >= 17 for s in given], none)
    put("sdq_borderline", [14 <= s <= 16 for s in given], none)
    if year - 1 in of.returns and "OC2" in of.returns[year - 1]:
        pairs = [(points(b), points(a)) for _, a, b in people]
        both = [(b, a) for b, a in pairs if b is not None and a is not None]
        lacking = len(pairs) - len(both)
        put("sdq_fell", [a < b for b, a in both], lacking)
        put("sdq_no_longer_of_concern", [a < 17 for b, a in both if b >= 17], lacking)


def went_missing(of: Council, year: int, out: Any) -> None:
    first, last = window(year)
    if "Missing" not in of.returns[year]:
        return
    children = {
        child
        for child, periods in of.lives.items()
        for period in periods
        if period[0][0] <= last and (period[-1][1] is None or period[-1][1] > first)
    }
    times = {kind: dict.fromkeys(children, 0) for kind in "MA"}
    for child, kind, begun, over in missing(of.returns):
        if child in children and begun <= last and (over is None or over >= first):
            times[kind][child] += 1
    gone = [n for n in times["M"].values() if n]
    out["went_missing", year] = (len(gone), len(children), 0)
    out["often_missing", year] = (sum(n >= 5 for n in gone), len(children), 0)
    out["missing_times", year] = (sum(gone), len(gone), 0)
    away = sum(n > 0 for n in times["A"].values())
    out["away_without_agreement", year] = (away, len(children), 0)


def reviews(of: Council, year: int, out: Any) -> None:
    first, last = window(year)
    if "Reviews" not in of.returns[year]:
        return
    held = merged(of.returns, "Reviews", ("REVIEW_CODE",), on="REVIEW")
    codes = [a["REVIEW_CODE"] for (_, on), a in held.items() if year_of(on) == year]
    judged = [c for c in codes if c in OLD_ENOUGH]
    lost = sum(c not in (*OLD_ENOUGH, "PN0") for c in codes)
    out["views_heard_at_reviews", year] = (sum(c in HEARD for c in judged), len(judged), lost)
    attended = sum(c in {"PN1", "PN2", "PN3", "PN4"} for c in judged)
    out["attended_reviews", year] = (attended, len(judged), lost)
    if year - 1 not in of.returns or "Reviews" not in of.returns[year - 1]:
        return
    since = window(year - 1)[0]
    good = bad = waiting = 0
    for child, period in of.there(year).items():
        start = period[0][0]
        mine = sorted(on for (who, on) in held if who == child and max(start, since) <= on <= last)
        late = False
        for i, on in enumerate(mine):
            if on < first:
                continue
            if i == 0:
                late |= start < since or working_days(start, on) > 20
            else:
                second = i == 1 and start >= since
                late |= on > months_on(mine[i - 1], 3 if second else 6)
        if not mine:
            if start >= since and working_days(start, last) <= 20:
                waiting += 1
                continue
            late = True
        else:
            late |= months_on(mine[-1], 3 if len(mine) == 1 and start >= since else 6) < last
        bad += late
        good += not late
    out["reviewed_on_time", year] = (good, good + bad, waiting)


def helpers(of: Council, year: int, out: Any) -> None:
    first, last = window(year)
    if "SWEpisodes" in of.returns[year]:
        workers = defaultdict(set)
        for child, who, begun, over in spans(
            of.returns, "SWEpisodes", "SW_DECOM", "SW_DEC", "SW_ID"
        ):
            if begun <= last and (over is None or over >= first):
                workers[child].add(who)
        counts = [len(workers[child]) for child in of.there(year)]
        some = [n for n in counts if n]
        out["three_or_more_social_workers", year] = (
            sum(n >= 3 for n in some),
            len(some),
            len(counts) - len(some),
        )
    if "DoLo" in of.returns[year]:
        children = {
            child
            for child, _, begun, over in spans(of.returns, "DoLo", "DOLO_START", "DOLO_END")
            if begun <= last and (over is None or over >= first)
        }
        out["deprived_of_liberty", year] = (len(children), None, 0)


def adoption(of: Council, year: int, out: Any) -> None:
    told = merged(of.returns, "AD1", ("DATE_INT", "DATE_MATCH", "FOSTER_CARE"))
    latest = {}
    for child, when in sorted(told, key=lambda key: key[1]):
        latest[child] = told[child, when]
    spent: dict[str, list[int | None]] = defaultdict(list)
    carers = []
    for child, periods in of.lives.items():
        ended = [p for p in periods if p[-1][1] and year_of(p[-1][1]) == year]
        if not ended or ended[-1][-1][5] not in {"E1", "E11", "E12"}:
            continue
        period, record = ended[-1], latest.get(child, {})
        placed = [e[0] for e in period if e[4] in {"A3", "A4", "A5", "A6"} and e[2] != "L"]
        ordered = [e[0] for e in period if e[3] == "E1"]
        match, decided = record.get("DATE_MATCH"), record.get("DATE_INT")
        carers.append(record.get("FOSTER_CARE"))
        for name, a, b in (
            ("days_from_care_to_adopters", period[0][0], max(placed, default=None)),
            ("days_from_order_to_match", min(ordered, default=None), match),
            ("months_from_decision_to_match", decided, match),
        ):
            whole = of.seen(child, period) or name.startswith("months")
            spent[name].append((b - a).days if a and b and whole else None)
    for name in (
        "days_from_care_to_adopters",
        "days_from_order_to_match",
        "months_from_decision_to_match",
    ):
        if name != "days_from_care_to_adopters" and "AD1" not in of.returns[year]:
            continue
        sound = [n for n in spent[name] if n is not None and n >= 0]
        unit = MONTH if name.startswith("months") else 1
        total = sum(n / unit for n in sound)
        out[name, year] = (total, len(sound), len(spent[name]) - len(sound))
    if "AD1" in of.returns[year]:
        known = [c for c in carers if c in {"0", "1"}]
        out["adopted_by_foster_carers", year] = (
            known.count("1"),
            len(known),
            len(carers) - len(known),
        )
    if "PlacedAdoption" in of.returns[year]:
        plans = merged(
            of.returns,
            "PlacedAdoption",
            ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
            on="DATE_PLACED",
            end="DATE_PLACED_CEASED",
        )
        made = sum(year_of(on) == year for _, on in plans)
        over = [p["DATE_PLACED_CEASED"] for p in plans.values()]
        out["decided_for_adoption", year] = (made, None, 0)
        out["plans_for_adoption_given_up", year] = (
            sum(e is not None and year_of(e) == year for e in over),
            None,
            0,
        )


def earlier(of: Council, year: int, out: Any) -> None:
    if "PrevPerm" not in of.returns[year]:
        return
    told = merged(of.returns, "PrevPerm", ("PREV_PERM",))
    answers, unsure = [], 0
    for child, periods in of.lives.items():
        began = [p for p in periods if year_of(p[0][0]) == year]
        if any(of.seen(child, p) for p in began):
            answers.append(told.get((child, year), {"PREV_PERM": None})["PREV_PERM"])
        elif began:
            unsure += 1
    known = [a for a in answers if a in {"P1", "P2", "P3", "P4", "Z1"}]
    left = unsure + len(answers) - len(known)
    for name, codes in (
        ("started_after_a_permanent_home", ("P1", "P2", "P3", "P4")),
        ("started_after_adoption", ("P1",)),
        ("started_after_special_guardianship", ("P2",)),
    ):
        out[name, year] = (sum(a in codes for a in known), len(known), left)


def leavers(of: Council, year: int, out: Any) -> None:
    _, last = window(year)
    if "OC3" not in of.returns[year]:
        return
    told = merged(of.returns, "OC3", ("DOB", "IN_TOUCH", "ACTIV", "ACCOM"))
    people = []
    for (child, when), said in told.items():
        if when == year:
            born = of.born.get(child) or said["DOB"]
            people.append((child, born, age(born, last), said))
    no_age = sum(a not in {17, 18, 19, 20, 21} for _, _, a, _ in people)
    suitable = {f"{h}1" for h in HOMES}
    elsewhere = {f"{h}{n}" for h in "GHR" for n in "12"}
    homes = {*suitable, *(f"{h}2" for h in HOMES), "0"}
    does = {*ACTIVE, *IDLE, "0"}
    touch = {"YES", "NO", "REFU", "NREQ"}
    for band, ages in (("17_18", (17, 18)), ("19_21", (19, 20, 21))):
        group = [said for _, _, a, said in people if a in ages]
        counted = [s for s in group if s["IN_TOUCH"] not in {"DIED", "RHOM"}]
        away = no_age + len(group) - len(counted)
        out[f"care_leavers_{band}", year] = (len(counted), None, away)
        for name, column, yes, whole in (
            ("in_touch", "IN_TOUCH", {"YES"}, touch),
            ("out_of_touch", "IN_TOUCH", {"NO"}, touch),
            ("suitable_home", "ACCOM", suitable, homes),
            ("active", "ACTIV", set(ACTIVE), does),
            ("higher_education", "ACTIV", {"F1", "P1"}, does),
            ("not_active", "ACTIV", set(IDLE), does),
            ("not_active_ill", "ACTIV", {"G4"}, does),
            ("not_active_parent", "ACTIV", {"G6"}, does),
        ):
            judged = [s[column] for s in counted if s[column] in whole]
            out[f"care_leavers_{name}_{band}", year] = (
                sum(c in yes for c in judged),
                len(judged),
                away + len(counted) - len(judged),
            )
    if {year - 1, year - 2} <= set(of.years):
        for name, ages in (("at_18", (18,)), ("at_19_20", (19, 20))):
            stays, unseen = [], 0
            for child, born, a, said in people:
                if a not in ages:
                    continue
                if child not in of.lives:
                    unseen += 1
                    continue
                end, place = of.lives[child][-1][-1][1], of.lives[child][-1][-1][4]
                fostered = end is not None and end >= adult_on(born) and place[0] == "U"
                known = said["ACCOM"] in homes | elsewhere
                if fostered and known and said["IN_TOUCH"] not in {"DIED", "RHOM"}:
                    stays.append(said["ACCOM"] in {"Z1", "Z2"})
            out[f"staying_put_{name}", year] = (sum(stays), len(stays), unseen + no_age)


def figures(lives: Any, returns: Any) -> dict[tuple[str, int], tuple[Any, Any, int]]:
    """Every measure that has a figure."""
    out: dict[tuple[str, int], tuple[Any, Any, int]] = {}
    of = Council(lives, returns)
    for year in of.years:
        for part in (health, went_missing, reviews, helpers, adoption, earlier, leavers):
            part(of, year, out)
    return out
