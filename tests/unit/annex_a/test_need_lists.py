"""Lists 1 to 7 agree with the CIN census of the same children and the same day."""

from __future__ import annotations

from collections import Counter

from whatworks.synthetic.annex_a.forms import months_before, texts
from whatworks.synthetic.calendar import ISO, last_day
from whatworks.synthetic.cin import COLUMNS as CIN

YEAR = 2024
DAY = last_day(YEAR)
HALF, TWELVE = months_before(DAY, 6), months_before(DAY, 12)


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
