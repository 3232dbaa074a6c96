"""However muddled both returns are, linked measures and courses agree with a plain recount."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
import polars as pl
import pytest
from hypothesis import given, settings

from whatworks.journeys.deriving import care_from
from whatworks.journeys.linked import LinkedJourneys, linked_from
from whatworks.journeys.linking import OUTCOMES, pupil_numbers
from whatworks.journeys.need import need_from
from whatworks.journeys.stacking import ReturnTables
from whatworks.measures.counting import count
from whatworks.measures.courses_counted import course
from whatworks.measures.courses_defined import COURSES
from whatworks.returns.typing import type_tables

from . import oracle_linked as oracle

FEW = max(4, settings.default.max_examples // 12)
Table = dict[str, list[str | None]]
Written = dict[str, dict[int, dict[str, list[dict[str, str | None]]]]]
DAY = date(2020, 10, 1)
SPAN = 2_000
SPECIAL = [date(2022, 3, 31), date(2022, 4, 1), date(2023, 4, 1), date(2024, 2, 29)]
YEARS = (2021, 2022, 2023, 2024, 2025)
COLUMNS = {
    "Header": ["CHILD", "SEX", "DOB", "UPN"],
    "Episodes": ["CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC"],
    "UASC": ["CHILD", "SEX", "DOB", "DUC"],
    "ChildIdentifiers": ["LAchildID", "PersonBirthDate", "GenderCurrent", "UPN", "FormerUPN"],
    "CINdetails": [
        "LAchildID",
        "CINdetailsID",
        "CINreferralDate",
        "ReferralSource",
        "CINclosureDate",
        "ReasonForClosure",
        "ReferralNFA",
    ],
    "Section47": ["LAchildID", "CINdetailsID", "S47ActualStartDate"],
    "ChildProtectionPlans": ["LAchildID", "CINdetailsID", "CPPstartDate", "CPPendDate"],
}


def muddled(rng: random.Random, children: int, *, muddle: float) -> Written:
    """Both returns of some years, of children of whom a share's rows are muddled."""
    years = [y for y in YEARS if rng.random() > muddle / 3]
    found: Written = {
        "ssda903": {y: {t: [] for t in ("Header", "Episodes", "UASC")} for y in years},
        "cin": {
            y: {
                t: []
                for t in ("ChildIdentifiers", "CINdetails", "Section47", "ChildProtectionPlans")
            }
            for y in years
            if rng.random() > muddle / 6
        },
    }
    for number in range(children):
        _one_child(rng, number, found, muddle)
    return found


def _day(rng: random.Random) -> date:
    return rng.choice(SPECIAL) if rng.random() < 0.1 else DAY + timedelta(rng.randrange(SPAN))


def _spoilt(rng: random.Random, row: dict[str, str | None], muddle: float) -> dict[str, str | None]:
    if rng.random() >= muddle / 3:
        return row
    column = rng.choice([c for c in row if c != "CINdetailsID"])
    return {**row, column: rng.choice([None, "?", _day(rng).isoformat(), row[column]])}


def _one_child(rng: random.Random, number: int, found: Written, muddle: float) -> None:
    born = date(2004, 6, 1) + timedelta(rng.randrange(6_500))
    sex = rng.choice("12")
    upn = f"A{number if rng.random() > muddle / 4 else number // 2:012d}"
    name, other = f"c{number}", f"c{number}"
    if rng.random() < muddle:
        other = rng.choice([f"n{number}", f"c{number + 1}", f"c{number}"])
    care = _care(rng) if rng.random() < 0.8 else []
    for year, tables in found["ssda903"].items():
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        here = [c for c in care if c[0] <= last and (c[1] is None or c[1] >= first)]
        for start, end, rec in here:
            over = end is not None and end <= last
            row = {
                "CHILD": name,
                "DECOM": start.isoformat(),
                "RNE": "S",
                "LS": "V2",
                "PLACE": "U6",
                "DEC": end.isoformat() if over and end else None,
                "REC": rec if over else None,
            }
            tables["Episodes"].append(_spoilt(rng, row, muddle))
        if here:
            who = {"CHILD": name, "SEX": sex, "DOB": born.isoformat(), "UPN": upn}
            tables["Header"].append(_spoilt(rng, who, muddle))
            if number % 9 == 0:
                tables["UASC"].append({"CHILD": name, "SEX": sex, "DOB": None, "DUC": None})
    _need(rng, (other, born, sex, upn), care, found, muddle)


