"""How close to England: only of invented children, and only what was kept of them."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import html

from whatworks import reference
from whatworks.synthetic import calibration

pytestmark = pytest.mark.django_db

CODES = ["302", "857"]
MEASURES = {
    "looked_after_at_31_march": "looked_after_at_31_march",
    "started": "started_to_be_looked_after",
    "ceased": "ceased_to_be_looked_after",
}


def truth(**more: object) -> dict[str, object]:
    """Two councils as published, but that one of them has twice the children in 2024."""
    rows = []
    for code in CODES:
        for year in (2023, 2024, 2025):
            times = 2 if (code, year) == ("302", 2024) else 1
            tallies = {
                key: times * reference.published(measure, area=code, year=year)["value"].item()
                for key, measure in MEASURES.items()
            }
            tallies["looked_after_at_31_march/placement/foster"] = (
                0.6 * tallies["looked_after_at_31_march"]
            )
            rows.append({"council": code, "year": year, "tallies": tallies})
    names = {code: reference.council(code).name for code in CODES}
    facts = {"version": "0", "seed": 8, "scale": 1.0, "need_share": 1.0, "names": names}
    years = [2023, 2024, 2025]
    return facts | {"councils": CODES, "years": years, "council_years": rows} | more


@pytest.fixture
def workspace(settings: LazySettings, tmp_path):
    """A workspace of invented children; keep(truth) puts a calibration into it."""
    settings.WORKSPACE = tmp_path
    (tmp_path / "workspace.json").write_text(json.dumps({"synthetic": True}))

    def keep(held: dict[str, object]) -> None:
        found = calibration.compare(held)
        (tmp_path / "synthetic").mkdir(exist_ok=True)
        text = json.dumps(found.as_dict())
        (tmp_path / "synthetic" / "calibration.json").write_text(text)

    return tmp_path, keep


def words(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def visit(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.content.decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//@style")
    labels = page.xpath("//*[@role='region']/@aria-label")
    assert len(labels) == len(set(labels))
    return page


def test_it_shows_targets_misses_and_every_council(client: Client, workspace) -> None:
    _, keep = workspace
    keep(truth())
    page = visit(client, "/how-close/")
    told = words(page)
    assert "seed 8" in told
    assert "Only 2 councils were written" in told
    assert "Barnet" in told
    assert "Missed" in told
    assert "+100.0%" in told
    assert page.xpath("//a[@href='/how-close/?council=857']")
    assert page.xpath("//svg[@aria-hidden='true']")


def test_a_council_has_its_own_page(client: Client, workspace) -> None:
    _, keep = workspace
    keep(truth())
    told = words(visit(client, "/how-close/?council=302"))
    assert "3 figures outside what is allowed" in told
    assert "Rutland" not in told
    assert "None." in words(visit(client, "/how-close/?council=857"))
    assert client.get("/how-close/?council=999").status_code == 404
    assert client.get("/how-close/?council=<b>").status_code == 404


def test_planted_practices_are_named(client: Client, workspace) -> None:
    _, keep = workspace
    acting = {"2023": {"multipliers": {"entry": 0.8}, "practices": {"family-hubs": {}}}}
    keep(truth(practices={"councils": {"302": acting}}))
    assert "practices planted" in words(visit(client, "/how-close/"))
    assert "family-hubs" in words(visit(client, "/how-close/?council=302"))


def test_where_nothing_was_kept_it_says_so_and_a_new_one_is_read(client: Client, workspace) -> None:
    folder, keep = workspace
    assert "was not kept" in words(visit(client, "/how-close/"))
    keep(truth())
    assert "seed 8" in words(visit(client, "/how-close/"))
    (folder / "synthetic" / "calibration.json").write_text("{")
    assert "was not kept" in words(visit(client, "/how-close/"))


def test_it_is_not_there_for_real_children(client: Client, settings, tmp_path) -> None:
    settings.WORKSPACE = tmp_path
    (tmp_path / "workspace.json").write_text(json.dumps({"synthetic": False}))
    assert client.get("/how-close/").status_code == 404
    page = html.document_fromstring(client.get("/").content.decode())
    assert not page.xpath("//a[@href='/how-close/']")


def test_every_page_of_invented_children_leads_there(client: Client) -> None:
    for address in ("/", "/about/"):
        page = html.document_fromstring(client.get(address).content.decode())
        assert page.xpath("//footer//a[@href='/how-close/']")
    assert client.post("/how-close/").status_code == 405
