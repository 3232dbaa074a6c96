"""What is written of invented children: codes of the year, the form's columns, planted errors."""

from __future__ import annotations

import csv
import json
from hashlib import sha256

import pytest

from whatworks import reference, synthetic
from whatworks.returns.schema import all_tables
from whatworks.synthetic.cin import COLUMNS as CIN_COLUMNS
from whatworks.synthetic.csv_files import FILE_NAMES
from whatworks.synthetic.ssda903 import COLUMNS, columns

COUNCILS = ["816", "857"]
YEARS = (2021, 2026)


def make(out, **more):
    asked = {"councils": COUNCILS, "scale": 0.35, "need_share": 0.05, "errors": 0.0}
    return synthetic.write(out, first_year=YEARS[0], last_year=YEARS[1], **(asked | more))


@pytest.fixture(scope="module")
def clean(tmp_path_factory):
    out = tmp_path_factory.mktemp("clean")
    return out, make(out)


def rows(out, council, year, table, folder="ssda903"):
    text = (out / council / folder / str(year) / FILE_NAMES[table]).read_text()
    return list(csv.DictReader(text.splitlines()))


def every(out, table):
    for council in COUNCILS:
        for year in range(YEARS[0], YEARS[1] + 1):
            if table in columns(year):
                yield council, year, rows(out, council, year, table)


def test_the_columns_are_the_forms():
    for table, held in all_tables("ssda903").items():
        asked = [column.name for column in held.columns if not column.derived]
        assert table == "DoLo" or list(COLUMNS[table]) == asked
    for table, names in CIN_COLUMNS.items():
        held = {column.name for column in all_tables("cin")[table].columns}
        assert set(names) <= held


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_every_code_is_one_of_its_year(clean, table):
    out, _ = clean
    coded = {
        column.name: column.codes
        for column in all_tables("ssda903")[table].columns
        if column.codes and column.name in COLUMNS[table]
    }
    seen = 0
    for _, year, found in every(out, table):
        for name, codes in coded.items():
            held = reference.code_values("ssda903", codes, year) | {""}
            given = {row[name] for row in found}
            assert given <= held, (table, year, name)
            seen += len(given)
    assert seen > 0 or not coded


def test_supported_accommodation_changes_its_code_and_sex_its_letters(clean):
    out, _ = clean
    places, sexes = {}, {}
    for _, year, found in every(out, "Episodes"):
        places.setdefault(year, set()).update(row["PLACE"] for row in found)
    for _, year, found in every(out, "Header"):
        sexes.setdefault(year, set()).update(row["SEX"] for row in found)
    assert "H5" in places[2024]
    assert "K3" not in places[2024]
    assert "K3" in places[2025]
    assert "H5" not in places[2025]
    assert "Z1" not in places[2026]
    assert sexes[2024] == {"1", "2"}
    assert sexes[2025] == {"M", "F"}


def test_an_episode_going_on_is_the_same_in_the_next_return_but_for_codes_of_the_year(clean):
    out, _ = clean
    same = ("RNE", "LS", "CIN", "PLACE_PROVIDER", "HOME_POST", "PL_POST")
    compared = 0
    for council in COUNCILS:
        for year in range(YEARS[0], YEARS[1]):
            open_then = {
                (row["CHILD"], row["DECOM"]): row
                for row in rows(out, council, year, "Episodes")
                if not row["DEC"]
            }
            later = rows(out, council, year + 1, "Episodes")
            now = {(row["CHILD"], row["DECOM"]): row for row in later}
            assert set(open_then) <= set(now)
            for key, row in open_then.items():
                assert [row[name] for name in same] == [now[key][name] for name in same]
                compared += 1
    assert compared > 200


def test_an_end_is_told_with_its_reason_or_not_at_all(clean):
    out, _ = clean
    for _, year, found in every(out, "Episodes"):
        for row in found:
            assert bool(row["DEC"]) == bool(row["REC"])
            if row["DEC"]:
                day, month, of = map(int, row["DEC"].split("/"))
                assert (year - 1, 4, 1) <= (of, month, day) <= (year, 3, 31)


def test_a_child_has_the_same_number_in_both_returns(clean):
    out, _ = clean
    for council in COUNCILS:
        text = (out / council / "cin" / "2024" / "cin.xml").read_text()
        looked_after = {row["CHILD"] for row in rows(out, council, 2024, "Episodes")}
        missing = [child for child in looked_after if f"<LAchildID>{child}<" not in text]
        assert looked_after
        assert not missing
        assert text.count("<Child>") > len(looked_after)


