"""The report: its figures, who sees which part of it, and what it never shows."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.test import Client

from whatworks import ledger, returns
from whatworks.returns import report as reports
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.returns_desk.views.report import without_value

pytestmark = pytest.mark.django_db


@pytest.fixture
def submission(desk: Any, files: Any) -> str:
    return desk.send(*files.csv_set()).submission


@pytest.fixture
def checked(tmp_path: Any, files: Any) -> returns.CheckResult:
    """The same return checked by itself, without the service."""
    (tmp_path / "a.csv").write_text(files.header)
    (tmp_path / "b.csv").write_text(files.episodes)
    return returns.check([tmp_path / "a.csv", tmp_path / "b.csv"], council="301")


def words(page: str) -> str:
    """A page's text without markup, spaces made single."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_report_says_what_checking_finds(
    desk: Any, submission: str, checked: returns.CheckResult
) -> None:
    page = desk.page("returns_report", submission=submission)
    text, found = words(page), reports.summary(checked)
    assert found["errors"] == 3
    assert f"{found['failed']} rules failed" in text
    assert f"{found['could_not_run']} could not run" in text
    assert f"{found['passed']} passed" in text
    assert f"{found['problems']} things could not be read" in text
    assert "3 rules found 3 errors that must be put right" in text
    for row in checked.rules.iter_rows(named=True):
        kind = "rows/" if row["state"] == "failed" else ""
        assert f"/returns/{submission}/rules/{row['rule']}/{kind}" in page
        if row["state"] in {"could_not_run", "not_applicable"}:
            assert row["reason"] in html.unescape(text)
    assert "Header 2" in text
    assert "Episodes 3" in text


def test_errors_come_before_queries_and_the_desk_counts_them(desk: Any, submission: str) -> None:
    page = desk.page("returns_report", submission=submission)
    order = [page.index(f'id="{part}"') for part in ("failed", "could-not-run", "unreadable")]
    assert order == sorted(order)
    text = words(desk.page("returns_desk"))
    assert "3 rules found errors" in text
    assert "5 rows, 2 things that could not be read" in text
    assert "Not received yet" in text
    assert "The year is not over" in text


def test_an_empty_desk_says_how_to_begin(desk: Any, leader: Client) -> None:
    assert "Send a return in" in desk.page("returns_desk")
    seen = leader.get(desk.address("returns_desk")).content.decode()
    assert "No return has been received yet." in seen
    assert "Send a return in" not in seen


def test_a_practice_leader_sees_counts_and_no_child(
    desk: Any, leader: Client, submission: str, files: Any
) -> None:
    open_to_all = [
        ("returns_desk", {}),
        ("returns_report", {"submission": submission}),
        ("returns_rule", {"submission": submission, "rule": "102"}),
        ("returns_rules_csv", {"submission": submission}),
    ]
    for name, arguments in open_to_all:
        answer = leader.get(desk.address(name, **arguments))
        assert answer.status_code == 200, name
        seen = answer.content.decode()
        for secret in (files.first, files.second, files.formula, "HYPERLINK", "2024-02-30"):
            assert secret not in seen, (name, secret)
    page = leader.get(desk.address("returns_report", submission=submission)).content.decode()
    assert "It is not a date." in page
    assert "/children/" not in page
    assert "/rows/" not in page
    closed = [
        ("returns_send", {}),
        ("returns_children", {"submission": submission}),
        ("returns_problems", {"submission": submission}),
        ("returns_findings_csv", {"submission": submission}),
        ("returns_problems_csv", {"submission": submission}),
        ("returns_rule_rows", {"submission": submission, "rule": "102"}),
        ("returns_child", {"submission": submission, "child": "x"}),
    ]
    for name, arguments in closed:
        assert leader.get(desk.address(name, **arguments)).status_code == 403, name


@pytest.mark.parametrize(
    ("problem", "value", "said"),
    [
        ("'x' is not a date. Write it as d.", "x", "It is not a date. Write it as d."),
        ("'a' is b' is not a date.", "a' is b", "It is not a date."),
        ("The row is short.", None, "The row is short."),
        ("The row holds Smith.", "Smith", "It is not what is asked for there."),
    ],
)
def test_a_problem_is_told_without_its_value(problem: str, value: str | None, said: str) -> None:
    assert without_value(problem, value) == said


