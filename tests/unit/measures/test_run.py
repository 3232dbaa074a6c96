"""Measures over a store: what is asked, what comes back, what is refused, what is kept."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks import measures, returns
from whatworks.measures import caching
from whatworks.measures.definition import MeasureError, everything
from whatworks.returns import derived

from .loaded import CARE, COUNCIL, LATER, OTHER, load

CHILDREN = ("1001", "1002", "1003", "1004")


def test_run_gives_every_measure_council_and_year(store: returns.Store, tmp_path: Path) -> None:
    load(store, tmp_path, 2024, LATER, OTHER)
    found = measures.run(store)
    assert found.columns == [
        *("measure", "council", "year", "numerator", "denominator", "value", "low", "high"),
        *("unit", "left_out", "reason"),
    ]
    assert found.height == len(CARE) * 3  # no workforce census is loaded, so none of its years
    assert found.select("council", "year").unique().sort("council", "year").rows() == [
        (COUNCIL, 2023),
        (COUNCIL, 2024),
        (OTHER, 2024),
    ]
    back = found.filter(measure="reentered_within_12_months", council=COUNCIL, year=2024)
    assert back.select("numerator", "denominator", "value").row(0) == (1, 1, 100.0)


def test_no_child_is_in_what_run_gives(standing: returns.Store) -> None:
    said = measures.run(standing, by=["age_group", "sex"]).write_csv()
    assert not any(child in said for child in CHILDREN)
    rows = measures.rows(standing, "looked_after_at_31_march", council=COUNCIL, year=2023)
    assert "CHILD" not in rows.columns
    assert not any(child in rows.write_csv() for child in CHILDREN)


def test_a_resubmission_replaces_what_was_counted(store: returns.Store, tmp_path: Path) -> None:
    before = measures.run(store, "looked_after_at_31_march", council=COUNCIL, year=2024)
    load(store, tmp_path, 2024, LATER.replace("01/12/2023,E41", ","))
    after = measures.run(store, "looked_after_at_31_march", council=COUNCIL, year=2024)
    assert (before["numerator"].item(), after["numerator"].item()) == (1, 2)


def test_unreadable_dates_are_contained_and_counted(standing: returns.Store) -> None:
    repairs = measures.left_out(standing, council=COUNCIL).filter(year=2023)
    made = dict(repairs.filter(pl.col("n_rows") > 0).select("repair", "n_rows").iter_rows())
    assert made == {"start_not_known": 1, "reported_again": 1, "short_break": 1}


def test_a_council_or_year_that_is_not_loaded_is_said(standing: returns.Store) -> None:
    absent = measures.run(standing, "returned_home", council="999", year=2024)
    assert absent.select("measure", "council", "year", "value").row(0) == (
        "returned_home",
        "999",
        2024,
        None,
    )
    assert absent["reason"].item() == "No SSDA903 return for 2024 has been loaded."
    assert measures.run(standing, council="999").is_empty()


def test_what_cannot_be_asked_is_refused_in_a_sentence(standing: returns.Store) -> None:
    with pytest.raises(MeasureError, match=r"no measure called 'made_up'.*looked_after_rate"):
        measures.run(standing, "made_up")
    with pytest.raises(MeasureError, match=r"no breakdown called 'postcode'.*age_group"):
        measures.run(standing, by="postcode")
    with pytest.raises(MeasureError, match="'polars' or 'spark'"):
        measures.run(standing, engine="abacus")
    with pytest.raises(MeasureError, match="2019"):
        measures.rows(standing, "returned_home", council=COUNCIL, year=2019)
    with pytest.raises(MeasureError, match="No council of England"):
        measures.published("returned_home", "000")


def test_spark_without_its_extra_says_how_to_get_it(
    store: returns.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(MeasureError, match=r"whatworks\[spark\]"):
        measures.run(store, engine="spark")


def test_rows_lead_back_to_the_submission_and_its_rows(standing: returns.Store) -> None:
    rows = measures.rows(standing, "reentered_within_12_months", council=COUNCIL, year=2024)
    submission = standing.submissions(COUNCIL, "ssda903", 2023)[0]
    assert rows.select("submission", "return_year", "table", "row", "numerator").row(0) == (
        submission.id,
        2023,
        "Episodes",
        1,
        True,
    )
    assert standing.tables(submission)["Episodes"].filter(ROW=1)["CHILD"].item() == "1001"


@pytest.mark.parametrize("name", CARE)
def test_rows_add_up_to_their_figure(
    standing: returns.Store, figures: dict[str, dict[str, Any]], name: str
) -> None:
    figure = figures[name]
    if figure["numerator"] is None:
        with pytest.raises(MeasureError, match=re.escape(figure["reason"])):
            measures.rows(standing, name, council=COUNCIL, year=2024)
        return
    rows = measures.rows(standing, name, council=COUNCIL, year=2024)
    if not everything()[name].of_amounts:
        assert rows["numerator"].sum() == figure["numerator"]
    assert rows["left_out"].is_not_null().sum() == figure["left_out"]
    if everything()[name].kind == "percentage":
        assert rows["denominator"].sum() == figure["denominator"]


@pytest.mark.parametrize("name", CARE[::10])
def test_a_measure_counts_alone_as_among_all(
    standing: returns.Store, figures: dict[str, dict[str, Any]], name: str
) -> None:
    alone = measures.run(standing, name, council=COUNCIL, year=2024)
    assert alone.row(0, named=True) == figures[name]


def _no_work(*_: object, **__: object) -> None:
    raise AssertionError("the figures were computed although they were kept")


def test_kept_figures_are_read_and_not_computed_again(
    store: returns.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = measures.cached(store, COUNCIL)
    assert first.equals(measures.run(store, council=COUNCIL))
    assert len(list((store.path / "councils" / COUNCIL / "measures").iterdir())) == 1
    monkeypatch.setitem(caching.MAKERS, "ssda903", _no_work)
    assert measures.cached(store, COUNCIL).equals(first)


def test_figures_of_several_councils_are_counted_together_and_kept_for_each(
    store: returns.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(store, tmp_path, 2024, LATER, OTHER)
    first = measures.cached(store, COUNCIL, by="sex")
    each = measures.cached_each(store, [OTHER, COUNCIL], by="sex")
    monkeypatch.setitem(caching.MAKERS, "ssda903", _no_work)
    assert each.equals(pl.concat([measures.cached(store, OTHER, by="sex"), first]))
    assert measures.cached_each(store, [OTHER, COUNCIL], by="sex").equals(each)
    assert measures.cached_each(store, []).is_empty()


def test_one_measure_of_several_councils_is_read_where_it_is_kept_and_counted_where_not(
    store: returns.Store, tmp_path: Path
) -> None:
    load(store, tmp_path, 2024, LATER, OTHER)
    measures.cached(store, COUNCIL)
    name = "looked_after_at_31_march"
    found = caching.one_of_each(store, [OTHER, COUNCIL], name)
    assert found.equals(pl.concat([measures.run(store, name, council=c) for c in (OTHER, COUNCIL)]))
    assert not (store.path / "councils" / OTHER / "measures").exists()


def test_a_new_submission_makes_new_figures_and_clears_the_old(
    store: returns.Store, tmp_path: Path
) -> None:
    before = measures.cached(store, COUNCIL)
    by_sex = measures.cached(store, COUNCIL, by="sex")
    load(store, tmp_path, 2024, LATER.replace("01/12/2023,E41", ","))
    after = measures.cached(store, COUNCIL)
    assert not after.equals(before)
    assert "sex" in by_sex.columns
    kept = sorted(p.name for p in (store.path / "councils" / COUNCIL / "measures").iterdir())
    assert [name.split("-")[0] for name in kept] == ["all", "by"]


def test_a_changed_definition_makes_new_figures(
    store: returns.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    measures.cached(store, COUNCIL)
    monkeypatch.setattr(caching, "definitions_digest", lambda: "another")
    monkeypatch.setitem(caching.MAKERS, "ssda903", _no_work)
    with pytest.raises(AssertionError, match="computed"):
        measures.cached(store, COUNCIL)


def test_damaged_or_unwritable_caches_do_no_harm(
    store: returns.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = measures.cached(store, COUNCIL)
    (path,) = (store.path / "councils" / COUNCIL / "measures").iterdir()
    path.write_bytes(b"PAR1 damaged")
    assert measures.cached(store, COUNCIL).equals(right)

    def refuse(*_: object) -> None:
        raise PermissionError

    path.unlink()
    monkeypatch.setattr(derived.os, "replace", refuse)
    assert measures.cached(store, COUNCIL).equals(right)
    assert list(path.parent.iterdir()) == []


def test_a_council_without_returns_leaves_no_folder(store: returns.Store) -> None:
    assert measures.cached(store, "999").is_empty()
    assert not (store.path / "councils" / "999").exists()
