"""Published against ours: a gap is explained only by what can be reckoned."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from whatworks import measures, reference, returns, synthetic
from whatworks.returns import Store
from whatworks.service.common.models import Person
from whatworks.service.reconciling import gaps, lines, touching
from whatworks.service.reconciling.gaps import Known, judged

PAGE = "/councils/301/reconciling/"


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (Known(own=49.4, published=49, rounding="whole number"), gaps.SAME),
        (Known(own=49.5, published=49, rounding="whole number"), gaps.SAME),
        (Known(own=49.6, published=49, rounding="whole number"), gaps.UNEXPLAINED),
        (Known(own=14.96, published=15.0, rounding="one decimal"), gaps.SAME),
        (Known(own=15.06, published=15.0, rounding="one decimal"), gaps.UNEXPLAINED),
        (Known(own=412, published=410, rounding="nearest 5"), gaps.SAME),
        (Known(own=413, published=410, rounding="nearest 5"), gaps.UNEXPLAINED),
        (Known(own=413, published=410, rounding="whole number", touched=3, each=1.0), gaps.MENDED),
        (Known(own=413, published=410, rounding="", touched=2, each=1.0), gaps.UNEXPLAINED),
        (Known(own=9, published=4, rounding="", touched=90, each=None), gaps.UNEXPLAINED),
        (
            Known(own=52, published=50, rounding="", number=400, published_number=400),
            gaps.POPULATION,
        ),
        (
            Known(own=52, published=50, rounding="", number=400, published_number=399),
            gaps.UNEXPLAINED,
        ),
        (Known(own=21, published=16, rounding="", other="in parts"), gaps.OTHER),
        (Known(own=None, published=16, rounding=""), gaps.NO_OWN),
        (Known(own=21, published=None, rounding=""), gaps.NO_PUBLISHED),
    ],
)
def test_what_is_said_of_a_gap(known: Known, verdict: str) -> None:
    assert judged(known).verdict == verdict


@given(
    own=st.floats(0, 1e5),
    published=st.floats(0, 1e5),
    rounding=st.sampled_from(["whole number", "one decimal", "not known", ""]),
    touched=st.integers(0, 50),
    each=st.floats(0, 10),
)
def test_nothing_larger_than_its_causes_is_explained(
    own: float, published: float, rounding: str, touched: int, each: float
) -> None:
    found = judged(Known(own, published, rounding, touched, each))
    allowed = found.by_rounding + found.by_mending
    explained = found.verdict in (gaps.SAME, gaps.MENDED)
    assert explained == (abs(own - published) <= allowed + 1e-9)


def test_an_end_that_was_set_may_move_the_next_years_figure() -> None:
    assert touching.years_moved("open_and_not_mentioned_again", "end set", 2024) == (2024, 2025)
    assert touching.years_moved("copied_row", "left out", 2024) == (2024,)
    assert touching.years_moved("reported_again", "replaced", 2024) == ()
    assert touching.years_moved("short_break", "left out", 2024) == ()


def test_a_gap_is_explained_by_repairs_of_the_tables_it_is_counted_from_only() -> None:
    made = {("ssda903", "Episodes", 2024): 1, ("ssda903", "Missing", 2024): 10}
    made |= {("ssda903", "Reviews", 2024): 100, ("cin", "reviews of plans", 2024): 1000}

    def of(name: str, year: int = 2024) -> int:
        return touching.touched_of(measures.get(name), year, made)

    [missing, *_] = [n for n in measures.names() if measures.get(n).needs == ("Missing",)]
    reviewed = [n for n in measures.names() if measures.get(n).view == "reviews_held"]
    assert of("looked_after_at_31_march") == 1
    assert of("looked_after_at_31_march", 2025) == 0
    assert of(missing) == 11
    assert {of(name) for name in reviewed} == {100}
    assert touching.TABLE_OF["ssda903"]["adoption_plan_copied_row"] == "PlacedAdoption"
    assert touching.TABLE_OF["cin"]["review_without_its_plan"] == "reviews of plans"


@pytest.mark.parametrize("name", measures.names())
def test_every_measure_of_children_says_which_tables_it_reads(name: str) -> None:
    measure = measures.get(name)
    assert bool(touching.tables_of(measure)) == (measure.collection in ("ssda903", "cin"))


# --- the pages, over two years of one invented council ---


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reconciling")
    manifest = synthetic.write(
        folder / "incoming", councils=["301"], first_year=2024, last_year=2025, scale=0.2
    )
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    for collection, year, place in manifest.of_council("301"):
        if collection == "ssda903":
            source = folder / "incoming" / place
            returns.load(source, store=store, council="301", year=year, by="system:test")
    return folder / "workspace"


@pytest.fixture
def store(made: Path, settings: object) -> Store:
    settings.WORKSPACE = made
    return Store.open(made)


@pytest.fixture
def read(
    store: Store, analyst: Person, signed_in: Callable[[Person], Client]
) -> Callable[[str], html.HtmlElement]:
    def get(address: str) -> html.HtmlElement:
        answer = signed_in(analyst).get(address)
        assert answer.status_code == 200
        return html.fromstring(answer.content.decode())

    return get


def test_lines_set_both_figures_and_their_gap(store: Store) -> None:
    found = {line.year: line for line in lines.lines(store, "301", names=["looked_after_rate"])}
    assert list(found) == [2025, 2024]
    ours = measures.run(store, "looked_after_rate", council="301")
    for row in ours.to_dicts():
        held = reference.published("looked_after_rate", area="301", year=row["year"])
        line = found[row["year"]]
        assert line.own.value == row["value"]
        assert line.published_value == held["value"][0]
        assert line.gap.gap == row["value"] - held["value"][0]
        assert line.rounding == "whole number"
    assert any("Returns of 2025 are loaded too" in reason for reason in found[2024].reasons)
    assert any("2024 is the first year loaded" in reason for reason in found[2024].reasons)
    mirror = measures.get("looked_after_rate").mirrors[0]
    assert set(mirror.differences) <= set(found[2025].reasons)


def test_every_mirrored_series_has_a_line_for_every_year(store: Store) -> None:
    found = {(line.measure.name, line.series, line.year) for line in lines.lines(store, "301")}
    expected = {
        (name, mirror.series, year)
        for name in measures.cached(store, "301")["measure"].unique()
        for mirror in measures.get(name).mirrors
        if mirror.series is not None
        for year in measures.cached(store, "301").filter(measure=name)["year"]
    }
    assert found == expected


def test_a_measure_published_in_parts_or_another_unit_is_not_called_explained(store: Store) -> None:
    units = dict(reference.published_measures().select("measure", "unit").iter_rows())
    for line in lines.lines(store, "301"):
        if line.in_parts or units[line.series] != line.measure.unit:
            assert line.gap.verdict in (gaps.OTHER, gaps.NO_PUBLISHED, gaps.NO_OWN), line


@pytest.mark.django_db
def test_the_page_says_loudly_that_gaps_with_invented_children_mean_nothing(
    read: Callable[[str], html.HtmlElement],
) -> None:
    for address in (PAGE, f"{PAGE}?year=2024", f"{PAGE}measures/looked_after_rate/"):
        page = read(address)
        assert "The gaps on this page mean nothing" in page.text_content(), address
        for table in page.xpath("//table"):
            assert "invented" in table.text_content()
            assert "published (real)" in table.text_content()


@pytest.mark.django_db
def test_the_page_counts_what_is_not_explained_first(
    read: Callable[[str], html.HtmlElement], store: Store
) -> None:
    found = lines.lines(store, "301", year=2025)
    many = sum(line.gap.verdict == gaps.UNEXPLAINED for line in found)
    assert many
    page = read(f"{PAGE}?year=2025")
    first = page.xpath("//dl[@class='ww-counts']/div")[0].text_content()
    assert first == f"Not explained{many}"
    assert len(page.xpath("//*[contains(@class, 'ww-verdict--unexplained')]")) == many


@pytest.mark.django_db
def test_the_file_marks_both_figures_for_what_they_are(
    store: Store, analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    answer = signed_in(analyst).get(f"{PAGE}figures.csv")
    assert "invented-children" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == len(lines.lines(store, "301"))
    assert {row["our_figure_is_of"] for row in rows} == {"invented children"}
    assert "published_real" in rows[0]


@pytest.mark.django_db
def test_a_council_without_returns_is_led_to_what_is_published(
    tmp_path: Path, settings: object, analyst: Person, signed_in: Callable[[Person], Client]
) -> None:
    settings.WORKSPACE = tmp_path / "workspace"
    Store.open(settings.WORKSPACE, create=True, synthetic=True)
    answer = signed_in(analyst).get(PAGE)
    assert "No return of the council is loaded yet" in answer.content.decode()
    assert signed_in(analyst).get(f"{PAGE}?year=1999").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"{PAGE}?year=1999", f"{PAGE}measures/x/"])
def test_what_is_not_there_is_not_found(
    store: Store, analyst: Person, signed_in: Callable[[Person], Client], address: str
) -> None:
    assert signed_in(analyst).get(address).status_code == 404


def test_what_was_mended_is_kept_beside_the_returns_and_made_again_if_damaged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    touching._touched.cache_clear()
    first = touching.touched(store, "301")
    (kept,) = (store.path / "councils/301" / touching.FOLDER).glob("repairs-*.parquet")
    touching._touched.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(touching, "in_memory", None)  # nothing is derived: what was kept is read
        assert touching.touched(store, "301") == first
    touching._touched.cache_clear()
    kept.write_bytes(b"nonsense")
    assert touching.touched(store, "301") == first
    assert first
