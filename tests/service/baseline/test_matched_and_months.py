"""Beside a figure: how children were matched across returns, and what each month's lists tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from lxml import html

from whatworks import measures, returns, synthetic
from whatworks.returns import Store

pytestmark = pytest.mark.django_db
Read = Callable[[str], html.HtmlElement]
PAGE = "/councils/301/baseline/measures/"
VISITED = "looked_after_visited_in_six_weeks"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("matched")
    manifest = synthetic.write(
        folder / "incoming",
        councils=["301"],
        first_year=2025,
        last_year=2025,
        scale=0.1,
        need_share=0.05,
    )
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    for collection, year, place in manifest.of_council("301"):
        if collection in ("ssda903", "cin"):
            source = folder / "incoming" / place
            returns.load(source, store=store, council="301", year=year, collection=collection)
    for month, visited in (("2024-06", "01/06/2024"), ("2024-07", None)):
        row = {
            "Child Unique ID": "C1",
            "Date Started to be Looked After": "01/01/2024",
            "Date of Last Social Work Visit": visited,
            "Date Ceased to be Looked After": None,
        }
        lists = {"List_8": pl.DataFrame([row], schema=dict.fromkeys(row, pl.String))}
        lists["List_8"] = pl.concat([lists["List_8"]] * 2)
        returns.load(lists, store=store, council="301", collection="annex_a", month=month)
    return folder / "workspace"


@pytest.fixture
def there(loaded: Path, settings: object) -> Store:
    settings.WORKSPACE = loaded
    return Store.open(loaded)


def table(page: html.HtmlElement, name: str) -> list[list[str]]:
    found = page.xpath(f"//section[@aria-labelledby='{name}']//tbody/tr")
    return [[" ".join(c.text_content().split()) for c in row.xpath("./th|./td")] for row in found]


def test_a_linked_figure_says_how_children_were_matched(there: Store, read: Read) -> None:
    [name, *_] = [n for n in measures.names() if measures.get(n).collection == "linked"]
    expected = measures.linking(there, "301").filter(year=2025)
    assert expected["n_children"].sum() > 0
    shown = table(read(f"{PAGE}{name}/?year=2025"), "matched")
    assert shown == [
        [text, f"{many:,} invented"] for text, many in expected.select("text", "n_children").rows()
    ]
    assert not table(read(f"{PAGE}looked_after_at_31_march/?year=2025"), "matched")


def test_a_monthly_figure_shows_every_month_loaded(there: Store, read: Read) -> None:
    shown = table(read(f"{PAGE}{VISITED}/?year=2025"), "months")
    assert [row[0] for row in shown] == ["31 July 2024", "30 June 2024"]
    assert [row[1].split()[:3] for row in shown] == [["0", "of", "1"], ["1", "of", "1"]]
    assert all("% to " in row[2] for row in shown)
    assert not table(read(f"{PAGE}looked_after_at_31_march/?year=2025"), "months")


def test_rows_of_monthly_lists_left_out_are_on_the_page(there: Store, read: Read) -> None:
    shown = table(read("/councils/301/baseline/left-out/?year=2025"), "repairs")
    mine = [row for row in shown if row[0].startswith("Annex A lists: The row says the same")]
    assert [row[1:] for row in mine] == [["left out", "1", "1"]]