def _care(rng: random.Random) -> list[tuple[date, date | None, str]]:
    found, at = [], _day(rng)
    for _ in range(rng.randrange(1, 4)):
        end = at + timedelta(rng.choice([0, 1, rng.randrange(400), rng.randrange(700)]))
        if end > DAY + timedelta(SPAN):
            found.append((at, None, "X1"))
            break
        found.append((at, end, rng.choice(["E4A", "E4A", "E4B", "E13", "E46", "E11"])))
        at = end + timedelta(rng.choice([0, 1, 30, rng.randrange(500)]))
    return found


def _need(
    rng: random.Random,
    who: tuple[str, date, str, str],
    care: list[tuple[date, date | None, str]],
    found: Written,
    muddle: float,
) -> None:
    """Cases that lie about the periods of care, and things in them."""
    name, born, sex, upn = who
    around = [day for start, end, _ in care for day in (start, end) if day] or [_day(rng)]
    cases = []
    for n in range(rng.randrange(1, 6)):
        referred = rng.choice(around) + timedelta(
            rng.choice([0, 1, 28, 29, 365, 366, -365, rng.randrange(-400, 420)])
        )
        closed = referred + timedelta(rng.choice([0, 1, rng.randrange(300), 2_000]))
        cases.append((n, referred, closed, rng.random() < 0.25))
    for year, tables in found["cin"].items():
        first, last = date(year - 1, 4, 1), date(year, 3, 31)
        here = [c for c in cases if c[1] <= last and c[2] >= first]
        for n, referred, closed, refused in here:
            row = {
                "LAchildID": name,
                "CINdetailsID": f"{name}-{n}",
                "CINreferralDate": referred.isoformat(),
                "ReferralSource": rng.choice(["1A", "1A", "1C", "1B", "5A"]),
                "CINclosureDate": None if refused or closed > last else closed.isoformat(),
                "ReasonForClosure": rng.choice(["RC7", "RC8", "RC9"]) if closed <= last else None,
                "ReferralNFA": "1" if refused else rng.choice(["0", "0", None]),
            }
            tables["CINdetails"].append(_spoilt(rng, row, muddle))
            at = referred + timedelta(rng.randrange(60))
            place = {"LAchildID": name, "CINdetailsID": f"{name}-{n}"}
            if rng.random() < 0.3 and at <= last:
                row = {**place, "S47ActualStartDate": at.isoformat()}
                tables["Section47"].append(_spoilt(rng, row, muddle))
            if rng.random() < 0.3 and at <= last:
                end = at + timedelta(rng.randrange(400))
                over = end.isoformat() if end <= last else None
                row = {**place, "CPPstartDate": at.isoformat(), "CPPendDate": over}
                tables["ChildProtectionPlans"].append(_spoilt(rng, row, muddle))
        if here:
            row = {
                "LAchildID": name,
                "PersonBirthDate": born.isoformat(),
                "GenderCurrent": sex,
                "UPN": upn,
                "FormerUPN": None,
            }
            tables["ChildIdentifiers"].append(_spoilt(rng, row, muddle))


def derived(written: Written) -> LinkedJourneys:
    both = {}
    for collection, years in written.items():
        both[collection] = []
        for year, tables in years.items():
            text = {
                name: pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS[name], pl.String))
                for name, rows in tables.items()
            }
            typed, _, _ = type_tables(text, collection=collection, year=year)
            both[collection].append(ReturnTables(year, f"s{year}", typed))
    return linked_from(
        care_from("301", both["ssda903"]),
        need_from("301", both["cin"]),
        care_numbers=pupil_numbers(both["ssda903"], "ssda903"),
        need_numbers=pupil_numbers(both["cin"], "cin"),
    )


def given_to_oracle(found: LinkedJourneys) -> dict[str, Any]:
    """The plain rows that the recount starts from."""
    care, need = found.care, found.need
    who = ["CHILD", "SEX", "DOB"]
    children = care.periods.select("CHILD").unique().join(care.children, on="CHILD", how="left")
    people = pl.concat(
        [getattr(need, n).select(who) for n in ("referrals", "enquiries", "plans", "cin_plans")]
    )
    return {
        "years": list(found.years),
        "in_care": children.select(who).to_dicts(),
        "in_need": people.unique().to_dicts(),
        "care_numbers": set(found.care_numbers.iter_rows()),
        "need_numbers": set(found.need_numbers.iter_rows()),
        "periods": care.periods.to_dicts(),
        "asylum": care.asylum_seekers.to_dicts(),
        "referrals": need.referrals.to_dicts(),
        "enquiries": need.enquiries.to_dicts(),
        "plans": need.plans.to_dicts(),
    }


