"""Measures over a store: what is asked, what comes back, what is refused, what is kept."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from whatworks import measures, reference, returns
from whatworks.measures import caching, counting
from whatworks.measures.definition import MeasureError, everything, register
from whatworks.measures.documenting import journeys_documentation
from whatworks.returns import derived

COUNCIL, OTHER = "301", "302"
EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1001,01/05/2022,S,V2,N1,U6,PR1,10/09/2022,E4A
1002,01/05/2022,S,C2,N1,U6,PR1,,
1003,01/06/2022,S,V4,N2,U6,PR1,,
1004,31/02/2022,S,V2,N1,U6,PR1,,
"""
LATER = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1002,01/05/2022,S,C2,N1,U6,PR1,01/12/2023,E41
1001,05/06/2023,S,V2,N1,U6,PR1,,
"""
HEADER = """CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB
1001,1,03/04/2012,WBRI,,,
1002,2,29/02/2016,BAFR,,,
1003,2,01/01/2015,WBRI,,,
1004,1,01/01/2015,WBRI,,,
"""
CHILDREN = ("1001", "1002", "1003", "1004")
CARE = [m.name for m in everything().values() if m.collection == "ssda903"]


def _load(
    store: returns.Store, folder: Path, year: int, episodes: str, code: str = COUNCIL
) -> None:
    place = folder / f"sent-{len(list(folder.iterdir()))}"
    place.mkdir()
    (place / "episodes.csv").write_text(episodes)
    (place / "header.csv").write_text(HEADER)
    returns.load(
        [place / "episodes.csv", place / "header.csv"],
        store=store,
        council=code,
        year=year,
        collection="ssda903",
    )


def _two_years(folder: Path) -> returns.Store:
    kept = returns.Store.open(folder / "work", create=True, synthetic=True)
    _load(kept, folder, 2023, EPISODES)
    _load(kept, folder, 2024, LATER)
    return kept


@pytest.fixture
def store(tmp_path: Path) -> returns.Store:
    return _two_years(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> returns.Store:
    """The same for tests that only read."""
    return _two_years(tmp_path_factory.mktemp("standing"))


@pytest.fixture(scope="module")
def figures(standing: returns.Store) -> dict[str, dict[str, Any]]:
    """Measure -> its figure for 2024, all counted together."""
    counted = measures.run(standing, council=COUNCIL, year=2024)
    return {row["measure"]: row for row in counted.iter_rows(named=True)}


def test_run_gives_every_measure_council_and_year(store: returns.Store, tmp_path: Path) -> None:
    _load(store, tmp_path, 2024, LATER, OTHER)
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
    _load(store, tmp_path, 2024, LATER.replace("01/12/2023,E41", ","))
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


# --- rows behind a figure --------------------------------------------------------------------


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


# --- the cache -------------------------------------------------------------------------------


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


def test_a_new_submission_makes_new_figures_and_clears_the_old(
    store: returns.Store, tmp_path: Path
) -> None:
    before = measures.cached(store, COUNCIL)
    by_sex = measures.cached(store, COUNCIL, by="sex")
    _load(store, tmp_path, 2024, LATER.replace("01/12/2023,E41", ","))
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


# --- published figures -----------------------------------------------------------------------


def test_published_figures_stand_side_by_side() -> None:
    found = measures.published("looked_after_rate", COUNCIL, 2025)
    assert found["of"].to_list() == [
        "council",
        *["neighbour"] * 10,
        "neighbours, median",
        "region",
        "England",
    ]
    near = found.filter(of="neighbour")
    assert found.filter(of="neighbours, median")["value"].item() == near["value"].median()
    assert found.filter(of="England")["value"].item() == 67.0
    own = reference.published("looked_after_rate", area=COUNCIL, year=2025)
    assert found.filter(of="council")["value"].item() == own["value"].item()
    assert set(found.filter(state="published")["source"]) == {"dfe_cla"}
    assert found["rounding"].is_not_null().all()


def test_a_suppressed_figure_stays_named_and_out_of_the_median() -> None:
    unplanned = measures.published("returned_home_unplanned", COUNCIL, 2025)
    assert unplanned["series"].unique().to_list() == ["returned_home_unplanned"]
    hidden = unplanned.filter((pl.col("of") == "neighbour") & (pl.col("state") == "suppressed"))
    assert hidden.height > 0
    assert hidden["value"].null_count() == hidden.height
    shown = unplanned.filter((pl.col("of") == "neighbour") & (pl.col("state") == "published"))
    assert unplanned.filter(of="neighbours, median")["n_areas"].item() == shown.height


def test_a_measure_without_a_published_series_says_so() -> None:
    found = measures.published("reentered_within_12_months", COUNCIL, 2025)
    assert found.select("of", "state", "value").rows() == [("council", "not_published", None)]


def test_a_year_without_figures_is_named() -> None:
    found = measures.published("looked_after_rate", COUNCIL, 2040)
    assert set(found["state"]) == {"no_figure"}
    assert found["value"].null_count() == found.height


@pytest.mark.parametrize("name", list(everything()))
def test_mirrored_series_are_held_in_the_same_unit(name: str) -> None:
    held = dict(reference.published_measures().select("measure", "unit").iter_rows())
    for mirror in everything()[name].mirrors:
        if mirror.series is not None:
            unit = held[mirror.series]
            assert everything()[name].unit == unit


# --- words and documentation -----------------------------------------------------------------


def _row(name: str, **figures: object) -> dict[str, object]:
    return {"measure": name, "year": 2025, **figures}


def test_a_share_is_said_as_so_many_of_every_100() -> None:
    said = measures.in_words(
        _row("returned_home", numerator=19, denominator=53, value=35.85, low=24.3, high=49.3)
    )
    assert said == (
        "36 of every 100 children who ceased to be looked after returned home to parents or "
        "others with parental responsibility, year to 31 March 2025 (19 of 53). Such "
        "figures vary by chance; the 95% interval is 24 to 49 of every 100."
    )


def test_a_share_of_very_few_is_said_as_a_count() -> None:
    said = measures.in_words(
        _row("returned_home", numerator=1, denominator=3, value=33.3, low=6.1, high=79.2)
    )
    assert said.startswith("1 of 3 children who ceased to be looked after returned home")
    assert "no rate is worth giving" in said


def test_small_shares_are_never_rounded_to_none_nor_large_ones_to_all() -> None:
    few = measures.in_words(
        _row("returned_home", numerator=1, denominator=400, value=0.25, low=0.04, high=1.4)
    )
    most = measures.in_words(
        _row("returned_home", numerator=399, denominator=400, value=99.75, low=98.6, high=99.96)
    )
    assert few.startswith("fewer than 1 of every 100")
    assert most.startswith("more than 99 of every 100")


def test_counts_rates_and_absences_are_said_too() -> None:
    count = _row("looked_after_at_31_march", numerator=1230, value=1230.0, low=1162.2, high=1300.7)
    one = _row("looked_after_at_31_march", numerator=1, value=1.0, low=0.03, high=5.6)
    rate = _row(
        "looked_after_rate", numerator=412, denominator=61234, value=67.28, low=60.9, high=74.1
    )
    absent = _row("returned_home", value=None, reason="No SSDA903 return for 2025 has been loaded.")
    assert measures.in_words(count).startswith("1,230 children were looked after on 31 March, year")
    assert measures.in_words(one) == "1 child was looked after on 31 March, year to 31 March 2025."
    held = _row("conferences_over_20_working_days", numerator=1, value=1.0, low=0.03, high=5.6)
    assert measures.in_words(held).startswith("1 first child protection conference was held after")
    left = _row("care_leavers_19_21", numerator=1, value=1.0, low=0.03, high=5.6)
    assert measures.in_words(left).startswith("1 young person aged 19 to 21 who has left care was ")
    assert measures.in_words(rate).startswith("67 of every 10,000 children in the area were looked")
    assert measures.in_words(absent) == "No SSDA903 return for 2025 has been loaded."


def test_documentation_is_complete_and_ready_for_json() -> None:
    documents = measures.documentation()
    assert [d["name"] for d in documents] == measures.list() == list(everything())
    assert json.loads(json.dumps(documents)) == documents
    for doc in documents:
        assert doc["text"].endswith(".")
        assert doc["caveats"]
        assert doc["sources"]
        assert set(doc["pairs_with"]) <= set(everything())
    assert json.dumps(journeys_documentation())


def test_care_rates_have_no_good_direction() -> None:
    without = {name for name in CARE if everything()[name].direction is None}
    assert set(CARE) - without >= {"three_or_more_placements"}
    moves = {"three_or_more_placements", "placements_in_the_year", "moved_within_3_months"}
    judged = {*moves, "long_term_stability", "far_from_home"}
    coming_and_going = {
        name
        for name in CARE
        if everything()[name].topic in {"coming_into_care", "going_home", "permanence"}
    }
    # Waiting for adopters, and a permanent home that did not last, are judged; ways out are not.
    waits = {"days_from_care_to_adopters", "days_from_order_to_match"}
    waits |= {"months_from_decision_to_match", "plans_for_adoption_given_up"}
    broken = {f"started_after_{what}" for what in ("a_permanent_home", "adoption")}
    broken |= {"started_after_special_guardianship"}
    assert coming_and_going <= without | waits | broken
    assert judged <= set(CARE) - without


def test_returns_home_are_paired_with_coming_back() -> None:
    assert "reentered_within_12_months" in everything()["returned_home"].pairs_with
    assert "returned_home" in everything()["reentered_within_12_months"].pairs_with


def test_two_measures_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two measures called looked_after_rate"):
        register(everything()["looked_after_rate"])


def test_intervals_are_made_in_one_place_only() -> None:
    package = Path(counting.__file__).parent
    users = {p.name for p in package.rglob("*.py") if "poisson_rate" in p.read_text()}
    # Ranges of rank need intervals of another level than the figures themselves.
    assert users == {"counting.py", "ranges.py"}
