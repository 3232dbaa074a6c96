"""One decision of an invented council, made a year ago, so that its result can be seen today."""

from __future__ import annotations

from datetime import date
from math import floor

from whatworks.rollout import Practice
from whatworks.service.common import workspace
from whatworks.service.common.actions import Aim, council_of
from whatworks.service.decisions import figures
from whatworks.service.decisions.actions import decide
from whatworks.service.decisions.queries import standing
from whatworks.service.decisions.seen import as_known
from whatworks.service.loop.analysing import analyse
from whatworks.service.rollout import queries

PRACTICE = "teasel-bridge"
OUTCOME, SAFETY = "started_rate", "re_referrals_within_12_months"
WANTED, MOST = 0.9, 1.1
"""Of the baseline: what the outcome is to come to, and what the safety measure is not to pass."""
WHY = (
    "In councils that use it fewer children entered care than expected, and no rise in "
    "re-referrals was seen. We try it with one team first. (This decision is invented, as the "
    "council’s children are.)"
)


def council_to_show() -> str | None:
    """The first council by code that does not use the practice, if there is one."""
    adopted = queries.adoptions(PRACTICE)
    if not adopted:
        return None
    return next((code for code in workspace.council_codes() if code not in adopted), None)


def decide_a_year_ago(*, by: str) -> str | None:
    """Have a council decide by what was known a year before the newest return; its code.

    The evidence is analysed as it stood then, so that what the decision saw is what could be
    seen. Does nothing, and returns None, where there is too little to decide by.
    """
    code = council_to_show()
    if code is None:
        return None
    place = council_of(code=code, by=by)
    held = figures.of_council(code)
    last = held.last_year
    if last is None or standing(place, PRACTICE) is not None:
        return code
    practice = queries.practice(PRACTICE)
    if not analyse(practice, by=by, until=last - 1).effects:
        return code
    aims = _aims(held, last - 1)
    if aims is not None:
        _decide(practice, code, aims, date(last - 1, 6, 3), by)
    return code


def _aims(held: figures.CouncilFigures, year: int) -> tuple[Aim, Aim] | None:
    found = []
    for name, share in ((OUTCOME, WANTED), (SAFETY, MOST)):
        measure = figures.known_measure(name)
        before = held.of(measure, year) if measure else None
        if before is None or before.value is None:
            return None
        found.append(
            Aim(
                measure=name,
                direction="lower",
                wanted=floor(before.value * share * 10) / 10,
                by_year=year + 1,
                baseline_year=year,
                baseline_value=before.value,
                baseline_low=before.low,
                baseline_high=before.high,
            )
        )
    return found[0], found[1]


def _decide(practice: Practice, code: str, aims: tuple[Aim, Aim], day: date, by: str) -> None:
    decide(
        organisation=council_of(code=code, by=by),
        practice_id=practice.id,
        practice_name=practice.name,
        choice="pilot",
        why=WHY,
        review_on=day.replace(year=day.year + 1, month=9),
        targets=aims,
        seen=as_known(practice, day),
        by=by,
        today=day,
        despite="",
    )
