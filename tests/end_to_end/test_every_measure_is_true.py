"""Every measure there is, counted from files that were written, is what the simulation says."""

from __future__ import annotations

import json

import pytest

from whatworks import measures, returns, synthetic
from whatworks.measures.definition import everything
from whatworks.synthetic.need_tallies import need_tallies
from whatworks.synthetic.truth import (
    Truth,
    truth_of_measure,
    truth_of_need,
    truth_of_workforce,
)
from whatworks.synthetic.truth_care import truth_of_care
from whatworks.synthetic.truth_linked import truth_of_linked
from whatworks.synthetic.truth_need import truth_of_children_in_need
from whatworks.synthetic.truth_outcomes import truth_of_outcomes

COUNCILS = ["857", "841"]
FIRST, LAST = 2022, 2025
NEED_SHARE = 0.05
"""Of children in need who are never looked after, so many are invented; the truth is of those."""

_LISTS = (
    "Annex A lists are of the last day alone, and hold what lives do not: visits, checks and "
    "contacts are drawn for the lists. What the lists hold is what is counted: see "
    "tests/unit/annex_a/test_read_back.py; the oracle is tests/property/oracle_annex_a.py."
)
_RECORDS = (
    "Lives have no families, mothers or early help of their own, so the Standard Safeguarding "
    "Dataset is not written; the oracle is tests/property/oracle_ssd.py."
)
_STEPS = (
    "Lives take no steps before court but the court’s own, so the census of the synthetic councils "
    "has none; the oracle is tests/property/oracle_need.py."
)
_BEGAN_BEFORE = (
    "Counted only of children whose start of care is in the returns loaded, and lives know every "
    "start; the oracle is tests/property/oracle_outcomes.py."
)
_NO_WORKERS_YET = (
    "Social workers are given to children only once all that is true has been told; the oracle is "
    "tests/property/oracle_outcomes.py."
)
_NOT_WRITTEN = (
    "The return has that table from 2027 on and the simulation does not write it; the oracle is "
    "tests/property/oracle_outcomes.py."
)
_NO_DISTANCES = (
    "The Department’s collection system works distances out; files as a council prepares them, "
    "such as those written here, have none. The oracle is tests/property/oracle_care.py."
)
ORACLE_ONLY = {
    measure.name: {"annex_a": _LISTS, "ssd": _RECORDS}[measure.collection]
    for measure in everything().values()
    if measure.collection in {"annex_a", "ssd"}
} | dict.fromkeys(("family_group_meetings_offered", "family_group_meetings_held"), _STEPS)
ORACLE_ONLY |= dict.fromkeys(("far_from_home", "distance_from_home"), _NO_DISTANCES)
ORACLE_ONLY |= {
    "days_from_care_to_adopters": _BEGAN_BEFORE,
    "days_from_order_to_match": _BEGAN_BEFORE,
    "three_or_more_social_workers": _NO_WORKERS_YET,
    "deprived_of_liberty": _NOT_WRITTEN,
}
"""Measures of which the simulation's lives say nothing, and why."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """(measure, council, year) -> counted row and truth, of files without recording errors."""
    out = tmp_path_factory.mktemp("written") / "out"
    manifest = synthetic.write(
        out,
        councils=COUNCILS,
        first_year=FIRST,
        last_year=LAST,
        seed=5,
        errors=0,
        need_share=NEED_SHARE,
    )
    store = returns.Store.open(out.parent / "store", create=True, synthetic=True)
    for code in COUNCILS:
        for collection, year, folder in manifest.of_council(code):
            returns.load(out / folder, store=store, council=code, year=year, collection=collection)
    counted = {
        (row["measure"], row["council"], row["year"]): row
        for row in measures.run(store).iter_rows(named=True)
    }
    held = json.loads((out / "truth.json").read_text(encoding="utf-8"))["council_years"]
    return counted, {(one["council"], one["year"]): one["measures"] for one in held}


def _no_figure_without_earlier_years(measure, year, row) -> bool:
    """Whether a measure that needs earlier years' returns rightly gives none."""
    if year - measure.years_before >= FIRST:
        return False
    assert row["reason"] is not None, measure.name
    return True


@pytest.mark.parametrize("name", [n for n in everything() if n not in ORACLE_ONLY])
def test_a_measure_counts_what_is_true(written, name) -> None:
    counted, truths = written
    measure = everything()[name]
    compared = 0
    for council in COUNCILS:
        for year in range(FIRST, LAST + 1):
            truth = truths[council, year]
            assert name in truth, f"Nothing in truth.json says what {name} must come to."
            row = counted[name, council, year]
            if _no_figure_without_earlier_years(measure, year, row):
                continue
            top, under = truth[name]
            where = (name, council, year)
            # Full-time equivalents have two decimals; adding them up in another order may differ
            # in the sixteenth.
            assert (row["reason"] is None) == (under != 0), where
            assert round(row["numerator"], 6) == round(top, 6), where
            if under is None:
                assert row["denominator"] is None, where
            else:
                assert round(row["denominator"], 6) == round(under, 6), where
            compared += 1
    assert compared >= len(COUNCILS) * (LAST - FIRST - max(0, measure.years_before - 1))


def test_every_measure_has_a_truth_and_no_truth_is_without_its_measure() -> None:
    none = Truth("302", 2025, *[0] * (len(Truth.__dataclass_fields__) - 2))

    class Nobody:
        in_post_fte = vacancies_fte = leavers_fte = agency_fte = 0.0
        caseholders_fte = days_lost_in_post = starters_fte = case_holders_fte = 0.0
        without_cases_fte = senior_practitioners_fte = 0.0
        cases = in_post_headcount = minorities = 0

    need = truth_of_need(need_tallies([], "302", 2025))
    need |= truth_of_children_in_need([], "302", 2025)
    need |= truth_of_care([], "302", [2025])[2025]
    need |= truth_of_outcomes([], "302", 2025)
    others = {**need, **truth_of_workforce(Nobody(), 2025), **truth_of_linked([], 2025)}
    for name in everything():
        if name not in ORACLE_ONLY:
            truth_of_measure(name, none, others)
    assert set(others) <= set(everything())


def test_again_and_again_is_counted_at_all(written) -> None:
    counted, _ = written
    for name in ("re_referrals_within_12_months", "repeat_protection_plans"):
        assert counted[name, "841", LAST]["numerator"] > 0


def test_a_measure_without_a_truth_is_named() -> None:
    none = Truth("302", 2025, *[0] * (len(Truth.__dataclass_fields__) - 2))
    with pytest.raises(LookupError, match="'happiness'"):
        truth_of_measure("happiness", none)
