"""Months in the store: several a year, each replaced alone, older catalogues as they were."""

from __future__ import annotations

import json
from datetime import date

import polars as pl
import pytest

from whatworks import measures, returns
from whatworks.returns.store import catalogue
from whatworks.returns.store.disk import StoreError
from whatworks.returns.store.manifest import decoded
from whatworks.returns.verifying import verify_workspace

NAME = "looked_after_visited_in_six_weeks"


def lists(*visited: str | None) -> dict[str, pl.DataFrame]:
    rows = [(f"C{n}", "01/01/2024", day, None) for n, day in enumerate(visited)]
    names = [
        "Child Unique ID",
        "Date Started to be Looked After",
        "Date of Last Social Work Visit",
        "Date Ceased to be Looked After",
    ]
    return {"List_8": pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")}


def care() -> dict[str, pl.DataFrame]:
    row = {"CHILD": "A", "DECOM": "01/05/2024", "RNE": "S", "LS": "C2", "PLACE": "U1"}
    return {"Episodes": pl.DataFrame({name: [text] for name, text in row.items()})}


@pytest.fixture
def store(tmp_path):
    return returns.Store.open(tmp_path / "w", create=True, synthetic=True)


def put(store, tables, **said):
    return returns.load(tables, store=store, council="301", collection="annex_a", **said)


def test_every_month_is_kept_and_only_the_same_month_is_replaced(store):
    june = put(store, lists("01/06/2024"), month="2024-06")
    july = put(store, lists("01/06/2024"), month="2024-07")
    again = put(store, lists("20/06/2024"), as_at=date(2024, 6, 28))
    assert (june.year, june.month, june.as_at) == (2025, "2024-06", date(2024, 6, 30))
    assert again.supersedes == june.id
    assert july.supersedes is None
    current = store.submissions("301", "annex_a", 2025)
    assert [s.id for s in current] == [again.id, july.id]
    assert [s.id for s in store.submissions("301", month="2024-07")] == [july.id]
    assert [s.month for s in store.submissions("301", current=False)] == [
        "2024-06",
        "2024-06",
        "2024-07",
    ]
    assert put(store, lists("01/06/2024"), month="2024-07").already_stored
    assert store.submission(june.id).superseded_by == again.id


def test_the_figure_of_a_year_is_its_last_months_and_each_month_has_its_own(store):
    put(store, lists("01/06/2024", None), month="2024-06")
    put(store, lists("20/07/2024", "21/07/2024"), month="2024-07")
    put(store, lists("20/05/2025", None, None, None), month="2025-05")
    found = measures.run(store, NAME, council="301")
    assert found.select("year", "numerator", "denominator").rows() == [
        (2025, 2.0, 2.0),
        (2026, 1.0, 4.0),
    ]
    months = measures.by_month(store, "301", NAME)
    assert months.select("month", "numerator", "denominator", "as_at").rows() == [
        ("2024-06", 1.0, 2.0, date(2024, 6, 30)),
        ("2024-07", 2.0, 2.0, date(2024, 7, 31)),
        ("2025-05", 1.0, 4.0, date(2025, 5, 31)),
    ]


def test_what_was_not_sent_has_no_figure_and_says_why(store):
    put(store, lists("01/06/2024"), month="2024-06")
    row = measures.run(store, "dental_check_up_to_date", council="301").row(0, named=True)
    assert row["value"] is None
    assert "Date of Last Dental Check" in row["reason"]
    row = measures.run(store, "contacts_that_became_referrals", council="301").row(0, named=True)
    assert row["reason"] == "Annex A lists of 30 June 2024 came without List 1."


def test_a_measure_of_a_whole_year_has_no_months(store):
    with pytest.raises(measures.MeasureError, match="no months"):
        measures.by_month(store, "301", "looked_after_at_31_march")
    assert measures.by_month(store, "301", NAME).is_empty()


def test_rows_left_out_are_counted_under_the_name_of_their_list(store):
    lists_given = lists("01/06/2024", "02/06/2024")["List_8"]
    nobody = lists_given[:1].with_columns(pl.lit(None, pl.String).alias("Child Unique ID"))
    put(store, {"List_8": pl.concat([lists_given, lists_given[1:], nobody])}, month="2024-06")
    found = measures.left_out(store, council="301")
    made = found.filter(pl.col("n_rows") > 0)
    assert made.select("repair", "effect", "year", "n_rows", "n_children").rows() == [
        ("annex_a_row_again", "left out", 2025, 1, 1),
        ("annex_a_nobody", "left out", 2025, 1, 0),
    ]
    assert made["text"].str.starts_with("Annex A lists: ").all()


def test_rows_lead_back_to_the_list(store):
    put(store, lists("01/06/2024", None), month="2024-06")
    rows = measures.rows(store, NAME, council="301", year=2025)
    assert rows.select("table", "row", "numerator").rows() == [
        ("List_8", 1, True),
        ("List_8", 2, False),
    ]


def test_returns_of_a_year_are_written_to_the_letter_as_before(store):
    kept = returns.load(care(), store=store, council="301", collection="ssda903", year=2025)
    put(store, lists("01/06/2024"), month="2024-06")
    with catalogue.opened(store.path / "councils" / "301") as connection:
        texts = dict(connection.execute("SELECT id, manifest FROM submission").fetchall())
    year = json.loads(texts[kept.id])
    assert year["format"] == 1
    assert "as_at" not in year
    assert decoded(texts[kept.id]).encoded() == texts[kept.id]
    (month,) = (json.loads(text) for key, text in texts.items() if key != kept.id)
    assert (month["format"], month["as_at"]) == (2, "2024-06-30")
    assert all(place.ok and place.sealed for place in verify_workspace(store.path))


def test_a_catalogue_altered_to_another_month_is_found_out(store, tmp_path):
    put(store, lists("01/06/2024"), month="2024-06")
    folder = store.path / "councils" / "301"
    import sqlite3

    with sqlite3.connect(folder / catalogue.FILE) as connection:
        connection.execute("DROP TRIGGER submission_no_update")
        connection.execute(
            "UPDATE submission SET manifest = replace(manifest, '2024-06-30', '2024-07-31')"
        )
    assert not all(place.ok for place in verify_workspace(store.path))


def test_a_load_that_dies_leaves_nothing(store, monkeypatch):
    put(store, lists("01/06/2024"), month="2024-06")

    def dies(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(catalogue, "insert", dies)
    with pytest.raises(StoreError, match="disk is full"):
        put(store, lists("01/07/2024"), month="2024-07")
    monkeypatch.undo()
    assert [s.month for s in store.submissions("301")] == ["2024-06"]
    assert all(place.ok for place in verify_workspace(store.path))
    assert put(store, lists("01/07/2024"), month="2024-07").month == "2024-07"


def test_other_returns_are_counted_as_before_beside_months(store):
    returns.load(care(), store=store, council="301", collection="ssda903", year=2025)
    before = measures.run(store, "looked_after_at_31_march", council="301")
    put(store, lists("01/06/2024"), month="2024-06")
    assert measures.run(store, "looked_after_at_31_march", council="301").equals(before)


def test_the_command_line_takes_a_month(tmp_path):
    from typer.testing import CliRunner

    from whatworks.cli import app

    (tmp_path / "8.csv").write_text(
        "Child Unique ID,Date Started to be Looked After,Date Ceased to be Looked After\n"
        "A,1/4/24,\n"
    )
    said = ["--collection", "annex_a", "--month", "2024-06", "--council", "301", "--json"]
    checked = CliRunner().invoke(app, ["returns", "check", str(tmp_path / "8.csv"), *said])
    assert checked.exit_code == 1, "a date with a year of two digits cannot be read"
    assert json.loads(checked.stdout)["problems"][0]["column"] == "Date Started to be Looked After"
    place = ["--workspace", str(tmp_path / "w")]
    kept = CliRunner().invoke(app, ["returns", "load", str(tmp_path / "8.csv"), *said, *place])
    assert json.loads(kept.stdout)["as_at"] == "2024-06-30"
    without = CliRunner().invoke(
        app, ["returns", "load", str(tmp_path / "8.csv"), "--collection", "annex_a", *place]
    )
    assert without.exit_code != 0
