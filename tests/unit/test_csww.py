"""The workforce census: from its XML file to tables, findings and a submission that is kept."""

from __future__ import annotations

import logging
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from whatworks import returns
from whatworks.returns.model import NotAReturn, ReturnsError
from whatworks.returns.report import by_child
from whatworks.returns.store import Store

WORKER = """  <CSWWWorker>
    <AgencyWorker>{agency}</AgencyWorker><SWENo>{number}</SWENo>{more}
  </CSWWWorker>
"""
FULL = (
    "<FTE>0.8</FTE><PersonBirthDate>1980-02-29</PersonBirthDate><GenderCurrent>2</GenderCurrent>"
    "<Ethnicity>WBRI</Ethnicity><QualInst>One</QualInst><QualInst>Two</QualInst>"
    "<QualLevel>1</QualLevel><OrgRole>5</OrgRole><RoleStartDate>2020-01-01</RoleStartDate>"
    "<FTE30>0.8</FTE30><Cases30>12</Cases30><WorkingDaysLost>3.5</WorkingDaysLost>"
    "<ContractWeeks>10</ContractWeeks><ContractWeeks>26.5</ContractWeeks>"
    "<Absat30Sept>1</Absat30Sept><ReasonAbsence>SIC</ReasonAbsence><ReasonAbsence>TRN</ReasonAbsence>"
    "<CFKSSstatus>1</CFKSSstatus><CFKSSstatus>2</CFKSSstatus>"
)
SECRET, BORN = "SW0000000001", "1980-02-29"


def worker(number: str = SECRET, agency: str = "0", more: str = FULL) -> str:
    return WORKER.format(number=number, agency=agency, more=more)


