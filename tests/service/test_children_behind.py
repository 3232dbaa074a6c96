"""From a figure to the children behind it, and one child's journey: asked, logged, never leaked."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatworks import ledger, measures, returns, synthetic
from whatworks.returns import Store
from whatworks.service.children import reading
from whatworks.service.children.timeline import life
from whatworks.service.common import formats
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName

pytestmark = pytest.mark.django_db
YEAR = 2025
BEHIND = f"/councils/301/children/behind/ceased_to_be_looked_after/{YEAR}/"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Council 301 with two years of both returns on children."""
    folder = tmp_path_factory.mktemp("children")
    manifest = synthetic.write(
        folder / "incoming",
        councils=["301"],
        first_year=YEAR - 1,
        last_year=YEAR,
        scale=0.15,
        collections=["ssda903", "cin"],
    )
    store = Store.open(folder / "workspace", create=True, synthetic=True)
    for collection, year, place in manifest.of_council("301"):
        source = folder / "incoming" / place
        returns.load(source, store=store, council="301", year=year, collection=collection)
    return folder / "workspace"


@pytest.fixture
def store(made: Path, settings: Any) -> Store:
    settings.WORKSPACE = made
    return Store.open(made)


@pytest.fixture
def reader(store: Store, analyst: Person, signed_in: Callable[[Person], Client]) -> Client:
    """An analyst who has said why."""
    client = signed_in(analyst)
    said = client.post("/councils/301/purpose/", {"purpose": "check_figure"})
    assert said.status_code == 302
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def events(store: Store) -> list[tuple[str, Any]]:
    catalogue = store.path / "councils" / "301" / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) as held:
        found = [one for one in ledger.events(held) if one.kind.startswith("child_level.")]
    return [(one.kind, one.data) for one in found]


def links(page: str) -> list[str]:
    return re.findall(r'href="(/councils/301/children/[A-Za-z0-9_-]+/[a-z0-9]{26}/)"', page)


