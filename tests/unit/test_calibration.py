"""Produced figures beside published ones: what is held to what, what is left out, and why."""

from __future__ import annotations

import json
from functools import cache

import pytest

from whatworks import reference
from whatworks.synthetic import calibration
from whatworks.synthetic.calibration import tolerances
from whatworks.synthetic.calibration.research import back_within
from whatworks.synthetic.calibration.sheets import council_lines, sheets

YEARS = range(2019, 2026)
STEERED = {
    "looked_after_at_31_march": "looked_after_at_31_march",
    "started": "started_to_be_looked_after",
    "ceased": "ceased_to_be_looked_after",
}
REENTRY = {
    **{f"reentry/at_risk/{k}": n for k, n in enumerate((1000, 800, 760, 740, 720, 700), start=1)},
    **{f"reentry/again/{k}": n for k, n in enumerate((200, 40, 30, 30, 30, 30), start=1)},
}


@cache
def _cells() -> dict[tuple[str, str, int], float]:
    rows = reference.published().select("measure", "area", "year", "value")
    return {(m, area, year): value for m, area, year, value in rows.iter_rows()}


@cache
def _shares() -> list[tuple[str, str, str, int, float]]:
    rows = reference.characteristics().drop_nulls("share")
    return [
        tuple(row)
        for row in rows.select("population", "topic", "group", "year", "share").iter_rows()
        if row[2] != "total"
    ]


def _tallies(code: str, year: int, times: float) -> dict[str, float]:
    found: dict[str, float] = dict(REENTRY)
    for key, measure in STEERED.items():
        found[key] = (_cells().get((measure, code, year)) or 0.0) * times
    for population, topic, group, of, share in _shares():
        # Before there are shares, the earliest: nothing is compared with them.
        if of == max(year, 2021):
            found[f"{population}/{topic}/{group}"] = share * found[population]
    return found


def perfect(codes, *, times=1.0, years=YEARS, **more) -> dict[str, object]:
    """A truth that is what is published, or so many times that."""
    rows = []
    for year in years:
        existing = set(reference.councils(on=year)["code"])
        rows += [
            {"council": code, "year": year, "tallies": _tallies(code, year, times)}
            for code in codes
            if code in existing
        ]
    return {
        "version": "0",
        "seed": 1,
        "scale": 1.0,
        "need_share": 1.0,
        "councils": list(codes),
        "names": {code: reference.council(code).name for code in codes},
        "years": list(years),
        "council_years": rows,
        **more,
    }


@pytest.fixture(scope="module")
def england():
    return calibration.compare(perfect([str(code) for code in reference.councils()["code"]]))


def of(found, key, area, year):
    (one,) = [f for f in found.figures if (f.key, f.area, f.year) == (key, area, year)]
    return one


def target(found, name):
    (one,) = [t for t in found.targets if t.name == name]
    return one


def test_an_england_as_published_meets_every_target(england) -> None:
    assert [one.name for one in england.targets if one.met is not True] == []
    assert england.missed == []
    assert england.world["england"]
    judged = [one for one in england.figures if one.state in ("hit", "miss")]
    assert len(judged) > 3000
    # What the truth above does not hold is missed and nothing else.
    assert {one.section for one in england.misses} <= {"Stability", "Special guardians"}


def test_former_councils_are_taken_off_england(england) -> None:
    one = of(england, "looked_after_at_31_march", "England", 2020)
    northamptonshire = _cells()["looked_after_at_31_march", "928", 2020]
    assert one.published < 80_000 - northamptonshire
    assert one.state == "hit"
    assert "Northamptonshire" in one.why
    assert any("Northamptonshire" in note for note in england.notes)
    assert of(england, "looked_after_at_31_march", "England", 2025).published == 81_770


def test_what_is_left_out_says_why(england) -> None:
    left = [one for one in england.figures if one.state == "left out"]
    assert [one for one in left if not one.why] == []
    city = of(england, "looked_after_at_31_march", "201", 2025)
    assert "suppressed" in city.why
    young = of(england, "looked_after_at_31_march", "940", 2020)
    assert young.why == "The council did not exist at the end of that year."
    early = of(england, "ceased/reason/died", "England", 2020)
    assert early.why == "Not published for that year."
    far = of(england, "looked_after_at_31_march/distance/over_20_miles", "England", 2025)
    assert far.published is not None
    assert "invented" in far.why
    assert "workforce" in of(england, "social_workers", "England", 2025).why


def test_every_council_and_year_has_every_steered_figure(england) -> None:
    codes = [str(code) for code in reference.councils()["code"]]
    for key in STEERED.values():
        told = [(f.area, f.year) for f in england.figures if f.key == key and f.area != "England"]
        assert sorted(told) == sorted((code, year) for code in codes for year in YEARS)


