"""The form on which a council decides: what it offers, what it keeps, which mistakes it names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from lxml import html

from whatworks.rollout import catalogue
from whatworks.service.common.models import Target
from whatworks.service.decisions import queries
from whatworks.service.decisions.models import Decision

from .conftest import NOW, OUTCOME, SAFETY, known, row
from .pages import DECIDE, NEXT, REVIEW, TODAY, Read, filled, linked, post, text, to

pytestmark = pytest.mark.django_db


def test_the_form_begins_with_the_practices_own_pair_and_the_councils_figures(read: Read) -> None:
    page = read(DECIDE)
    form = dict(page.xpath("//main//form")[0].form_values())
    assert (form["outcome_measure"], form["safety_measure"]) == (OUTCOME, SAFETY)
    assert form["by_year"] == str(NEXT)
    said = text(page)
    assert "It is uncertain whether it helps invented children." in said
    assert "2025 28 23.0 to 34.0 of every 10,000 children" in said
    assert "Do not write anything about a child or family." in said
    assert not page.xpath("//*[@id='id_despite']")


def test_a_decision_is_kept_with_its_targets_and_what_was_seen(leading: Client, read: Read) -> None:
    answer = post(leading, filled(read(DECIDE)), 302)
    made = Decision.objects.get()
    assert answer.headers["Location"] == to("decisions_one", decision=made.public_id)
    assert made.seen["verdict"] == "Uncertain"
    outcome, safety = queries.targets(made)
    assert (outcome.wanted, outcome.by_year, outcome.baseline_year) == (22.0, NEXT, 2025)
    # An empty safety limit means: no worse than now.
    assert (safety.measure, safety.wanted, safety.direction) == (SAFETY, 18.0, "lower")
    said = text(read(answer.headers["Location"]))
    assert "Pilot: Teasel Bridge (invented)" in said
    assert f"No SSDA903 return for {NEXT} has been loaded." in said
    assert "When it was set: 28 of every 10,000 children" in said
    assert "So far" not in said
    assert "it will count as “met” at" in said


@pytest.mark.parametrize("choice", ["wait", "stop"])
def test_to_wait_or_stop_needs_no_targets(leading: Client, read: Read, choice: str) -> None:
    post(leading, filled(read(DECIDE), choice=choice, outcome_wanted="nonsense" * 0), 302)
    assert Decision.objects.get().choice == choice
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"choice": ""}, "Choose what you decide"),
        ({"why": " "}, "Say why"),
        ({"review_on_0": "", "review_on_1": "", "review_on_2": ""}, "Enter the day of the review"),
        ({"review_on_0": "31", "review_on_1": "2"}, "must be a real date"),
        ({"review_on_2": str(TODAY.year - 1)}, "must be after today"),
        ({"review_on_2": "1000000000000"}, "must be a real date"),
        ({"review_on_0": "9" * 5_000}, "must be a real date"),
        ({"review_on_1": "-1"}, "must be a real date"),
        ({"outcome_wanted": "1e999"}, "The outcome target must be a number"),
        ({"outcome_wanted": "nan"}, "The outcome target must be a number"),
        ({"by_year": "1000000000000"}, "Select a valid choice"),
        ({"review_on_2": str(TODAY.year + 3)}, "or before"),
        ({"outcome_wanted": ""}, "Enter the value that the outcome is to reach"),
        ({"outcome_wanted": "few"}, "The outcome target must be a number"),
        ({"outcome_wanted": "22.55"}, "one figure after the point"),
        ({"outcome_wanted": "280"}, "The target of 280 is more than it is now: 28"),
        (
            {"safety_wanted": "40"},
            "The limit of 40 is more than the end of the range that is likely now: 21.3",
        ),
        ({"safety_wanted": "101%"}, "There cannot be 101 of every 100"),
        ({"safety_measure": "reentered_within_12_months"}, "There is no figure yet of"),
        ({"by_year": ""}, "Choose the year"),
        ({"known": "old"}, "What is known of this practice changed"),
        ({"instead_of": "another"}, "Somebody decided about this practice since"),
    ],
)
def test_a_mistake_is_named_and_nothing_typed_is_lost(
    leading: Client, read: Read, other: dict[str, str], said: str
) -> None:
    page = post(leading, filled(read(DECIDE), **other), 422)
    assert page.xpath("//title")[0].text_content().startswith("Error: ")
    (summary,) = page.xpath("//*[@data-module='govuk-error-summary']")
    assert said in summary.text_content()
    linked(page)
    form = dict(page.xpath("//main//form")[0].form_values())
    assert form["why"].strip() == other.get("why", "Many families come twice.").strip()
    assert form["outcome_wanted"] == other.get("outcome_wanted", "22")
    assert form["review_on_2"] == str(other.get("review_on_2", REVIEW.year))
    assert not Decision.objects.exists()


def test_one_measure_cannot_be_both_aim_and_safeguard(
    leading: Client, read: Read, own: Callable[..., None]
) -> None:
    own(*NOW, row("reentered_within_12_months", 2025, 20.0, 13.3, 28.9))
    given = {
        "outcome_measure": "reentered_within_12_months",
        "outcome_wanted": "15",
        "safety_measure": "reentered_within_12_months",
    }
    page = post(leading, filled(read(DECIDE), **given), 422)
    assert "Choose another measure than for the outcome" in text(page)


def test_a_form_sent_twice_makes_one_decision(leading: Client, read: Read) -> None:
    data = filled(read(DECIDE))
    post(leading, data, 302)
    page = post(leading, data, 422)
    assert "Somebody decided about this practice since" in text(page)
    assert "What holds now" in text(page)
    # Having seen it, the reader may decide all the same.
    post(leading, filled(page), 302)
    assert Decision.objects.filter(standing=True).count() == 1
    assert Decision.objects.count() == 2


def test_a_practice_to_beware_of_asks_for_a_reason(
    leading: Client, read: Read, rated: Callable[..., None]
) -> None:
    rated("Beware")
    page = post(leading, filled(read(DECIDE)), 422)
    assert "Confirm that you have read why" in text(page)
    assert "Say why it is used although" in text(page)
    reason = {"despite": "on", "despite_why": "A second worker looks at each referral."}
    post(leading, filled(page, **reason), 302)
    made = Decision.objects.get()
    assert made.despite == reason["despite_why"]
    assert reason["despite_why"] in text(read(to("decisions_one", decision=made.public_id)))


def test_without_figures_targets_cannot_be_set_but_one_can_wait(
    leading: Client, read: Read, own: Callable[..., None]
) -> None:
    own(years=())
    page = post(leading, filled(read(DECIDE)), 422)
    assert "There is no figure yet of" in text(page)
    post(leading, filled(page, choice="wait"), 302)


def test_an_unknown_practice_is_not_found(leading: Client) -> None:
    address = to("decisions_decide", practice="no-such")
    assert leading.get(address).status_code == 404


def test_a_target_asks_for_the_side_that_is_wanted(
    leading: Client, monkeypatch: pytest.MonkeyPatch, own: Callable[..., None]
) -> None:
    from whatworks.service.decisions import seen

    monkeypatch.setattr(seen, "as_known", lambda _practice, _today: known())
    own(
        row("returned_home", 2025, 20.0, 15.0, 26.0),
        row("reentered_within_12_months", 2025, 20.0, 13.3, 28.9),
    )
    real = {one.id: one for one in catalogue()}["family-drug-and-alcohol-court"]
    monkeypatch.setattr("whatworks.service.rollout.queries.practice", lambda _: real)
    address = to("decisions_decide", practice=real.id)
    page = html.fromstring(leading.get(address).content.decode())
    given = filled(
        page,
        outcome_measure="returned_home",
        outcome_wanted="15",
        safety_measure="reentered_within_12_months",
    )
    refused = post(leading, given, 422, address)
    assert "The target of 15 is less than it is now: 20" in text(refused)
    assert not Target.objects.exists()
    post(leading, {**given, "outcome_wanted": "30"}, 302, address)
    assert Target.objects.get(kind="outcome").direction == "higher"
    assert Target.objects.get(kind="safety").direction == "lower"


def test_a_measure_of_which_nobody_said_what_is_wanted_is_not_offered(
    leading: Client, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whatworks.service.decisions import offering

    def wanted(measure: str) -> str:
        if measure == OUTCOME:
            raise ValueError
        return "lower"

    monkeypatch.setattr(offering, "wanted_direction", wanted)
    assert OUTCOME not in read(DECIDE).xpath("//*[@name='outcome_measure']/option/@value")


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ([2019, 2020, 2021, 2022, 2023, 2024], "From returns of 2019 to 2024."),
        ([2024], "From returns of 2024."),
        ([2019, 2020, 2023], "From returns of 2019, 2020, 2023."),
        ([], ""),
    ],
)
def test_an_effect_says_which_years_it_rests_on(
    read: Read, rated: Callable[..., None], years: list[int], said: str
) -> None:
    effect = {"title": "Children", "words": "Fewer.", "safety": False, "warnings": []}
    rated(effects=[{**effect, "years": years}])
    page = text(read(DECIDE))
    assert "Children. Fewer." in page
    assert said in page
    assert said or "From returns" not in page