def counted(found: LinkedJourneys) -> dict[tuple[str, int], tuple[int, int, int]]:
    rows = count(found).filter(pl.col("numerator").is_not_null())
    return {
        (r["measure"], r["year"]): (
            round(r["numerator"]),
            round(r["numerator"] if r["denominator"] is None else r["denominator"]),
            r["left_out"],
        )
        for r in rows.iter_rows(named=True)
    }


def agree(found: LinkedJourneys) -> dict[tuple[str, int], tuple[int, int, int]]:
    council = oracle.Council(given_to_oracle(found))
    ours = counted(found)
    assert ours == council.figures()
    assert dict(found.children.iter_rows()) == council.outcome
    assert dict(found.links.select("NEED_CHILD", "CHILD").iter_rows()) == council.links
    return ours


@pytest.mark.parametrize(("seed", "muddle"), [(1, 0.0), (2, 0.15), (3, 0.6)])
def test_a_crowd_counts_as_a_plain_recount_does(seed: int, muddle: float) -> None:
    found = derived(muddled(random.Random(seed), 300, muddle=muddle))
    ours = agree(found)
    if muddle < 0.5:
        assert all(any(ours[m, y][0] > 0 for m, y in ours if m == name) for name, _ in ours)
    if muddle:
        assert set(found.children["OUTCOME"]) == set(OUTCOMES)


@given(st.integers(0, 10**6), st.sampled_from([0.0, 0.3, 0.9]))
@settings(max_examples=FEW)
def test_a_few_children_count_as_a_plain_recount_does(seed: int, muddle: float) -> None:
    agree(derived(muddled(random.Random(seed), 6, muddle=muddle)))


@given(st.integers(0, 10**6))
@settings(max_examples=FEW)
def test_the_order_of_rows_and_the_names_of_children_change_nothing(seed: int) -> None:
    rng = random.Random(seed)
    written = muddled(rng, 12, muddle=0.3)
    named: dict[str | None, str] = {}

    def name(cell: str | None) -> str | None:
        return cell if cell is None or cell == "?" else named.setdefault(cell, f"z{len(named)}Ü")

    other: Written = {}
    for collection, years in written.items():
        other[collection] = {}
        for year in reversed(list(years)):
            other[collection][year] = {
                table: [
                    {k: name(v) if k in {"CHILD", "LAchildID"} else v for k, v in row.items()}
                    for row in rows
                ]
                for table, rows in years[year].items()
            }
            for rows in other[collection][year].values():
                rng.shuffle(rows)
    one, two = derived(written), derived(other)
    assert count(one).equals(count(two))
    assert one.linking().equals(two.linking())
    for of in COURSES:
        assert course(one, of, bands=False).equals(course(two, of, bands=False))


@pytest.mark.parametrize("muddle", [0.0, 0.3])
def test_courses_are_a_slow_recount_in_fractions(muddle: float) -> None:
    found = derived(muddled(random.Random(11), 150, muddle=muddle))
    council = oracle.Council(given_to_oracle(found))
    until = {}
    for year in sorted(found.care.years, reverse=True):
        until[year] = until.get(year + 1, date(year, 3, 31))
    begun: dict[str, dict[int, list[Any]]] = {"return_home": {}, "after_special_guardianship": {}}
    for periods in council.periods.values():
        for i, period in enumerate(periods):
            end, born = period["END"], period["DOB"]
            which = {
                "E46": "after_special_guardianship",
                "E4A": "return_home",
                "E4B": "return_home",
            }
            name = which.get(period["END_REASON"])
            if end is None or name is None or oracle.year_of(end) not in until:
                continue
            adult = None if born is None else _eighteenth(born)
            if adult is not None and adult <= end:
                continue
            back = periods[i + 1]["START"] if i + 1 < len(periods) else None
            year = oracle.year_of(end)
            begun[name].setdefault(year, []).append((end, [back, adult], until[year]))
    for name, by_year in begun.items():
        curve = course(found, name, bands=False)
        assert sum(map(len, by_year.values())) > 10
        for year, rows in by_year.items():
            for months in (0, 1, 3, 6, 12, 24):
                for place, cause in enumerate(("back", "adult")):
                    ours = curve.filter(cohort=str(year), cause=cause, months=months)["estimate"][0]
                    theirs = oracle.reached_by(rows, place, months)
                    if theirs is None:
                        assert ours is None
                    else:
                        assert ours == pytest.approx(100 * float(theirs), abs=1e-9)


def _eighteenth(born: date) -> date:
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return date(born.year + 18, 3, 1)
