"""What tests of this room's pages share: addresses, what a page says, its form, a decision made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from whatworks.returns.period import year_of
from whatworks.service.common import events
from whatworks.service.common.actions import Aim
from whatworks.service.common.models import Person
from whatworks.service.decisions import actions
from whatworks.service.decisions.models import Decision

from .conftest import OUTCOME, SAFETY

TODAY = timezone.localdate()
NEXT = year_of(TODAY) + 1
REVIEW = TODAY + timedelta(days=400)

Read = Callable[..., html.HtmlElement]


def to(name: str, **other: str) -> str:
    return reverse(name, kwargs={"council": "301", **other})


DECIDE = to("decisions_decide", practice="teasel-bridge")


def text(page: html.HtmlElement) -> str:
    (main,) = page.xpath("//main")
    return " ".join(main.text_content().split())


def filled(page: html.HtmlElement, **other: Any) -> dict[str, Any]:
    """The form as the page shows it, with what a person fills in."""
    form = page.xpath("//main//form")[0]
    given = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return {
        **given,
        "choice": "pilot",
        "why": "Many families come twice.",
        "review_on_0": REVIEW.day,
        "review_on_1": REVIEW.month,
        "review_on_2": REVIEW.year,
        "outcome_wanted": "22",
        **other,
    }


def linked(page: html.HtmlElement) -> None:
    """Each error leads to something on the page."""
    for link in page.xpath("//*[@data-module='govuk-error-summary']//a"):
        assert page.xpath(f"//*[@id='{link.get('href')[1:]}']"), link.get("href")


def post(client: Client, data: dict[str, Any], status: int, address: str = DECIDE) -> Any:
    answer = client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content.decode()) if status == 422 else answer


def decided(by: Person, **other: Any) -> Decision:
    given: dict[str, Any] = {
        "organisation": by.current_roles[0].organisation,
        "practice_id": "teasel-bridge",
        "practice_name": "Teasel Bridge (invented)",
        "choice": "pilot",
        "why": "Many families come twice.",
        "review_on": date(2027, 6, 1),
        "targets": (
            Aim(OUTCOME, "lower", 22.0, 2026, 2025, 28.0, 23.0, 34.0),
            Aim(SAFETY, "lower", 18.0, 2026, 2025, 18.0, 15.1, 21.3),
        ),
        "seen": {
            "verdict": "Uncertain",
            "sentence": "As it was then.",
            "sure": "low",
            "sure_why": ["One study."],
            "harms": [],
            "effects": [],
        },
        "by": events.person(by),
        "today": date(2026, 5, 4),
        **other,
    }
    return actions.decide(**given)
