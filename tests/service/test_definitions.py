"""Definitions are open to all and say everything that is known of each measure and rule."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from lxml import html

from whatworks import measures
from whatworks.measures.examples import examples
from whatworks.returns.rules import documentation
from whatworks.service.definitions import catalogue

pytestmark = pytest.mark.django_db
RULES = {(one["collection"], one["rule"]) for one in documentation()}


def page(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.fromstring(answer.content.decode())


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def plain(text: str) -> str:
    return " ".join(text.split())


# --- measures ---

METHODS = {
    "count": "Garwood",
    "rate": "Garwood",
    "percentage": "Wilson",
    "poisson": "Fay and Feuer",
    "share": "Kish",
    "members": "Cochran",
}


@pytest.mark.parametrize("one", measures.documentation(), ids=lambda one: one["name"])
def test_a_measures_page_says_all_there_is_to_say(client: Client, one: dict) -> None:
    shown = words(page(client, f"/definitions/measures/{one['name']}/"))
    told = [one["title"], one["text"], one["numerator"], one["clock"], one["direction_words"]]
    nothing = "a sum" if one["kind"] == "total" else "a number of children"
    told += [one["denominator"] or f"Nothing: this is {nothing}", one["confidence"]]
    told += [*one["caveats"], *one["unconfirmed"], *one["sources"]]
    told += [text["text"] for text in one["left_out"]]
    for mirror in one["mirrors"]:
        told += [mirror["title"], *mirror["differences"]]
    for group in one["breakdowns"]:
        told += [group["title"], group["text"], "; ".join(group["groups"])]
    for text in told:
        assert plain(text) in shown
    assert "about 95 of every 100 cases" in shown
    assert METHODS[measures.get(one["name"]).spread or one["kind"]] in shown
    assert ("Not confirmed:" in shown) == bool(one["unconfirmed"])


@pytest.mark.parametrize("name", measures.names())
def test_the_worked_example_of_a_measure_is_on_its_page(client: Client, name: str) -> None:
    shown = words(page(client, f"/definitions/measures/{name}/"))
    for example in examples(name):
        assert example.title in shown
        assert f"Counted: {example.numerator} " in shown
        assert (f"{example.left_out} left out" in shown) == bool(example.left_out)
        for reason in example.why:
            assert plain(reason) in shown
        written = (example.episodes, example.referrals, example.plans)
        for text in (text for tables in written for text in tables.values()):
            for line in text.strip().splitlines()[1:]:
                for cell in line.split():
                    assert cell == "." or cell in shown


@pytest.mark.parametrize("name", measures.names())
def test_a_measures_page_says_in_what_it_is_written(client: Client, name: str) -> None:
    found = page(client, f"/definitions/measures/{name}/")
    [written] = found.xpath("//dt[text()='Written as']/following-sibling::dd[1]")
    assert words(written)


def test_an_example_of_children_matched_is_of_the_returns_year() -> None:
    for collection in ("linked", "annex_a", "ssd"):
        mine = [n for n in measures.names() if measures.get(n).collection == collection]
        assert mine
        for example in (one for name in mine for one in examples(name)):
            year = example.year
            assert catalogue.span_of(example) == (date(year - 1, 4, 1), date(year, 3, 31))


def test_codes_in_examples_are_explained_in_words() -> None:
    for name in measures.names():
        for example in catalogue.worked_examples(name):
            without = example.given.plans or {"annex_a", "ssd"} & set(example.given.returns)
            assert example.codes or without  # in which no code stands
            assert all(meaning for _, meaning in example.codes)


# --- rules ---


def test_every_rules_page_says_all_there_is_to_say(client: Client) -> None:
    assert len(RULES) > 30
    for one in documentation():
        found = page(client, f"/definitions/rules/{one['collection']}/{one['rule']}/")
        shown = words(found)
        told = [f"Rule {one['rule']}", one["sentence"], one["remedy"], one["years"], one["note"]]
        told += [*one["reads"], *one["reports"]]
        told += [example["title"] for example in one["examples"]]
        for text in told:
            assert plain(text) in shown, (one["rule"], text)
        assert ("Unconfirmed" in shown) == any(
            other["confidence"] == "unconfirmed"
            for other in documentation(one["collection"])
            if other["rule"] == one["rule"]
        )


def test_a_rules_examples_are_tables_that_say_which_rows_fail(client: Client) -> None:
    for one in documentation("ssda903")[:20]:
        found = page(client, f"/definitions/rules/ssda903/{one['rule']}/")
        versions = [v for v in documentation("ssda903") if v["rule"] == one["rule"]]
        wanted = sum(
            row["fails"]
            for version in versions
            for example in version["examples"]
            for table in example["tables"]
            for row in table["rows"]
        )
        cells = [words(row.xpath("./td")[-1]) for row in found.xpath("//table//tbody/tr")]
        assert cells.count("fails") == wanted


def test_both_versions_of_a_rule_that_changed_are_shown(client: Client) -> None:
    changed = [key for key in RULES if len(versions_of(*key)) > 1]
    assert changed
    for collection, number in changed:
        shown = words(page(client, f"/definitions/rules/{collection}/{number}/"))
        for version in versions_of(collection, number):
            assert f"In force {version['years']}" in shown


def versions_of(collection: str, number: str) -> list[dict]:
    return [one for one in documentation(collection) if one["rule"] == number]


def test_a_rule_on_the_return_as_a_whole_says_so(client: Client) -> None:
    [one, *_] = [one for one in documentation() if not one["reports"]]
    shown = words(page(client, f"/definitions/rules/{one['collection']}/{one['rule']}/"))
    assert "The return as a whole fails." in shown


# --- the index ---


def found_rules(element: html.HtmlElement) -> list[str]:
    return [a.get("href") for a in element.xpath("//table//th/a[contains(@href, '/rules/')]")]


def test_the_index_counts_and_lists_everything_over_its_pages(client: Client) -> None:
    first = page(client, "/definitions/")
    shown = words(first)
    assert f"There are {len(measures.names())} measures" in shown
    for collection in catalogue.COLLECTION_NAMES:
        assert f"{len([k for k in RULES if k[0] == collection])} rules of the" in shown
    for name in measures.names():
        assert first.xpath(f"//a[@href='/definitions/measures/{name}/']")
    listed: list[str] = []
    number = 1
    while len(listed) < len(RULES):
        more = found_rules(page(client, f"/definitions/?page={number}"))
        assert more
        listed += more
        number += 1
    assert sorted(listed) == sorted(f"/definitions/rules/{c}/{n}/" for c, n in RULES)


def test_a_search_narrows_by_words_kind_and_year(client: Client) -> None:
    found = page(client, "/definitions/?q=BIRTH+Mother")
    assert found_rules(found)
    for address in found_rules(found):
        collection, number = address.strip("/").split("/")[-2:]
        text = " ".join(
            f"{v['sentence']} {v['remedy']} {v['reads']} {v['note']}"
            for v in versions_of(collection, number)
        ).lower()
        assert "birth" in text
        assert "mother" in text
    assert all("/cin/" in a for a in found_rules(page(client, "/definitions/?kind=cin")))
    only = page(client, "/definitions/?kind=measures")
    assert not found_rules(only)
    assert only.xpath("//a[@href='/definitions/measures/returned_home/']")
    assert f"{len(measures.names())} measures and 0 rules found" in words(only)


def test_the_year_keeps_only_rules_in_force_then() -> None:
    for year in (2017, 2024, 2026):
        in_force = {(one["collection"], one["rule"]) for one in documentation(year=year)}
        assert {(e.collection, e.number) for e in catalogue.find_rules(year=year)} == in_force
    assert len(catalogue.find_rules(year=2017)) < len(RULES)


def test_a_rule_is_found_by_its_number() -> None:
    assert "101" in [entry.number for entry in catalogue.find_rules("rule 101")]


def test_finding_nothing_says_what_to_try(client: Client) -> None:
    shown = words(page(client, "/definitions/?q=xylophone"))
    assert "Nothing was found" in shown
    assert "0 measures and 0 rules found" in shown


def test_what_was_typed_comes_back_as_text_alone(client: Client) -> None:
    answer = client.get("/definitions/?q=<script>alert(1)</script>")
    assert b"<script>alert" not in answer.content
    assert b"&lt;script&gt;" in answer.content


@pytest.mark.parametrize("address", ["?year=x", "?kind=x", "?page=x", "?year=99999", "?page=999"])
def test_nonsense_in_the_address_is_passed_over(client: Client, address: str) -> None:
    assert client.get(f"/definitions/{address}").status_code == 200


@pytest.mark.parametrize(
    "address", ["measures/moons/", "rules/ssda903/0/", "rules/csww/101/", "rules/x/y/"]
)
def test_what_is_not_defined_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/definitions/{address}").status_code == 404


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("social_worker_caseload", "one worker"),
        ("conference_working_days", "only one counted"),
        ("days_to_adoption", "only one counted"),
    ],
)
def test_how_an_interval_is_made_speaks_of_those_who_are_counted(
    client: Client, name: str, who: str
) -> None:
    [method] = page(client, f"/definitions/measures/{name}/").xpath("//p[starts-with(., 'Method')]")
    assert f"with {who} no interval can be given" in words(method)
    assert ("worker" in words(method)) == ("worker" in who)
