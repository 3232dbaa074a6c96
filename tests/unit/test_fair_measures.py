"""Fair comparison over measures: councils, England, years, what changed, what to look at."""

from __future__ import annotations

import math
from pathlib import Path

import polars as pl
import pytest

from whatworks import measures, reference, returns
from whatworks.inference.funnel import AS_EXPECTED, BANDS, HIGHER, TOO_FEW
from whatworks.journeys.examples import journeys
from whatworks.measures import MeasureError
from whatworks.measures.breakdowns import BREAKDOWNS
from whatworks.measures.fair import adjusting, england, signalling
from whatworks.measures.fair.bases import BASES, POPULATION
from whatworks.measures.fair.england import mirrored

SHARE, RATE, NUMBER = "three_or_more_placements", "looked_after_rate", "looked_after_at_31_march"
AGAIN, STARTED = "re_referrals_within_12_months", "started_rate"
COUNCILS = [c for c in reference.councils(2025)["code"].to_list() if c not in {"420", "201"}]


def _row(council, k, n, name=SHARE, year=2025, **more):
    value = (10_000 if name == RATE else 100) * k / n if n else None
    return {
        "measure": name,
        "council": council,
        "year": year,
        "numerator": float(k),
        "denominator": float(n),
        "value": value,
        "low": None if value is None else value * 0.9,
        "high": None if value is None else value * 1.1,
        "unit": "percent",
        "left_out": 0,
        "reason": None,
        **more,
    }


def _figures(counts, name=SHARE, year=2025):
    return pl.DataFrame(
        [
            _row(code, k, n, name, year)
            for code, (k, n) in zip(COUNCILS[: len(counts)], counts, strict=True)
        ],
        infer_schema_length=None,
    )


def test_councils_are_compared_with_intervals_limits_and_ranges_of_rank() -> None:
    found = measures.compared(_figures([(100, 1000)] * 11 + [(200, 1000), (1, 8)]), SHARE, 2025)
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
    figures = _figures([(100 + 7 * c % 31, 1000 - 20 * c) for c in range(20)])
    one, other = (measures.compared(f, SHARE, 2025) for f in (figures, figures[::-1]))
    assert one.frame.equals(other.frame)
    assert one.overdispersion == other.overdispersion


def test_rates_are_compared_by_population() -> None:
    found = measures.compared(
        _figures([(300, 50_000)] * 10 + [(600, 50_000)], name=RATE), RATE, 2025
    )
    assert found.frame["band"][10] == HIGHER
    assert found.frame["expected"][0] == pytest.approx(10_000 * 3600 / 550_000)
    assert any("Rates are not adjusted" in note for note in found.notes)


def test_ratios_are_compared_by_their_own_intervals() -> None:
    figures = _figures([(1600, 100)] * 11 + [(3000, 100)], name="social_worker_caseload")
    figures = figures.with_columns(value=pl.col("numerator") / pl.col("denominator")).with_columns(
        low=pl.col("value") - 1, high=pl.col("value") + 1
    )
    found = measures.compared(figures, "social_worker_caseload", 2025)
    assert found.frame["band"][11] == HIGHER
    assert found.frame["ratio"][11] == pytest.approx(30 / found.overall)


def test_a_council_without_a_figure_is_named_and_left_out() -> None:
    figures = _figures([(100, 1000)] * 3)
    gone = dict.fromkeys(("numerator", "denominator", "value", "low", "high"))
    row = {**_row("933", 1, 2), **gone, "reason": "Not loaded."}
    figures = pl.DataFrame([*figures.to_dicts(), row], infer_schema_length=None)
    found = measures.compared(figures, SHARE, 2025)
    last = found.frame.filter(council="933").row(0, named=True)
    assert (last["band"], last["rank_low"], last["reason"]) == (None, None, "Not loaded.")
    assert found.overall == pytest.approx(10.0)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(MeasureError, match="Compare a rate"):
        measures.compared(_figures([(1, 2)] * 3, name=NUMBER), NUMBER, 2025)
    with pytest.raises(MeasureError, match="at least two councils"):
        measures.compared(_figures([(1, 2)]), SHARE, 2025)
    with pytest.raises(MeasureError, match="own choice"):
        measures.compared(_figures([(1, 2)] * 3), SHARE, 2025, adjust=["placement"])
    with pytest.raises(MeasureError, match="is not held"):
        measures.compared(_figures([(1, 2)] * 3, name=RATE), RATE, 2025, adjust=["age_group"])
    with pytest.raises(MeasureError, match="no breakdown called"):
        measures.compared(_figures([(1, 2)] * 3), SHARE, 2025, adjust=["shoe size"])


