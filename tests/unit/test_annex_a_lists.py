"""What the Annex A lists say agrees with the returns of the same children and the same day."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest

from whatworks import reference
from whatworks.synthetic.annex_a import annex_a_file, lists
from whatworks.synthetic.annex_a.forms import forms, months_before, texts
from whatworks.synthetic.calendar import DMY, ISO, last_day
from whatworks.synthetic.cin import COLUMNS as CIN
from whatworks.synthetic.cin import census
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.need_population import in_need, needs_by_year
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.setting import settings
from whatworks.synthetic.socialworkers import SocialWorker
from whatworks.synthetic.ssda903 import COLUMNS as CARE
from whatworks.synthetic.ssda903 import cut
from whatworks.synthetic.world import world

SETS = (
    *("gender", "ethnicity", "yes_no", "source", "need", "closure", "case_status", "abuse"),
    *("legal_status", "permanence", "ceased", "placement", "provider", "location", "eligibility"),
    *("in_touch", "home", "suitable", "activity", "not_placed", "fostering", "left_adopting"),
)
COUNCIL, YEAR = "340", 2024
DAY = last_day(YEAR)
HALF, TWELVE = months_before(DAY, 6), months_before(DAY, 12)


def some_workers(people):
    """One social worker for each of seven in eight children ever looked after."""
    return {
        life.who.id: [SocialWorker(f"SW9{n % 40:05d}", DAY - 900, DAY + 30, "FCONTA")]
        for n, life in enumerate(people)
        if life.counted and n % 8
    }


def draw(first_year, last_year):
    where = world(settings([COUNCIL])[0].scaled(0.4), 3, USUAL)
    people = lives(where, first_year, last_year)
    return where, people, in_need(where, people, first_year, last_year, 0.2)


def read(rows):
    """List number -> rows as dicts by heading."""
    return {
        n: [dict(zip([c.name for c in form.columns], row, strict=True)) for row in rows[n]]
        for n, form in forms().items()
    }


@pytest.fixture(scope="module")
def drawn():
    where, people, needs = draw(YEAR, YEAR)
    workers = some_workers(people)
    rows = lists(where, DAY, people, needs, workers)
    care = cut(people, workers, COUNCIL, YEAR)
    return SimpleNamespace(
        where=where,
        people=people,
        needs=needs,
        workers=workers,
        rows=rows,
        lists=read(rows),
        care={
            table: [dict(zip(CARE[table], row, strict=True)) for row in found]
            for table, found in care.items()
        },
        census=census(needs, COUNCIL, YEAR),
    )


def pairs(rows, *names):
    return Counter(tuple(row[name] for name in names) for row in rows)


def spells(drawn, table):
    """(child number, row as a dict) of one of the tables within the census's spells of need."""
    for child in drawn.census.children:
        for details in child.details:
            found = {"plans": [row for row, _ in details.plans], "enquiries": details.enquiries}
            found["assessments"] = [row for row, _ in details.assessments]
            found["details"] = [details.row]
            names = {
                "plans": "ChildProtectionPlans",
                "enquiries": "Section47",
                "assessments": "Assessments",
                "details": "CINdetails",
            }[table]
            for row in found[table]:
                yield child.identifiers[0], dict(zip(CIN[names], row, strict=True))


def in_half(text):
    return text >= ISO[HALF]


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


# --- against the CIN census of the day --------------------------------------------------------


def test_list_3_is_the_census_referrals_of_six_months(drawn):
    told = Counter(
        (child, row["CINreferralDate"], row["ReferralNFA"] == "1")
        for child, row in spells(drawn, "details")
        if in_half(row["CINreferralDate"])
    )
    assert told == Counter(
        (row["Child Unique ID"], ISO[row["Date of referral"]], row["Referral NFA?"] == "a) Yes")
        for row in drawn.lists[3]
    )


def test_every_referral_began_with_a_contact_from_the_same_source(drawn):
    contacts = pairs(drawn.lists[1], "Child Unique ID", "Date of Contact", "Contact Source")
    for row in drawn.lists[3]:
        child, day = row["Child Unique ID"], row["Date of referral"]
        if day > HALF:
            days = ((child, day - n, row["Referral Source"]) for n in (0, 1))
            assert any(contacts[key] for key in days)
    assert len(drawn.lists[1]) > 2 * len(drawn.lists[3])


def test_referrals_are_counted_back_a_year_without_the_one_told_of(drawn):
    known = {who.id: [need.referred for need in needs] for who, needs in drawn.needs}
    seen = set()
    for row in drawn.lists[3]:
        day = row["Date of referral"]
        since = months_before(day, 12)
        earlier = sum(since <= other < day for other in known[row["Child Unique ID"]])
        assert row["Number of Referrals in Last 12 Months"] == earlier
        seen.add(earlier)
    assert {0, 1} <= seen


