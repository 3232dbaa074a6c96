"""Reading the XML of the CIN census."""

from __future__ import annotations

import polars as pl
import pytest

from whatworks.returns.reading import read

from .samples import CIN, codes, put


def test_a_census_becomes_tables_joined_by_numbers(tmp_path):
    result = read(put(tmp_path, "census", CIN))
    assert (result.collection, result.year, result.council) == ("cin", 2024, "301")
    tables = result.tables
    assert tables["Header"].select("Year", "LEA").rows() == [("2024", "301")]
    assert tables["ChildIdentifiers"]["LAchildID"].to_list() == ["C1", "C2"]
    assert "Sex" not in tables["ChildIdentifiers"].columns
    assert tables["Disabilities"].rows() == [("C1", "HAND"), ("C1", "HEAR")]
    assert tables["CINdetails"].select("LAchildID", "CINdetailsID", "CINreferralDate").rows() == [
        ("C1", "1", "2023-05-06"),
        ("C1", "2", "2023-11-06"),
        ("C2", "3", "2024-01-06"),
    ]
    columns = ("CINdetailsID", "AssessmentID", "AssessmentFactors")
    assert tables["Assessments"].select(columns).rows() == [
        ("1", "1", "2A 4B"),
        ("1", "2", None),
    ]
    assert tables["AssessmentFactorsList"].rows() == [
        ("C1", "1", "1", "2A"),
        ("C1", "1", "1", "4B"),
    ]
    assert tables["ChildProtectionPlans"].select("LAchildID", "CINdetailsID", "CPPID").rows() == [
        ("C1", "2", "1"),
        ("C2", "3", "2"),
    ]
    assert tables["Reviews"].rows() == [
        ("C1", "2", "1", "2024-01-01"),
        ("C1", "2", "1", "2024-02-01"),
    ]
    assert tables["CINplanDates"].row(0)[:3] == ("C2", "3", "2024-01-10")
    assert "PreProceedings" not in tables
    assert "stray_text" in codes(result)
    assert result.problems.height == 0


@pytest.mark.parametrize(
    "text",
    [
        CIN.replace("<Message>", '<Message xmlns="urn:cin">'),
        CIN.replace("<", "<c:")
        .replace("<c:/", "</c:")
        .replace("<c:Message>", '<c:Message xmlns:c="urn:cin">'),
        CIN.replace("CINdetails", "cinDETAILS").replace("LAchildID", "LACHILDID"),
        CIN.lower().replace("<collection>cin", "<collection>CIN"),
        '<?xml version="1.0" encoding="utf-16"?>' + CIN,
    ],
    ids=["namespace", "prefix", "letter case", "all small", "utf-16"],
)
def test_a_census_is_tolerated_in_other_spellings(tmp_path, text):
    content = text.encode("utf-16") if "utf-16" in text else text.encode()
    result, plain = read(put(tmp_path, "a.xml", content)), read(put(tmp_path, "b.xml", CIN))
    for name, frame in plain.tables.items():
        got = result.tables[name].select(pl.all().str.to_uppercase())
        assert got.equals(frame.select(pl.all().str.to_uppercase())), name


def test_letter_case_that_changes_far_into_a_census_is_still_read(tmp_path):
    children = CIN[CIN.index("<Child>") : CIN.index("</Children>")]
    later = children.replace("Child>", "chilD>").replace("Section47", "SecTion47")
    text = CIN.replace("</Children>", " " * 70_000 + later + "</Children>")
    tables = read(put(tmp_path, "a.xml", text)).tables
    assert tables["ChildIdentifiers"].height == 4
    assert tables["Section47"].select("LAchildID", "CINdetailsID").rows() == [
        ("C1", "2"),
        ("C1", "5"),
    ]


def test_sex_before_2025_and_the_new_block_of_2026(tmp_path):
    text = CIN.replace("GenderCurrent", "Sex").replace(
        "<ReferralNFA>",
        "<PreProceedingsandFGDM><PPStartDate>2023-12-01</PPStartDate></PreProceedingsandFGDM><ReferralNFA>",
        1,
    )
    tables = read(put(tmp_path, "a.xml", text)).tables
    assert tables["ChildIdentifiers"]["Sex"].to_list() == ["1", None]
    assert tables["PreProceedings"].select("LAchildID", "CINdetailsID", "PPStartDate").rows() == [
        ("C1", "1", "2023-12-01")
    ]


def test_two_censuses_of_one_year_are_put_together_with_numbers_that_stay_unlike(tmp_path):
    one = put(tmp_path, "a.xml", CIN)
    two = put(tmp_path, "b.xml", CIN.replace(">C1<", ">D1<").replace(">C2<", ">D2<"))
    tables = read([one, two]).tables
    assert tables["CINdetails"]["CINdetailsID"].to_list() == ["1", "2", "3", "4", "5", "6"]
    joined = tables["Section47"].join(tables["CINdetails"], on="CINdetailsID")
    assert (joined["LAchildID"] == joined["LAchildID_right"]).all()
    assert joined.height == 2


def test_a_census_in_windows_letters(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN.replace(">C1<", ">Zoë<").encode("cp1252")))
    assert result.tables["ChildIdentifiers"]["LAchildID"].to_list() == ["Zoë", "C2"]
    assert "windows_1252" in codes(result)
    assert result.problems.height == 0


def test_a_census_cut_short_keeps_the_children_before(tmp_path):
    result = read(put(tmp_path, "a.xml", CIN[: CIN.index("<CINPlanDates>") + 40]))
    assert result.tables["CINdetails"].height == 2
    assert result.tables["ChildIdentifiers"].height == 2
    assert result.problems.height == 1
