"""Make ``councils.csv`` and ``neighbours.csv`` of the reference data from gathered extracts.

    python tools/reference/build_councils.py GATHERED OUT

GATHERED is a folder that holds ``reference/england/local_authorities.csv`` (today's councils)
and ``reference/england/statistical_neighbours_2025.csv``; OUT is the package's data folder.
Dates of reorganisation, predecessors and the nine regions of the Office for National Statistics
are facts written down here, because the extracts list today's councils alone.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

FIELDS = [
    "code",
    "ons_code",
    "name",
    "region",
    "region_ons",
    "kind",
    "valid_from",
    "valid_to",
    "succeeded_by",
    "source",
    "confidence",
    "note",
]

# code -> first day, for councils made by a reorganisation.
FIRST_DAYS = {
    "822": "2009-04-01",
    "823": "2009-04-01",
    "895": "2009-04-01",
    "896": "2009-04-01",
    "838": "2019-04-01",
    "839": "2019-04-01",
    "940": "2021-04-01",
    "941": "2021-04-01",
    "942": "2023-04-01",
    "943": "2023-04-01",
}

COUNTY, UNITARY = "county council", "unitary authority"

# code, ONS code, name, region, kind, first day, last day, successors
# fmt: off
FORMER = [
    ("820", "", "Bedfordshire", "East of England", COUNTY, "2009-03-31", "822|823"),
    (
        "835",
        "E10000009",
        "Dorset (to 2019)",
        "South West",
        "county council",
        "2019-03-31",
        "838|839",
    ),
    ("836", "E06000029", "Poole", "South West", UNITARY, "2019-03-31", "839"),
    ("837", "E06000028", "Bournemouth", "South West", UNITARY, "2019-03-31", "839"),
    ("875", "", "Cheshire", "North West", COUNTY, "2009-03-31", "895|896"),
    ("909", "E10000006", "Cumbria", "North West", COUNTY, "2023-03-31", "942|943"),
    (
        "928",
        "E10000021",
        "Northamptonshire",
        "East Midlands",
        "county council",
        "2021-03-31",
        "940|941",
    ),
]
# fmt: on

OLD_NOTE = "Kept so that an old previous-permanence code is recognised."

KINDS = {
    "London borough": "London borough",
    "Metropolitan district": "metropolitan district",
    "Unitary authority": "unitary authority",
    "County council": "county council",
}

# Councils that kept their three-digit code when the Office for National Statistics gave a new one.
OLD_ONS_CODES = [
    ("815", "E10000023", "", "2023-03-31"),
    ("825", "E10000002", "", "2020-03-31"),
    ("933", "E10000027", "", "2023-03-31"),
]


def region_ons(region: str) -> str:
    return "London" if region in {"Inner London", "Outer London"} else region


def today(path: Path) -> list[dict[str, str]]:
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            code = row["la_code"]
            kind = KINDS[row["type"]]
            note = ""
            if code == "201":
                note = "The City of London Corporation, counted here with the London boroughs."
            if code == "420":
                note = "Has a constitution of its own, counted here with the unitary authorities."
            rows.append(
                {
                    "code": code,
                    "ons_code": row["ons_code"],
                    "name": row["la_name"],
                    "region": row["region_name"],
                    "region_ons": region_ons(row["region_name"]),
                    "kind": kind,
                    "valid_from": FIRST_DAYS.get(code, ""),
                    "valid_to": "",
                    "succeeded_by": "",
                    "source": "dfe_areas",
                    "confidence": "seen",
                    "note": note,
                }
            )
    return rows


def former() -> list[dict[str, str]]:
    rows = []
    for code, ons, name, region, kind, last, successors in FORMER:
        old = last < "2016"
        rows.append(
            {
                "code": code,
                "ons_code": ons,
                "name": name,
                "region": region,
                "region_ons": region_ons(region),
                "kind": kind,
                "valid_from": "",
                "valid_to": last,
                "succeeded_by": successors,
                "source": "general" if old else "dfe_areas",
                "confidence": "unconfirmed" if old else "seen",
                "note": "Kept so that an old previous-permanence code is recognised."
                if old
                else "",
            }
        )
    return rows


def neighbours(path: Path) -> list[dict[str, str]]:
    rows = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            rows.append(
                {
                    "code": row["la_code"],
                    "rank": row["rank"],
                    "neighbour": row["neighbour_code"],
                    "closeness": row["closeness"].strip().lower(),
                }
            )
    return sorted(rows, key=lambda row: (row["code"], int(row["rank"])))


def write(path: Path, fields: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fields, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main(gathered: Path, out: Path) -> None:
    england = gathered / "reference" / "england"
    councils = sorted(today(england / "local_authorities.csv") + former(), key=lambda r: r["code"])
    write(out / "councils.csv", FIELDS, councils)
    pairs = neighbours(england / "statistical_neighbours_2025.csv")
    write(out / "neighbours.csv", ["code", "rank", "neighbour", "closeness"], pairs)
    fields = ["code", "ons_code", "valid_from", "valid_to"]
    old = [dict(zip(fields, row, strict=True)) for row in OLD_ONS_CODES]
    write(out / "former_ons_codes.csv", fields, old)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
