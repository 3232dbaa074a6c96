"""Journeys and measures counted a second time: slow, plain Python, sharing no code with the first.

``figures(returns)`` takes {year: {"Episodes": [row], "Header": [row]}}, rows being dictionaries of
a child's cells (dates as ``date``, None for blank, "?" for a date that could not be read).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from typing import Any

Row = dict[str, Any]
SHORT, TEMPORARY = {"V3", "V4"}, {"T0", "T1", "T2", "T3", "T4"}
HOME = {"E4A", "E4B"}
TELLS = ("RNE", "LS", "PLACE", "REC", "PL_POST", "PLACE_PROVIDER", "URN", "CIN")


def kind(row):
    """The kind of placement: H5 has been called K3 since it had to be registered."""
    return "H5" if row["PLACE"] == "K3" else row["PLACE"]


def _low(cell: Any) -> tuple[bool, Any]:
    """Sort key with blanks last."""
    return (cell is None, cell if cell is not None else "")


def clean(  # noqa: PLR0912  (one rule after another, on purpose)
    returns: dict[int, dict[str, list[Row]]],
) -> tuple[dict[str, list[Row]], Counter[str]]:
    """Merged episodes of each child in time, and how many rows met each repair."""
    repairs: Counter[str] = Counter()
    kept: dict[tuple[str, date], list[tuple[int, Row]]] = defaultdict(list)
    for year in sorted(returns):
        seen = set()
        for row in returns[year]["Episodes"]:
            if row["CHILD"] is None:
                repairs["no_child_number"] += 1
            elif row["DECOM"] in {None, "?"}:
                repairs["start_not_known"] += 1
            elif row["DECOM"] > date(year, 3, 31):
                repairs["starts_after_the_return"] += 1
            elif isinstance(row["DEC"], date) and row["DEC"] < row["DECOM"]:
                repairs["ends_before_it_starts"] += 1
            else:
                said = (row["CHILD"], row["DECOM"], row["DEC"], *(row.get(c) for c in TELLS))
                if said in seen:
                    repairs["copied_row"] += 1
                    continue
                seen.add(said)
                kept[row["CHILD"], row["DECOM"]].append((year, row))
    children: dict[str, list[Row]] = defaultdict(list)
    for (child, _), versions in kept.items():
        last = max(year for year, _ in versions)
        for year, row in versions:
            if year < last:
                repairs["superseded"] += 1
            elif row["LS"] in SHORT:
                repairs["short_break"] += 1
            else:
                children[child].append({**row, "YEAR": year, "REPAIR": None})
    latest = max(returns)
    for child in list(children):
        children[child] = _settle(children[child], latest, repairs)
        if not children[child]:
            del children[child]
    return children, repairs


def _settle(  # noqa: PLR0912
    rows: list[Row], latest: int, repairs: Counter[str]
) -> list[Row]:
    def when(row: Row) -> tuple[Any, ...]:
        end = row["DEC"] if isinstance(row["DEC"], date) else None
        return (row["DECOM"], _low(end), *(_low(row.get(c)) for c in TELLS), row["YEAR"])

    rows = sorted(rows, key=when)
    out = []
    for i, given in enumerate(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        row = dict(given)
        after = date(row["YEAR"], 4, 1)
        if row["DEC"] == "?":
            if following is None:
                repairs["end_not_readable"] += 1
                continue
            row.update(DEC=following["DECOM"], REC=None, REPAIR="end_not_readable_set")
        elif row["DEC"] is None:
            row["REC"] = None
            if following is None:
                if row["YEAR"] < latest:
                    row.update(DEC=after, REPAIR="open_and_not_mentioned_again")
            else:
                began = following["DECOM"]
                anew = following["RNE"] == "S" and began > after
                if anew or began >= date(after.year + 1, 4, 1):
                    row.update(DEC=after, REPAIR="open_and_not_mentioned_again")
                else:
                    row.update(DEC=began, REPAIR="open_though_another_began")
        elif following is not None:
            if row["DEC"] > following["DECOM"]:
                row.update(DEC=following["DECOM"], REPAIR="overlap_cut")
            elif (
                row["REC"] == "X1"
                and following["DECOM"] - row["DEC"] == timedelta(days=1)
                and following["RNE"] != "S"
            ):
                row.update(DEC=following["DECOM"], REPAIR="next_day_joined")
        if row["REPAIR"]:
            repairs[row["REPAIR"]] += 1
        out.append(row)
    return out


def periods(rows: list[Row]) -> list[list[Row]]:
    """A child's episodes cut into periods of care."""
    found: list[list[Row]] = []
    for row in rows:
        before = found[-1][-1] if found else None
        latest_end = max((r["DEC"] or date.max) for r in found[-1]) if found else None
        new_start = row["RNE"] == "S" and before is not None and before["DECOM"] < row["DECOM"]
        if before is None or row["DECOM"] > latest_end or new_start:
            found.append([])
        found[-1].append(row)
    return found


