"""The pages of practices, of what is done now and of effects, as people meet them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse

from whatworks.rollout.natural_experiment.effect import SinceAdoption
from whatworks.rollout.natural_experiment.imputing import states
from whatworks.service.common import events
from whatworks.service.common.actions import add_organisation
from whatworks.service.common.models import Organisation, OrganisationKind
from whatworks.service.common.permissions import RoleName
from whatworks.service.rollout import actions, changes, queries
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.forms import DoneNowForm
from whatworks.service.rollout.views import effects

from .test_rollout_actions import EFFECT, FGC

pytestmark = pytest.mark.django_db
BY = "system:test"


def text_of(answer: Any) -> str:
    words = re.sub(r"<(script|style)[^>]*>.*?</\1>|<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(words)).strip()


def record_page(council: str = "301") -> str:
    return reverse("rollout_record", kwargs={"council": council})


def test_practices_are_listed_by_need_with_their_verdict(reviewer: Client) -> None:
    told = text_of(reviewer.get(reverse("rollout_practices")))
    assert "Family group conferencing before proceedings Mixed findings" in told
    assert "We hold no practice that is mainly for this." in told


def test_a_practice_says_what_it_is_and_who_uses_it(council_person: Client, region: Any) -> None:
    entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(2021, 4, 1), reach_low=60,
                  reach_high=60)  # fmt: skip
    actions.record_done_now(organisation=region.theirs, entries=[entry], by=BY)
    told = text_of(council_person.get(reverse("rollout_practice", kwargs={"slug": FGC})))
    assert "Time in which the family is alone" in told
    assert "Not known. Not known here. Ask" not in told
    assert "Their council April 2021 60" in told
    assert "What it would mean in Our council" in told
    assert council_person.get("/practices/homespun/").status_code == 404


def test_why_it_stopped_is_for_its_own_council_alone(
    council_person: Client, reviewer: Client, region: Any
) -> None:
    for place, why in ((region.ours, "Our money ran out"), (region.theirs, "Their worker left")):
        entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(2021, 4, 1),
                      stopped=date(2024, 6, 1), why_stopped=why, cost=77_777)  # fmt: skip
        actions.record_done_now(organisation=place, entries=[entry], by=BY)
    address = reverse("rollout_practice", kwargs={"slug": FGC})
    told = text_of(council_person.get(address))
    assert "June 2024: Our money ran out" in told
    assert "Their worker left" not in told
    for page in (address, reverse("rollout_done_now")):
        told = text_of(reviewer.get(page))
        assert "une 2024" in told
        for private in ("Our money ran out", "Their worker left", "77,777"):
            assert private not in told
    told = text_of(council_person.get(f"{record_page()}?change"))
    assert "whether it is done as described and when it stopped" in told
    assert "Only people of your own council see what it costs and why it stopped." in told


@pytest.mark.parametrize("name", ["rollout_practices", "rollout_done_now"])
def test_pages_of_all_practices_ask_no_more_with_more_councils(
    reviewer: Client,
    django_assert_max_num_queries: Any,
    person_with: Callable[..., Any],
    region: Any,
    name: str,
) -> None:
    for number in range(10):
        place = add_organisation(kind=OrganisationKind.COUNCIL, name=f"Council {number}",
                                 council_code=str(801 + number), by=BY)  # fmt: skip
        person = person_with(RoleName.COUNCIL_ANALYST, at=place)
        for year in (2020, 2021):
            entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(year, 4, 1))
            actions.record_done_now(organisation=place, entries=[entry], by=events.person(person))
    with django_assert_max_num_queries(15 + len(queries.practices())):
        told = text_of(reviewer.get(reverse(name)))
    assert ("10 councils here say they use it." in told) == (name == "rollout_practices")
    with django_assert_max_num_queries(5):
        used = queries.uses(FGC)
    assert [one.since for one in used] == [date(2021, 4, 1)] * 10


def test_an_invented_practice_says_so(reviewer: Client) -> None:
    made_up = replace(queries.practice(FGC), id="larch", name="Larch", invented=True)
    actions.add_practice(practice=made_up, by=BY)
    told = text_of(reviewer.get(reverse("rollout_practice", kwargs={"slug": "larch"})))
    assert "This practice does not exist." in told


# --- what is done now ---


def test_the_first_time_the_form_is_shown_and_says_how_long_it_takes(
    council_person: Client,
) -> None:
    answer = council_person.get(record_page())
    told = text_of(answer)
    assert "about ten minutes" in told
    assert "What it is used for" in told
    assert answer.content.decode().count('-choice"') >= 2 * 6 * 3


def test_what_was_filled_in_is_saved_and_shown_with_who(
    council_person: Client, region: Any
) -> None:
    filled = {
        "pre-proceedings-0-choice": f"known:{FGC}",
        "pre-proceedings-0-since": "apr 2021",
        "pre-proceedings-0-reach": "50 to 100",
        "pre-proceedings-0-cost": "£90k",
        "pre-proceedings-0-closeness": "mostly",
        "pre-proceedings-1-choice": "other",
        "pre-proceedings-1-other": "Our own meeting",
        "return-home-0-choice": "nothing",
        "kinship-0-choice": "dont_know",
    }
    answer = council_person.post(record_page(), filled, follow=True)
    assert answer.redirect_chain == [(record_page(), 302)]
    told = text_of(answer)
    assert "Saved." in told
    assert "50 to 100 families or children a year" in told
    assert "£90,000 a year" in told
    assert "Our own meeting" in told
    assert "First record." in told
    assert "Person 1" in told
    now = queries.current("301")
    assert now is not None
    assert [one.what for one in now.entries] == ["practice", "other", "nothing", "dont_know"]
    assert now.entries[0].since == date(2021, 4, 1)


def test_the_next_time_it_is_filled_in_and_changes_are_told(
    council_person: Client, region: Any
) -> None:
    entry = Entry("kinship", "other", other="A group", cost=1200)
    actions.record_done_now(organisation=region.ours, entries=[entry], by=BY)
    shown = council_person.get(f"{record_page()}?change").content.decode()
    assert 'value="A group"' in shown
    assert 'value="1,200"' in shown
    (started,) = re.findall('name="instead_of" value="([^"]+)"', shown)
    council_person.post(
        record_page(),
        {"kinship-0-choice": "other", "kinship-0-other": "A group", "kinship-0-cost": "1,500",
         "instead_of": started},
    )  # fmt: skip
    told = text_of(council_person.get(record_page()))
    assert "Relatives" in told
    assert "A group: cost changed from £1,200 to £1,500." in told
    older = queries.history("301")[1]
    undone = council_person.get(f"{record_page()}?from={older.public_id}").content.decode()
    assert 'value="1,200"' in undone
    assert "Nothing changes until you save it" in undone
    assert council_person.get(f"{record_page()}?from=nothing").status_code == 404


def test_what_somebody_saved_meanwhile_is_not_lost_unseen(
    council_person: Client, region: Any
) -> None:
    mine = {"kinship-0-choice": "other", "kinship-0-other": "Mine", "instead_of": ""}
    for start in ("", "no-such"):  # nobody recorded anything, then somebody did
        entry = Entry("kinship", "other", other=f"Theirs {start}")
        made = actions.record_done_now(organisation=region.ours, entries=[entry], by=BY)
        answer = council_person.post(record_page(), {**mine, "instead_of": start})
        assert answer.status_code == 422
        told = text_of(answer)
        assert told.startswith("Error: ")
        assert "Somebody saved this since you opened the page." in told
        assert "Nothing of yours is saved yet." in told
        shown = answer.content.decode()
        assert 'value="Mine"' in shown
        assert 'href="#meanwhile"' in shown
        assert 'id="meanwhile"' in shown
        assert f'name="instead_of" value="{made.public_id}"' in shown
        assert queries.current("301").entries == (entry,)
    more = council_person.post(record_page(), {**mine, "more": "kinship"}).content.decode()
    assert 'name="instead_of" value=""' in more
    answer = council_person.post(record_page(), {**mine, "instead_of": made.public_id})
    assert answer.status_code == 302
    assert queries.current("301").entries[0].other == "Mine"
    assert len(queries.history("301")) == 3


def test_the_first_record_is_in_the_place_of_none(council_person: Client) -> None:
    filled = {"kinship-0-choice": "nothing", "instead_of": "no-such"}
    assert council_person.post(record_page(), filled).status_code == 302


def test_of_two_things_of_one_name_one_taken_off_is_told(region: Any) -> None:
    def changed(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[str, ...]:
        for entries in (before, after):
            actions.record_done_now(organisation=region.ours, entries=entries, by=BY)
        now, earlier = queries.history("301")[:2]
        return changes.changed(earlier, now, {})

    first, second = (Entry("kinship", "other", other="A group", cost=cost) for cost in (10, 20))
    area = "Relatives and friends as carers"
    off, on = f"{area}: ‘A group’ was taken off.", f"{area}: ‘A group’ was added."
    assert changed([first, second], [first]) == (off,)
    assert changed([first, second], [second]) == (off,)
    assert changed([first, first], [first]) == (off,)
    assert changed([second], [first, second]) == (on,)
    assert changed([first, second], [second, first]) == ()
    assert changed([first], [second]) == (f"{area}: A group: cost changed from £10 to £20.",)


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(council_person: Client) -> None:
    answer = council_person.post(
        record_page(),
        {
            "edge-of-care-0-choice": "other",
            "edge-of-care-0-since": "2021",
            "edge-of-care-0-reach": "many",
            "edge-of-care-0-cost": "lots",
            "kinship-0-choice": "nothing",
            "kinship-1-choice": f"known:{FGC}",
            "return-home-0-since": "May 2020",
            "leaving-care-0-choice": "nothing",
            "leaving-care-0-cost": "5",
            "exploitation-0-choice": "known:homespun",
        },
    )
    assert answer.status_code == 422
    told = text_of(answer)
    assert told.startswith("Error: ")
    for said in (
        "Edge of care: Say what it is called",
        "Edge of care: Enter the month too, such as April 2021",
        "Edge of care: Enter a number, or a range",
        "Edge of care: Enter pounds",
        "‘Nothing’ and ‘don’t know’ stand alone",
        "Return home: Choose what you do, or empty the rest of this row",
        "Leaving care: Empty the rest of this row",
        "Exploitation: Choose what you do from the list",
    ):
        assert said in told, said
    assert 'value="many"' in answer.content.decode()
    assert queries.current("301") is None


def test_an_empty_form_is_not_an_answer(council_person: Client) -> None:
    answer = council_person.post(record_page(), {})
    assert answer.status_code == 422
    assert "Answer for at least one need" in text_of(answer)


def test_another_row_is_added_without_saving_or_losing_anything(council_person: Client) -> None:
    answer = council_person.post(
        record_page(),
        {
            "kinship-0-choice": "other",
            "kinship-0-other": "A group",
            "kinship-0-since": "whenever",
            "kinship-1-choice": "",
            "kinship-2-choice": "",
            "more": "kinship",
        },
    )
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert 'name="kinship-3-choice"' in shown
    assert 'name="kinship-4-choice"' not in shown
    assert 'value="whenever"' in shown
    assert "There is a problem" not in shown
    assert queries.current("301") is None


def test_as_many_rows_as_were_recorded_come_back(region: Any) -> None:
    entries = [Entry("kinship", "other", other=f"Group {n}") for n in range(5)]
    actions.record_done_now(organisation=region.ours, entries=entries, by=BY)
    form = DoneNowForm(queries.practices(), before=queries.current("301").entries)
    (part,) = (one for one in form.parts if one.need == "kinship")
    assert [row["other"].value() for row in part.rows[:5]] == [f"Group {n}" for n in range(5)]
    assert len(part.rows) == 6


# --- variation ---


def test_variation_shows_who_does_what_and_who_never_answered(
    reviewer: Client, region: Any
) -> None:
    entries = [
        Entry("pre-proceedings", "practice", practice=FGC, since=date(2021, 4, 1)),
        Entry("return home", "nothing"),
        Entry("kinship", "dont_know"),
    ]
    actions.record_done_now(organisation=region.ours, entries=entries, by=BY)
    told = text_of(reviewer.get(reverse("rollout_done_now")))
    assert "1 of 2 councils here has answered. Not yet: Their council." in told
    assert "Family group conferencing before proceedings , since April 2021" in told
    assert "Our council Nothing" in told
    assert "Our council Don’t know" in told
    unproven = told.split("Used but unproven", 1)[1].split("Proven or promising, but unused", 1)[0]
    assert "Family group conferencing before proceedings Mixed findings" in unproven
    assert "Our council" in unproven


def test_a_council_sees_only_its_own_figures_where_children_are_real(
    council_person: Client, region: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whatworks.service.common import workspace

    for place in (region.ours, region.theirs):
        actions.record_done_now(
            organisation=place, entries=[Entry("edge of care", "nothing")], by=BY
        )
    monkeypatch.setattr(workspace, "synthetic", lambda: False)
    monkeypatch.setattr(workspace, "council_codes", lambda *_: ("301", "302"))
    asked: list[str] = []
    from whatworks.service.rollout import figures

    def spied(council: str, measure: Any) -> Any:
        asked.append(council)
        return figures.Figure(why="spied")

    monkeypatch.setattr(figures, "newest", spied)
    told = text_of(council_person.get(reverse("rollout_done_now")))
    assert set(asked) == {"301"}
    assert "not shown: not your council" in told
    assert "Figures are shown for your own council only" in told


# --- effects ---


def effect_page(name: str = "rollout_effect") -> str:
    return reverse(name, kwargs={"slug": FGC})


def test_without_an_estimate_the_page_says_what_is_missing(reviewer: Client) -> None:
    told = text_of(reviewer.get(effect_page()))
    assert "No effect has been estimated yet" in told
    assert "An estimate needs at least two" in told


def test_an_effect_is_told_in_children_with_its_interval(reviewer: Client) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert "Of every 10,000 children" in told
    assert "21" in told
    assert "Without it 31 would have been expected." in told
    assert "32% fewer, likely between 45% fewer and 15% fewer" in told
    assert "about 4 of 1,000 draws" in told
    assert "Only five councils." in told
    assert "2 submissions" in told
    assert "First full year 26% fewer 5" in told
    began = replace(EFFECT, starting=SinceAdoption(0, -0.1, 0.9, 5))
    actions.keep_effects(practice_id=FGC, effects=[began], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert "As it began, before the first full year 10% fewer 5" in told


def test_a_grave_warning_comes_before_the_number(reviewer: Client) -> None:
    from whatworks.rollout.natural_experiment.effect import Warned

    grave = replace(
        EFFECT, warnings=(Warned("threshold_only", "Help may have been refused.", grave=True),)
    )
    worse = replace(
        EFFECT, measure="re_referrals_within_12_months", share=True,
        multiplier=1.3, low=1.1, high=1.5, observed=260, predicted=200, warnings=(),
    )  # fmt: skip
    actions.keep_effects(practice_id=FGC, effects=[grave, worse], by=BY)
    told = text_of(reviewer.get(effect_page()))
    assert told.index("Help may have been refused.") < told.index("32% fewer")
    assert "30% more, likely between 10% more and 50% more. It got worse." in told


def test_the_download_holds_estimates_and_says_who_is_invented(reviewer: Client) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    answer = reviewer.get(effect_page("rollout_effect_csv"))
    assert "invented-children" in answer.headers["Content-Disposition"]
    rows = answer.content.decode().splitlines()
    assert rows[0].startswith("children,measure,what")
    assert rows[1] == (
        "invented,started_rate,ratio to what was expected without it,,,0.68,0.55,0.85,"
        "two-sided p 0.004"
    )


@pytest.mark.parametrize(
    ("lag", "told"),
    [
        (0, ["before", "before", "starting", "starting", "full"]),
        (1, ["before", "before", "before", "starting", "starting"]),
    ],
)
def test_each_year_is_called_what_it_is_in_the_analysis(
    reviewer: Client, region: Any, monkeypatch: pytest.MonkeyPatch, lag: int, told: list[str]
) -> None:
    """It began in July 2020: the year to March 2021 is starting, and so is the one after."""
    from whatworks.service.common import workspace
    from whatworks.service.rollout import figures

    monkeypatch.setattr(workspace, "council_codes", lambda *_: ("301", "302"))
    monkeypatch.setattr(figures, "rows_of", lambda *_: [{"year": y} for y in EFFECT.years])
    told_of = lambda _, row: figures.Figure(row["year"], text=f"in {row['year']}")  # noqa: E731
    monkeypatch.setattr(figures, "figure_of", told_of)
    found = replace(EFFECT, lag=lag, adopted={"301": date(2020, 7, 1)})
    (ours, theirs) = effects.council_years(found)
    assert [state for _, state in ours.cells] == told
    expected = states(np.array(date(2020, 7, 1).toordinal()), [y - lag for y in found.years])
    assert [effects.STATES[int(one)] for one in expected] == told
    assert {state for _, state in theirs.cells} == {""}
    actions.keep_effects(practice_id=FGC, effects=[found], by=BY)
    rows = reviewer.get(effect_page("rollout_effect_csv")).content.decode().splitlines()
    lines = [row for row in rows if "council-year,Our council" in row]
    assert [line.rpartition(",")[2].split()[0] for line in lines] == told
    words = text_of(reviewer.get(effect_page()))
    assert f"in {2021 + lag} starting" in words
    assert ("in 2023 full year with it" in words) is (told[-1] == "full")
    assert ("what became of children of the year before" in words) is bool(lag)


# --- what it would mean here ---


def here_page(slug: str = FGC, council: str = "301") -> str:
    return reverse("rollout_here", kwargs={"council": council, "slug": slug})


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> None:
    from whatworks.service.rollout import figures

    monkeypatch.setattr(figures, "last_counts", lambda *_: {2023: 110, 2024: 90, 2025: 100})


def test_what_cannot_be_reckoned_says_why(council_person: Client) -> None:
    told = text_of(council_person.get(here_page()))
    assert "no study that we hold gives its effect as a ratio with an interval" in told
    told = text_of(council_person.get(here_page("signs-of-safety")))
    assert "no study that we hold tested whether it does what it is for" in told


def test_a_practice_to_beware_of_gets_no_number(
    council_person: Client, monkeypatch: pytest.MonkeyPatch, counted: None
) -> None:
    from whatworks.service.rollout import rated

    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    real = rated.rated(queries.practice(FGC))
    bad = replace(real, rating=replace(real.rating, verdict="Beware"))
    monkeypatch.setattr(rated, "rated", lambda _: bad)
    told = text_of(council_person.get(here_page()))
    assert "rated ‘Beware’" in told
    assert "children a year" not in told


def test_an_effect_from_returns_is_carried_over_with_both_doubts(
    council_person: Client, counted: None
) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    told = text_of(council_person.get(here_page()))
    assert "about 32 fewer children a year" in told
    assert "110 in 2023, 90 in 2024, 100 in 2025; a mean of 100" in told
    assert "Not known: no council’s returns have been analysed for it." in told
    changed = council_person.get(
        here_page(),
        {"children": "50", "share": "50", "use": "cautious", "served": "40", "cost_each": "1000"},
    )
    told = text_of(changed)
    assert "about 3.8 fewer children a year" in told
    assert "£40,000 a year" in told
    assert "about £10,700" in told
    assert "Undo my changes" in told


def test_what_is_typed_wrong_is_said(council_person: Client, counted: None) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    answer = council_person.get(here_page(), {"share": "all", "served": "-3"})
    assert answer.status_code == 422
    told = text_of(answer)
    assert "Enter the share reached as a number from 0 to 100" in told
    assert 'value="all"' in answer.content.decode()


def test_a_study_needs_to_be_told_how_many_it_would_reach(
    council_person: Client, counted: None
) -> None:
    page = here_page("intensive-family-preservation")
    told = text_of(council_person.get(page))
    assert "One thing is missing" in told
    assert "Studies do not settle whether it is" in told
    told = text_of(council_person.get(page, {"share": "20"}))
    assert "fewer children a year" in told


def test_a_council_that_uses_it_is_told_so(
    council_person: Client, region: Any, counted: None
) -> None:
    actions.keep_effects(practice_id=FGC, effects=[EFFECT], by=BY)
    entry = Entry("pre-proceedings", "practice", practice=FGC, since=date(2021, 4, 1))
    actions.record_done_now(organisation=region.ours, entries=[entry], by=BY)
    told = text_of(council_person.get(here_page()))
    assert "says that it uses this already, since April 2021" in told


def test_the_room_is_in_the_navigation(council_person: Client) -> None:
    told = council_person.get(reverse("your_work")).content.decode()
    assert f'href="{record_page()}"' in told


def test_all_pages_open_to_those_who_may(
    council_person: Client, reviewer: Client, signed_in: Callable[..., Client]
) -> None:
    assert Organisation.objects.count() == 3
    for name in ("rollout_practices", "rollout_done_now"):
        for client in (council_person, reviewer):
            assert client.get(reverse(name)).status_code == 200
    assert reviewer.get(record_page()).status_code == 403
    assert council_person.get(here_page(council="302")).status_code == 403
