"""Measures of social workers: what is counted of a census, what is not, and what is said then."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

from whatworks import measures, returns
from whatworks.cli import app
from whatworks.measures.counting import count
from whatworks.measures.definition import MeasureError, everything
from whatworks.measures.examples.workforce import workforce_of
from whatworks.measures.workforce import Census, Workforce, workforce_from
from whatworks.synthetic import workforce as invented
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.setting import settings
from whatworks.synthetic.world import world

NAMES = [m.name for m in everything().values() if m.collection == "csww"]
ONE = """
worker  agency  from        fte30  role  cases  lost
Ann     0       2020-01-01  1      5     18     4
"""


def figure(found: Workforce, name: str, year: int = 2024) -> dict[str, Any]:
    return count(found, name, year=year).row(0, named=True)


def counted(found: Workforce, name: str) -> tuple[float | None, float | None]:
    row = figure(found, name)
    return row["numerator"], row["denominator"]


# --- exactly what was written -----------------------------------------------------------------


@pytest.fixture(scope="module")
def pool() -> Any:
    return invented.pool(world(settings(["301"])[0], 1, USUAL), 2020, 2024)


@pytest.fixture
def store(tmp_path: Path, pool: Any) -> returns.Store:
    kept = returns.Store.open(tmp_path / "work", create=True, synthetic=True)
    for year in (2023, 2024):
        folder = tmp_path / str(year)
        folder.mkdir()
        for name, content in invented.csww_file(pool.census(year)).items():
            (folder / name).write_bytes(content)
        returns.load(folder, store=kept)
    return kept


def test_reading_back_a_census_gives_its_own_tallies(store: returns.Store, pool: Any) -> None:
    for year in (2023, 2024):
        told = pool.census(year).tallies()
        found = {r["measure"]: r for r in measures.run(store, NAMES, year=year).to_dicts()}
        sums = {name: (row["numerator"], row["denominator"]) for name, row in found.items()}
        assert sums["social_workers"] == (told.in_post_fte, None)
        posts = round(told.vacancies_fte + told.in_post_fte, 6)
        assert sums["social_worker_vacancies"] == (told.vacancies_fte, posts)
        assert sums["social_worker_turnover"] == (told.leavers_fte, told.in_post_fte)
        everybody = round(told.agency_fte + told.in_post_fte, 6)
        assert sums["social_worker_agency"] == (told.agency_fte, everybody)
        assert sums["social_worker_caseload"] == (told.cases, told.caseholders_fte)
        assert sums["social_worker_absence"][0] == told.days_lost_in_post
        for row in found.values():
            assert row["low"] < row["value"] < row["high"]
            assert row["left_out"] == 0


def test_every_rule_of_the_census_passes_on_what_was_written(store: returns.Store) -> None:
    from whatworks.returns.checked import checked

    for submission in store.submissions("301", "csww"):
        states = checked(store, submission).rules
        assert states.filter(pl.col("state") != "passed").is_empty()


def test_rows_lead_back_to_the_census(store: returns.Store) -> None:
    for name in NAMES:
        rows = measures.rows(store, name, council="301", year=2024)
        (submission,) = store.submissions("301", "csww", 2024)
        assert rows["submission"].unique().to_list() == [submission.id]
        assert set(rows["table"]) == {"CSWWWorker", "LALevelVacancies"}
        assert rows["left_out"].null_count() == rows.height
        assert rows["numerator"].sum() > 0
        assert not rows.select("table", "row").is_duplicated().any()
        workers = store.tables(submission)["CSWWWorker"]
        assert not any(number in rows.write_csv() for number in workers["SWENo"])
    here = measures.rows(store, "social_workers", council="301", year=2024)
    numbers = here.filter("numerator")["row"]
    assert workers.filter(pl.col("ROW").is_in(numbers.implode()))["FTE30"].sum() == pytest.approx(
        measures.run(store, "social_workers", council="301", year=2024)["numerator"].item()
    )


def test_all_years_and_both_kinds_of_return_are_kept_together(
    store: returns.Store, tmp_path: Path
) -> None:
    figures = measures.cached(store, "301")
    assert set(figures["measure"]) == set(NAMES)  # no return on children is loaded
    assert set(figures["year"]) == {2023, 2024}
    assert measures.cached(store, "301").equals(figures)
    (path,) = (store.path / "councils" / "301" / "measures").iterdir()
    workers = pl.DataFrame({"SWENo": ["SW0000000001"], "AgencyWorker": ["0"], "FTE": ["1"]})
    returns.load({"CSWWWorker": workers}, store=store, year=2025, council="301")
    assert set(measures.cached(store, "301")["year"]) == {2023, 2024, 2025}
    assert not path.exists()


# --- what is not there ------------------------------------------------------------------------


def test_a_council_without_a_census_says_so(store: returns.Store) -> None:
    for name in NAMES:
        row = measures.run(store, name, council="302", year=2024).row(0, named=True)
        assert row["value"] is None
        assert row["reason"] == ("No workforce census (CSWW) of 30 September 2024 has been loaded.")
        assert measures.in_words(row) == row["reason"]
    assert measures.run(store, NAMES, council="302").is_empty()
    with pytest.raises(MeasureError, match="No workforce census"):
        measures.rows(store, "social_workers", council="302", year=2024)


def test_vacancies_that_are_not_told_once_give_no_share() -> None:
    assert (
        "does not say once"
        in figure(workforce_of(ONE, year=2024), "social_worker_vacancies")["reason"]
    )
    typed, _, _ = returns.type_tables(
        {"LALevelVacancies": pl.DataFrame({"NumberOfVacancies": ["1", "2"]})},
        collection="csww",
        year=2024,
    )
    twice = workforce_from("301", [Census(2024, "s", typed)])
    assert figure(twice, "social_worker_vacancies")["value"] is None
    absurd = workforce_of(ONE, year=2024, vacancies=10**11)
    assert figure(absurd, "social_worker_vacancies")["value"] is None


def test_agency_workers_without_records_give_no_share_rather_than_none_at_all() -> None:
    told = {
        "CSWWWorker": pl.DataFrame({"SWENo": ["A"], "AgencyWorker": ["0"], "FTE": ["1"]}),
        "LALevelVacancies": pl.DataFrame({"NumberOfVacancies": ["1"], "NoAgencyFTE": ["3.5"]}),
    }
    typed, _, _ = returns.type_tables(told, collection="csww", year=2024)
    found = workforce_from("301", [Census(2024, "s", typed)])
    assert "holds no record of one" in figure(found, "social_worker_agency")["reason"]
    assert figure(found, "social_workers")["value"] == 1.0


def test_nobody_in_post_is_nought_workers_and_no_share() -> None:
    found = workforce_of("worker agency from to fte\nAnn 0 . 2024-01-01 1", year=2024)
    assert figure(found, "social_workers")["value"] == 0.0
    row = figure(found, "social_worker_turnover")
    assert (row["numerator"], row["denominator"], row["value"]) == (1.0, 0.0, None)
    assert "nobody to count" in row["reason"]


def test_hours_that_cannot_be_are_left_out_and_never_added() -> None:
    found = workforce_of(
        """
        worker  agency  from        fte  fte30
        Ann     0       2020-01-01  1    .
        Ben     0       2020-01-01  37   .
        Cat     0       2020-01-01  -1   .
        Dev     0       2020-01-01  x    .
        Eve     .       2020-01-01  1    .
        Flo     0       2020-13-01  1    .
        """,
        year=2024,
    )
    row = figure(found, "social_workers")
    assert (row["numerator"], row["left_out"]) == (1.0, 5)


def test_with_one_worker_there_is_a_caseload_and_no_interval() -> None:
    row = figure(workforce_of(ONE, year=2024), "social_worker_caseload")
    assert (row["value"], row["low"], row["high"], row["reason"]) == (18.0, None, None, None)
    assert measures.in_words(row).endswith("With a single worker no interval can be given.")


def test_a_day_is_in_the_year_to_30_september_and_no_other() -> None:
    found = workforce_of(
        """
        worker  agency  from        to          fte
        Ann     0       2020-01-01  2023-09-30  1
        Ben     0       2020-01-01  2023-10-01  1
        Cat     0       2020-01-01  2024-09-30  1
        Dev     0       2020-01-01  2024-10-01  1
        Eve     0       2024-09-30  .           1
        Flo     0       2024-10-01  .           1
        """,
        year=2024,
    )
    assert counted(found, "social_worker_turnover") == (2.0, 2.0)  # Ben, Cat; Dev, Eve


@pytest.mark.parametrize(("year", "days"), [(2023, 253), (2024, 254), (2025, 253)])
def test_working_days_follow_the_leap_year(year: int, days: int) -> None:
    found = workforce_of(ONE, year=year)
    assert figure(found, "social_worker_absence", year)["denominator"] == days


# --- asking, and words ------------------------------------------------------------------------


def test_measures_are_counted_from_their_own_return_only() -> None:
    found = workforce_of(ONE, year=2024)
    assert set(count(found)["measure"]) == set(NAMES)
    with pytest.raises(MeasureError, match="not counted from this kind of return"):
        count(found, "looked_after_at_31_march")
    row = count(found, "social_workers", by="age_group").row(0, named=True)
    assert row["reason"] == "This measure is not broken down by age group."


def test_the_year_is_said_beside_years_to_31_march() -> None:
    row = figure(workforce_of(ONE, year=2024, vacancies=1), "social_worker_vacancies")
    assert "on 30 September 2024" in measures.in_words(row)
    assert "year to 30 September 2024" in measures.in_words(
        figure(workforce_of(ONE, year=2024), "social_worker_turnover")
    )
    documents = {doc["name"]: doc for doc in measures.documentation()}
    assert documents["social_workers"]["when"] == "on 30 September YEAR"
    assert documents["social_workers"]["collection"] == "csww"
    assert documents["looked_after_rate"]["when"] == "year to 31 March YEAR"


def test_each_mirrors_the_published_series_of_its_name() -> None:
    mirrored = [name for name in NAMES if everything()[name].mirrors[0].series]
    assert set(NAMES) - set(mirrored) == {"social_workers_from_ethnic_minorities"}
    for name in mirrored:
        found = measures.published(name, "301", 2024)
        assert set(found["series"]) == {name}
        assert found.filter(of="England")["value"].item() > 0


def test_whole_numbers_stay_whole_on_the_command_line(store: returns.Store) -> None:
    def asked(*words: str) -> str:
        done = CliRunner().invoke(app, ["measures", *words, "-w", str(store.path)])
        assert done.exit_code == 0
        return done.stdout

    (_, last) = json.loads(asked("run", "social_worker_caseload", "--json"))
    assert isinstance(last["numerator"], int)
    assert isinstance(last["denominator"], float)
    assert "30 September" in asked("compare", "social_workers", "-c", "301")
    assert "social_worker_turnover" in CliRunner().invoke(app, ["measures", "list"]).stdout
    assert CliRunner().invoke(app, ["measures", "show", "social_workers"]).exit_code == 0