def placements(period: list[Row]) -> list[tuple[date, date | None]]:
    """First day and end of each placement in one period of care."""
    found: list[list[Row]] = []
    previous_was_stay = False
    for row in period:
        if row["PLACE"] in TEMPORARY:
            previous_was_stay = True
            continue
        if not found:
            new = True
        elif previous_was_stay:
            there = found[-1][-1]
            new = (kind(row), row.get("PL_POST")) != (kind(there), there.get("PL_POST"))
        else:
            by_carer = row["PLACE"] in {"A3", "A5"} and row["RNE"] in {"T", "U"}
            new = row["RNE"] in {"S", "P", "B", "T", "U"} and not by_carer
        # Two episodes of one day stand for one home: the second cannot be told from the first.
        if found and found[-1][-1]["DECOM"] == row["DECOM"]:
            new = False
        if new:
            found.append([])
        found[-1].append(row)
        previous_was_stay = False
    return [(rows[0]["DECOM"], rows[-1]["DEC"]) for rows in found]


def _year_of(day: date) -> int:
    return day.year + (1 if (day.month, day.day) >= (4, 1) else 0)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def figures(returns: dict[int, dict[str, list[Row]]]) -> dict[tuple[str, int], tuple[int, int]]:
    """(measure, year) -> (numerator, denominator); a count is its own denominator."""
    children, _ = clean(returns)
    born: dict[str, date] = {}
    for year in sorted(returns):
        for row in returns[year].get("Header", []):
            if row["CHILD"] is not None and isinstance(row["DOB"], date):
                born[row["CHILD"]] = row["DOB"]
    out: dict[tuple[str, int], tuple[int, int]] = {}
    for year in returns:
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        stock = started = ceased = home = many = back = followed = 0
        for child, rows in children.items():
            spells = periods(rows)
            there = any(r["DECOM"] <= last and (r["DEC"] is None or r["DEC"] > last) for r in rows)
            stock += there
            homes = [h for spell in spells for h in placements(spell)]
            lived = [
                (a, b)
                for a, b in homes
                if a <= last and (b is None or b > first) and (b is None or b > a)
            ]
            many += there and len(lived) >= 3
            started += any(
                first <= s[0]["DECOM"] <= last and (s[0]["RNE"] == "S" or i > 0)
                for i, s in enumerate(spells)
            )
            ended = [s for s in spells if s[-1]["DEC"] and first <= s[-1]["DEC"] <= last]
            ceased += bool(ended)
            home += bool(ended) and ended[-1][-1]["REC"] in HOME
            if year - 1 in returns:
                for i, spell in enumerate(spells):
                    end = spell[-1]["DEC"]
                    if end is None or _year_of(end) != year - 1 or spell[-1]["REC"] not in HOME:
                        continue
                    if child in born and _age(born[child], end) >= 17:
                        continue
                    followed += 1
                    following = spells[i + 1][0]["DECOM"] if i + 1 < len(spells) else None
                    back += following is not None and following <= _a_year_on(end)
        out["looked_after_at_31_march", year] = (stock, stock)
        out["started_to_be_looked_after", year] = (started, started)
        out["ceased_to_be_looked_after", year] = (ceased, ceased)
        out["returned_home", year] = (home, ceased)
        out["three_or_more_placements", year] = (many, stock)
        if year - 1 in returns:
            out["reentered_within_12_months", year] = (back, followed)
    return out