def test_a_tenth_too_many_misses_england_and_the_mean_error_but_not_the_councils() -> None:
    codes = [str(code) for code in reference.councils()["code"]]
    found = calibration.compare(perfect(codes, times=1.09, years=range(2024, 2026)))
    name = "looked after on 31 March"
    assert target(found, f"england/{name}").met is False
    assert target(found, f"councils/{name}").met is True
    assert target(found, f"mean error/{name}").met is False
    assert "+9.00%" in target(found, f"mean error/{name}").found
    assert target(found, "reasons for ceasing").met is True
    miss = of(found, "looked_after_at_31_march", "England", 2025)
    assert miss in found.misses
    assert miss.relative == pytest.approx(0.09, abs=0.002)


def test_some_councils_are_not_england() -> None:
    found = calibration.compare(perfect(["302", "857"]))
    assert not found.world["england"]
    assert target(found, "england/looked after on 31 March").met is None
    assert target(found, "councils/looked after on 31 March").met is True
    both = of(found, "looked_after_at_31_march", "together", 2025)
    cells = _cells()
    assert both.published == sum(
        cells["looked_after_at_31_march", code, 2025] for code in ("302", "857")
    )
    assert both.state == "information"
    assert of(found, "ceased/reason/adopted", "together", 2025).state == "information"
    assert any("Only 2 councils" in note for note in found.notes)


def test_where_planted_practices_act_nothing_is_compared() -> None:
    none = {"multipliers": {"entry": 1.0}, "practices": {}}
    acting = {"2023": none, "2024": {"multipliers": {"entry": 0.8}, "practices": {"hubs": {}}}}
    nothing = {"2024": {"multipliers": {"entry": 1.0}, "practices": {"null": {}}}}
    planted = {"councils": {"302": acting, "857": nothing}}
    found = calibration.compare(perfect(["302", "857"], practices=planted))
    assert found.planted == {"302": ["hubs"]}
    assert {f.state for f in found.of("302") if f.year >= 2024} == {"left out"}
    assert "since 2024: hubs" in of(found, "started_to_be_looked_after", "302", 2025).why
    assert of(found, "started_to_be_looked_after", "302", 2023).state == "hit"
    assert of(found, "started_to_be_looked_after", "857", 2025).state == "hit"
    assert any("--practices none" in note for note in found.notes)
    assert target(found, "re-entry").met is True
    every = {"councils": {"302": acting, "857": acting}}
    found = calibration.compare(perfect(["302", "857"], practices=every))
    assert target(found, "re-entry").met is None
    assert "every council" in target(found, "re-entry").why


def test_england_is_compared_until_a_practice_acts_anywhere() -> None:
    codes = [str(code) for code in reference.councils()["code"]]
    acting = {"2025": {"multipliers": {"entry": 0.8}, "practices": {"hubs": {}}}}
    truth = perfect(codes, years=range(2024, 2026), practices={"councils": {"302": acting}})
    found = calibration.compare(truth)
    assert of(found, "looked_after_at_31_march", "England", 2024).state == "hit"
    assert of(found, "looked_after_at_31_march", "England", 2025).state == "information"
    assert target(found, "england/looked after on 31 March").met is None


def test_a_scaled_region_is_beside_scaled_figures() -> None:
    truth = perfect(["302"], times=0.5, scale=0.5)
    found = calibration.compare(truth)
    one = of(found, "looked_after_at_31_march", "302", 2025)
    assert one.published == _cells()["looked_after_at_31_march", "302", 2025] / 2
    assert one.state == "hit"


def test_a_part_of_the_children_in_need_counts_for_all() -> None:
    truth = perfect(["302"], need_share=0.05)
    for row in truth["council_years"]:
        row["tallies"] |= {"need/referrals": 130, "need_around_care/referrals": 30}
        row["tallies"] |= {"need/rereferred": 20, "need_around_care/rereferred": 10}
    found = calibration.compare(truth)
    assert of(found, "referrals", "302", 2025).produced == 30 + 100 / 0.05
    again = of(found, "rereferred", "302", 2025).produced
    assert again == pytest.approx(100 * (10 + 10 / 0.05) / (30 + 100 / 0.05))
    assert any("counts 20.0 times" in note for note in found.notes)
    none = calibration.compare(truth | {"need_share": 0.0})
    assert "need_share 0" in of(none, "referrals", "together", 2025).why
    assert "referrals" not in {figure.key for figure in none.of("302")}


def test_a_council_may_have_workers_before_children_and_children_after_workers() -> None:
    truth = perfect(["909", "942"], years=range(2023, 2025))
    young = {"workforce/social_workers/numerator": 300.0}
    truth["council_years"].append({"council": "942", "year": 2023, "tallies": young})
    for row in truth["council_years"]:
        if row["council"] == "942":
            row["tallies"] |= young
    found = calibration.compare(truth)
    assert of(found, "social_workers", "942", 2023).produced == 300
    assert of(found, "social_workers", "together", 2023).produced == 300
    told = of(found, "looked_after_at_31_march", "942", 2023)
    assert told.why == "The council did not exist at the end of that year."
    assert "No workforce census" in of(found, "social_workers", "909", 2023).why