def _by_age(counts, missing=0):
    """{council: {group: (k, n)}} as rows of ``run`` by age group."""
    return pl.DataFrame(
        [
            _row(code, k, n, age_group=group)
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
    figures = _figures([(40, 160), (16, 312)])
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
            _row(code, k, n, "in_foster_care", category_of_need=group)
            for code, known in parts.items()
            for group, (k, n) in known.items()
        ],
        infer_schema_length=None,
    )
    found = measures.compared(
        _figures([(40, 160), (16, 312)], "in_foster_care"),
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
    figures = _figures([(40, 160), (40, 160), (45, 200)])
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
        _figures([(14, 210), (12, 210)]), SHARE, 2025, groups=groups, adjust=["age_group"]
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


def test_every_council_of_england_has_a_row_in_each_series() -> None:
    for name in (RATE, SHARE, AGAIN, "social_worker_agency"):
        found = measures.across(name, 2024)
        here = reference.councils(2024)
        for series in mirrored(name):
            assert found.filter(series=series)["code"].to_list() == here["code"].to_list()
        assert set(found["band"].drop_nulls()) <= set(BANDS)
        shown = found.filter(state="published")
        assert (shown["low_limit_95"].is_null() == shown["reason"].is_not_null()).all()


def test_a_figure_without_a_denominator_has_no_limits_and_says_so() -> None:
    found = measures.across("social_worker_agency", 2024).filter(state="published")
    assert found["low_limit_998"].null_count() == found.height
    assert "is not published" in found["reason"][0]
    number = measures.across(NUMBER, 2024).filter(state="published")
    assert "Compare the rate" in number["reason"][0]
    notes = measures.across_notes("social_worker_agency", 2024)
    assert notes[0].overall is None
    assert notes[0].notes == (found["reason"][0],)


def test_all_of_england_together_is_what_is_expected() -> None:
    found = measures.across(SHARE, 2024)
    basis = BASES[SHARE]
    part = reference.published(basis.numerator, year=2024).filter(area_type="council")
    whole = reference.published(basis.denominator, year=2024).filter(area_type="council")
    both = part.join(whole, on="area").filter(
        pl.col("area").is_in(found["code"].to_list()),
        pl.col("value").is_not_null(),
        pl.col("value_right").is_not_null(),
    )
    expected = 100 * both["value"].sum() / both["value_right"].sum()
    shown = found["expected"].drop_nulls().to_list()
    assert shown == pytest.approx([expected] * len(shown))
    assert measures.across_notes(SHARE, 2024)[0].overall == pytest.approx(expected)


def test_so_many_withheld_figures_are_told() -> None:
    unplanned = england._noted("returned_home_unplanned", 2025)
    assert any("are withheld" in note for note in unplanned.notes)
    assert not any("are withheld" in note for note in england._noted(SHARE, 2025).notes)


def test_a_year_without_figures_has_a_state_in_every_row() -> None:
    found = measures.across(SHARE, 1999)
    assert set(found["state"]) == {"no_figure"}
    assert found["band"].null_count() == found.height


def test_what_no_series_mirrors_is_refused() -> None:
    with pytest.raises(MeasureError, match="No published series"):
        measures.across("reentered_within_12_months", 2024)


STEPS = {"whole number": 1.0, "one decimal": 0.1}


@pytest.mark.parametrize("series", [s for s, basis in BASES.items() if basis.how == "agrees"])
def test_numbers_taken_for_a_published_figure_agree_with_it(series: str) -> None:
    """Each council and year from 2019, to the last digit shown: at least 99 in 100 agree."""
    basis = BASES[series]
    rate = basis.denominator == POPULATION
    rows = reference.panel(series).filter(pl.col("year") >= 2019, state="published")
    part = reference.panel(basis.numerator).select("council", "year", k="value")
    if rate:
        whole = reference.population().select("year", council="area", n="population")
    else:
        whole = reference.panel(basis.denominator).select("council", "year", n="value")
    both = rows.join(part, on=["council", "year"]).join(whole, on=["council", "year"]).drop_nulls()
    assert both.height > 300
    made = pl.col("k") / pl.col("n") * (10_000 if rate else 100)
    half = pl.col("rounding").replace_strict(STEPS, return_dtype=pl.Float64) / 2
    agree = both.select((made - pl.col("value")).abs() <= half + 1e-6).to_series().mean()
    assert agree >= 0.99


def _years(values, sizes=None, name=SHARE):
    sizes = sizes or [500] * len(values)
    return pl.DataFrame(
        [
            _row("316", round(v * n), n, name, 2026 - len(values) + at)
            for at, (v, n) in enumerate(zip(values, sizes, strict=True))
        ],
        infer_schema_length=None,
    )


def test_a_year_that_lies_outside_its_limits_is_marked() -> None:
    found = measures.control_chart(_years([0.10, 0.11, 0.10, 0.09, 0.10, 0.25])[::-1])
    assert found.chart == "p"
    assert found.frame["year"].to_list() == list(range(2020, 2026))
    assert found.frame["signal"].to_list() == [None] * 5 + ["above the limits"]
    assert found.frame["high_limit"][5] < 25.0
    assert any("provisional" in note for note in found.notes)
    assert any("usually differ by more than chance" in note for note in found.notes)


def test_too_few_years_say_that_it_cannot_be_told() -> None:
    found = measures.control_chart(_years([0.1, 0.2, 0.1]))
    assert found.frame["centre"].null_count() == 3
    assert "With 3 years it cannot be told" in found.notes[0]


def test_a_year_without_a_figure_stays_in_the_chart() -> None:
    rows = _years([0.1] * 8).with_columns(
        value=pl.when(pl.col("year") != 2020).then("value"),
        denominator=pl.when(pl.col("year") != 2020).then("denominator"),
    )
    found = measures.control_chart(rows)
    assert found.frame.filter(year=2020)["centre"][0] is None
    assert any("no figure" in note for note in found.notes)


def test_rates_and_counts_have_their_own_charts() -> None:
    rate = measures.control_chart(_years([0.006] * 6, [50_000] * 6, RATE))
    assert rate.chart == "u"
    assert rate.frame["centre"][0] == pytest.approx(60.0)
    number = _years([0.5] * 6, name=NUMBER).with_columns(
        value=pl.col("numerator"), denominator=pl.lit(None, pl.Float64)
    )
    count = measures.control_chart(number)
    assert count.frame["centre"][0] == pytest.approx(250.0)
    assert count.frame["high_limit"][0] == pytest.approx(250 + 3 * math.sqrt(250))
    many = measures.control_chart(_years([0.15] * 8, name="social_worker_caseload"))
    assert many.chart == "xmr"


def test_a_chart_is_of_one_measure_of_one_council() -> None:
    rows = _years([0.1] * 6)
    for bad in (rows[:0], pl.concat([rows, rows.with_columns(council=pl.lit("302"))])):
        with pytest.raises(MeasureError, match="one measure of one council"):
            measures.control_chart(bad)
    with pytest.raises(MeasureError, match="one figure a year"):
        measures.control_chart(pl.concat([rows, rows]))


CHILDREN = """
child born        sex
Ada   2012-05-01  2
Ben   2012-05-01  1
Cy    2007-06-01  1
Dee   2012-05-01  2
Eve   2012-05-01  2
Fay   2012-05-01  2
"""
IN_2023 = """
child from       rne ls place to         rec
Ada   2021-05-01 S   C2 U6    2022-09-01 E4A
Ben   2022-05-01 S   C2 U6    .          .
Cy    2022-06-01 S   V2 U6    .          .
"""
IN_2024 = """
child from       rne ls place to         rec
Ben   2022-05-01 S   C2 U6    .          .
Cy    2022-06-01 S   V2 U6    .          .
Ada   2023-05-01 S   C2 U6    .          .
Dee   2023-06-01 S   C2 U6    2023-09-01 E4A
"""
IN_2025 = """
child from       rne ls place to         rec
Ben   2022-05-01 S   C2 U6    .          .
Ada   2023-05-01 S   C2 U6    2024-07-01 E4A
Cy    2022-06-01 S   V2 U6    2024-12-01 E4A
Eve   2024-06-01 S   C2 U6    .          .
Fay   2024-06-01 P   C2 U6    .          .
"""
SEEKERS = """
child until
Cy    .
"""


def _care(**years):
    written = {int(name[1:]): text for name, text in years.items()}
    return journeys(written, children=CHILDREN, uasc=SEEKERS, council="316")


def test_why_the_number_changed_worked_by_hand() -> None:
    """On 31 March 2024 Ben, Cy and Ada; a year later Ben, Eve and Fay, whose beginning is not seen.

    In the year to 2024 two of the others came, of whom one left at once; nobody else left of the
    two who were there (Ben and Cy, under a year). In 2025 one of the others came and stayed; of
    those there Ada (under a year) and Cy (unaccompanied, longer) left, Ben (longer) did not.

    Momentum: 3 children, none leaving, and 2 coming of whom half leave: +1. One fewer came: on
    average of both shares leaving, -1 x (0.5 + 1) / 2 = -0.75. Half as many left at once: +0.5 x
    (2 + 1) / 2 = +0.75. Ada left early: -1. Cy left later: -1. Fay, not seen: +1.
    """
    found = measures.number_in_care(_care(y2023=IN_2023, y2024=IN_2024, y2025=IN_2025), 2025)
    assert (found.before, found.after) == (3, 3)
    assert {p.name: p.change for p in found.parts} == pytest.approx(
        {
            "momentum": 1.0,
            "entries_of_others": -0.75,
            "entries_of_unaccompanied": 0.0,
            "left_in_first_year": 0.75,
            "left_early": -1.0,
            "left_later": -1.0,
            "at_18": 0.0,
            "not_seen": 1.0,
        }
    )
    assert all(p.low <= p.high and p.title and p.text for p in found.parts)
    assert "31 March 2024" in found.parts[0].text
    flows = found.flows.to_dicts()
    assert flows[0]["unaccompanied"] == 1
    assert (flows[1]["entries"], flows[1]["reentries"], flows[1]["exits"]) == (2, 1, 1)
    assert flows[2]["beginning_not_seen"] == 1


def test_several_years_are_accounted_for_year_by_year() -> None:
    care = _care(y2023=IN_2023, y2024=IN_2024, y2025=IN_2025)
    found = measures.number_in_care(care, 2025, since=2023)
    assert sum(p.change for p in found.parts) == pytest.approx(found.after - found.before)
    assert found.since == 2023


def test_a_missing_year_is_the_reason_there_is_no_account() -> None:
    care = _care(y2023=IN_2023, y2025=IN_2025)
    gap = measures.number_in_care(care, 2025)
    assert gap.reason == (
        "The change needs the SSDA903 return for 2024 too, which has not been loaded."
    )
    assert (gap.before, gap.after, gap.parts) == (None, None, ())
    assert gap.flows["year"].to_list() == [2023, 2025]
    first = measures.number_in_care(care, 2023)
    assert first.reason is not None
    assert first.reason.startswith("2023 is the first year loaded")
    absent = measures.number_in_care(care, 2026)
    assert absent.reason == "No SSDA903 return for 2026 has been loaded."
    with pytest.raises(MeasureError, match="earlier year to a later"):
        measures.number_in_care(care, 2025, since=2025)
    nobody = journeys({}, council="316")
    assert measures.number_in_care(nobody, 2025).reason == (
        "No SSDA903 return for 2025 has been loaded."
    )


def _two_years(name, now, before, **more):
    return [_row("316", *before, name, 2024), {**_row("316", *now, name, 2025), **more}]


def _signals(*rows):
    return measures.signals(pl.DataFrame(list(rows), infer_schema_length=None), 2025)


def test_signals_look_for_measures_that_there_are() -> None:
    """A name that is no measure's is passed over in silence, and its signal never comes."""
    looked_for = {*signalling.REFERRALS, signalling.AGAIN, *signalling.SECTION_47}
    looked_for |= {name for _, names in signalling.FOLLOWING for name in names}
    assert looked_for | set(signalling.OF_CODES) <= set(measures.names())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("section_47_rate", "section 47 enquiries"),
        ("initial_conference_rate", "conferences"),
        ("protection_plans_started_rate", "child protection plans begun"),
    ],
)
def test_what_follows_referrals_is_seen_not_to(name: str, words: str) -> None:
    rows = [
        *_two_years("referrals_rate", (3000, 50_000), (2000, 50_000)),
        *_two_years(name, (201, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.measure) == ("referrals_out_of_step", "referrals_rate")
    assert f"{words} stayed the same (200 to 201)" in found.text


def test_referrals_that_nothing_follows_are_a_grave_signal() -> None:
    rows = [
        *_two_years(AGAIN, (600, 3000), (400, 2000)),
        *_two_years(STARTED, (201, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.kind, found.grave) == ("referrals_out_of_step", "recording", True)
    assert "Referrals rose by 50% (2,000 to 3,000)" in found.text
    assert "children who started to be looked after stayed the same (200 to 201)" in found.text


def test_referrals_that_everything_follows_are_no_signal() -> None:
    rows = [
        *_two_years(AGAIN, (600, 3000), (400, 2000)),
        *_two_years(STARTED, (300, 50_000), (200, 50_000)),
    ]
    assert _signals(*rows) == ()


def test_fewer_referrals_that_nothing_follows_may_be_a_higher_threshold() -> None:
    rows = [
        *_two_years(AGAIN, (300, 1500), (400, 2000)),
        *_two_years(STARTED, (205, 50_000), (200, 50_000)),
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.kind) == ("referrals_out_of_step", "threshold")


def test_fewer_again_of_more_referrals_is_a_grave_signal() -> None:
    (found,) = _signals(*_two_years(AGAIN, (450, 3000), (440, 2000)))
    assert (found.rule, found.measure, found.grave) == ("fewer_again_of_more", AGAIN, True)
    assert "(15, before 22)" in found.text


def test_fewer_again_of_as_many_is_none() -> None:
    assert _signals(*_two_years(AGAIN, (300, 2000), (440, 2000))) == ()


@pytest.mark.parametrize(("points", "grave"), [(60, False), (150, True)])
def test_more_left_out_is_a_signal_that_grows_graver(points: int, grave: bool) -> None:
    rows = _two_years(SHARE, (50, 1000 - points), (50, 1000), left_out=points)
    (found,) = _signals(*rows)
    assert (found.rule, found.grave) == ("left_out_rises", grave)


def test_a_share_that_hangs_on_a_code_and_steps_is_a_question_of_recording() -> None:
    steady = _years([0.10, 0.11, 0.10, 0.11, 0.10, 0.25])
    found = measures.signals(steady, 2025)
    assert [(s.rule, s.kind) for s in found] == [("code_share_steps", "recording")]
    other = steady.with_columns(measure=pl.lit("repeat_protection_plans"))
    assert [(s.rule, s.kind) for s in measures.signals(other, 2025)] == [("steps", "jump")]
    assert measures.signals(steady, 2024) == ()
    assert measures.signals(steady, 2031) == ()


def test_more_children_of_whom_a_group_is_not_known_are_a_signal() -> None:
    rows = [
        {**_row("316", k, n, SHARE, year), "ethnicity": group}
        for year, group, k, n in (
            (2024, "White", 40, 400),
            (2024, "Not known", 1, 10),
            (2025, "White", 30, 350),
            (2025, "Not known", 8, 70),
        )
    ]
    (found,) = _signals(*rows)
    assert (found.rule, found.grave) == ("not_known_rises", True)
    assert "Ethnic group is not known of 70 of 420" in found.text


def test_years_without_figures_have_no_signals() -> None:
    rows = _two_years(SHARE, (50, 900), (50, 1000), value=None, left_out=100)
    assert _signals(*rows) == ()
    with pytest.raises(ValueError, match="one council"):
        _signals(_row("316", 1, 2), _row("302", 1, 2))
