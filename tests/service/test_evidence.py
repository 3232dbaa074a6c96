"""The evidence library: filing a study, ratings of practices, and their pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from lxml import html

from whatworks import evidence, ledger
from whatworks.evidence import Numbers, Provenance, Study
from whatworks.rollout import Cost, Practice
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.evidence import queries
from whatworks.service.evidence.actions import file_study
from whatworks.service.evidence.models import FiledStudy
from whatworks.service.rollout.actions import add_practice

pytestmark = pytest.mark.django_db

BY = "system:test"
HOSTILE = "<script>alert('x')</script>"
SUBMISSION = "301-ssda903-2024-" + "a" * 20


def practice(**facts: Any) -> Practice:
    about: dict[str, Any] = {
        "id": "heron-wharf",
        "name": "Heron Wharf (invented)",
        "kind": "family-group-conferencing",
        "what": "A made-up practice.",
        "for_whom": "Made-up families.",
        "need": "pre-proceedings",
        "also_serves": (),
        "core": ("One thing",),
        "adaptable": (),
        "takes": "Nothing.",
        "cost": Cost(100.0, "family", "Invented."),
        "outcomes": ("started_rate",),
        "safety": ("re_referrals_within_12_months",),
        "source": "Invented.",
        "invented": True,
    }
    return Practice(**{**about, **facts})


def study(*more: Numbers, **facts: Any) -> Study:
    main = Numbers(
        "entry to care",
        "Children who started to be looked after in a year",
        "rate ratio",
        effect=0.7,
        low=0.55,
        high=0.9,
        share_with=0.0021,
        share_without=0.003,
        follow_up_months=24,
    )
    about: dict[str, Any] = {
        "id": "heron-wharf-natural-experiment",
        "title": "Heron Wharf among 12 councils",
        "citation": "Computed here.",
        "kind": "family-group-conferencing",
        "country": "England (invented children)",
        "design": "natural experiment",
        "population": "Children of 12 councils.",
        "comparator": "The same councils before.",
        "numbers": (main, *more),
        "provenance": Provenance(submissions=(SUBMISSION,), computed="whatworks 0"),
        "practice": "heron-wharf",
        "invented": True,
    }
    return Study(**{**about, **facts})


RE_REFERRALS = Numbers("re-referral", "Referred again", "rate ratio", 1.0, 0.9, 1.1)


@pytest.fixture
def reader(person_with: Callable[..., Person], signed_in: Callable[[Person], Client]) -> Client:
    return signed_in(person_with(RoleName.PRACTICE_LEADER))


def visit(client: Client, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200
    page = html.document_fromstring(answer.content.decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not page.xpath("//@style")
    assert len(page.xpath("//h1")) == 1
    captions = [caption.text_content() for caption in page.xpath("//caption")]
    assert len(captions) == len(set(captions))
    return page


def words(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def rated(client: Client, slug: str, query: str = "") -> str:
    return words(visit(client, reverse("evidence_rated", kwargs={"practice": slug}) + query))


# --- filing ----------------------------------------------------------------------------------


def filed_events() -> list[Any]:
    return [one for one in ledger.events(connection.connection) if one.kind == "study_filed"]


def test_a_study_is_filed_once_and_told_once() -> None:
    first = file_study(study=study(), by=BY)
    again = file_study(study=study(), by=BY)
    assert first.pk == again.pk
    assert FiledStudy.objects.count() == 1
    assert [one.data["newer"] for one in filed_events()] == [False]
    assert first.study == study()


def test_a_newer_study_takes_the_place_of_the_older_which_stays_readable() -> None:
    old = file_study(study=study(), by=BY)
    new = file_study(study=study(title="Counted again"), by=BY)
    old.refresh_from_db()
    assert old.superseded_by == new
    assert [one.title for one in queries.studies_of("heron-wharf")] == ["Counted again"]
    held = queries.study("heron-wharf-natural-experiment", old.digest)
    assert held is not None
    assert held.study == study()
    back = file_study(study=study(), by=BY)
    assert back.pk not in (old.pk, new.pk)
    assert queries.studies_of("heron-wharf") == (study(),)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "taylor-2024-england"}, "published study has the id"),
        ({"invented": False}, "does not say so"),
        ({"numbers": ()}, "holds no outcome"),
    ],
)
def test_a_study_that_misleads_is_refused(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        file_study(study=study(**change), by=BY)
    assert not FiledStudy.objects.exists()


def test_studies_are_found_by_practice_by_kind_and_by_both() -> None:
    file_study(study=study(), by=BY)
    fgc = "family-group-conferencing"
    published = {one.id for one in evidence.shelf(fgc)}
    assert [one.practice for one in queries.studies_of("heron-wharf")] == ["heron-wharf"]
    assert {one.id for one in queries.studies_of(kind=fgc)} > published
    assert {one.id for one in queries.studies_of("heron-wharf", fgc)} > published
    assert {one.id for one in queries.studies_of("another", fgc)} == published
    assert len(queries.studies_of()) == len(evidence.shelf()) + 1


# --- the rated page --------------------------------------------------------------------------


def test_family_group_conferencing_shows_both_sides_and_no_average(reader: Client) -> None:
    told = rated(reader, "family-group-conferencing")
    assert "Mixed findings" in told
    assert "These studies point opposite ways" in told
    assert "fewer children entering care in England, more children entering care in the" in told
    assert "They are not averaged" in told
    assert "Each is a reason to ask, not a finding" in told
    assert "about 448 of 1,000 in England and to about 13 of 1,000 in the Netherlands" in told
    assert "86 fewer of 1,000 (interval not seen)" in told
    assert "ouci.dntb.gov.ua" in told
    assert "In England: fewer children entering care" in told
    assert "Not measured, or not in what we saw: Being referred or reported again" in told


def test_an_invented_practice_is_rated_apart_from_published_studies(reader: Client) -> None:
    add_practice(practice=practice(), by=BY)
    file_study(study=study(RE_REFERRALS), by=BY)
    told = rated(reader, "heron-wharf")
    assert "This practice does not exist." in told
    assert "Looks promising" in told
    assert "Among invented children only: it may mean that fewer children enter care" in told
    assert "of 10,000 children in a year, about 21 with it and 30 without: 9 fewer" in told
    assert "This says nothing of real children." in told
    assert "What published studies say of family group conferencing" in told
    assert told.index("What councils’ returns say") < told.index("What published studies say")
    assert "From councils’ returns" in told


def test_a_threshold_that_was_raised_is_not_praised(reader: Client) -> None:
    add_practice(practice=practice(kind="front-door-threshold"), by=BY)
    flagged = study(kind="front-door-threshold", flags=("threshold_only",))
    file_study(study=flagged, by=BY)
    told = rated(reader, "heron-wharf")
    assert "Beware" in told
    assert "It may have let fewer in without fewer needing it" in told
    assert "Looks promising" not in told


VERDICT_STUDIES = {
    "Not tested": [],
    "Uncertain": [{"design": "before and after"}],
    "Looks promising": [{}],
    "Mixed findings": [{}, {"worse": True}],
    "Established": [{"design": "randomised"}, {"design": "randomised"}],
    "Beware": [{"flags": ("safety_wrong_way",)}],
}


@pytest.mark.parametrize("verdict", evidence.VERDICTS)
def test_every_verdict_has_its_pages(reader: Client, verdict: str) -> None:
    add_practice(practice=practice(kind="exploitation-team"), by=BY)
    for number, facts in enumerate(VERDICT_STUDIES[verdict]):
        told = dict(facts)
        made = study(RE_REFERRALS, id=f"study-{number}", kind="exploitation-team")
        made = replace(made, title=f"Study {number}")
        if told.pop("worse", False):
            worse = replace(made.numbers[0], effect=1.4, low=1.1, high=1.8, share_with=0.0042)
            made = replace(made, numbers=(worse,))
        file_study(study=replace(made, **told), by=BY)
    assert verdict in rated(reader, "heron-wharf")
    why = words(visit(reader, reverse("evidence_why", kwargs={"practice": "heron-wharf"})))
    assert f"{verdict}." in why or verdict == "Not tested"
    assert "Did anybody measure this" in why
    assert "Rule version 1." in why


@pytest.mark.parametrize("kind", [one.id for one in evidence.kinds()])
def test_every_kind_has_a_page_even_with_nothing_known(reader: Client, kind: str) -> None:
    assert rated(reader, kind)
    assert visit(reader, reverse("evidence_why", kwargs={"practice": kind})) is not None


def test_it_can_be_rated_by_another_outcome_and_by_no_invented_one(reader: Client) -> None:
    told = rated(reader, "family-drug-court", "?outcome=re-entry+to+care")
    assert "Rated by Re-entry to care" in told.replace(":", "")
    address = reverse("evidence_rated", kwargs={"practice": "family-drug-court"})
    assert reader.get(address + "?outcome=happiness").status_code == 404
    assert reader.get(address + "?outcome=other").status_code == 404


def test_a_practice_that_nobody_knows_is_not_found(reader: Client) -> None:
    for name in ("evidence_rated", "evidence_why"):
        assert reader.get(reverse(name, kwargs={"practice": "nothing-here"})).status_code == 404


# --- one study -------------------------------------------------------------------------------


def one_study(client: Client, name: str, query: str = "") -> html.HtmlElement:
    return visit(client, reverse("evidence_study", kwargs={"study": name}) + query)


@pytest.mark.parametrize("name", [one.id for one in evidence.shelf()])
def test_every_published_study_has_a_page_that_says_where_it_was_seen(
    reader: Client, name: str
) -> None:
    page = one_study(reader, name)
    assert "Where these numbers come from" in words(page)
    assert "published (real)" in words(page)


def test_a_study_from_returns_names_them_and_links_them_for_whoever_may_read_them(
    person_with: Callable[..., Person], signed_in: Callable[[Person], Client]
) -> None:
    file_study(study=study(), by=BY)
    own = one_study(signed_in(person_with(RoleName.COUNCIL_ANALYST)), study().id)
    assert SUBMISSION in words(own)
    assert own.xpath(f"//a[contains(@href, '{SUBMISSION}')]")
    centre = one_study(signed_in(person_with(RoleName.CENTRE_REVIEWER)), study().id)
    assert SUBMISSION in words(centre)
    assert not centre.xpath(f"//a[contains(@href, '{SUBMISSION}')]")
    assert "The children of this study are invented." in words(centre)


def test_an_older_version_says_that_it_is_no_longer_used(reader: Client) -> None:
    old = file_study(study=study(), by=BY)
    file_study(study=study(title="Counted again"), by=BY)
    told = words(one_study(reader, study().id, f"?version={old.digest}"))
    assert "is no longer used" in told
    assert "Counted again" in words(one_study(reader, study().id))
    address = reverse("evidence_study", kwargs={"study": study().id})
    assert reader.get(f"{address}?version=none").status_code == 404
    assert reader.get(reverse("evidence_study", kwargs={"study": "none"})).status_code == 404


def test_hostile_words_are_shown_as_words_and_never_linked(reader: Client) -> None:
    add_practice(practice=practice(name=HOSTILE, what=HOSTILE, for_whom=HOSTILE), by=BY)
    hostile = study(
        replace(RE_REFERRALS, outcome_words=HOSTILE, note=HOSTILE),
        title=HOSTILE,
        citation=HOSTILE,
        country=HOSTILE,
        population=HOSTILE,
        comparator=HOSTILE,
        warnings=(HOSTILE,),
        doi=f"10.1/{HOSTILE}",
        provenance=Provenance(
            seen_at=f"javascript:alert(1) ; https://example.org/{HOSTILE}",
            submissions=(HOSTILE,),
            computed=HOSTILE,
        ),
    )
    file_study(study=hostile, by=BY)
    pages = [
        reverse("evidence_start"),
        reverse("evidence_rated", kwargs={"practice": "heron-wharf"}),
        reverse("evidence_why", kwargs={"practice": "heron-wharf"}),
        reverse("evidence_study", kwargs={"study": hostile.id}),
    ]
    for address in pages:
        page = visit(reader, address)
        assert not page.xpath("//main//script")
        assert not page.xpath("//a[starts-with(@href, 'javascript')]")
    assert HOSTILE in words(visit(reader, pages[-1]))


# --- the list --------------------------------------------------------------------------------


def names(page: html.HtmlElement) -> list[str]:
    return [one.text_content().strip() for one in page.xpath("//tbody//th//a")]


def test_the_list_shows_every_practice_with_both_ratings(reader: Client) -> None:
    add_practice(practice=practice(), by=BY)
    file_study(study=study(RE_REFERRALS), by=BY)
    page = visit(reader, reverse("evidence_start"))
    assert "Heron Wharf (invented)" in names(page)
    row = " ".join(page.xpath("//tr[contains(., 'Heron Wharf')]")[0].text_content().split())
    assert "Mixed findings" in row
    assert "Looks promising invented children" in row


def test_the_list_is_filtered_and_sorted_by_its_address(reader: Client) -> None:
    start = reverse("evidence_start")
    add_practice(practice=practice(), by=BY)
    mixed = names(visit(reader, f"{start}?verdict=Mixed+findings"))
    assert "Heron Wharf (invented)" in mixed
    everything = names(visit(reader, f"{start}?sort=name"))
    assert everything == sorted(everything, key=str.casefold)
    assert len(mixed) < len(everything)
    needed = names(visit(reader, f"{start}?need=pre-proceedings&verdict=Mixed+findings"))
    assert "Heron Wharf (invented)" in needed
    empty = words(visit(reader, f"{start}?need=exploitation&verdict=Established"))
    assert "No practice is rated like that for this need." in empty
    assert visit(reader, f"{start}?sort=verdict") is not None


@pytest.mark.parametrize("query", ["need=happiness", "verdict=Great", "sort=colour"])
def test_a_choice_that_there_is_not_is_not_found(reader: Client, query: str) -> None:
    assert reader.get(f"{reverse('evidence_start')}?{query}").status_code == 404


def test_a_reader_with_a_council_can_go_on_to_what_it_would_mean_there(
    signed_in: Callable[[Any], Client], leader: Any
) -> None:
    page = signed_in(leader).get("/evidence/family-group-conferencing/").content.decode()
    assert "What it would mean in Our council" in page
    assert "/councils/301/practices/family-group-conferencing/here/" in page
    assert "What it would mean in Their council" not in page


@pytest.fixture
def leader(person_with: Callable[..., Any]) -> Any:
    return person_with(RoleName.PRACTICE_LEADER)
