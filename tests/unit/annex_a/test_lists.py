"""What the Annex A lists say is of the right form, in its period, and the same every time."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from whatworks.synthetic.annex_a import annex_a_file, lists
from whatworks.synthetic.annex_a.forms import forms, months_before, texts
from whatworks.synthetic.calendar import last_day
from whatworks.synthetic.need_population import needs_by_year
from whatworks.synthetic.population import by_year

SETS = (
    *("gender", "ethnicity", "yes_no", "source", "need", "closure", "case_status", "abuse"),
    *("legal_status", "permanence", "ceased", "placement", "provider", "location", "eligibility"),
    *("in_touch", "home", "suitable", "activity", "not_placed", "fostering", "left_adopting"),
)
YEAR = 2024
DAY = last_day(YEAR)
HALF, TWELVE = months_before(DAY, 6), months_before(DAY, 12)


def pairs(rows, *names):
    return Counter(tuple(row[name] for name in names) for row in rows)


# --- the form ---------------------------------------------------------------------------------


def test_every_list_has_somebody_in_it(drawn):
    assert all(drawn.lists[n] for n in range(1, 12))


def test_cells_are_of_their_columns_types_and_codes_are_known(drawn):
    coded = {text for of in SETS for text in texts(of).values()}
    for n, form in forms().items():
        for row in drawn.rows[n]:
            for cell, column in zip(row, form.columns, strict=True):
                assert cell is None or isinstance(cell, str) == (column.type == "text")
                if isinstance(cell, str) and re.match(r"[a-z]+\) ", cell):
                    assert cell in coded, (n, column.name)


def test_only_what_may_be_blank_is_blank(drawn):
    blank = {
        (n, column.name)
        for n, form in forms().items()
        for row in drawn.rows[n]
        for cell, column in zip(row, form.columns, strict=True)
        if cell is None and column.mandatory
    }
    assert blank <= {
        (8, "Placement Provider"),
        (8, "Placement postcode"),
        (8, "Placement Location"),
        (8, "LA of Placement"),
    }
    for row in drawn.lists[8]:
        if row["Placement Provider"] is None:
            assert re.search(r"T\d:|Z1:", row["Placement Type"])


def test_nobody_is_named_and_no_place_is_real(drawn):
    for n, found in drawn.lists.items():
        for row in found:
            if n == 11:
                assert re.fullmatch(r"SYNA[0-9A-Z]+[12]", row["Individual adopter identifier"])
                assert row["Family identifier"].startswith("SYNF")
                continue
            assert row["Child Unique ID"].startswith("SYN")
            if "Allocated Worker" in row:
                assert re.fullmatch(r"SW[89]\d{5}", row["Allocated Worker"])
                assert re.fullmatch(r"Locality Team \d+", row["Allocated Team"])
            assert re.fullmatch(r"PA9\d{5}", row.get("Allocated Personal Advisor", "PA900000"))
            assert (row.get("Placement postcode") or "ZX").startswith("ZX")
    organisations = {row["Organisation completing assessment"] for row in drawn.lists[2]}
    assert len(organisations) <= 6


def test_a_worker_is_in_one_team_and_a_child_has_one_worker(drawn):
    teams, workers = {}, {}
    for found in drawn.lists.values():
        for row in found:
            if "Allocated Worker" in row:
                teams.setdefault(row["Allocated Worker"], set()).add(row["Allocated Team"])
                workers.setdefault(row["Child Unique ID"], set()).add(row["Allocated Worker"])
    assert {len(found) for found in (*teams.values(), *workers.values())} == {1}
    for row in drawn.lists[8]:
        if row["Child Unique ID"] in drawn.workers:
            assert row["Allocated Worker"] == drawn.workers[row["Child Unique ID"]][0].id


def test_a_child_is_described_alike_in_every_list(drawn):
    heads = {}
    for n in range(1, 11):
        for row in drawn.lists[n]:
            said = tuple(row[k] for k in ("Gender", "Ethnicity", "Date of Birth"))
            heads.setdefault(row["Child Unique ID"], set()).add(said)
            born, age = row["Date of Birth"], row["Age of Child (Years)"]
            if born > DAY:
                assert age is None
                assert row["Gender"] == "c) Not stated/recorded (or unborn)"
            else:
                on = date.fromordinal(born)
                assert age == 2024 - on.year - ((on.month, on.day) > (3, 31))
    assert {len(found) for found in heads.values()} == {1}


# --- windows and order ------------------------------------------------------------------------


def test_nothing_lies_after_the_day_and_events_lie_in_their_span(drawn):
    for n, form in forms().items():
        for row in drawn.lists[n]:
            for column in form.columns:
                if column.type == "date" and column.name != "Date of Birth":
                    assert row[column.name] is None or row[column.name] <= DAY
    only = {1: "Date of Contact", 3: "Date of referral"}
    for n, name in only.items():
        assert all(row[name] >= HALF for row in drawn.lists[n])
    ends = {
        2: ("Assessment start date", "Assessment completion date"),
        4: ("Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"),
        6: ("CIN Start Date", "CIN Closure Date"),
        7: ("Child Protection Plan Start Date", "Child Protection Plan End Date"),
        8: ("Date Started to be Looked After", "Date Ceased to be Looked After"),
    }
    for n, (start, end) in ends.items():
        for row in drawn.lists[n]:
            assert row[end] is None or row[end] >= max(HALF, row[start]), (n, row)


def test_visits_and_checks_follow_what_they_belong_to(drawn):
    for row in drawn.lists[8]:
        for name in (
            "Start date of current legal status",
            "Date of Latest Statutory Review",
            "Date of Last Social Work Visit",
            "Date of Last IRO Visit / Contact to the Child",
            "Date of Last Health Assessment",
            "Date of Last Dental Check",
            "Start Date of Most Recent Placement",
        ):
            if row[name] is not None:
                assert row["Date Started to be Looked After"] <= row[name], name
                assert row[name] <= (row["Date Ceased to be Looked After"] or DAY), name
    for row in drawn.lists[7]:
        until = row["Child Protection Plan End Date"] or DAY
        for name in ("Date of the Last Statutory Visit", "Date of latest review conference"):
            if row[name] is not None:
                assert row["Child Protection Plan Start Date"] <= row[name] <= until
        seen = row["Date of the Last Statutory Visit"] is not None
        assert (row["Was the Child Seen Alone?"] is not None) == seen


def test_an_open_case_was_last_visited_on_one_day_whichever_list_says_so(drawn):
    need = {
        row["Child Unique ID"]: row["Date Child Was Last Seen"]
        for row in drawn.lists[6]
        if row["CIN Closure Date"] is None
    }
    seen = 0
    for row in drawn.lists[8]:
        visit = row["Date of Last Social Work Visit"]
        if row["Date Ceased to be Looked After"] is None and visit is not None:
            assert need.get(row["Child Unique ID"], visit) == visit
            seen += row["Child Unique ID"] in need
    assert seen > 20


# --- sameness ---------------------------------------------------------------------------------


def test_the_file_is_the_same_whoever_else_is_drawn_and_in_whatever_order(drawn):
    where, people, needs = drawn.draw(YEAR - 2, YEAR + 1)
    workers = drawn.some_workers(people)
    file = annex_a_file(where, DAY, people, needs, workers)
    assert list(file) == ["annex_a.xlsx"]
    years = range(YEAR - 2, YEAR + 2)
    shown, in_year = by_year(people, years)[YEAR], needs_by_year(needs, years)[YEAR]
    assert len(shown) < len(people)
    assert len(in_year) < len(needs)
    assert annex_a_file(where, DAY, shown[::-1], in_year[::-1], workers) == file


def test_another_day_of_the_year_has_its_own_spans(drawn):
    day = date(2024, 2, 29).toordinal()
    half = months_before(day, 6)
    found = drawn.read(lists(drawn.where, day, drawn.people, drawn.needs, {}))
    assert all(half <= row["Date of Contact"] <= day for row in found[1])
    assert all(half <= row["Date of referral"] <= day for row in found[3])
    both = pairs(drawn.lists[3], "Child Unique ID", "Date of referral")
    for row in found[3]:
        if row["Date of referral"] >= HALF:
            assert both[row["Child Unique ID"], row["Date of referral"]] == 1
    contacts = pairs(drawn.lists[1], "Child Unique ID", "Date of Contact", "Contact Source")
    shared = pairs(
        [row for row in found[1] if row["Date of Contact"] >= HALF],
        "Child Unique ID",
        "Date of Contact",
        "Contact Source",
    )
    assert not shared - contacts, "what happened is the same whenever it is reported"
    assert all(re.fullmatch(r"SW8\d{5}", row["Allocated Worker"]) for row in found[8])
