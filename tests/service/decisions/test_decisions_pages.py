"""The pages on which a council decides, and looks at what came of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from whatworks.returns.period import year_of
from whatworks.rollout import catalogue
from whatworks.service.common import events
from whatworks.service.common.actions import Aim
from whatworks.service.common.models import Person, Target
from whatworks.service.common.permissions import RoleName
from whatworks.service.decisions import actions, queries
from whatworks.service.decisions.models import Decision

pytestmark = pytest.mark.django_db
OUTCOME, SAFETY = "started_rate", "re_referrals_within_12_months"
TODAY = timezone.localdate()
NEXT = year_of(TODAY) + 1
REVIEW = TODAY + timedelta(days=400)

Read = Callable[..., html.HtmlElement]


def to(name: str, **other: str) -> str:
    return reverse(name, kwargs={"council": "301", **other})


DECIDE = to("decisions_decide", practice="teasel-bridge")


def text(page: html.HtmlElement) -> str:
    (main,) = page.xpath("//main")
    return " ".join(main.text_content().split())


def filled(page: html.HtmlElement, **other: Any) -> dict[str, Any]:
    """The form as the page shows it, with what a person fills in."""
    form = page.xpath("//main//form")[0]
    given = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return {
        **given,
        "choice": "pilot",
        "why": "Many families come twice.",
        "review_on_0": REVIEW.day,
        "review_on_1": REVIEW.month,
        "review_on_2": REVIEW.year,
        "outcome_wanted": "22",
        **other,
    }


def linked(page: html.HtmlElement) -> None:
    """Each error leads to something on the page."""
    for link in page.xpath("//*[@data-module='govuk-error-summary']//a"):
        assert page.xpath(f"//*[@id='{link.get('href')[1:]}']"), link.get("href")


def post(client: Client, data: dict[str, Any], status: int, address: str = DECIDE) -> Any:
    answer = client.post(address, data)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return html.fromstring(answer.content.decode()) if status == 422 else answer


def decided(by: Person, **other: Any) -> Decision:
    given: dict[str, Any] = {
        "organisation": by.current_roles[0].organisation,
        "practice_id": "teasel-bridge",
        "practice_name": "Teasel Bridge (invented)",
        "choice": "pilot",
        "why": "Many families come twice.",
        "review_on": date(2027, 6, 1),
        "targets": (
            Aim(OUTCOME, "lower", 22.0, 2026, 2025, 28.0, 23.0, 34.0),
            Aim(SAFETY, "lower", 18.0, 2026, 2025, 18.0, 15.1, 21.3),
        ),
        "seen": {
            "verdict": "Uncertain", "sentence": "As it was then.", "sure": "low",
            "sure_why": ["One study."], "harms": [], "effects": [],
        },
        "by": events.person(by),
        "today": date(2026, 5, 4),
        **other,
    }  # fmt: skip
    return actions.decide(**given)


# --- deciding ---


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
    from tests.service.decisions.conftest import NOW, row

    own(*NOW, row("reentered_within_12_months", 2025, 20.0, 13.3, 28.9))
    given = {"outcome_measure": "reentered_within_12_months", "outcome_wanted": "15",
             "safety_measure": "reentered_within_12_months"}  # fmt: skip
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


# --- reading ---


def test_an_empty_room_says_how_to_begin(read: Read) -> None:
    page = read(to("decisions_start"))
    assert "Nothing has been decided yet" in text(page)
    assert page.xpath(f"//a[@href='{DECIDE}']")


def test_the_start_page_puts_what_is_overdue_first(leader: Person, read: Read) -> None:
    soon = decided(leader, practice_id="granite-gate", practice_name="Granite Gate (invented)",
                   review_on=TODAY + timedelta(days=3))  # fmt: skip
    decided(leader, today=date(2026, 5, 4), review_on=TODAY - timedelta(days=1))
    page = read(to("decisions_start"))
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert "Overdue by 1 day" in rows[0]
    assert "in 3 days" in rows[1]
    assert soon.practice_name in rows[1]
    assert "Not known yet" in text(page)


def test_next_years_return_tells_what_became_of_the_targets(
    leader: Person, read: Read, own: Callable[..., None]
) -> None:
    from tests.service.decisions.conftest import NOW, row

    made = decided(leader)
    own(*NOW, row(OUTCOME, 2026, 18.0, 14.0, 22.0), row(SAFETY, 2026, 25.0, 21.0, 29.0),
        years=(2025, 2026))  # fmt: skip
    for address in (to("decisions_one", decision=made.public_id), to("decisions_log")):
        said = text(read(address))
        assert "18 of every 10,000 children" in said
        assert "25 of every 100" in said
        assert said.index(" Met ") < said.index("18 of every 10,000")
        assert said.index(" Not held ") < said.index("25 of every 100")
        assert "Look for harm before going on." in said
        assert "does not show that the practice did it" in said
    assert "Result: 2026" in text(read(to("decisions_one", decision=made.public_id)))
    assert "Nothing is written yet" in text(read(to("decisions_log")))


def test_targets_that_were_let_go_are_judged_all_the_same(
    leader: Person, read: Read, own: Callable[..., None]
) -> None:
    from tests.service.decisions.conftest import NOW, row

    made = decided(leader)
    actions.withdraw(decision=made, why="It went badly.", by=events.person(leader))
    own(*NOW, row(OUTCOME, 2026, 40.0, 35.0, 45.0), years=(2025, 2026))
    said = text(read(to("decisions_log")))
    assert said.index(" Not met ") < said.index("40 of every 10,000")
    assert actions.WITHDRAWN in said
    assert "What was loaded of that year gives no figure." in said


def test_later_evidence_does_not_change_what_was_seen(
    leader: Person, read: Read, rated: Callable[..., None]
) -> None:
    made = decided(leader)
    rated("Beware")
    said = text(read(to("decisions_one", decision=made.public_id)))
    assert "As it was then." in said
    assert "Beware" not in said


def test_a_decision_is_withdrawn_with_a_reason(leader: Person, leading: Client, read: Read) -> None:
    made = decided(leader)
    address = to("decisions_withdraw", decision=made.public_id)
    page = post(leading, {"why": " "}, 422, address)
    assert "Say why the decision is withdrawn" in text(page)
    post(leading, {"why": "A slip."}, 302, address)
    said = text(read(to("decisions_one", decision=made.public_id)))
    assert "A slip." in said
    assert "decide again" not in said
    assert "withdrawn" in text(read(to("decisions_start")))


def test_what_no_longer_stands_is_not_withdrawn_and_the_page_says_so(
    leader: Person, leading: Client, read: Read
) -> None:
    made = decided(leader)
    gone = to("decisions_withdraw", decision=made.public_id)
    post(leading, {"why": "A slip."}, 302, gone)
    read(to("decisions_one", decision=made.public_id))  # which says that it was withdrawn
    for why in ("Another reason.", " "):
        page = post(leading, {"why": why}, 422, gone)
        assert "This decision was withdrawn before. Nothing was changed now." in text(page)
        assert "was withdrawn. It stays readable here" not in text(page)
        linked(page)
    made.refresh_from_db()
    assert made.withdrawn_why == "A slip."
    old = decided(leader)
    decided(leader, choice="stop", targets=None)
    page = post(leading, {"why": "Late."}, 422, to("decisions_withdraw", decision=old.public_id))
    assert "A later decision took the place of this one." in text(page)
    linked(page)


def test_a_target_asks_for_the_side_that_is_wanted(
    leading: Client, monkeypatch: pytest.MonkeyPatch, own: Callable[..., None]
) -> None:
    from tests.service.decisions.conftest import known, row

    from whatworks.service.decisions import seen

    monkeypatch.setattr(seen, "as_known", lambda _practice, _today: known())
    own(row("returned_home", 2025, 20.0, 15.0, 26.0),
        row("reentered_within_12_months", 2025, 20.0, 13.3, 28.9))  # fmt: skip
    real = {one.id: one for one in catalogue()}["family-drug-and-alcohol-court"]
    monkeypatch.setattr("whatworks.service.rollout.queries.practice", lambda _: real)
    address = to("decisions_decide", practice=real.id)
    page = html.fromstring(leading.get(address).content.decode())
    given = filled(page, outcome_measure="returned_home", outcome_wanted="15",
                   safety_measure="reentered_within_12_months")  # fmt: skip
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
    ("safety", "said"),
    [
        ((25.0, 21.0, 29.0), "Outcome met; safety not held."),
        ((18.0, 15.0, 21.0), "Outcome met; safety not known."),
        (None, "Outcome met; safety not known."),
        ((10.0, 8.0, 12.0), ""),
    ],
)
def test_an_outcome_that_is_met_without_its_safety_comes_with_a_caution(
    leader: Person, read: Read, own: Callable[..., None],
    safety: tuple[float, float, float] | None, said: str,
) -> None:  # fmt: skip
    from tests.service.decisions.conftest import NOW, row

    decided(leader)
    told = [row(SAFETY, 2026, *safety)] if safety else []
    own(*NOW, row(OUTCOME, 2026, 18.0, 14.0, 21.0), *told, years=(2025, 2026))
    page = text(read(to("decisions_start")))
    warned = "Outcome met; safety"
    if said:
        assert f"{said} This does not show that the practice did it." in page
    else:
        assert warned not in page


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


def test_another_councils_decision_is_not_found(
    leading: Client, region: Any, person_with: Callable[..., Person]
) -> None:
    theirs = decided(person_with(RoleName.PRACTICE_LEADER, at=region.theirs))
    one = to("decisions_one", decision=theirs.public_id)
    withdraw = to("decisions_withdraw", decision=theirs.public_id)
    assert leading.get(one).status_code == 404
    assert leading.post(one, {"why": "x"}).status_code == 405
    assert leading.post(withdraw, {"why": "x"}).status_code == 404
    assert leading.get(withdraw).status_code == 405
    theirs.refresh_from_db()
    assert theirs.standing
    assert "Nothing has been decided yet" in leading.get(to("decisions_start")).content.decode()


def test_an_analyst_reads_and_does_not_decide(
    leader: Person, analyst: Person, signed_in: Callable[[Person], Client], leading: Client
) -> None:
    made = decided(leader)
    client = signed_in(analyst)
    for address in (to("decisions_start"), to("decisions_log"),
                    to("decisions_one", decision=made.public_id)):  # fmt: skip
        answer = client.get(address)
        assert answer.status_code == 200
        assert '<form method="post" action="/councils' not in answer.content.decode()
        assert "decide/" not in answer.content.decode()
    assert client.get(DECIDE).status_code == 403


# --- the learning log ---


def test_entries_are_added_and_amended_and_nothing_is_lost(
    leader: Person, leading: Client, read: Read
) -> None:
    made = decided(leader)
    new = to("decisions_learn")
    page = read(f"{new}?decision={made.public_id}")
    given = dict(page.xpath("//main//form")[0].form_values())
    assert given["decision"] == made.public_id
    empty = post(leading, {**given, "question": " ", "answer": "36 of 40."}, 422, new)
    assert "Write the question" in text(empty)
    assert "36 of 40." in text(empty)
    post(leading, {**given, "question": "Does it reach them?"}, 302, new)
    (entry,) = queries.learning(made.organisation)
    change = to("decisions_amend", entry=entry.latest.entry)
    given = dict(read(change).xpath("//main//form")[0].form_values())
    post(leading, {**given, "answer": "36 of 40 families."}, 302, change)
    late = post(leading, {**given, "answer": "None."}, 422, change)
    assert "Somebody amended this entry meanwhile" in text(late)
    linked(late)
    # The new version is there to read, what was typed is kept, and it can be saved after all.
    assert "36 of 40 families." in text(late)
    kept = dict(late.xpath("//main//form")[0].form_values())
    assert (kept["answer"], kept["version"]) == ("None.", "2")
    for version in ({}, {"version": "9"}):
        bare = {name: value for name, value in kept.items() if name != "version"}
        again = post(leading, {**bare, **version}, 422, change)
        assert "Somebody amended this entry meanwhile" in text(again)
    assert queries.learning(made.organisation)[0].latest.version == 2
    post(leading, dict(again.xpath("//main//form")[0].form_values()), 302, change)
    assert queries.learning(made.organisation)[0].latest.answer == "None."
    said = text(read(to("decisions_log")))
    assert "36 of 40 families." in said
    assert "Show 2 earlier versions" in said
    assert "Does it reach them?" in text(read(to("decisions_one", decision=made.public_id)))
    assert leading.get(to("decisions_amend", entry="no-such")).status_code == 404


def test_the_log_is_a_csv_in_which_no_cell_is_a_formula(
    leader: Person, leading: Client, own: Callable[..., None]
) -> None:
    from tests.service.decisions.conftest import NOW, row

    made = decided(leader)
    actions.add_learning(organisation=made.organisation, question="=2+2", answer="\uff1d2+2",
                         decision=made, by=events.person(leader))  # fmt: skip
    own(*NOW, row(OUTCOME, 2026, 18.0, 14.0, 22.0), years=(2025, 2026))
    answer = leading.get(to("decisions_log_csv"))
    assert "learning-log-301-invented-children.csv" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [one["kind"] for one in rows] == [
        "counted from returns", "counted from returns", "written by the council",
    ]  # fmt: skip
    assert rows[0]["answer"] == "Met"
    assert rows[2]["question"] == "'=2+2"
    assert rows[2]["answer"] == "'\uff1d2+2"
    assert {one["counted_from"] for one in rows} == {"invented children"}