def test_list_4_is_the_census_assessments_done_in_six_months_or_open(drawn):
    told = Counter(
        (child, row["AssessmentActualStartDate"], row["AssessmentAuthorisationDate"])
        for child, row in spells(drawn, "assessments")
        if not row["AssessmentAuthorisationDate"] or in_half(row["AssessmentAuthorisationDate"])
    )
    done = "Continuous Assessment Date of Authorisation"
    assert told == Counter(
        (
            row["Child Unique ID"],
            ISO[row["Continuous Assessment Start Date"]],
            ISO[row[done]] if row[done] else "",
        )
        for row in drawn.lists[4]
    )
    support = "Was the child assessed as requiring LA children's social care support?"
    assert all((row[support] is None) == (row[done] is None) for row in drawn.lists[4])
    assert {row[support] for row in drawn.lists[4]} == {"a) Yes", "b) No", None}


def test_list_5_is_the_census_enquiries_of_six_months(drawn):
    told = Counter(
        (child, row["S47ActualStartDate"], row["DateOfInitialCPC"], row["ICPCnotRequired"] == "1")
        for child, row in spells(drawn, "enquiries")
        if in_half(row["DateOfInitialCPC"] or row["S47ActualStartDate"])
        or (not row["DateOfInitialCPC"] and row["ICPCnotRequired"] == "0")
    )
    start = "Strategy discussion initiating Section 47 Enquiry Start Date"
    held = "Date of Initial Child Protection Conference"
    assert told == Counter(
        (
            row["Child Unique ID"],
            ISO[row[start]],
            ISO[row[held]] if row[held] else "",
            row["Was an Initial Child Protection Conference deemed unnecessary?"] == "a) Yes",
        )
        for row in drawn.lists[5]
    )
    plans = {
        (row["Child Unique ID"], row["Child Protection Plan Start Date"]) for row in drawn.lists[7]
    }
    led = "Did the Initial Child Protection Conference Result in a Child Protection Plan"
    for row in drawn.lists[5]:
        assert (row[led] is None) == (row[held] is None)
        if row[led] == "b) No":
            assert (row["Child Unique ID"], row[held]) not in plans


def test_list_6_is_the_census_cases_of_six_months_with_more_than_a_referral(drawn):
    told = Counter(
        (child, row["CINreferralDate"], row["CINclosureDate"])
        for child, row in spells(drawn, "details")
        if row["ReferralNFA"] == "0"
        and (not row["CINclosureDate"] or in_half(row["CINclosureDate"]))
    )
    found = Counter(
        (
            row["Child Unique ID"],
            ISO[row["CIN Start Date"]],
            ISO[row["CIN Closure Date"]] if row["CIN Closure Date"] else "",
        )
        for row in drawn.lists[6]
    )
    assert not found - told
    fresh = told - found
    assert all(day >= ISO[DAY - 10] for _, day, _ in fresh), "only referrals of the last days"
    for row in drawn.lists[6]:
        closed = row["CIN Closure Date"] is not None
        assert (row["Case Status"] == "e) Closed episode") == closed
        assert (row["Reason for Closure"] is not None) == closed


def test_case_status_agrees_with_the_lists_of_care_and_protection(drawn):
    in_care = {
        row["Child Unique ID"]
        for row in drawn.lists[8]
        if row["Date Ceased to be Looked After"] is None
    }
    on_plan = {
        row["Child Unique ID"]
        for row in drawn.lists[7]
        if row["Child Protection Plan End Date"] is None
    }
    statuses = Counter()
    for row in drawn.lists[6]:
        child, status = row["Child Unique ID"], row["Case Status"]
        statuses[status] += 1
        if status != "e) Closed episode":
            assert (status == "a) Looked after child") == (child in in_care)
            assert (status == "b) Child Protection plan") == (child in on_plan - in_care)
    assert set(statuses) == set(texts("case_status").values())


def test_list_7_is_the_census_plans_open_or_ended_in_six_months(drawn):
    told = Counter(
        (child, *(row[name] for name in CIN["ChildProtectionPlans"]))
        for child, row in spells(drawn, "plans")
        if not row["CPPendDate"] or in_half(row["CPPendDate"])
    )
    codes = {text: code for code, text in texts("abuse").items()}
    end = "Child Protection Plan End Date"
    assert told == Counter(
        (
            row["Child Unique ID"],
            ISO[row["Child Protection Plan Start Date"]],
            ISO[row[end]] if row[end] else "",
            codes[row["Initial Category of Abuse"]],
            codes[row["Latest Category of Abuse"]],
            str(row["Number of Previous Child Protection Plans"]),
        )
        for row in drawn.lists[7]
    )


# --- against the SSDA903 return of the day ----------------------------------------------------


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
    own = reference.council(COUNCIL)
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


# --- sameness ---------------------------------------------------------------------------------


def test_the_file_is_the_same_whoever_else_is_drawn_and_in_whatever_order():
    where, people, needs = draw(YEAR - 2, YEAR + 1)
    workers = some_workers(people)
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
    found = read(lists(drawn.where, day, drawn.people, drawn.needs, {}))
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
