"""What an invented region knows of itself: its practices, who uses them, and one decision.

Only what councils themselves would know is set down here: which practice, since when, how closely.
What the practices truly did stays in truth.json and is never read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from whatworks import rollout
from whatworks.measures.population import population
from whatworks.rollout import NEEDS
from whatworks.service.common import actions, workspace
from whatworks.service.loop.analysing import analyse
from whatworks.service.loop.example import decide_a_year_ago
from whatworks.service.rollout import queries
from whatworks.service.rollout.actions import add_practice, record_done_now
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.models import Closeness, What
from whatworks.synthetic.planted import practices as invented_practices

BY = "system:invented"
REACHED = 30
"""Families, or children, that an invented council reaches a year for every 10,000 children."""
FEWEST = 2
"""Councils that must have adopted a practice before its effect is looked for."""

ENTRIES, REENTRY = "started_rate", "reentered_within_12_months"
REFERRED, PLANNED = "re_referrals_within_12_months", "repeat_protection_plans"
FAMILY = ((ENTRIES,), (REENTRY, REFERRED, PLANNED))
ABOUT: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "teasel-bridge": ("intensive-family-support", (ENTRIES, REENTRY), (REFERRED, PLANNED)),
    "marrow-lane": ("return-home-support", (REENTRY,), (REFERRED, PLANNED)),
    "copper-kettle": ("kinship-support", ("three_or_more_placements",), (REENTRY,)),
    "granite-gate": ("front-door-threshold", *FAMILY),
    "pebble-diaries": ("leaving-care-planning", ("three_or_more_placements",), (REENTRY,)),
    "amber-letters": ("pre-proceedings-letters", *FAMILY),
    "long-table": ("family-group-conferencing", *FAMILY),
    "foxglove-harbour": ("exploitation-team", ("three_or_more_placements",), (REENTRY,)),
}
"""Practice -> its kind, the measures that it is meant to move, those that must not get worse."""


def set_up(folder: Path) -> int:
    """Set down an invented region's practices and who uses them; estimate what they did.

    Does nothing for a council that has recorded something already. Returns how many practices
    were looked at.
    """
    add_practices()
    record_adoptions(folder)
    decide_a_year_ago(by=BY)
    looked_at = [one for one in queries.practices() if len(queries.adoptions(one.id)) >= FEWEST]
    for practice in looked_at:
        analyse(practice, by=BY)
    return len(looked_at)


@transaction.atomic
def add_practices() -> None:
    """Add the invented practices as rollout knows practices."""
    for one in invented_practices():
        kind, outcomes, safety = ABOUT[one.id]
        told = {**one.words, "id": one.id, "name": one.name}
        add_practice(practice=rollout.practice_from(told, kind, outcomes, safety), by=BY)


def record_adoptions(folder: Path) -> None:
    """What each council would say that it does now, by what the region's plan says of it.

    The last council by code that uses nothing has never answered: so has many a real one.
    """
    adopted = _adopted(folder)
    codes = workspace.council_codes()
    silent = next((code for code in reversed(codes) if code not in adopted), None)
    for code in codes:
        if code != silent and queries.current(code) is None:
            place = actions.council_of(code=code, by=BY)
            entries = _entries(code, adopted.get(code, ()))
            record_done_now(organisation=place, entries=entries, by=BY)


def _adopted(folder: Path) -> dict[str, list[tuple[str, date, float]]]:
    """Council -> (practice, since, closeness) as truth.json has them; effects are not read."""
    truth = json.loads((folder / "synthetic" / "truth.json").read_text(encoding="utf-8"))
    found: dict[str, list[tuple[str, date, float]]] = {}
    for practice in truth["practices"]["practices"]:
        for one in practice["adopters"]:
            since = date.fromisoformat(one["adopted"])
            found.setdefault(one["council"], []).append(
                (practice["id"], since, float(one["fidelity"]))
            )
    return found


def _entries(code: str, adopted: Iterable[tuple[str, date, float]]) -> list[Entry]:
    """An answer for every need: what was adopted, else 'nothing' or 'don't know' in turn."""
    known = {one.id: one for one in queries.practices()}
    uses = [_use(known[practice], code, since, fidelity) for practice, since, fidelity in adopted]
    answered = {one.need for one in uses}
    for place, need in enumerate(NEEDS):
        if need not in answered:
            unsure = (int(code) + place) % 3 == 0
            uses.append(Entry(need, What.DONT_KNOW if unsure else What.NOTHING))
    return uses


def _use(practice: rollout.Practice, code: str, since: date, fidelity: float) -> Entry:
    """A council's use of a practice; how many it reaches is invented by its size."""
    year = max((one.year for one in workspace.store().submissions(code)), default=since.year)
    reach = max(1, round((population(code, year) or 0) * REACHED / 10_000))
    cost = practice.cost.pounds
    return Entry(
        practice.need,
        What.PRACTICE,
        practice.id,
        since=since,
        reach_low=reach,
        reach_high=reach,
        cost=None if cost is None else round(reach * cost),
        closeness=_closeness(fidelity),
    )


def _closeness(fidelity: float) -> str:
    bands: tuple[tuple[float, Any], ...] = ((0.9, Closeness.AS_WRITTEN), (0.7, Closeness.MOSTLY))
    return next((str(word) for least, word in bands if fidelity >= least), Closeness.PARTLY.value)
