"""Lists 8 to 11 agree with the SSDA903 return of the same children and the same day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from whatworks import reference
from whatworks.synthetic.annex_a.forms import forms, months_before, texts
from whatworks.synthetic.calendar import DMY, last_day

YEAR = 2024
DAY = last_day(YEAR)
HALF, TWELVE = months_before(DAY, 6), months_before(DAY, 12)


def counted(drawn):
    """Episodes of children who do not have short breaks alone, by child."""
    found = {}
    for row in drawn.care["Episodes"]:
        if row["LS"] not in ("V3", "V4"):
            found.setdefault(row["CHILD"], []).append(row)
    return found


def day_of(text):
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day)).toordinal()


def test_list_8_is_everybody_the_return_shows_in_care_or_ceased_in_six_months(drawn):
    told = {
        child: found[-1]
        for child, found in counted(drawn).items()
        if not found[-1]["DEC"] or day_of(found[-1]["DEC"]) >= HALF
    }
    rows = {row["Child Unique ID"]: row for row in drawn.lists[8]}
    assert len(rows) == len(drawn.lists[8])
    assert set(rows) == set(told)
    for child, row in rows.items():
        last = told[child]
        ceased = row["Date Ceased to be Looked After"]
        assert (DMY[ceased] if ceased else "") == last["DEC"]
        assert row["Reason Ceased to be Looked After"] == texts("ceased").get(last["REC"])
        assert row["Child's Legal Status"] == texts("legal_status")[last["LS"]]
        assert row["Placement Type"] == texts("placement")[last["PLACE"]]
        assert row["Placement Provider"] == texts("provider").get(last["PLACE_PROVIDER"])
        assert (row["Placement postcode"] or "") == last["PL_POST"]
        assert (row["URN of Placement"] or "") == last["URN"]
        assert row["Child's Category of Need"] == texts("need")[last["CIN"]]


def test_placements_and_times_missing_are_those_of_the_return(drawn):
    stays = {}
    for child, found in counted(drawn).items():
        settled = [row for row in found if row["PLACE"][0] != "T"]
        stays[child] = 1 + sum(
            b["RNE"] == "S"
            or a["PL_POST"] != b["PL_POST"]
            or a["PLACE_PROVIDER"] != b["PLACE_PROVIDER"]
            for a, b in pairwise(settled)
        )
    missing = Counter(
        (row["CHILD"], row["MISSING"])
        for row in drawn.care["Missing"]
        if day_of(row["MIS_START"]) >= TWELVE
    )
    offered = "Was the child offered a Return Interview after their last missing episode (Y/N)?"
    accepted = "Did the child accept a Return Interview after their last missing episode (Y/N)?"
    for row in drawn.lists[8]:
        child = row["Child Unique ID"]
        assert row["Number of Placements in the Last 12 months"] == stays[child]
        for code, kind in (("M", "Missing"), ("A", "Absent")):
            name = next(k for k in row if f"'{kind}'" in k)
            assert row[name] == missing[child, code]
        if not missing[child, "M"]:
            assert row[offered] is None
        assert (row[accepted] is not None) == (row[offered] == "a) Yes")


def test_health_and_dental_checks_are_in_the_year_where_the_return_says_so(drawn):
    told = {row["CHILD"]: row for row in drawn.care["OC2"]}
    seen = 0
    for row in drawn.lists[8]:
        said = told.get(row["Child Unique ID"])
        if said is None:
            continue
        health, dental = row["Date of Last Health Assessment"], row["Date of Last Dental Check"]
        assert ((health or 0) >= TWELVE) == (said["HEALTH_ASSESSMENT"] == "1")
        if row["Age of Child (Years)"] >= 1:
            assert ((dental or 0) >= TWELVE) == (said["TEETH_CHECK"] == "1")
        seen += 1
    assert seen > 20


def test_a_placement_out_of_the_area_is_in_another_council_of_the_region(drawn):
    own = reference.council(drawn.council)
    known = reference.councils()
    names = set(known.filter(known["region"] == own.region)["name"])
    areas = {}
    for row in drawn.lists[8]:
        area, place = row["LA of Placement"], row["Placement Location"]
        assert area in names
        assert (area == own.name) == (place == "a) In")
        areas.setdefault(row["Placement postcode"], set()).add(area)
    assert {len(found) for found in areas.values()} == {1}


def test_list_9_holds_every_care_leaver_of_the_return_with_the_same_facts(drawn):
    rows = {row["Child Unique ID"]: row for row in drawn.lists[9]}
    assert len(rows) == len(drawn.lists[9])
    seen = 0
    for told in drawn.care["OC3"]:
        row = rows[told["CHILD"]]
        if row["Eligibility Category"] == "d) Eligible child":
            continue
        seen += 1
        assert row["LA in Touch"] == texts("in_touch")[told["IN_TOUCH"]]
        assert row["Activity Status"] == texts("activity").get(told["ACTIV"])
        assert row["Type of Accommodation"] == texts("home").get(told["ACCOM"][0])
        assert row["Suitability of Accommodation"] == texts("suitable").get(told["ACCOM"][1:])
    assert seen > 20


def test_entitlement_fits_age_and_whether_the_young_person_is_looked_after(drawn):
    in_care = {
        row["Child Unique ID"]
        for row in drawn.lists[8]
        if row["Date Ceased to be Looked After"] is None
    }
    kinds = Counter()
    for row in drawn.lists[9]:
        kind, age = row["Eligibility Category"], row["Age of Child (Years)"]
        kinds[kind] += 1
        assert 16 <= age <= 21
        assert (kind == "d) Eligible child") == (row["Child Unique ID"] in in_care)
        if kind in ("a) Relevant child", "d) Eligible child"):
            assert age < 18
        if kind == "b) Former relevant child":
            assert age >= 18
    assert kinds["b) Former relevant child"] > kinds["a) Relevant child"]
    assert kinds["d) Eligible child"] > 0


def test_list_10_is_every_child_the_return_shows_with_a_decision_for_adoption(drawn):
    told = {row["CHILD"]: row for row in drawn.care["PlacedAdoption"]}
    adopted = {row["CHILD"]: row for row in drawn.care["AD1"]}
    rows = {row["Child Unique ID"]: row for row in drawn.lists[10]}
    assert set(rows) == set(told)
    for child, row in rows.items():
        ended = row["Date of Decision that Child Should No Longer be Placed for Adoption"]
        decided = row["Date of Decision that Child Should be Placed for Adoption"]
        assert DMY[decided] == told[child]["DATE_PLACED"]
        assert (DMY[ended] if ended else "") == told[child]["DATE_PLACED_CEASED"]
        reason = row["Reason Why Child No Longer Placed for Adoption"] or ""
        assert reason.split(" ")[0] == told[child]["REASON_PLACED_CEASED"]
        assert (row["Date of Adoption Order"] is not None) == (child in adopted)
        matched = row["Date of Matching Child and Prospective Adopters"]
        assert (row["Family identifier"] is None) == (matched is None)
        if child in adopted:
            assert DMY[matched] == adopted[child]["DATE_MATCH"]
        days = [
            row["Date the Child Entered Care"],
            decided,
            row["Date of Placement Order"],
            matched,
            row["Date Placed for Adoption"],
            row["Date of Adoption Order"],
        ]
        known = [day for day in days if day is not None]
        assert known == sorted(known)
        assert None not in days[: len(known)], "no step is known before the one that precedes it"


def test_list_11_holds_one_household_for_each_matched_child_in_order_of_its_steps(drawn):
    matched = {row["Family identifier"]: row for row in drawn.lists[10] if row["Family identifier"]}
    adopters = Counter(row["Family identifier"] for row in drawn.lists[11])
    assert set(matched) <= set(adopters)
    assert set(adopters.values()) <= {1, 2}
    one = {row["CHILD"]: int(row["NB_ADOPTR"]) for row in drawn.care["AD1"]}
    for family, child in matched.items():
        assert adopters[family] == one.get(child["Child Unique ID"], adopters[family])
    steps = [c.name for c in forms()[11].columns if c.type == "date"]
    ids = [row["Individual adopter identifier"] for row in drawn.lists[11]]
    assert len(set(ids)) == len(ids)
    for row in drawn.lists[11]:
        known = [row[name] for name in steps if row[name] is not None]
        assert known == sorted(known)
        left = row["Date of leaving adoption process"]
        assert (left is None) == (row["Reason for leaving adoption process"] is None)
        assert left is None or left >= TWELVE
        child = matched.get(row["Family identifier"])
        if child:
            assert row["Date of Adoption Order"] == child["Date of Adoption Order"]
            assert (
                row["Date child/children placed with adopter(s)"]
                == child["Date Placed for Adoption"]
            )
        else:
            assert row["No. of children placed"] is None
    assert set(adopters) - set(matched), "some households are not matched"
