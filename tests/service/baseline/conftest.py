"""Two small invented councils in a workspace of their own: 301 with a gap in its years, and 302."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from whatworks import returns, synthetic
from whatworks.returns import Store
from whatworks.service.common.models import Person

LOADED = {"301": (2021, 2022, 2024, 2025), "302": (2025,)}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace's folder; 2023 is missing at 301."""
    folder = tmp_path_factory.mktemp("baseline")
    manifest = synthetic.write(
        folder / "incoming", councils=list(LOADED), first_year=2021, last_year=2025, scale=0.15
    )
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    for code, years in LOADED.items():
        for collection, year, place in manifest.of_council(code):
            if collection == "ssda903" and year in years:
                source = folder / "incoming" / place
                returns.load(source, store=store, council=code, year=year, by="system:test")
    return folder / "workspace"


@pytest.fixture
def store(made: Path, settings: object) -> Store:
    """The store of that workspace, which the site stands on for this test."""
    settings.WORKSPACE = made
    return Store.open(made)


@pytest.fixture
def empty_store(tmp_path: Path, settings: object) -> Store:
    """A store in which nothing is loaded."""
    settings.WORKSPACE = tmp_path / "workspace"
    return Store.open(settings.WORKSPACE, create=True, synthetic=True)


@pytest.fixture
def real_children(store: Store, made: Path) -> Iterator[None]:
    """For this test the workspace says that its children are a council's own."""
    facts = made / "workspace.json"
    before = facts.read_text("utf-8")
    facts.write_text(json.dumps({**json.loads(before), "synthetic": False}), "utf-8")
    yield
    facts.write_text(before, "utf-8")


@pytest.fixture
def reader(analyst: Person, signed_in: Callable[[Person], Client]) -> Client:
    """An analyst of council 301."""
    return signed_in(analyst)


@pytest.fixture
def read(reader: Client) -> Callable[[str], html.HtmlElement]:
    """read(address): the page as the analyst of 301 gets it, parsed."""

    def get(address: str) -> html.HtmlElement:
        answer = reader.get(address)
        assert answer.status_code == 200
        return html.fromstring(answer.content.decode())

    return get