REPORT_PAGES = (
    "returns_report",
    "returns_rules_csv",
    "returns_findings_csv",
    "returns_problems",
    "returns_problems_csv",
    "returns_children",
)


@pytest.fixture
def stranger(
    region: Any, person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> Client:
    """An analyst of another council."""
    return signed_in(person_with(RoleName.COUNCIL_ANALYST, at=region.theirs))


@pytest.mark.parametrize("name", REPORT_PAGES)
def test_another_councils_submission_is_not_found(
    desk: Any,
    submission: str,
    stranger: Client,
    name: str,
) -> None:
    stranger.post("/councils/302/purpose/", {"purpose": "mend_return"})
    ours = desk.address(name, submission=submission)
    assert stranger.get(ours).status_code == 403
    assert stranger.get(ours.replace("/301/", "/302/", 1)).status_code == 404


def test_what_is_not_there_is_not_found(desk: Any, submission: str) -> None:
    desk.give_purpose()
    for name, arguments in [
        ("returns_report", {"submission": "301-ssda903-2024-" + "0" * 20}),
        ("returns_report", {"submission": "nonsense"}),
        ("returns_rule", {"submission": submission, "rule": "9999"}),
        ("returns_rule_rows", {"submission": submission, "rule": "9999"}),
        ("returns_child", {"submission": submission, "child": "a" * 26}),
        ("returns_child", {"submission": submission, "child": "ä"}),
    ]:
        assert desk.client.get(desk.address(name, **arguments)).status_code == 404, arguments


def rows_of(answer: Any) -> list[dict[str, str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_findings_as_csv_are_those_of_checking(
    desk: Any, submission: str, checked: returns.CheckResult, files: Any
) -> None:
    desk.give_purpose()
    answer = desk.client.get(desk.address("returns_findings_csv", submission=submission))
    assert answer.headers["Content-Disposition"].endswith('2024-invented-children.csv"')
    assert answer.headers["Cache-Control"] == "no-store"
    rows = rows_of(answer)
    wanted = checked.findings.select("rule", "severity", "table", pl.col("row").cast(pl.String))
    assert sorted((r["rule"], r["severity"], r["table"], r["row"]) for r in rows) == sorted(
        wanted.iter_rows()
    )
    assert {r["child"] for r in rows} == {files.second}
    assert {r["note"] for r in rows} == {"invented children"}


def test_formulas_in_cells_are_inert_in_what_is_taken_away(
    desk: Any, submission: str, files: Any
) -> None:
    desk.give_purpose()
    answer = desk.client.get(desk.address("returns_problems_csv", submission=submission))
    values = [row["value"] for row in rows_of(answer)]
    assert f"'{files.formula}" in values
    for row in rows_of(answer):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())


def test_returns_that_are_real_are_not_called_invented(
    desk: Any, submission: str, settings: Any
) -> None:
    (settings.WORKSPACE / "workspace.json").write_text('{"format": 1, "synthetic": false}')
    answer = desk.client.get(desk.address("returns_rules_csv", submission=submission))
    assert "invented" not in answer.headers["Content-Disposition"]
    assert "note" not in rows_of(answer)[0]


def test_each_download_is_in_the_ledger(desk: Any, submission: str) -> None:
    desk.give_purpose()
    for name in ("rules", "findings", "problems"):
        desk.client.get(desk.address(f"returns_{name}_csv", submission=submission))
    events = [e for e in ledger.events(connection.connection) if e.kind == "report_downloaded"]
    assert [e.data["what"] for e in events] == ["rules", "findings", "problems"]
    assert {e.subject for e in events} == {f"submission:{submission}"}


def test_a_report_still_opens_once_replaced(desk: Any, submission: str, files: Any) -> None:
    later = desk.send(*files.csv_set(files.episodes.replace("2024-02-30", "2024-02-28")))
    old, new = (
        words(desk.page("returns_report", submission=s)) for s in (submission, later.submission)
    )
    assert "2 things could not be read" in old
    assert "1 thing could not be read" in new
    assert "Takes the place of the return received" in new


def test_a_cin_report_opens(desk: Any, files: Any) -> None:
    job = desk.send(files.upload("cin.xml", files.cin))
    desk.give_purpose()
    assert "Report: CIN census, 2024" in desk.page("returns_report", submission=job.submission)
    assert desk.page("returns_children", submission=job.submission)
