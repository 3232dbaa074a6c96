"""Lists of a month at the desk: sent in with their month, each shown, each replaced alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from whatworks.returns.period import end_of_month
from whatworks.service.returns_desk.models import Outcome
from whatworks.service.returns_desk.years import months

pytestmark = pytest.mark.django_db
MONTH, EARLIER = months()[3][0], months()[5][0]


def lists(files: Any, *children: str) -> Any:
    rows = "".join(f"{child},01/01/2024,20/01/2024,\n" for child in children)
    head = (
        "Child Unique ID,Date Started to be Looked After,Date of Last Social Work Visit,"
        "Date Ceased to be Looked After\n"
    )
    return files.upload("list8.csv", head + rows)


def refused(desk: Any, *sent: Any, **more: Any) -> str:
    address = reverse("returns_send", kwargs={"council": "301"})
    answer = desk.client.post(address, {"files": list(sent), "monthly": "1", **more})
    assert answer.status_code == 422
    return answer.content.decode()


def test_the_form_asks_for_a_month_only_where_one_is_needed(desk: Any) -> None:
    yearly, monthly = (
        desk.page("returns_send"),
        desk.client.get("/councils/301/returns/send/?monthly"),
    )
    assert 'name="year"' in yearly
    assert 'name="month"' not in yearly
    text = monthly.content.decode()
    assert 'name="month"' in text
    assert 'name="year"' not in text
    assert "?monthly=1" in yearly


def test_a_month_is_kept_as_its_last_day_or_the_day_that_is_said(desk: Any, files: Any) -> None:
    job = desk.send(lists(files, files.first), monthly="1", month=MONTH, day="")
    assert job.outcome == Outcome.KEPT
    (kept,) = desk.store.submissions("301")
    assert (kept.collection, kept.as_at) == ("annex_a", end_of_month(MONTH))
    said = end_of_month(MONTH).replace(day=5)
    again = desk.send(lists(files, files.first, files.second), monthly="1", month=MONTH, day="5")
    assert again.outcome == Outcome.REPLACED
    assert [s.as_at for s in desk.store.submissions("301")] == [said]


def test_the_desk_shows_every_month_that_is_held(desk: Any, files: Any) -> None:
    for month in (MONTH, EARLIER):
        desk.send(lists(files, files.first), monthly="1", month=month)
    text = desk.page("returns_desk")
    assert "Month by month" in text
    titles = [dict(months())[month] for month in (MONTH, EARLIER)]
    assert text.index(f">{titles[0]}</th>") < text.index(f">{titles[1]}</th>")
    assert text.count("As things stood on") == 2


def test_what_cannot_be_a_month_or_its_day_is_said(desk: Any, files: Any) -> None:
    sent = lists(files, files.first)
    assert "Choose the month" in refused(desk, sent, month="")
    assert "Choose a month from the list" in refused(desk, sent, month="2001-02")
    february = next(month for month, _ in months() if month.endswith("-02"))
    assert "has days 1 to 2" in refused(desk, lists(files, files.first), month=february, day="31")
    assert "as a number" in refused(desk, lists(files, files.first), month=MONTH, day="the 5th")
    assert desk.store.submissions("301") == []


def test_a_return_of_a_whole_year_sent_as_a_month_points_the_other_way(
    desk: Any, files: Any
) -> None:
    job = desk.send(files.upload("r.xml", files.xml), monthly="1", month=MONTH)
    assert job.outcome == Outcome.REFUSED
    text = desk.page("returns_job", job=job.public_id)
    assert "Is it a return of a whole year?" in text
    assert isinstance(job.as_at, date)
