"""Every 903 and CIN file of other projects' samples, counted again with plain Python."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import polars as pl
import pytest

from whatworks.returns.model import NotAReturn
from whatworks.returns.reading import parts_of, read
from whatworks.returns.typing import type_tables

CSV_FILES = {
    "ssda903_peer_fake/DoLo.csv": "DoLo",
    "ssda903_peer_fake/ad1.csv": "AD1",
    "ssda903_peer_fake/episodes.csv": "Episodes",
    "ssda903_peer_fake/header.csv": "Header",
    "ssda903_peer_fake/missing.csv": "Missing",
    "ssda903_peer_fake/oc2.csv": "OC2",
    "ssda903_peer_fake/oc3.csv": "OC3",
    "ssda903_peer_fake/placed_for_adoption.csv": "PlacedAdoption",
    "ssda903_peer_fake/placed_for_adoption_errors.csv": "PlacedAdoption",
    "ssda903_peer_fake/previous_permanence.csv": "PrevPerm",
    "ssda903_peer_fake/reviews.csv": "Reviews",
    "ssda903_peer_fake/sw_episodes.csv": "SWEpisodes",
    "ssda903_peer_fake/uasc.csv": "UASC",
    "liia/SSDA903_2020_episodes.csv": "Episodes",
    "liia/SSDA903_2020_header.csv": "Header",
    "liia/SSDA903_episodes_for_testing_fixes_INPUT.csv": "Episodes",
}
CIN_FILES = (
    "cin_peer_fake/CIN2rows.xml",
    "cin_peer_fake/CIN_Census_2021.xml",
    "cin_peer_fake/CIN_Census_2021_copy.xml",
    "cin_peer_fake/CIN_Census_2021_no_assessment_factors.xml",
    "cin_peer_fake/CIN_Census_2024.xml",
    "cin_peer_fake/CIN_header_issues_100.xml",
    "cin_peer_fake/CIN_la_issues_2887Q.xml",
    "cin_peer_fake/fake_CIN_data.xml",
    "liia/BAR_cin_2022.xml",
    "liia/cin-2022.xml",
)


def filled(frame: pl.DataFrame) -> dict[str, int]:
    return {name: frame[name].count() for name in frame.columns}


def test_the_lists_above_name_every_sample(samples: Path):
    there = {
        str(path.relative_to(samples))
        for folder in ("ssda903_peer_fake", "cin_peer_fake", "liia")
        for path in (samples / folder).iterdir()
        if path.suffix in {".csv", ".xml"}
    }
    assert there == {*CSV_FILES, *CIN_FILES, "ssda903_peer_fake/fake_903.xml"}


@pytest.mark.parametrize("name", CSV_FILES)
def test_a_csv_file_counts_as_plain_python_counts_it(samples: Path, name: str):
    with (samples / name).open(encoding="utf-8-sig", newline="") as stream:
        records = list(csv.DictReader(stream))
    result = read(samples / name, year=2024)
    assert list(result.tables) == [CSV_FILES[name]]
    frame = result.tables[CSV_FILES[name]]
    assert frame.height == len(records)
    assert filled(frame) == {
        column: sum(bool(record[column].strip()) for record in records) for column in frame.columns
    }
    assert set(frame.columns) == set(records[0])
    assert frame.to_dicts() == [
        {column: text.strip() or None for column, text in record.items()} for record in records
    ]
    assert result.problems.height == 0


def test_the_csv_set_is_of_the_year_its_episodes_say(samples: Path):
    folder = samples / "ssda903_peer_fake"
    paths = [folder / Path(name).name for name in CSV_FILES if name.startswith(folder.name)]
    result = read(paths)
    assert (result.collection, result.year) == ("ssda903", 2018)
    assert result.tables["PlacedAdoption"].height == 29 + 30
    _, problems, _ = type_tables(
        result.tables, collection="ssda903", year=2018, files=parts_of(result)
    )
    assert problems.height == 0


def test_the_xml_form_counts_as_plain_python_counts_it(samples: Path):
    path = samples / "ssda903_peer_fake" / "fake_903.xml"
    root = ET.parse(path).getroot()
    elements = Counter(element.tag for element in root.iter())
    texts = Counter(element.tag for element in root.iter() if (element.text or "").strip())
    result = read(path)
    assert result.year == 2018
    assert {name: frame.height for name, frame in result.tables.items()} == {
        "Header": elements["HEADER"],
        "Episodes": elements["EPISODE"],
        "Reviews": elements["AREVIEW"],
        "Missing": elements["AMISSING"],
        "PlacedAdoption": elements["AD_PLACED"],
        "OC2": elements["OC2"],
        "PrevPerm": elements["PERMANENCE"],
        "UASC": texts["DUC"],
        "OC3": texts["IN_TOUCH"],
        "AD1": texts["DATE_INT"],
    }
    repeated = {"CHILD", "DOB", "SEX"}
    for name, frame in result.tables.items():
        for column, count in filled(frame).items():
            element = {"PLACE": "PL"}.get(column, column)
            expected = frame.height if column in repeated else texts[element]
            assert count == expected, f"{name}.{column}"
    children = [child.findtext("HEADER/CHILDID") for child in root for _ in child.iter("EPISODE")]
    assert result.tables["Episodes"]["CHILD"].to_list() == children


@pytest.mark.parametrize("name", CIN_FILES)
def test_a_census_counts_as_plain_python_counts_it(samples: Path, name: str):
    root = ET.parse(samples / name).getroot()
    result = read(samples / name)
    assert result.collection == "cin"
    assert result.year == int(root.findtext("Header/CollectionDetails/ReferenceDate")[:4])
    elements = Counter(element.tag for element in root.iter())
    rows = {table: frame.height for table, frame in result.tables.items()}
    assert rows == {
        "Header": 1,
        "ChildIdentifiers": elements["ChildIdentifiers"],
        "ChildCharacteristics": elements["ChildCharacteristics"],
        "Disabilities": elements["Disability"],
        "CINdetails": elements["CINdetails"],
        "Assessments": elements["Assessments"],
        "AssessmentFactorsList": elements["AssessmentFactors"],
        "CINplanDates": elements["CINPlanDates"],
        "Section47": elements["Section47"],
        "ChildProtectionPlans": elements["ChildProtectionPlans"],
        "Reviews": elements["CPPreviewDate"],
    }
    assert cells_read(result.tables) == cells_counted(root)


def cells_read(tables) -> Counter[tuple[str, str]]:
    """Filled cells by table and column, without numbers and what is said again."""
    given = {"CINdetailsID", "AssessmentID", "CPPID", "AssessmentFactors"}
    counted: Counter[tuple[str, str]] = Counter()
    for table, frame in tables.items():
        for column, count in filled(frame).items():
            if column not in given and (column != "LAchildID" or table == "ChildIdentifiers"):
                counted[table, column] = count
    return +counted


def cells_counted(root: ET.Element) -> Counter[tuple[str, str]]:
    """Elements with text by the table and column they should end in."""
    renamed = {
        "CollectionDetails": "Header",
        "Source": "Header",
        "CINPlanDates": "CINplanDates",
        "FactorsIdentifiedAtAssessment": "AssessmentFactorsList",
    }
    counted: Counter[tuple[str, str]] = Counter()
    for group in root.iter():
        for element in group:
            if len(element) == 0 and (element.text or "").strip():
                column = element.tag.replace("AssessmentFactors", "AssessmentFactor")
                counted[renamed.get(group.tag, group.tag), column] += 1
    return counted


def test_files_of_other_kinds_are_not_returns(samples: Path):
    with pytest.raises(NotAReturn):
        read(samples / "annex_a/fake_sen.xlsx")
    for path in (samples / "liia").glob("*.xsd"):
        with pytest.raises(NotAReturn, match="XML of none of the returns read here"):
            read(path)
