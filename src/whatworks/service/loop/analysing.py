"""The effect of a practice from loaded returns: counted, kept for its page, filed as a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from whatworks import __version__
from whatworks.evidence import Study
from whatworks.rollout import Practice, natural_experiment
from whatworks.rollout.natural_experiment import CannotTell, Effect, NotReleased
from whatworks.service.common import workspace
from whatworks.service.evidence.actions import file_study
from whatworks.service.rollout import queries
from whatworks.service.rollout.actions import keep_effects


@dataclass(frozen=True)
class Analysed:
    """What was found of each measure of a practice, or why nothing could be."""

    practice: Practice
    adopted: Mapping[str, date]
    effects: tuple[Effect, ...]
    could_not: Mapping[str, str]
    """Measure -> why its effect cannot be told."""
    study: Study | None


def analyse(practice: Practice, *, by: str, until: int | None = None) -> Analysed:
    """Estimate a practice's effect on its outcomes and safety measures; keep it and file it.

    The same returns and the same records of what councils do give the same estimates, and are
    filed once. ``until``: only returns to this year, as they were known then.
    """
    adopted = queries.adoptions(practice.id)
    others = other_adopters(practice)
    found: dict[str, Effect | CannotTell] = {}
    for measure in dict.fromkeys((*practice.outcomes, *practice.safety)):
        found[measure] = _estimate(practice, measure, adopted, others, until)
    safety = [found[measure] for measure in practice.safety]
    effects = tuple(
        natural_experiment.with_safety(effect, [one for one in safety if one is not effect])
        if measure in practice.outcomes
        else effect
        for measure, effect in found.items()
        if isinstance(effect, Effect)
    )
    could_not = {name: str(one) for name, one in found.items() if isinstance(one, CannotTell)}
    study = _keep(practice, effects, by=by) if effects else None
    return Analysed(practice, adopted, effects, could_not, study)


def other_adopters(practice: Practice) -> frozenset[str]:
    """Councils that can be neither adopters nor a fair comparison.

    They adopted another practice for the same need and not this one, or stopped this one, or
    cannot say since when they use it: their figures move for a reason that no date tells.
    """
    own = queries.adoptions(practice.id)
    undated = queries.left_out(practice.id)
    return frozenset(undated) | frozenset(
        council
        for other in queries.practices()
        if other.id != practice.id and other.need == practice.need
        for council in queries.adoptions(other.id)
        if council not in own
    )


def _estimate(
    practice: Practice,
    measure: str,
    adopted: Mapping[str, date],
    others: frozenset[str],
    until: int | None,
) -> Effect | CannotTell:
    try:
        store = workspace.store()
        years = sorted({one.year for one in store.submissions() if one.year <= (until or one.year)})
        panel = natural_experiment.panel(store, measure, years=years)
        return natural_experiment.estimate(
            panel, adopted, practice=practice.id, left_out=sorted(others)
        )
    except CannotTell as reason:
        return reason
    except NotReleased as reason:
        return CannotTell(str(reason))


@transaction.atomic
def _keep(practice: Practice, effects: tuple[Effect, ...], *, by: str) -> Study:
    study = natural_experiment.as_study(
        practice, effects, invented=workspace.synthetic(), computed=f"whatworks {__version__}"
    )
    keep_effects(practice_id=practice.id, effects=effects, by=by)
    file_study(study=study, by=by)
    return study