def test_the_manifest_names_every_file_and_says_that_children_are_invented(clean):
    out, manifest = clean
    kept = json.loads((out / "manifest.json").read_text())
    assert kept["seed"] == manifest.seed == 1
    assert kept == json.loads(manifest.as_json())
    assert "invented" in kept["notice"]
    assert "invented" in (out / "README.txt").read_text()
    listed = {file["path"] for file in kept["files"]}
    there = {
        str(path.relative_to(out))
        for path in out.rglob("*")
        if path.is_file() and path.parent != out
    }
    assert listed == there
    for file in kept["files"]:
        content = (out / file["path"]).read_bytes()
        assert file["sha256"] == sha256(content).hexdigest()
        assert file["size"] == len(content)
    assert manifest.of_council("816")[0] == ("ssda903", 2021, "816/ssda903/2021")
    assert {kind for kind, _, _ in manifest.of_council("816")} == {"ssda903", "cin", "csww"}
    assert manifest.truth_of("816", 2024).year == 2024
    with pytest.raises(KeyError):
        manifest.truth_of("382", 2024)


def test_clean_returns_hold_no_planted_error(clean):
    out, manifest = clean
    assert json.loads((out / "errors.json").read_text())["errors"] == []
    assert all(one.errors == 0 for one in manifest.returns)


def test_every_planted_error_is_noted_and_nothing_else_is_changed(clean, tmp_path):
    out, _ = clean
    manifest = make(tmp_path, errors=0.03)
    noted = json.loads((tmp_path / "errors.json").read_text())["errors"]
    assert len(noted) == sum(one.errors for one in manifest.returns)
    assert len({error["kind"] for error in noted}) >= 7
    for council in COUNCILS:
        for year in range(YEARS[0], YEARS[1] + 1):
            for table in columns(year):
                mine = [
                    error
                    for error in noted
                    if (error["council"], error["collection"], error["year"], error["table"])
                    == (council, "ssda903", year, table)
                ]
                before, after = (rows(at, council, year, table) for at in (out, tmp_path))
                twice = {error["row"] for error in mine if "twice" in error["kind"]}
                for number in sorted(twice):
                    before.insert(number - 1, before[number - 2])
                changed = {
                    number
                    for number, pair in enumerate(zip(before, after, strict=True), start=1)
                    if pair[0] != pair[1]
                }
                others = {error["row"] for error in mine} - twice
                assert changed | twice == others | twice
                for error in mine:
                    if error["row"] in changed and "twice" not in error["kind"]:
                        was, now = before[error["row"] - 1], after[error["row"] - 1]
                        assert was[error["column"]] != now[error["column"]]


def test_planted_errors_do_not_touch_the_truth(clean, tmp_path):
    _, manifest = clean
    assert make(tmp_path, errors=0.03).truth == manifest.truth


def test_progress_is_told_from_nothing_to_all(tmp_path):
    told = []
    make(tmp_path, progress=lambda *what: told.append(what))
    whole = told[-1][1]
    assert told[0][0] == 0 < told[1][0] < told[2][0] == whole
    assert {total for _, total, _ in told} == {whole}
    assert "York (0 of 2" in told[0][2]


def test_a_failure_midway_leaves_nothing_behind(tmp_path):
    def fail(done, _total, _text):
        if done:
            raise RuntimeError("stopped")

    with pytest.raises(RuntimeError, match="stopped"):
        make(tmp_path, progress=fail)
    assert [path.name for path in tmp_path.iterdir()] == [".whatworks-synthetic"]


def test_a_council_has_returns_only_of_years_in_which_it_was_there(tmp_path):
    manifest = synthetic.write(
        tmp_path, councils=["942"], first_year=2022, last_year=2025, scale=0.1, need_share=0.01
    )
    years = {(one.collection, one.year) for one in manifest.returns}
    children = {(name, year) for name in ("ssda903", "cin") for year in (2024, 2025)}
    # The workforce census of 30 September 2023 belongs to the council that began that April.
    assert years == children | {("csww", year) for year in (2023, 2024, 2025)}
    told = json.loads((tmp_path / "truth.json").read_text())["council_years"]
    measures = {one["year"]: set(one["measures"]) for one in told}
    assert "social_workers" in measures[2023]
    assert "returned_home" not in measures[2023]
    assert {"social_workers", "returned_home"} <= measures[2024]
