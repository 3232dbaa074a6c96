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
NAMES = {
    "looked_after_at_31_march",
    "started_to_be_looked_after",
    "ceased_to_be_looked_after",
    "returned_home",
    "three_or_more_placements",
    "reentered_within_12_months",
}
TELLS = ("RNE", "LS", "PLACE", "REC", "PL_POST", "PLACE_PROVIDER", "URN", "CIN")


def kind(row):
    """The kind of placement: H5 has been called K3 since it had to be registered."""
    return "H5" if row["PLACE"] == "K3" else row["PLACE"]


def _low(cell: Any) -> tuple[bool, Any]:
    """Sort key with blanks last."""
    return (cell is None, cell if cell is not None else "")


def _is_male(cell: Any) -> bool | None:
    return True if cell in {"1", "M"} else False if cell in {"2", "F"} else None


def told_apart(
    returns: dict[int, dict[str, list[Row]]],
) -> tuple[dict[int, dict[str, list[Row]]], int]:
    """The returns with a number of its own for each child, and how many Header rows that changed.

    A number is another child's from a return on in which the sex differs, the date of birth is
    over two years from that of the return that listed it before, and every episode is later.
    """
    since: dict[str, list[int]] = defaultdict(list)
    seen: dict[str, tuple[int, date, bool | None]] = {}
    for year in sorted(returns):
        for row in returns[year].get("Header", []):
            child, born, male = row["CHILD"], row["DOB"], _is_male(row["SEX"])
            if child is None or not isinstance(born, date):
                continue
            starts = [
                e["DECOM"]
                for e in returns[year]["Episodes"]
                if e["CHILD"] == child and isinstance(e["DECOM"], date)
            ]
            if child in seen:
                before, was_born, was_male = seen[child]
                other_sex = male is not None and was_male is not None and male != was_male
                later = bool(starts) and min(starts) > date(before, 3, 31)
                if other_sex and later and abs((born - was_born).days) > 730:
                    since[child].append(year)
            seen[child] = (year, born, male)

    def name(child: str | None, year: int) -> str | None:
        nth = sum(first <= year for first in since[child]) if child is not None else 0
        return f"{child} ({nth + 1})" if nth else child

    renamed = {
        year: {
            table: [{**row, "CHILD": name(row["CHILD"], year)} for row in rows]
            for table, rows in tables.items()
        }
        for year, tables in returns.items()
    }
    changed = sum(
        name(row["CHILD"], year) != row["CHILD"]
        for year, tables in returns.items()
        for row in tables.get("Header", [])
    )
    return renamed, changed


def clean(
    returns: dict[int, dict[str, list[Row]]],
) -> tuple[dict[str, list[Row]], Counter[str]]:
    """Merged episodes of each child in time, and how many rows met each repair."""
    repairs: Counter[str] = Counter()
    returns, others = told_apart(returns)
    if others:
        repairs["number_used_again"] = others
    kept: dict[tuple[str, date], list[tuple[int, Row]]] = defaultdict(list)
    for year in sorted(returns):
        seen = set()
        worked_out = [
            (_low(r.get("PL_DISTANCE")), _low(r.get("PL_LOCATION")))
            for r in returns[year]["Episodes"]
        ]
        order = sorted(range(len(worked_out)), key=worked_out.__getitem__)
        for row in (returns[year]["Episodes"][i] for i in order):
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
    for child in list(children):
        children[child] = _settle(children[child], sorted(returns), repairs)
        if not children[child]:
            del children[child]
    return children, repairs


def _settle(rows: list[Row], years: list[int], repairs: Counter[str]) -> list[Row]:
    def when(row: Row) -> tuple[Any, ...]:
        end = row["DEC"] if isinstance(row["DEC"], date) else None
        return (row["DECOM"], _low(end), *(_low(row.get(c)) for c in TELLS), row["YEAR"])

    rows = sorted(rows, key=when)
    out = []
    for i, given in enumerate(rows):
        following = rows[i + 1] if i + 1 < len(rows) else None
        row = dict(given)
        after = date(row["YEAR"], 4, 1)
        seen = row["YEAR"] + 1 in years
        gone = "open_and_not_mentioned_again" if seen else "open_before_a_missing_year"
        if row["DEC"] == "?":
            if following is None:
                repairs["end_not_readable"] += 1
                continue
            row.update(DEC=following["DECOM"], REC=None, REPAIR="end_not_readable_set")
        elif row["DEC"] is None:
            row["REC"] = None
            if following is None:
                if row["YEAR"] < years[-1]:
                    row.update(DEC=after, REPAIR=gone)
            else:
                began = following["DECOM"]
                anew = following["RNE"] == "S" and began > after
                if anew or began >= date(after.year + 1, 4, 1):
                    row.update(DEC=after, REPAIR=gone)
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
    # Episodes of one day are in order again once their ends are set.
    return sorted(out, key=when)


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
    return [(rows[0]["DECOM"], rows[-1]["DEC"]) for rows in lived(period)]


def lived(period: list[Row]) -> list[list[Row]]:
    """The episodes of each placement in one period of care, temporary stays left out."""
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
    return found


def _year_of(day: date) -> int:
    return day.year + (1 if (day.month, day.day) >= (4, 1) else 0)


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _a_year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def births(returns: dict[int, dict[str, list[Row]]]) -> dict[str, date]:
    """Each child's date of birth, as the latest return that gives one has it."""
    found: dict[str, date] = {}
    apart, _ = told_apart(returns)
    for year in sorted(apart):
        for row in apart[year].get("Header", []):
            if row["CHILD"] is not None and isinstance(row["DOB"], date):
                found[row["CHILD"]] = row["DOB"]
    return found


def figures(returns: dict[int, dict[str, list[Row]]]) -> dict[tuple[str, int], tuple[int, int]]:
    """(measure, year) -> (numerator, denominator); a count is its own denominator."""
    children, _ = clean(returns)
    born = births(returns)
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
