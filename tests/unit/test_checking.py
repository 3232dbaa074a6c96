"""Checking a return: what goes in, the four states, and what happens when something is wrong."""

from __future__ import annotations

import warnings
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd
import polars as pl
import pytest

import whatworks as ww
from whatworks.returns.model import FINDING_SCHEMA, RULE_SCHEMA, ReturnsError
from whatworks.returns.rules import Rule, RuleFault, Setting, evaluate, example, since
from whatworks.returns.rules.evaluate import FAULT

HEADER = {"CHILD": ["A", "B"], "DOB": ["01/05/2012", "02/06/2014"], "SEX": ["F", "M"]}
EPISODES = {
    "CHILD": ["A", "A", "B"],
    "DECOM": ["01/05/2024", "01/06/2024", "31/02/2024"],
    "DEC": [None, None, None],
    "REC": [None, None, None],
    "RNE": ["S", "P", "S"],
}


def frames(**tables: dict[str, list[Any]]) -> dict[str, pl.DataFrame]:
    return {
        name: pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
        for name, columns in tables.items()
    }


def check(**options: Any) -> ww.returns.CheckResult:
    source = options.pop("source", frames(Header=HEADER, Episodes=EPISODES))
    given: dict[str, Any] = {"collection": "ssda903", "year": 2025, **options}
    return ww.returns.check(source, **given)


def states(result: ww.returns.CheckResult) -> dict[str, str]:
    return dict(result.rules.select("rule", "state").iter_rows())


def reason(result: ww.returns.CheckResult, number: str) -> str:
    return str(result.rules.filter(pl.col("rule") == number)["reason"].item())


def found(result: ww.returns.CheckResult, number: str) -> list[tuple[str, int]]:
    rows = result.findings.filter(pl.col("rule") == number)
    return list(rows.select("table", "row").iter_rows())


def test_the_frames_have_the_agreed_columns() -> None:
    result = check()
    assert dict(result.rules.schema) == dict(RULE_SCHEMA)
    assert dict(result.findings.schema) == dict(FINDING_SCHEMA)
    assert result.period == (date(2024, 4, 1), date(2025, 3, 31))
    assert (result.collection, result.year) == ("ssda903", 2025)


def test_four_states() -> None:
    result = check()
    assert states(result)["142"] == "failed"
    assert found(result, "142") == [("Episodes", 1)]
    assert states(result)["148"] == "passed"
    assert states(result)["146"] == "could_not_run"
    assert "Episodes has no column PLACE" in reason(result, "146")
    assert states(result)["567"] == "could_not_run"
    assert reason(result, "567") == "The return holds no Missing. Add that table and check again."
    assert states(result)["233"] == "not_applicable"
    assert reason(result, "233") == "In force from 2026; this is a return of 2025."
    counted = result.findings.group_by("rule").len()
    for rule, state, n_rows in result.rules.select("rule", "state", "n_rows").iter_rows():
        rows = counted.filter(pl.col("rule") == rule)["len"].sum()
        assert n_rows == rows
        assert (state == "failed") == (rows > 0)


def test_an_unreadable_cell_fails_one_rule_and_leaves_its_row_out_of_the_others() -> None:
    result = check()
    assert found(result, "141") == [("Episodes", 3)]
    rows = result.findings.filter((pl.col("table") == "Episodes") & (pl.col("row") == 3))
    assert rows["rule"].to_list() == ["141"]
    problem = result.problems.row(0, named=True)
    assert (problem["table"], problem["row"], problem["column"]) == ("Episodes", 3, "DECOM")
    assert problem["value"] == "31/02/2024"


def test_an_unreadable_cell_of_another_table_leaves_the_row_out() -> None:
    header = {**HEADER, "DOB": ["2012-05-40", "02/06/2024"]}
    episodes = {**EPISODES, "DECOM": ["01/05/2011", "01/06/2024", "01/06/2024"]}
    result = check(source=frames(Header=header, Episodes=episodes))
    assert found(result, "102") == [("Header", 1)]
    assert found(result, "302") == [("Episodes", 3), ("Header", 2)]


def test_an_empty_table_is_not_a_missing_one() -> None:
    empty = {name: [] for name in ("CHILD", "DOB", "MISSING", "MIS_START", "MIS_END")}
    result = check(source=frames(Header=HEADER, Missing=empty))
    assert states(result)["567"] == "passed"
    assert states(result)["142"] == "could_not_run"


