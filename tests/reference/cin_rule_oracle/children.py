"""The census itself and the children in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .reading import (
    ETHNICITIES,
    WHOLE,
    Record,
    Return,
    before,
    others,
    rule,
)


@rule("100", "Header.ReferenceDate", validity=True)
def _100(t: Return) -> Iterator[Record]:
    for r in t["Header"]:
        year = int(r["Year"]) if (r["Year"] or "").isdigit() else t.year
        if r["ReferenceDate"] != date(year, 3, 31):
            yield r


@rule("1520", "ChildIdentifiers.UPN")
def _1520(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["ChildIdentifiers"], "UPN"))


@rule("8500", "ChildIdentifiers.LAchildID", validity=True)
def _8500(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildIdentifiers"] if r["LAchildID"] is None)


@rule("8510", "ChildIdentifiers.LAchildID")
def _8510(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["ChildIdentifiers"], "LAchildID"))


@rule("8520", "ChildIdentifiers.PersonBirthDate")
def _8520(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildIdentifiers"] if before(t.end, r["PersonBirthDate"]))


@rule("8525Q", "ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate")
def _8525(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if (r["PersonBirthDate"] is None) == (r["ExpectedPersonBirthDate"] is None):
            yield r


@rule("8590", "ChildIdentifiers.LAchildID CINdetails.LAchildID")
def _8590(t: Return) -> Iterator[Record]:
    with_case = {r["LAchildID"] for r in t["CINdetails"]}
    yield from (r for r in t["ChildIdentifiers"] if r["LAchildID"] not in with_case)


@rule("4180", "ChildIdentifiers.Sex ChildIdentifiers.GenderCurrent", validity=True)
def _4180(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025:
            bad = r["Sex"] not in {"M", "F", "U"}
        else:
            bad = r["GenderCurrent"] not in {"0", "1", "2", "9"}
        if bad:
            yield r


@rule(
    "8750",
    "ChildIdentifiers.PersonBirthDate ChildIdentifiers.ExpectedPersonBirthDate "
    "ChildIdentifiers.Sex ChildIdentifiers.GenderCurrent",
)
def _8750(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        unborn = r["PersonBirthDate"] is None and r["ExpectedPersonBirthDate"] is not None
        unknown = r["Sex"] == "U" if t.year >= 2025 else r["GenderCurrent"] == "0"
        if unborn and not unknown:
            yield r


@rule("4220", "ChildCharacteristics.Ethnicity", validity=True)
def _4220(t: Return) -> Iterator[Record]:
    yield from (r for r in t["ChildCharacteristics"] if r["Ethnicity"] not in ETHNICITIES)


@rule("8794", "Disabilities.LAchildID Disabilities.Disability")
def _8794(t: Return) -> Iterator[Record]:
    yield from (a for a, _ in others(t["Disabilities"], "LAchildID", "Disability"))


@rule("2888Q", "Disabilities.LAchildID Disabilities.Disability")
def _2888(t: Return) -> Iterator[Record]:
    coded = [r for r in t["Disabilities"] if r["Disability"] and r["LAchildID"]]
    several = any(a["Disability"] != b["Disability"] for a, b in others(coded, "LAchildID"))
    if coded and not several:
        yield WHOLE


@rule("1570", "ChildIdentifiers.LAchildID")
def _1570(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025 and len(r["LAchildID"] or "") > 20:
            yield r


@rule("1580", "ChildIdentifiers.LAchildID")
def _1580(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if t.year >= 2025 and r["LAchildID"] is not None and not r["LAchildID"].isalnum():
            yield r


@rule("8535Q", "ChildIdentifiers.PersonBirthDate ChildIdentifiers.PersonDeathDate")
def _8535(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        died, born = r["PersonDeathDate"], r["PersonBirthDate"]
        if died is not None and (born is None or died < born):  # practice: a birth is asked for
            yield r


@rule("8545Q", "ChildIdentifiers.PersonDeathDate")
def _8545(t: Return) -> Iterator[Record]:
    for r in t["ChildIdentifiers"]:
        if r["PersonDeathDate"] is not None and not t.during(r["PersonDeathDate"]):
            yield r
