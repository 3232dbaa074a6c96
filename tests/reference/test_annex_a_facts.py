"""The form of Annex A against the facts gathered of it."""

from __future__ import annotations

import csv

from whatworks.synthetic.annex_a.forms import forms, texts

TYPES = {"date": "date", "numeric": "number"}
HEADINGS = {
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "yes_no": "Does the Child have a Disability",
    "source": "Referral Source",
    "need": "Primary Need Code",
    "closure": "Reason for Closure",
    "case_status": "Case Status",
    "abuse": "Initial Category of Abuse",
    "legal_status": "Child's Legal Status",
    "permanence": "What is the permanence plan for this child?",
    "ceased": "Reason Ceased to be Looked After",
    "placement": "Placement Type",
    "provider": "Placement Provider",
    "location": "Placement Location",
    "eligibility": "Eligibility Category",
    "in_touch": "LA in Touch",
    "home": "Type of Accommodation",
    "suitable": "Suitability of Accommodation",
    "activity": "Activity Status",
    "not_placed": "Reason Why Child No Longer Placed for Adoption",
    "fostering": "Is the (prospective) adopter fostering for adoption?",
    "left_adopting": "Reason for leaving adoption process",
}


def _facts(folder, name):
    with (folder / "annex_a" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_are_those_gathered_in_the_same_order(shared_reference):
    facts = [
        (row["list"], row["column"], TYPES.get(row["type"], "text"), row["mandatory"] == "yes")
        for row in _facts(shared_reference, "annex_a_columns.csv")
    ]
    held = [
        (f"list_{form.number}", column.name, column.type, column.mandatory)
        for form in forms().values()
        for column in form.columns
    ]
    assert held == facts


def test_every_wording_is_known_to_those_who_clean_such_lists(shared_reference):
    known: dict[str, set[str]] = {}
    for row in _facts(shared_reference, "annex_a_codes.csv"):
        known.setdefault(row["column"], set()).update((row["code"], *row["name"].split("|")))
    for of, heading in HEADINGS.items():
        assert set(texts(of).values()) <= known[heading], of