def test_a_table_that_may_be_missing() -> None:
    result = check(source=frames(Header=HEADER, Episodes={"CHILD": ["A"]}))
    assert found(result, "EPI") == [("Header", 2)]
    leavers = frames(Header=HEADER, Episodes={"CHILD": ["A"]}, OC3={"CHILD": ["B"]})
    assert states(check(source=leavers))["EPI"] == "passed"


def test_a_child_listed_twice_is_judged_against_both_records() -> None:
    header = {"CHILD": ["A", "A"], "DOB": ["01/01/2010", "01/01/2025"]}
    episodes = {"CHILD": ["A"], "DECOM": ["01/05/2024"]}
    result = check(source=frames(Header=header, Episodes=episodes))
    assert found(result, "INT32") == [("Header", 1), ("Header", 2)]
    assert found(result, "302") == [("Episodes", 1), ("Header", 2)]


def test_the_period_can_be_part_of_a_year() -> None:
    half = (date(2024, 4, 1), date(2024, 5, 15))
    result = check(year=None, period=half)
    assert result.year == 2025
    assert result.period == half
    assert found(result, "354") == [("Episodes", 2)]
    with pytest.raises(ReturnsError, match="before it begins"):
        check(period=(half[1], half[0]))


def test_only_some_rules() -> None:
    assert check(rules=["501", "142"]).rules["rule"].to_list() == ["142", "501"]
    assert check(rules="142").rules["rule"].to_list() == ["142"]
    with pytest.raises(ReturnsError, match="No rule of ssda903 has the number 9999"):
        check(rules=["142", "9999"])


def test_a_year_before_any_rule() -> None:
    result = check(year=2016)
    assert set(states(result).values()) == {"not_applicable"}
    assert result.findings.is_empty()


def test_years_to_come_are_judged_by_the_latest_rules() -> None:
    assert states(check(year=2030))["142"] == "failed"


def test_pandas_frames_give_the_same() -> None:
    by_pandas = {"Header": pd.DataFrame(HEADER), "Episodes": pd.DataFrame(EPISODES)}
    result = check(source=by_pandas)
    assert result.findings.equals(check().findings)
    assert result.rules.equals(check().rules)


def test_files_give_the_same(tmp_path: Path) -> None:
    more = {"ETHNIC": ["WBRI", "-"], "UPN": ["UN1", "UN2"]}
    source = frames(Header={**HEADER, **more}, Episodes=EPISODES)
    for name, frame in source.items():
        frame.write_csv(tmp_path / f"{name.lower()}.csv")
    paths = sorted(str(path) for path in tmp_path.iterdir())
    result = check(source=paths)
    assert found(result, "103") == [("Header", 2)]
    assert result.findings.equals(check(source=source).findings)
    assert [file.name for file in result.files] == ["episodes.csv", "header.csv"]


def test_a_return_already_read_is_not_read_again() -> None:
    read = ww.returns.read(
        frames(Header=HEADER, Episodes=EPISODES), collection="ssda903", year=2025
    )
    assert ww.returns.check(read).findings.equals(check().findings)


def test_asylum_status_is_worked_out_when_it_was_not_sent() -> None:
    asylum = {"CHILD": ["A"], "SEX": ["F"], "DOB": ["01/05/2012"], "DUC": ["01/07/2024"]}
    result = check(source=frames(Header=HEADER, Episodes=EPISODES, UASC=asylum))
    assert states(result)["303"] == "passed"
    assert states(result)["105"] == "passed"
    sent = {**HEADER, "UASC": ["0", "1"]}
    result = check(source=frames(Header=sent, Episodes=EPISODES, UASC=asylum))
    assert found(result, "303") == [("Header", 1), ("UASC", 1)]


def test_what_is_given_and_not_used_is_said() -> None:
    source = frames(Header=HEADER)
    result = check(previous=source, providers=pl.DataFrame(), postcodes=pl.DataFrame())
    codes = {note.code for note in result.notes}
    assert {"previous_not_used", "providers_not_used", "postcodes_not_used"} <= codes


def test_findings_of_the_return_as_a_whole_have_no_table_and_no_row() -> None:
    disabilities = {"LAchildID": ["A", "B"], "Disability": ["LD", "AUT"]}
    result = check(source=frames(Disabilities=disabilities), collection="cin", rules=["2888Q"])
    assert result.findings.row(0) == ("2888Q", "query", None, None)
    assert result.rules["n_rows"].to_list() == [1]


