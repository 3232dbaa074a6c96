"""Figures of social workers on the baseline: marked with their own day, and said to be missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from whatworks import measures, returns
from whatworks.returns import Store
from whatworks.synthetic import workforce
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.setting import settings as of
from whatworks.synthetic.world import world

pytestmark = pytest.mark.django_db
Read = Callable[[str], html.HtmlElement]
PAGE = "/councils/301/baseline/"
NAMES = [n for n in measures.names() if measures.get(n).collection == "csww"]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one workforce census of 30 September 2024, and no return on children."""
    folder = tmp_path_factory.mktemp("workforce")
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    pool = workforce.pool(world(of(["301"])[0], 1, USUAL), 2023, 2024)
    for name, content in workforce.csww_file(pool.census(2024)).items():
        (folder / name).write_bytes(content)
        returns.load(folder / name, store=store, by="system:test")
    return folder / "workspace"


@pytest.fixture
def census(loaded: Path, settings: object) -> Store:
    """The store of that workspace, which the site stands on for this test."""
    settings.WORKSPACE = loaded
    return Store.open(loaded)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_figures_carry_their_own_day_interval_and_mark(census: Store, read: Read) -> None:
    assert "SSDA903 return for 2024" in words(read(f"{PAGE}?year=2024"))
    for row in measures.run(census, NAMES, council="301", year=2024).to_dicts():
        text = words(read(f"{PAGE}measures/{row['measure']}/?year=2024"))
        assert "As at: 30 September 2024" in text or "As at 30 September 2024" in text
        assert measures.in_words(row) in text
        assert "invented workers" in text
        assert "invented children" not in text.partition("Read it together with")[0]


@pytest.mark.parametrize("name", NAMES)
def test_one_measure_deep_leads_to_its_census(census: Store, read: Read, name: str) -> None:
    page = read(f"{PAGE}measures/{name}/")
    text = words(page)
    assert "Workforce census (CSWW) of 30 September 2024" in text
    assert "not broken down by groups" in text
    (submission,) = census.submissions("301", "csww")
    assert not any(n in text for n in census.tables(submission)["CSWWWorker"]["SWENo"])


def test_without_a_census_the_page_says_so_plainly(store: Store, read: Read) -> None:
    text = words(read(f"{PAGE}?year=2025"))
    assert "Not loaded for 2025:" in text
    assert "workforce census (CSWW) of 30 September 2025" in text
    for name in NAMES:
        assert "has been loaded" in words(read(f"{PAGE}measures/{name}/?year=2025"))


def test_the_export_marks_workers_and_keeps_sums(census: Store, reader: Client) -> None:
    lines = reader.get(f"{PAGE}figures.csv").content.decode().splitlines()
    mine = [line for line in lines if line.startswith("invented workers,social_workers,")]
    value = measures.run(census, "social_workers", council="301", year=2024)["numerator"].item()
    assert any(f",{value}," in line for line in mine)
