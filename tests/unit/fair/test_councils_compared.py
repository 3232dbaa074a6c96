"""Councils side by side: intervals, limits, like with like, and what is refused."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from whatworks import measures, reference, returns
from whatworks.inference.funnel import AS_EXPECTED, HIGHER, TOO_FEW
from whatworks.measures import MeasureError
from whatworks.measures.breakdowns import BREAKDOWNS
from whatworks.measures.fair import adjusting

from .figures import NUMBER, RATE, SHARE, row_of

COUNCILS = [c for c in reference.councils(2025)["code"].to_list() if c not in {"420", "201"}]


def figures_of(counts, name=SHARE, year=2025):
    return pl.DataFrame(
        [
            row_of(code, k, n, name, year)
            for code, (k, n) in zip(COUNCILS[: len(counts)], counts, strict=True)
        ],
        infer_schema_length=None,
    )


def test_councils_are_compared_with_intervals_limits_and_ranges_of_rank() -> None:
    found = measures.compared(figures_of([(100, 1000)] * 11 + [(200, 1000), (1, 8)]), SHARE, 2025)
    rows = found.frame
    assert rows["band"].to_list() == [AS_EXPECTED] * 11 + [HIGHER, TOO_FEW]
    assert found.overall == pytest.approx(100 * 1301 / 12008)
    assert rows["expected"].to_list() == pytest.approx([found.overall] * 13)
    twelfth = rows.row(11, named=True)
    assert twelfth["ratio"] == pytest.approx(20 / found.overall)
    assert twelfth["ratio_low"] < twelfth["ratio"] < twelfth["ratio_high"]
    assert twelfth["value"] > twelfth["high_limit_998"] > twelfth["high_limit_95"]
    assert (twelfth["rank_low"], twelfth["rank_high"]) == (1, 2)
    assert (rows["rank_low"][12], rows["rank_high"][12]) == (1, 13)
    assert any("by chance alone" in note for note in found.notes)


def test_the_order_of_councils_changes_nothing() -> None:
    figures = figures_of([(100 + 7 * c % 31, 1000 - 20 * c) for c in range(20)])
    one, other = (measures.compared(f, SHARE, 2025) for f in (figures, figures[::-1]))
    assert one.frame.equals(other.frame)
    assert one.overdispersion == other.overdispersion


def test_rates_are_compared_by_population() -> None:
    found = measures.compared(
        figures_of([(300, 50_000)] * 10 + [(600, 50_000)], name=RATE), RATE, 2025
    )
    assert found.frame["band"][10] == HIGHER
    assert found.frame["expected"][0] == pytest.approx(10_000 * 3600 / 550_000)
    assert any("Rates are not adjusted" in note for note in found.notes)


def test_ratios_are_compared_by_their_own_intervals() -> None:
    figures = figures_of([(1600, 100)] * 11 + [(3000, 100)], name="social_worker_caseload")
    figures = figures.with_columns(value=pl.col("numerator") / pl.col("denominator")).with_columns(
        low=pl.col("value") - 1, high=pl.col("value") + 1
    )
    found = measures.compared(figures, "social_worker_caseload", 2025)
    assert found.frame["band"][11] == HIGHER
    assert found.frame["ratio"][11] == pytest.approx(30 / found.overall)


def test_a_council_without_a_figure_is_named_and_left_out() -> None:
    figures = figures_of([(100, 1000)] * 3)
    gone = dict.fromkeys(("numerator", "denominator", "value", "low", "high"))
    row = {**row_of("933", 1, 2), **gone, "reason": "Not loaded."}
    figures = pl.DataFrame([*figures.to_dicts(), row], infer_schema_length=None)
    found = measures.compared(figures, SHARE, 2025)
    last = found.frame.filter(council="933").row(0, named=True)
    assert (last["band"], last["rank_low"], last["reason"]) == (None, None, "Not loaded.")
    assert found.overall == pytest.approx(10.0)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(MeasureError, match="Compare a rate"):
        measures.compared(figures_of([(1, 2)] * 3, name=NUMBER), NUMBER, 2025)
    with pytest.raises(MeasureError, match="at least two councils"):
        measures.compared(figures_of([(1, 2)]), SHARE, 2025)
    with pytest.raises(MeasureError, match="own choice"):
        measures.compared(figures_of([(1, 2)] * 3), SHARE, 2025, adjust=["placement"])
    with pytest.raises(MeasureError, match="is not held"):
        measures.compared(figures_of([(1, 2)] * 3, name=RATE), RATE, 2025, adjust=["age_group"])
    with pytest.raises(MeasureError, match="no breakdown called"):
        measures.compared(figures_of([(1, 2)] * 3), SHARE, 2025, adjust=["shoe size"])


def _by_age(counts, missing=0):
    """{council: {group: (k, n)}} as rows of ``run`` by age group."""
    return pl.DataFrame(
        [
            row_of(code, k, n, age_group=group)
            for code, groups in counts.items()
            for group, (k, n) in groups.items()
        ],
        infer_schema_length=None,
    )


YOUNG, OLD = "1 to 4 years", "10 to 15 years"


def test_like_is_compared_with_like() -> None:
    """Worked by hand: young 20 of 400 and old 36 of 72 in all; expected 35 of 160, 21 of 312."""
    one, two = COUNCILS[:2]
    groups = _by_age(
        {
            one: {YOUNG: (10, 100), OLD: (30, 60), "Not known": (0, 0)},
            two: {YOUNG: (10, 300), OLD: (6, 12), "Not known": (0, 0)},
        }
    )
    figures = figures_of([(40, 160), (16, 312)])
    found = measures.compared(figures, SHARE, 2025, groups=groups, adjust=["age_group"])
    assert found.adjusted_for == ("age_group",)
    assert found.frame["expected"].to_list() == pytest.approx([100 * 35 / 160, 100 * 21 / 312])
    assert found.frame["ratio"].to_list() == pytest.approx([40 / 35, 16 / 21])
    bare = measures.compared(figures, SHARE, 2025)
    assert bare.frame["ratio"][0] > found.frame["ratio"][0]


def test_what_may_be_adjusted_for_are_breakdowns_that_there_are() -> None:
    assert set(adjusting.GIVEN) <= set(BREAKDOWNS)


def test_why_a_child_needed_help_may_be_adjusted_for() -> None:
    """Worked by hand: illness 20 of 400 and abuse 36 of 72 in all, as by age above."""
    one, two = COUNCILS[:2]
    abuse, ill = "Abuse or neglect", "Parent's illness or disability"
    parts = {
        one: {ill: (10, 100), abuse: (30, 60)},
        two: {ill: (10, 300), abuse: (6, 12)},
    }
    groups = pl.DataFrame(
        [
            row_of(code, k, n, "in_foster_care", category_of_need=group)
            for code, known in parts.items()
            for group, (k, n) in known.items()
        ],
        infer_schema_length=None,
    )
    found = measures.compared(
        figures_of([(40, 160), (16, 312)], "in_foster_care"),
        "in_foster_care",
        2025,
        groups=groups,
        adjust=["category_of_need"],
    )
    assert found.adjusted_for == ("category_of_need",)
    assert found.frame["ratio"].to_list() == pytest.approx([40 / 35, 16 / 21])


def test_a_council_that_does_not_know_its_groups_is_refused_by_name() -> None:
    one, two, three = COUNCILS[:3]
    known = {YOUNG: (10, 100), OLD: (30, 60), "Not known": (0, 0)}
    groups = _by_age({one: known, two: known, three: {**known, "Not known": (5, 40)}})
    figures = figures_of([(40, 160), (40, 160), (45, 200)])
    found = measures.compared(figures, SHARE, 2025, groups=groups, adjust=["age_group"])
    refused = found.frame.row(2, named=True)
    assert refused["band"] is None
    assert "20% of its children" in refused["reason"]
    assert found.frame["expected"][0] == pytest.approx(25.0)
    with pytest.raises(MeasureError, match="Fewer than two councils know"):
        measures.compared(figures[1:], SHARE, 2025, groups=groups[3:], adjust=["age_group"])


def test_groups_with_few_children_anywhere_form_one() -> None:
    one, two = COUNCILS[:2]
    groups = _by_age(
        {
            one: {YOUNG: (10, 200), OLD: (3, 5), "Not known": (1, 5)},
            two: {YOUNG: (10, 200), OLD: (1, 5), "Not known": (1, 5)},
        }
    )
    found = measures.compared(
        figures_of([(14, 210), (12, 210)]), SHARE, 2025, groups=groups, adjust=["age_group"]
    )
    assert found.frame["expected"].to_list() == pytest.approx([100 * 13 / 210] * 2)


EPISODES = """CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC
1001,01/05/2022,S,V2,N1,U6,PR1,,
1002,01/05/2022,S,C2,N1,U6,PR1,,
"""


def _store(tmp_path: Path, synthetic: bool) -> returns.Store:
    kept = returns.Store.open(tmp_path / "work", create=True, synthetic=synthetic)
    for code in ("301", "302"):
        place = tmp_path / code
        place.mkdir()
        (place / "episodes.csv").write_text(EPISODES)
        (place / "header.csv").write_text(
            "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n1001,1,03/04/2012,WBRI,,,\n"
            "1002,2,29/02/2016,BAFR,,,\n"
        )
        returns.load(
            [place / "episodes.csv", place / "header.csv"],
            store=kept,
            council=code,
            year=2023,
            collection="ssda903",
        )
    return kept


def test_a_workspace_of_invented_children_is_compared(tmp_path: Path) -> None:
    store = _store(tmp_path, synthetic=True)
    found = measures.compare(store, SHARE, 2023)
    assert found.frame["council"].to_list() == ["301", "302"]
    assert found.frame["denominator"].to_list() == [2.0, 2.0]
    assert found.frame["band"].to_list() == [TOO_FEW, TOO_FEW]
    with pytest.raises(MeasureError, match="No returns are kept here of 933"):
        measures.compare(store, SHARE, 2023, councils=["301", "933"])
    with pytest.raises(MeasureError, match="know their children's groups"):
        measures.compare(store, SHARE, 2023, adjust="age_group")


def test_real_returns_of_several_councils_are_not_set_side_by_side(tmp_path: Path) -> None:
    store = _store(tmp_path, synthetic=False)
    with pytest.raises(MeasureError, match="disclosure control"):
        measures.compare(store, SHARE, 2023)