def test_both_rows_of_an_overlap_are_reported_once() -> None:
    cases = {
        "LAchildID": ["A"] * 3,
        "CINdetailsID": ["1", "2", "3"],
        "CINreferralDate": ["2024-05-01", "2024-05-02", "2024-05-03"],
        "CINclosureDate": ["2024-06-01", "2024-06-01", "2024-06-01"],
        "ReferralNFA": ["0", "0", "0"],
    }
    result = check(source=frames(CINdetails=cases), collection="cin")
    assert found(result, "8820") == [("CINdetails", 1), ("CINdetails", 2), ("CINdetails", 3)]


# --- faults ----------------------------------------------------------------------------------


def _rule(number: str, judge: Any, **options: Any) -> Rule:
    settings: dict[str, Any] = {
        "collection": "ssda903",
        "severity": "error",
        "years": since(2017),
        "sentence": "A sentence.",
        "remedy": "A remedy.",
        "reads": ("Episodes.DECOM",),
        "reports": {"Episodes": ("ROW",)},
        "judge": judge,
        "view": "episode",
        **options,
    }
    return Rule(number=number, **settings)


def _crash(*_: object) -> Any:
    raise KeyError("the child's number is 123456")


def _evaluate(*rules: Rule) -> tuple[pl.DataFrame, pl.DataFrame]:
    typed, _, _ = ww.returns.type_tables(
        frames(Header=HEADER, Episodes=EPISODES), collection="ssda903", year=2025
    )
    setting = Setting("ssda903", 2025, date(2024, 4, 1), date(2025, 3, 31))
    return evaluate(typed, setting=setting, rules=rules)


@pytest.mark.parametrize(
    "bad",
    [
        _rule("X", _crash),
        _rule("X", lambda _: nw.col("NOT_THERE") > 1),
        _rule("X", _crash, view=None, reports={"Episodes": ("CHILD",)}),
    ],
    ids=["while it is written", "while it is evaluated", "over tables"],
)
def test_a_crash_in_one_rule_is_contained(bad: Rule) -> None:
    good = _rule("GOOD", lambda _: nw.col("CHILD") == "A")
    with pytest.warns(RuleFault) as caught:
        states, findings = _evaluate(good, bad)
    by_rule = {r["rule"]: r for r in states.iter_rows(named=True)}
    assert (by_rule["X"]["state"], by_rule["X"]["reason"]) == ("could_not_run", FAULT)
    assert "internal fault" in FAULT
    assert by_rule["GOOD"]["state"] == "failed"
    assert findings["row"].to_list() == [1, 2]
    told = " ".join(str(w.message) for w in caught)
    assert "X" in told
    assert "123456" not in told + str(states.to_dicts())


def test_a_crash_in_a_view_stops_its_own_rules_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.returns.ssda903 import views

    broken = {**views.VIEWS, "episode": views.View("episode", "Episodes", _crash)}
    monkeypatch.setattr(views, "VIEWS", broken)
    with pytest.warns(RuleFault):
        result = check(rules=["142", "102"])
    assert states(result) == {"102": "passed", "142": "could_not_run"}


def test_tests_fail_on_a_crash_because_its_warning_is_an_error() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(RuleFault):
            _evaluate(_rule("X", _crash))


def test_many_rules_are_evaluated_in_chunks() -> None:
    many = [_rule(f"R{i}", lambda _, i=i: nw.col("ROW") == (i % 3) + 1) for i in range(170)]
    states, findings = _evaluate(*many)
    assert states["rule"].to_list() == [r.number for r in many]
    # row 3 has a day that cannot be read, so that every third rule skips it
    assert findings["rule"].to_list() == [f"R{i}" for i in range(170) if i % 3 != 2]


# --- how rules are written -------------------------------------------------------------------


def test_an_example_with_the_wrong_number_of_cells() -> None:
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        example("", Header="CHILD DOB\n A - -")


def test_cells_with_spaces_are_parted_by_bars() -> None:
    one = example("", Episodes="CHILD | HOME_POST\n> A | AB1 2CD")
    assert dict(one.tables["Episodes"][0]) == {"CHILD": "A", "HOME_POST": "AB1 2CD"}
    assert dict(one.fails) == {"Episodes": (1,)}


def test_two_rules_of_one_number_may_not_share_a_year(monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.returns.rules import register

    monkeypatch.setattr(register, "_BOOK", {"ssda903": [_rule("142", _crash)], "cin": []})
    with pytest.raises(ValueError, match="two rules 142"):
        register._write(_rule("142", _crash, years=since(2026)))
    with pytest.raises(ValueError, match="severity"):
        register._write(_rule("143", _crash, severity="warning"))
