"""What a council decided about a practice, and whether its targets were met, as lines."""

from __future__ import annotations

from datetime import date

from whatworks.rollout import Practice
from whatworks.service.common.models import Organisation
from whatworks.service.decisions import figures, queries
from whatworks.service.decisions.models import Decision
from whatworks.service.loop.lines import Line, State

STATES = {
    "met": State.DONE,
    "not_met": State.ATTENTION,
    "cannot_tell": State.DONE,
    "not_yet": State.NOT_YET,
}


def lines(practice: Practice, council: str, today: date) -> list[Line]:
    """The decision that stands, if one does, and each of its targets."""
    place = Organisation.objects.filter(council_code=council).first()
    decision = queries.standing(place, practice.id) if place else None
    if decision is None:
        text = f"Council {council} has not decided about {practice.name} yet."
        return [Line("Decision", text, State.NOT_YET)]
    return [_decided(decision, today), *_results(decision, council)]


def _decided(decision: Decision, today: date) -> Line:
    overdue = decision.review_on < today
    review = f"{decision.review_on:%-d %B %Y}"
    return Line(
        "Decision",
        f"Council {decision.organisation.council_code}: {decision.get_choice_display().lower()}, "
        f"decided on {decision.decided_on:%-d %B %Y}. "
        f"Review {'was due' if overdue else 'due'} on {review}.",
        State.ATTENTION if overdue else State.DONE,
        (f"Why: {decision.why}", f"Decision {decision.public_id}"),
    )


def _results(decision: Decision, council: str) -> list[Line]:
    held = figures.of_council(council)
    return [
        Line(
            "Result",
            f"{one.title}: {one.asks}. {one.judged.sentence}",
            STATES[one.judged.state],
            (one.judged.before,) if one.judged.before else (),
        )
        for one in queries.targets_shown(decision, held)
    ]