def test_nobody_gets_there_without_a_purpose_or_without_the_right(
    store: Store,
    analyst: Person,
    person_with: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    answer = signed_in(analyst).get(BEHIND)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/councils/301/purpose/")
    leader = signed_in(person_with(RoleName.PRACTICE_LEADER))
    assert leader.get(BEHIND).status_code == 403
    assert leader.get("/councils/301/children/").status_code == 403


def test_the_rows_behind_a_figure_are_as_many_as_it_says(store: Store, reader: Client) -> None:
    row = measures.run(store, "ceased_to_be_looked_after", council="301", year=YEAR)
    page = text(reader, BEHIND)
    assert f"Counted: {row['numerator'][0]:.0f}" in page
    shown = len(links(page))
    assert 0 < shown <= 50
    assert ("child_level.figure_opened") in [kind for kind, _ in events(store)]
    _, data = [one for one in events(store) if one[0] == "child_level.figure_opened"][-1]
    assert data["measure"] == "ceased_to_be_looked_after"
    assert data["purpose"] == "check_figure"


def test_each_row_leads_to_the_journey_of_its_child(store: Store, reader: Client) -> None:
    page = text(reader, BEHIND)
    number = re.search(r'[a-z0-9]{26}/">([^<]+)</a>', page)
    assert number is not None
    told = text(reader, links(page)[0])
    assert f"Child {number.group(1)}" in told
    assert "Looked after:" in told
    assert "This was recorded." in told
    assert events(store)[-1][0] == "child_level.journey_opened"


def test_addresses_and_ledgers_hold_no_childs_number(store: Store, reader: Client) -> None:
    page = text(reader, BEHIND)
    text(reader, links(page)[0])
    numbers = set(re.findall(r'[a-z0-9]{26}/">([^<]+)</a>', page))
    assert numbers
    told = " ".join([*links(page), *(str(data) for _, data in events(store))])
    assert not [one for one in numbers if one in told]


def test_rows_that_were_not_counted_or_not_judged_are_shown_apart(
    store: Store, reader: Client
) -> None:
    base = f"/councils/301/children/behind/returned_home/{YEAR}/"
    page = text(reader, f"{base}?show=others")
    assert "Looked at, not counted" in page
    rows = measures.rows(store, "returned_home", council="301", year=YEAR)
    others = rows.filter(rows["denominator"] & ~rows["numerator"] & rows["left_out"].is_null())
    assert f"Looked at, not counted: {others.height}" in page.replace("</strong>", "")
    assert reader.get(f"{base}?show=nonsense").status_code == 404


def test_each_row_tells_its_day_and_why_it_counts_or_does_not(store: Store, reader: Client) -> None:
    measure = measures.get("returned_home")
    rows = measures.rows(store, "returned_home", council="301", year=YEAR)
    base = f"/councils/301/children/behind/returned_home/{YEAR}/"
    for show, reason in (("counted", "Counts among: "), ("others", "does not count among: ")):
        page = html.unescape(text(reader, f"{base}?show={show}"))
        lines = re.findall(r'data-label="Day">([^<]+)<', page)
        whys = re.findall(r'data-label="Why[^"]*">([^<]+)<', page)
        wanted = rows.filter(rows["numerator"] == (show == "counted"))
        wanted = wanted.filter(wanted["left_out"].is_null())
        assert lines == [formats.date(day) for day in wanted["on"]]
        assert whys
        assert all(reason + measure.numerator_words in why for why in whys)
    assert "Ended: " in page  # the record's own words
    assert "Looked after: " in page


def test_the_page_says_who_may_open_it_and_that_it_is_written_down(reader: Client) -> None:
    for address in (BEHIND, "/councils/301/children/"):
        page = text(reader, address)
        assert "council analyst. Each time" in page
        assert "is written in a log" in page


def test_a_figure_that_is_not_there_says_why(reader: Client) -> None:
    page = text(reader, "/councils/301/children/behind/returned_home/2031/")
    assert "There is no figure, so nobody behind it" in page
    assert "has been loaded" in page
    assert reader.get("/councils/301/children/behind/moons/2025/").status_code == 404


def test_a_child_is_found_by_the_number_and_by_no_other(store: Store, reader: Client) -> None:
    number = reading.lives("301").care.children["CHILD"][0]
    answer = reader.post("/councils/301/children/", {"child": number})
    assert answer.status_code == 302
    assert number not in answer.headers["Location"]
    assert f"Child {number}" in text(reader, answer.headers["Location"])
    unknown = reader.post("/councils/301/children/", {"child": "XQ0000"})
    assert unknown.status_code == 422
    assert "No return that is loaded" in unknown.content.decode()


def test_a_name_that_is_nobodys_or_another_returns_is_not_found(
    store: Store, reader: Client
) -> None:
    submission = reading.current("301")[0].id
    journey = {"council": "301", "submission": submission, "child": "a" * 26}
    assert reader.get(reverse("children_journey", kwargs=journey)).status_code == 404
    journey["submission"] = "nothing"
    assert reader.get(reverse("children_journey", kwargs=journey)).status_code == 404


def test_every_child_of_the_returns_has_a_journey_in_order(store: Store) -> None:
    of = reading.lives("301")
    both = set(of.care.children["CHILD"]) & set(of.need.referrals["CHILD"])
    assert both
    for number in sorted(both)[:40]:
        told = life(of, reading.Child(number, number, (number,), ""))
        days = [event.day for event in told.events]
        assert days == sorted(days)
        what = {event.what for event in told.events}
        assert "Referral" in what
        n_episodes = of.care.episodes.filter(of.care.episodes["CHILD"] == number).height
        shown = [one for one in told.events if one.source.table == "Episodes"]
        assert len(shown) == n_episodes


def test_numbers_are_read_from_the_rows_and_lead_back_to_them(store: Store) -> None:
    of = reading.lives("301")
    found = reading.current("301")[-1]
    for number in sorted(reading.numbers_in(found))[:20]:
        who = reading.child(of, number, found)
        assert number in (who.care, *who.need)


BORN = """
    CHILD  SEX  DOB
    a      {}    {}
"""
EPISODE = """
    CHILD  DECOM       RNE  LS  PLACE  DEC         REC
    a      {}  S    V2  U6     {}  E4A
"""
CENSUS = {
    "ChildIdentifiers": """
    LAchildID  PersonBirthDate  Sex
    a          2020-03-01       F
""",
    "CINdetails": """
    LAchildID  CINdetailsID  CINreferralDate
    a          1             2023-06-01
""",
}


def told_from(care: dict[int, tuple[str, str, str]]) -> reading.Lives:
    """Lives of written returns: year -> when the child was born, came and left; one census."""
    from whatworks.journeys import care_from, need_from
    from whatworks.journeys.linked import linked_from
    from whatworks.measures.examples.from_returns import returns_of

    written = {
        year: {
            "Header": BORN.format(1 if born < "2005-06" else 2, born),
            "Episodes": EPISODE.format(came, left),
        }
        for year, (born, came, left) in care.items()
    }
    of_care = care_from("301", returns_of("ssda903", written))
    of_need = need_from("301", returns_of("cin", {2024: CENSUS}))
    return reading.Lives(of_care, of_need, linked_from(of_care, of_need))


def sent(collection: str, year: int) -> Any:
    return SimpleNamespace(collection=collection, year=year, id="s")


def test_a_number_that_means_two_children_in_two_returns_shows_neither_the_others_life() -> None:
    of = told_from({2024: ("2005-01-01", "2023-05-01", "2023-09-01")})
    in_care = reading.child(of, "a", sent("ssda903", 2024))
    assert {one.what.split(":")[0] for one in life(of, in_care).events} == {"Looked after"}
    assert "another child" in in_care.found
    in_need = reading.child(of, "a", sent("cin", 2024))
    assert in_need.care is None
    assert {one.what for one in life(of, in_need).events} == {"Referral"}


def test_a_number_used_again_means_the_child_of_that_returns_year() -> None:
    again = ("2021-01-01", "2022-05-01", "2022-09-01")
    of = told_from({2020: ("2003-01-01", "2019-05-01", "2019-09-01"), 2023: again})
    first = reading.child(of, "a", sent("ssda903", 2020))
    second = reading.child(of, "a", sent("ssda903", 2023))
    assert (first.care, second.care) == ("a", "a (2)")
    assert life(of, first).also == ("a (2)",)
    care = [one for one in life(of, second).events if one.what.startswith("Looked after")]
    assert [one.day.year for one in care] == [2022]