def test_groups_that_are_not_published_are_seen() -> None:
    truth = perfect(["302"], years=range(2025, 2026))
    truth["council_years"][0]["tallies"]["ceased/reason/not_in_the_published_groups"] = 3
    key = "ceased/reason/not_in_the_published_groups"
    assert of(calibration.compare(truth), key, "together", 2025).produced == 3


@pytest.mark.parametrize(("n", "allowed"), [(0, 0), (4, 5), (100, 25), (625, 62.5), (10_000, 1000)])
def test_what_a_council_may_be_apart(n, allowed) -> None:
    assert tolerances.of_council(n) == pytest.approx(allowed)


def test_what_a_share_may_be_apart() -> None:
    assert tolerances.of_share(50, 40_000) == pytest.approx(2.5)
    assert tolerances.of_share(1, 100) == pytest.approx(0.25)
    assert tolerances.of_share(2, None, 1.0) == pytest.approx(0.5)
    assert tolerances.of_share(0, 0) == 0


def test_re_entry_is_a_product_over_years() -> None:
    back = back_within([REENTRY, REENTRY])
    assert back[0] == pytest.approx(20)
    assert back[1] == pytest.approx(100 * (1 - 0.8 * 0.95))
    assert len(back) == 6
    short = {"reentry/at_risk/1": 10, "reentry/again/1": 2}
    assert back_within([short]) == [pytest.approx(20), None, None, None, None, None]


def test_re_entry_more_than_a_third_is_no_miss_and_less_is() -> None:
    more = {"reentry/again/1": 210, "reentry/again/2": 130}
    less = {"reentry/again/1": 195, **{f"reentry/again/{k}": 5 for k in range(2, 7)}}
    for change, met in ((more, True), (less, False)):
        truth = perfect(["302"])
        for row in truth["council_years"]:
            row["tallies"] |= change
        assert target(calibration.compare(truth), "re-entry").met is met


def test_what_was_found_survives_json() -> None:
    found = calibration.compare(perfect(["302", "857"], times=1.3))
    held = json.loads(json.dumps(found.as_dict()))
    again = calibration.Calibration.from_dict(held)
    assert list(again.figures) == list(found.figures)
    assert list(again.targets) == list(found.targets)
    assert again.as_dict() == held


def test_a_folder_that_is_not_finished_is_refused(tmp_path) -> None:
    with pytest.raises(calibration.NotFinished, match=r"no manifest\.json"):
        calibration.read(tmp_path)
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(calibration.NotFinished, match="not an object"):
        calibration.read(tmp_path)
    (tmp_path / "manifest.json").write_text("{}")
    (tmp_path / "truth.json").write_text('{"council_years": [{}]}')
    with pytest.raises(calibration.NotFinished, match="Write the region again"):
        calibration.read(tmp_path)


def _folder(path, truth):
    path.mkdir()
    rows = truth.pop("council_years")
    (path / "manifest.json").write_text(json.dumps(truth))
    (path / "truth.json").write_text(json.dumps({"council_years": rows}))
    return path


def test_councils_written_apart_are_kept_as_one(tmp_path) -> None:
    folders = [_folder(tmp_path / code, perfect([code])) for code in ("302", "857")]
    workspace = tmp_path / "workspace"
    assert calibration.kept(workspace) is None
    found = calibration.keep(workspace, folders)
    assert found.as_dict() == calibration.compare(perfect(["302", "857"])).as_dict()
    assert calibration.kept(workspace) == calibration.Calibration.from_dict(found.as_dict())
    other = _folder(tmp_path / "879", perfect(["879"], seed=2))
    with pytest.raises(calibration.NotFinished, match="same seed"):
        calibration.together([*folders, other])


def test_sheets_hold_every_figure_of_an_area(england) -> None:
    for area in ("England", "302"):
        made = sheets(england, area)
        shown = [one for sheet in made for row in sheet.rows for one in row.figures if one]
        told = {title for sheet in made for _, titles in sheet.left_out for title in titles}
        for one in england.of(area):
            assert one in shown or one.title in told, one


def test_councils_in_short(england) -> None:
    lines = council_lines(england)
    assert len(lines) == 153
    barnet = next(line for line in lines if line.code == "302")
    assert (barnet.judged, barnet.within) == (21, 21)
    assert barnet.errors == pytest.approx((0, 0, 0))


def test_the_page_stands_alone_and_shows_targets_and_misses() -> None:
    found = calibration.compare(perfect(["302", "857"], times=1.3))
    text = calibration.page(found)
    assert text.startswith("<!DOCTYPE html>")
    for outside in ("<script", "http-equiv", 'src="', "<link", "@import", "url("):
        assert outside not in text
    assert text.count("Missed") >= 6
    assert "Barnet" in text
    assert "Open Government Licence" in text
    assert "the child" not in text.split("</style>")[0]