def census(*workers: str, year: int = 2024, lea: str = "301", head: str = "<Message>") -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
{head}
  <Header>
    <CollectionDetails><Collection>CSWW</Collection><Year>{year}</Year>
      <ReferenceDate>{year}-09-30</ReferenceDate></CollectionDetails>
    <Source><SourceLevel>L</SourceLevel><LEA>{lea}</LEA></Source>
  </Header>
  <LALevelVacancies><NumberOfVacancies>2.5</NumberOfVacancies><NoAgencyFTE>0</NoAgencyFTE>
    <NoAgencyHeadcount>0</NoAgencyHeadcount></LALevelVacancies>
{"".join(workers)}</Message>
"""


def put(folder: Path, text: str, name: str = "any-name.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_says_what_it_is_whose_and_of_which_year(tmp_path: Path) -> None:
    found = returns.read(put(tmp_path, census(worker())))
    assert (found.collection, found.year, found.council) == ("csww", 2024, "301")
    assert found.problems.is_empty()
    assert {name: frame.height for name, frame in found.tables.items()} == {
        "Header": 1,
        "LALevelVacancies": 1,
        "CSWWWorker": 1,
        "Qualifications": 2,
        "ContractWeeks": 2,
        "Absences": 2,
        "PractitionerStatus": 2,
    }


def test_what_is_repeated_is_all_kept_and_paired_in_order(tmp_path: Path) -> None:
    tables = returns.read(put(tmp_path, census(worker()))).tables
    assert tables["Qualifications"].select("QualInst", "QualLevel", "WorkerID").rows() == [
        ("One", "1", "1"),
        ("Two", None, "1"),
    ]
    assert tables["ContractWeeks"]["ContractWeeks"].to_list() == ["10", "26.5"]
    assert tables["Absences"].select("Absat30Sept", "ReasonAbsence").rows() == [
        ("1", "SIC"),
        (None, "TRN"),
    ]
    assert tables["PractitionerStatus"]["CFKSSstatus"].to_list() == ["1", "2"]


@pytest.mark.parametrize(
    "head", ["<Message>", '<Message xmlns="urn:any">', "<!-- sent --><Message>"]
)
def test_a_namespace_or_comment_changes_nothing(tmp_path: Path, head: str) -> None:
    found = returns.read(put(tmp_path, census(worker(), head=head)))
    assert found.tables["CSWWWorker"].height == 1


def test_it_is_recognised_without_its_own_word_by_its_records(tmp_path: Path) -> None:
    text = census(worker()).replace("<Collection>CSWW</Collection>", "")
    assert returns.read(put(tmp_path, text)).collection == "csww"


def test_numbers_and_days_are_typed_and_unreadable_ones_named(tmp_path: Path) -> None:
    more = FULL.replace("<FTE>0.8", "<FTE>four fifths").replace("2020-01-01", "2020-02-30")
    found = returns.read(put(tmp_path, census(worker(), worker("SW0000000002", more=more))))
    typed, problems, _ = returns.type_tables(found.tables, collection="csww", year=2024)
    workers = typed["CSWWWorker"]
    assert workers["FTE"].to_list() == [0.8, None]
    assert workers["FTE__unreadable"].to_list() == [False, True]
    assert workers["RoleStartDate"].to_list() == [date(2020, 1, 1), None]
    assert workers["WorkingDaysLost"].to_list() == [3.5, 3.5]
    told = {(p["table"], p["row"], p["column"]): p["problem"] for p in problems.to_dicts()}
    assert set(told) == {("CSWWWorker", 2, "FTE"), ("CSWWWorker", 2, "RoleStartDate")}
    assert told["CSWWWorker", 2, "FTE"] == (
        "'four fifths' is not a number. Write it in digits, such as 0.8."
    )


@pytest.mark.parametrize(
    ("text", "number"), [("1", 1.0), (".5", 0.5), ("1.", 1.0), ("0.460000", 0.46), ("-1", -1.0)]
)
def test_decimal_numbers_are_read_in_every_usual_form(
    tmp_path: Path, text: str, number: float
) -> None:
    found = returns.read(put(tmp_path, census(worker(more=f"<FTE>{text}</FTE>"))))
    typed, problems, _ = returns.type_tables(found.tables, collection="csww", year=2024)
    assert typed["CSWWWorker"]["FTE"].item() == number
    assert problems.is_empty()


@pytest.mark.parametrize("text", ["0,8", "1e3", "nan", "1/2", "٣"])
def test_what_is_no_number_is_never_taken_for_one(tmp_path: Path, text: str) -> None:
    found = returns.read(put(tmp_path, census(worker(more=f"<FTE>{text}</FTE>"))))
    typed, problems, _ = returns.type_tables(found.tables, collection="csww", year=2024)
    assert typed["CSWWWorker"]["FTE"].item() is None
    assert problems.height == 1


def test_an_element_that_may_stand_once_and_stands_twice_is_a_problem(tmp_path: Path) -> None:
    found = returns.read(put(tmp_path, census(worker(more="<FTE>1</FTE><FTE>0.5</FTE>"))))
    (problem,) = found.problems.to_dicts()
    assert (problem["file"], problem["table"], problem["row"], problem["column"]) == (
        "any-name.txt",
        "CSWWWorker",
        1,
        "FTE",
    )
    assert "given twice" in problem["problem"]


def test_unknown_elements_are_noted_and_counted(tmp_path: Path) -> None:
    found = returns.read(put(tmp_path, census(worker(more="<Shoe>9</Shoe>"), worker())))
    (note,) = [n for n in found.notes if n.code == "unknown_element"]
    assert (note.column, note.count) == ("SHOE", 1)


def test_what_came_before_a_break_is_kept_and_the_break_is_told(tmp_path: Path) -> None:
    text = census(worker(), worker("SW0000000002"))
    found = returns.read(put(tmp_path, text[: text.rindex("</CSWWWorker>")]))
    assert found.tables["CSWWWorker"].height == 1
    assert "cannot be read beyond line" in found.problems["problem"].item()


def test_a_file_without_a_worker_or_header_is_no_return(tmp_path: Path) -> None:
    with pytest.raises(NotAReturn, match="holds no social workers"):
        returns.read(
            put(
                tmp_path,
                "<Message><CSWWWorkers/><Header>CSWWWorker</Header>"
                "<!--x--><Collection>CSWW</Collection></Message>",
            )
        )


def test_a_census_without_a_year_asks_for_one(tmp_path: Path) -> None:
    text = census(worker()).replace("<Year>2024</Year>", "")
    text = text.replace("<ReferenceDate>2024-09-30</ReferenceDate>", "")
    with pytest.raises(ReturnsError, match="as 2026 for 30 September 2026"):
        returns.read(put(tmp_path, text))
    assert returns.read(put(tmp_path, text), year=2023).year == 2023


def test_two_kinds_of_census_are_not_read_as_one(tmp_path: Path) -> None:
    put(tmp_path, census(worker()), "a.xml")
    put(tmp_path, "<Message><Children></Children></Message>", "b.xml")
    with pytest.raises(ReturnsError, match=r"CIN census and the workforce census \(CSWW\)"):
        returns.read(tmp_path)


def test_two_files_of_one_census_are_put_together(tmp_path: Path) -> None:
    put(tmp_path, census(worker()), "a.xml")
    put(tmp_path, census(worker("SW0000000002")), "b.xml")
    found = returns.read(tmp_path)
    assert sorted(found.tables["CSWWWorker"]["WorkerID"]) == ["1", "2"]
    assert found.tables["Qualifications"]["WorkerID"].to_list() == ["1", "1", "2", "2"]
    states = dict(returns.check(found).rules.select("rule", "state").iter_rows())
    assert states["WW02"] == "failed"  # the vacancies came twice


def test_tables_given_as_frames_are_known_for_what_they_are() -> None:
    workers = pl.DataFrame({"SWENo": [SECRET], "AgencyWorker": ["0"], "FTE": [0.6]})
    found = returns.read({"CSWWWorker": workers}, year=2024, council="301")
    assert found.collection == "csww"
    typed, problems, _ = returns.type_tables(found.tables, collection="csww", year=2024)
    assert typed["CSWWWorker"]["FTE"].item() == 0.6
    assert problems.is_empty()


# --- checking, and what errors hold -----------------------------------------------------------


def test_findings_are_by_rule_table_and_row(tmp_path: Path) -> None:
    bad = FULL.replace("<FTE30>0.8", "<FTE30>1.8").replace("SIC", "ILL")
    result = returns.check(put(tmp_path, census(worker(), worker("SW0000000002", more=bad))))
    found = {(f["rule"], f["table"], f["row"]) for f in result.findings.to_dicts()}
    assert ("WW50", "CSWWWorker", 2) in found
    assert ("WW40", "Absences", 3) in found
    assert result.period == (date(2023, 10, 1), date(2024, 9, 30))
    of_whom = by_child(result, returns.read(put(tmp_path, census(worker()))).tables)
    assert set(of_whom.columns) >= {"child", "rule", "row"}


def test_another_reference_date_than_30_september_is_an_error(tmp_path: Path) -> None:
    text = census(worker()).replace("2024-09-30", "2024-03-31")
    result = returns.check(put(tmp_path, text))
    assert "WW01" in set(result.findings["rule"])


def test_every_rule_says_that_it_is_ours() -> None:
    from whatworks.returns.rules import rules

    for rule in rules("csww"):
        assert rule.number.startswith("WW")
        assert "of our own" in rule.note
        assert rule.confidence == "unconfirmed"


def test_no_worker_is_in_a_log_or_an_error(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    text = census(worker()).replace("301", "999")
    said = [returns.read(put(tmp_path, text)).problems["problem"].item()]
    broken = text.replace("<Year>2024</Year>", "").replace("2024-09-30", "never")
    with pytest.raises(ReturnsError) as error:
        returns.load(put(tmp_path, broken), store=Store.open(tmp_path / "w", create=True))
    said += [str(error.value), caplog.text]
    assert not any(cell in text for text in said for cell in (SECRET, BORN))


# --- keeping ----------------------------------------------------------------------------------


def test_it_is_kept_and_superseded_like_any_return(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "workspace", create=True, synthetic=True)
    first = returns.load(put(tmp_path, census(worker())), store=store)
    assert (first.council, first.collection, first.year) == ("301", "csww", 2024)
    assert store.tables(first)["CSWWWorker"]["FTE"].dtype == pl.Float64
    assert returns.load(put(tmp_path, census(worker())), store=store).already_stored
    packed = tmp_path / "again.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("census.xml", census(worker(), worker("SW0000000002")))
    second = returns.load(packed, store=store)
    assert second.supersedes == first.id
    assert store.text_tables(second)["CSWWWorker"]["SWENo"].to_list() == [SECRET, "SW0000000002"]


# --- another project's file -------------------------------------------------------------------


def test_the_sample_of_another_project_is_read_whole(samples: Path) -> None:
    import xml.etree.ElementTree as ET

    path = samples / "csww" / "social_work_workforce_2022.xml"
    found = returns.read(path)
    elements = [e.tag for e in ET.parse(path).getroot().iter() if len(e) == 0]
    read = {
        name: frame[name].count()
        for frame in found.tables.values()
        for name in frame.columns
        if name not in {"SWENo", "WorkerID"}
    }
    assert {name: elements.count(name) for name in read} == read
    assert found.tables["CSWWWorker"]["SWENo"].count() == elements.count("SWENo")
    assert set(elements) - {"SWENo"} == {name for name, count in read.items() if count}
    _, problems, _ = returns.type_tables(found.tables, collection="csww", year=2022)
    assert problems.is_empty()


def test_the_form_holds_every_element_of_the_schema(samples: Path, shared_reference: Path) -> None:
    import csv

    from whatworks.returns.schema import all_tables

    known = {c.path: c for t in all_tables("csww").values() for c in t.columns if c.path}
    kinds = {
        "xs:date": "date",
        "twodecimalplaces": "decimal",
        "onedecimalplace": "decimal",
        "ftetype": "decimal",
        "xs:integer": "integer",
        "xs:gYear": "integer",
    }
    with (shared_reference / "csww" / "csww_elements_2022.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert set(known) == {row["xml_path"] for row in rows}
    for row in rows:
        kind = kinds.get(row["xsd_type"])
        if kind is not None:
            assert known[row["xml_path"]].kind == kind, row
    assert f'name="{rows[-1]["field"]}"' in (
        samples / "csww" / "social_work_workforce_2022.xsd"
    ).read_text(encoding="utf-8")
