"""What a council does now: asked, kept, and shown beside what others do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from whatworks.service.rollout import actions, changes, queries
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.forms import DoneNowForm

from .pages import BY, record_page, text_of
from .test_rollout_actions import FGC

pytestmark = pytest.mark.django_db


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
        {
            "kinship-0-choice": "other",
            "kinship-0-other": "A group",
            "kinship-0-cost": "1,500",
            "instead_of": started,
        },
    )
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
