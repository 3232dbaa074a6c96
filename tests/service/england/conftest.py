"""Three invented councils in a workspace of their own: 301 and 302 with two years, 303 with one."""

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

LOADED = {"301": (2024, 2025), "302": (2024, 2025), "303": (2025,)}


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace's folder."""
    folder = tmp_path_factory.mktemp("england")
    manifest = synthetic.write(
        folder / "incoming",
        councils=list(LOADED),
        first_year=2024,
        last_year=2025,
        scale=0.5,
        collections=("ssda903",),
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
def real_children(store: Store, made: Path) -> Iterator[None]:
    """For this test the workspace says that its children are councils' own."""
    facts = made / "workspace.json"
    before = facts.read_text("utf-8")
    facts.write_text(json.dumps({**json.loads(before), "synthetic": False}), "utf-8")
    yield
    facts.write_text(before, "utf-8")


@pytest.fixture
def anybody(person_with: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    """Somebody who is signed in and has no role."""
    return signed_in(person_with())


@pytest.fixture
def read(anybody: Client) -> Callable[[str], html.HtmlElement]:
    """read(address): the page as somebody without a role gets it, parsed."""

    def get(address: str) -> html.HtmlElement:
        answer = anybody.get(address, follow=True)
        assert answer.status_code == 200, address
        return html.fromstring(answer.content.decode())

    return get
