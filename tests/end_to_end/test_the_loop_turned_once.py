"""From raw files to a decision, and on to what the next year's return says of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from whatworks import measures, returns, synthetic
from whatworks.returns import Store
from whatworks.service.common import actions
from whatworks.service.common.permissions import RoleName
from whatworks.service.decisions.models import Decision
from whatworks.service.loop.invented import add_practices, record_adoptions
from whatworks.service.loop.turning import turn
from whatworks.service.rollout import queries

pytestmark = pytest.mark.django_db
PRACTICE, COUNCIL = "teasel-bridge", "316"
LAST = 2025
BY = "system:test"


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Callable[..., None]]:
    """A workspace of twelve small councils without their last year, and what loads that year."""
    folder = tmp_path_factory.mktemp("region")
    made = synthetic.write(
        folder / "incoming", scale=0.08, need_share=0.03, collections=("ssda903", "cin"), errors=0
    )
    workspace = folder / "workspace"
    store = Store.open(workspace, create=True, synthetic=True)
    about = workspace / "synthetic"
    about.mkdir()
    (about / "truth.json").write_bytes((folder / "incoming" / "truth.json").read_bytes())

    def load(*years: int) -> None:
        for code in made.councils:
            for collection, year, place in made.of_council(code):
                if year in years:
                    source = folder / "incoming" / place
                    returns.load(
                        source, store=store, council=code, year=year, collection=collection
                    )

    load(*range(2019, LAST))
    return workspace, load


@pytest.fixture
def leader(region: Any, settings: Any) -> Client:
    """A practice leader of a council that does not use the practice."""
    settings.WORKSPACE = region[0]
    place = actions.council_of(code=COUNCIL, by=BY)
    person, _ = actions.add_person(email="leader@example.org", name="A leader", by=BY)
    actions.give_role(person=person, organisation=place, name=RoleName.PRACTICE_LEADER, by=BY)
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    add_practices()
    record_adoptions(region[0])
    return client


def read(client: Client, name: str, **where: str) -> html.HtmlElement:
    answer = client.get(reverse(name, kwargs=where))
    assert answer.status_code == 200, name
    return html.fromstring(answer.content.decode())


def words(page: html.HtmlElement) -> str:
    (main,) = page.xpath("//main")
    return " ".join(main.text_content().split())


def test_from_raw_files_to_a_decision_and_its_result(
    leader: Client, region: tuple[Path, Callable[..., None]]
) -> None:
    workspace, load = region

    # What the returns say: estimated, filed, rated.
    before = turn(practice=PRACTICE, council=COUNCIL, by=BY)
    steps = [line.step for line in before.lines]
    assert steps[:4] == ["Returns", "Measures", "Practice", "Effect"]
    assert {"Safety", "Study", "Rating", "Here", "Decision"} <= set(steps)
    (effect,) = [one for one in queries.effects(PRACTICE) if one.measure == "started_rate"]
    truth = json.loads((workspace / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    (planted,) = [one for one in truth["practices"]["practices"] if one["id"] == PRACTICE]
    assert dict(effect.adopted) == queries.adoptions(PRACTICE)
    assert sorted(effect.adopted) == sorted(one["council"] for one in planted["adopters"])
    assert effect.low <= effect.multiplier <= effect.high

    # Every submission behind the number is one that is kept.
    kept = {one.id for one in Store.open(workspace).submissions()}
    assert effect.submissions
    assert set(effect.submissions) <= kept

    # The pages that a leader reads on the way to a decision.
    where = {"council": COUNCIL}
    assert "invented" in words(read(leader, "evidence_rated", practice=PRACTICE)).lower()
    assert "What it did" in words(read(leader, "evidence_why", practice=PRACTICE))
    assert words(read(leader, "rollout_effect", slug=PRACTICE))
    assert words(read(leader, "rollout_here", slug=PRACTICE, **where))

    # The decision, with a pair of targets for the next return.
    page = read(leader, "decisions_decide", practice=PRACTICE, **where)
    decision = decide(leader, page)
    asked = words(read(leader, "decisions_one", decision=decision.public_id, **where))
    assert "Not known yet" in asked

    # Next year's return comes in, and says what became of it.
    load(LAST)
    told = words(read(leader, "decisions_one", decision=decision.public_id, **where))
    assert "Not known yet" not in told
    rows = measures.run(Store.open(workspace), "started_rate", council=COUNCIL, year=LAST)
    (row,) = rows.iter_rows(named=True)
    assert f"{row['value']:.1f}" in told
    assert f"{row['low']:.1f} to {row['high']:.1f}" in told
    after = turn(practice=PRACTICE, council=COUNCIL, by=BY)
    results = [line for line in after.lines if line.step == "Result"]
    assert len(results) == 2
    assert all(line.because for line in results)

    # The estimate counts the new year too; what the decision saw stays as it was.
    (newer,) = [one for one in queries.effects(PRACTICE) if one.measure == "started_rate"]
    assert newer.years == (*effect.years, LAST)
    held = Decision.objects.get(public_id=decision.public_id).seen["effects"][0]
    assert held["multiplier"] == pytest.approx(effect.multiplier)


def decide(client: Client, page: html.HtmlElement) -> Decision:
    """Send the page's own form in as a leader would."""
    (form,) = [one for one in page.xpath("//main//form") if "choice" in one.fields]
    given = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    review = timezone.localdate() + timedelta(days=200)
    given |= {
        "choice": "pilot",
        "why": "Others saw fewer children enter care.",
        "review_on_0": str(review.day),
        "review_on_1": str(review.month),
        "review_on_2": str(review.year),
        "outcome_wanted": "1",
        "by_year": str(LAST),
    }
    answer = client.post(reverse("decisions_decide", args=[COUNCIL, PRACTICE]), given)
    assert answer.status_code == 302, words(html.fromstring(answer.content.decode()))
    return Decision.objects.get()


def test_turning_again_changes_nothing(leader: Client, region: Any) -> None:
    from whatworks.service.evidence.models import FiledStudy

    first = turn(practice=PRACTICE, council=COUNCIL, by=BY)
    n_filed = FiledStudy.objects.count()
    assert turn(practice=PRACTICE, council=COUNCIL, by=BY) == first
    assert FiledStudy.objects.count() == n_filed
