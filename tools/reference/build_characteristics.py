"""Make the national characteristics of children looked after from gathered official statistics.

    python tools/reference/build_characteristics.py GATHERED OUT

GATHERED holds ``england_cla_31march_characteristics_2021_2025.csv``,
``england_cla_started_2021_2025.csv`` and ``england_cla_ceased_2021_2025.csv`` (England's rows of
the release of 2025). OUT is the package's data folder and already holds ``characteristics.csv``,
whose first four columns (population, topic, group, our own title) say what is held; the columns of
years are written anew. Figures and marks are taken over unchanged; a group that is listed in the
file but not found in the source, or the other way round, stops the build.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

YEARS = [str(year) for year in range(2021, 2026)]
FILES = {
    "looked_after_at_31_march": ("england_cla_31march_characteristics_2021_2025.csv", "number"),
    "started": ("england_cla_started_2021_2025.csv", "placements_number"),
    "ceased": ("england_cla_ceased_2021_2025.csv", "number"),
}
TOPICS = {
    "Age group": "age",
    "Age on starting": "age",
    "Age on ceasing": "age",
    "Sex": "sex",
    "Ethnicity": "ethnicity",
    "Unaccompanied asylum-seeking children": "unaccompanied",
    "Category of need": "need",
    "Legal status": "legal_status",
    "Placement": "placement",
    "Place providers": "provider",
    "Distance between home and placement": "distance",
    "Locality of placement": "locality",
    "Taken into care": "taken_into_care",
    "Reason episode ceased": "reason",
}
LEFT_OUT = {"LA of placement", "Distance between home and placement and locality of placement"}
"""Cross-tables of what is held already."""

# What a group's name in the source begins with or is, and our key. The longest fitting name wins.
GROUPS = {
    "age": {
        "Under 1 year": "under_1",
        "1 to 4 years": "1_to_4",
        "5 to 9 years": "5_to_9",
        "10 to 15 years": "10_to_15",
        "16 years and over": "16_and_over",
        "16 years": "16",
        "17 years": "17",
        "18 years and over": "18_and_over",
    },
    "sex": {"Male": "male", "Female": "female"},
    "ethnicity": {
        "White": "white",
        "Mixed": "mixed",
        "Asian": "asian",
        "Black": "black",
        "Other": "other",
        "Refused": "not_known",
    },
    "unaccompanied": {
        "UASC": "unaccompanied",
        "Non-UASC": "others",
        "Unaccompanied": "unaccompanied",
        "Children excluding": "others",
    },
    "need": {f"N{n}": f"N{n}" for n in range(1, 9)},
    "legal_status": {
        "Full care order": "care_order",
        "Interim care order": "interim_care_order",
        "Placement order": "placement_order",
        "Voluntary agreement": "voluntary",
        "Youth justice": "youth_justice",
        "Detained for child protection": "detained",
        "Police protection": "police_protection",
        "Emergency protection": "emergency_protection",
        "Child assessment order": "child_assessment_order",
        "LA accommodation under PACE": "police_detention",
        "Remand": "remand",
        "Sentenced to youth rehabilitation": "youth_rehabilitation",
    },
    "placement": {
        "Foster": "foster",
        "Secure homes": "childrens_home",
        "Independent and semi": "supported",
        "Placed with parents": "parents",
        "Placed for adoption": "adoption",
        "Residential schools": "residential_school",
        "Other residential": "other_residential",
        "Other placements": "other",
    },
    "provider": {
        "Own provision": "own",
        "Other LA": "other_council",
        "Other public": "other_public",
        "Private": "private",
        "Voluntary": "voluntary",
        "Parents": "parents",
        "Placement provider not": "not_reported",
    },
    "distance": {
        "Placed 20 miles or less": "to_20_miles",
        "Placed more than 20": "over_20_miles",
        "Distance not known": "not_known",
    },
    "locality": {"Placed inside": "inside", "Placed outside": "outside"},
    "taken_into_care": {"All children taken": "taken", "Not taken": "not_taken"},
    "reason": {
        "Adopted": "adopted",
        "Died": "died",
        "Care taken by another": "another_council",
        "Returned home": "returned_home",
        "Left care to live": "left_to_others",
        "Residence order": "child_arrangements",
        "Special guardianship": "special_guardianship",
        "Moved into independent living (with supportive": "independent_supported",
        "Moved into independent living (with no": "independent",
        "Transferred to residential": "adult_care",
        "Sentenced": "custody",
        "Accommodation on remand": "remand_ended",
        "Age assessment": "age_assessed",
        "Child moved abroad": "abroad",
        "Aged 18": "stayed_with_carers",
        "Care ceased for any other": "other",
    },
}


def _group(topic: str, name: str) -> str:
    if name == "Total":
        return "total"
    fits = [start for start in GROUPS[topic] if name.startswith(start)]
    if not fits:
        raise SystemExit(f"{topic}: no group is known for {name!r}.")
    found = GROUPS[topic][max(fits, key=len)]
    if found == "returned_home":
        return found + ("_unplanned" if "was not part" in name else "_planned")
    return found


def gathered(folder: Path) -> dict[tuple[str, str, str], dict[str, str]]:
    """(population, topic, group) -> year -> the figure, or the mark in its place."""
    found: dict[tuple[str, str, str], dict[str, str]] = {}
    for population, (name, column) in FILES.items():
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["geographic_level"] != "National" or row["cla_group"] in LEFT_OUT:
                    continue
                topic = TOPICS[row["cla_group"]]
                key = (population, topic, _group(topic, row["characteristic"]))
                cells = found.setdefault(key, {})
                # The source repeats its rows under several headings: they must not differ.
                if cells.setdefault(row["time_period"], row[column]) != row[column]:
                    raise SystemExit(f"{key} has two figures for {row['time_period']}.")
    return found


def main(arguments: list[str]) -> int:
    """Write the years anew beside the groups that are listed."""
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    found, path = gathered(Path(arguments[0])), Path(arguments[1]) / "characteristics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        listed = [
            (r["population"], r["topic"], r["group"], r["title"]) for r in csv.DictReader(file)
        ]
    differing = {row[:3] for row in listed} ^ set(found)
    if differing:
        raise SystemExit(f"Listed or gathered, not both: {sorted(differing)}")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["population", "topic", "group", "title", *YEARS])
        for row in listed:
            out.writerow([*row, *(found[row[:3]][year] for year in YEARS)])
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
