"""Measures of need over a store: from census files to figures, words, rows and the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks import measures, returns, synthetic
from whatworks.cli import app
from whatworks.journeys import need_of
from whatworks.measures import caching
from whatworks.measures.definition import everything

NAMES = [m.name for m in everything().values() if m.collection == "cin"]
AGAIN, REPEAT = "re_referrals_within_12_months", "repeat_protection_plans"
COUNCIL, YEARS = "857", (2023, 2024)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("need") / "out"
    synthetic.write(
        out,
        councils=[COUNCIL],
        first_year=YEARS[0],
        last_year=YEARS[-1],
        seed=3,
        errors=0,
        need_share=0.2,
        collections=("cin",),
    )
    return out


def _store(written: Path, folder: Path, *, spoil: dict[int, tuple[str, str]] | None = None) -> Any:
    kept = returns.Store.open(folder / "work", create=True, synthetic=True)
    for year in YEARS:
        text = (written / COUNCIL / "cin" / str(year) / "cin.xml").read_text(encoding="utf-8")
        for old, new in [spoil[year]] if spoil and year in spoil else []:
            assert old in text
            text = text.replace(old, new, 1)
        place = folder / f"sent-{year}"
        place.mkdir()
        (place / "cin.xml").write_text(text, encoding="utf-8")
        returns.load(place, store=kept, council=COUNCIL, year=year, collection="cin")
    return kept


@pytest.fixture(scope="module")
def store(written: Path, tmp_path_factory: pytest.TempPathFactory) -> returns.Store:
    return _store(written, tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def figures(store: returns.Store) -> pl.DataFrame:
    """Every measure of both years, all counted together."""
    return measures.run(store)


def test_a_store_of_censuses_alone_gives_measures_of_need_alone(figures: pl.DataFrame) -> None:
    assert set(figures["measure"]) == set(NAMES)
    known = set(figures.filter(pl.col("value").is_not_null()).select("measure", "year").rows())
    for name in NAMES:
        measure = everything()[name]
        first = YEARS[0] + measure.years_before
        told = set() if measure.needs else {(name, y) for y in YEARS if y >= first}
        assert {row for row in known if row[0] == name} == told, name


def test_what_a_census_did_not_ask_about_is_said(store: returns.Store) -> None:
    row = measures.run(store, "family_group_meetings_offered", year=2024).row(0, named=True)
    assert row["value"] is None
    assert row["reason"] == (
        "The children in need census for 2024 did not ask about steps before court or family "
        "group decision-making."
    )


def test_kept_figures_follow_the_censuses(
    store: returns.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = measures.cached(store, COUNCIL)
    assert first.equals(measures.run(store, council=COUNCIL))

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the figures were computed although they were kept")

    monkeypatch.setitem(caching.MAKERS, "cin", refuse)
    assert measures.cached(store, COUNCIL).equals(first)


TABLES = {
    "referrals": ("CINdetails", "CINreferralDate"),
    "assessments_finished": ("Assessments", "AssessmentAuthorisationDate"),
    "factors_found": ("AssessmentFactorsList", None),
    "in_need_at_31_march": ("CINdetails", None),
    "in_need_in_year": ("CINdetails", None),
    "cases_closed": ("CINdetails", "CINclosureDate"),
    "enquiries_started": ("Section47", "S47ActualStartDate"),
    "conferences_held": ("Section47", "DateOfInitialCPC"),
    "plans_started": ("ChildProtectionPlans", "CPPstartDate"),
    "plans_at_31_march": ("ChildProtectionPlans", None),
    "plans_ended": ("ChildProtectionPlans", "CPPendDate"),
}
"""View -> the table its rows lead to, and the column of the day that puts a row in its year."""
ANSWERED = [name for name in NAMES if everything()[name].view in TABLES]


@pytest.mark.parametrize("name", [n for n in ANSWERED if everything()[n].years_before < 2])
def test_rows_add_up_to_their_figure_and_lead_to_their_records(
    store: returns.Store, figures: pl.DataFrame, name: str
) -> None:
    measure = everything()[name]
    figure = figures.row(
        by_predicate=(pl.col("measure") == name) & (pl.col("year") == 2024), named=True
    )
    rows = measures.rows(store, name, council=COUNCIL, year=2024)
    assert rows.height
    if not measure.of_amounts:
        assert rows["numerator"].sum() == figure["numerator"]
    if measure.kind == "count":
        assert figure["denominator"] is None
    elif measure.kind != "rate":
        assert rows["denominator"].sum() == figure["denominator"]
    table, day = TABLES[measure.view]
    assert set(rows["table"]) == {table}
    (submission,) = store.submissions(COUNCIL, "cin", 2024)
    held = store.tables(submission, [table])[table]
    assert rows.height == rows.select("submission", "row").n_unique()
    mine = rows.filter(pl.col("return_year") == 2024)
    assert set(mine["row"]) <= set(held["ROW"])
    if day is not None:
        days = held.filter(pl.col("ROW").is_in(mine["row"].to_list()))[day].cast(pl.String)
        assert days.is_between(pl.lit("2023-04-01"), pl.lit("2024-03-31")).all()


def test_no_child_is_in_what_is_given_out(store: returns.Store) -> None:
    numbers = need_of(store, COUNCIL).referrals["CHILD"].unique().to_list()
    said = measures.run(store, by=["age_group", "sex"]).write_csv()
    said += measures.rows(store, AGAIN, council=COUNCIL, year=2024).write_csv()
    assert numbers
    assert not any(number in said for number in numbers)


def test_what_was_set_aside_is_listed_with_that_of_care(store: returns.Store) -> None:
    listed = measures.left_out(store, council=COUNCIL)
    assert set(listed["year"]) == set(YEARS)
    again = listed.filter(repair="referral_reported_again", year=2023)
    assert again["n_rows"].item() > 0
    assert again["effect"].item() == "replaced"


def test_one_unreadable_cell_is_contained(
    store: returns.Store, written: Path, tmp_path: Path
) -> None:
    rows = measures.rows(store, REPEAT, council=COUNCIL, year=2024)
    figure = measures.run(store, REPEAT, council=COUNCIL, year=2024).row(0, named=True)
    plans = store.tables(store.submissions(COUNCIL, "cin", 2024)[0])["ChildProtectionPlans"]
    one = plans.filter(pl.col("ROW") == rows["row"][0]).row(0, named=True)
    day = one["CPPstartDate"].isoformat()
    old = f"<CPPstartDate>{day}</CPPstartDate>"
    spoilt = _store(written, tmp_path, spoil={2024: (old, "<CPPstartDate>x</CPPstartDate>")})
    after = measures.run(spoilt, REPEAT, council=COUNCIL, year=2024).row(0, named=True)
    assert after["denominator"] == figure["denominator"] - 1
    again = [measures.run(s, AGAIN, year=2024).drop("council") for s in (store, spoilt)]
    assert again[0].equals(again[1])
    unknown = measures.left_out(spoilt, council=COUNCIL).filter(
        repair="plan_day_not_known", year=2024
    )
    assert unknown["n_rows"].item() == 1


def test_figures_are_said_in_natural_frequencies() -> None:
    row = {"year": 2025, "numerator": 41, "denominator": 200, "value": 20.5}
    row |= {"low": 15.5, "high": 26.6}
    assert measures.in_words({"measure": AGAIN, **row}) == (
        "21 of every 100 referrals came within 12 months of an earlier referral of the same child, "
        "year to 31 March 2025 (41 of 200). Such figures vary by chance; the 95% interval is "
        "16 to 27 of every 100."
    )
    assert "child protection plans that began in the year were for a child who had had a plan" in (
        measures.in_words({"measure": REPEAT, **row})
    )


@pytest.mark.parametrize(
    ("name", "series"), [(AGAIN, "rereferred"), (REPEAT, "second_or_later_plans")]
)
def test_published_figures_stand_beside(name: str, series: str) -> None:
    found = measures.published(name, "301", 2025)
    assert set(found["series"]) == {series}
    england = found.filter(of="England")["value"].item()
    assert 10 < england < 40


def test_the_command_line_knows_them(store: returns.Store) -> None:
    runner = CliRunner()
    where = ["--workspace", str(store.path), "--json"]
    told = runner.invoke(app, ["measures", "run", AGAIN, "--year", "2024", *where])
    assert told.exit_code == 0
    (row,) = json.loads(told.stdout)
    assert row["numerator"] < row["denominator"]
    shown = runner.invoke(app, ["measures", "show", REPEAT, "--json"])
    assert json.loads(shown.stdout)["collection"] == "cin"
    asked = ["measures", "compare", AGAIN, "--council", COUNCIL, "--year", "2024", *where]
    beside = runner.invoke(app, asked)
    assert beside.exit_code == 0
    assert {one["of"] for one in json.loads(beside.stdout)["published"]} >= {"council", "England"}


def test_safety_measures_are_read_with_starts() -> None:
    pairs = everything()["started_rate"].pairs_with
    assert {AGAIN, "reentered_within_12_months"} <= set(pairs)
    assert "started_rate" in everything()[AGAIN].pairs_with
