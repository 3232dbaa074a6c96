"""The effect of a practice from loaded returns: counted, kept for its page, filed as a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from whatworks import __version__
from whatworks.evidence import Study
from whatworks.rollout import Practice, natural_experiment
from whatworks.rollout.natural_experiment import CannotTell, Effect, NotReleased
from whatworks.service.burden.uses import used
from whatworks.service.common import workspace
from whatworks.service.evidence.actions import file_study, retire_study
from whatworks.service.loop import comparing
from whatworks.service.loop.comparing import Beside
from whatworks.service.rollout import asks
from whatworks.service.rollout.actions import keep_effects, retire_effects


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
    filed once. What can no longer be told is let go, and says why. ``until``: with returns and
    adoptions to this year alone. What later returns corrected in earlier years stays corrected.
    """
    codes = workspace.council_codes()
    years = sorted({one.year for one in workspace.store().submissions()})
    years = [year for year in years if year <= (until or year)]
    who = comparing.beside(practice, codes, date(max(years, default=1), 3, 31))
    used("done_now", ("choice", "since", "stopped"), place=asks.EFFECT)
    found: dict[str, Effect | CannotTell] = {}
    for measure in dict.fromkeys((*practice.outcomes, *practice.safety)):
        found[measure] = _estimate(practice, measure, who, years)
    safety = [found[measure] for measure in practice.safety]
    effects = tuple(
        natural_experiment.with_safety(effect, [one for one in safety if one is not effect])
        if measure in practice.outcomes
        else effect
        for measure, effect in found.items()
        if isinstance(effect, Effect)
    )
    could_not = {name: str(one) for name, one in found.items() if isinstance(one, CannotTell)}
    study = _keep(practice, effects, could_not, by=by)
    return Analysed(practice, who.adopted, effects, could_not, study)


def _estimate(
    practice: Practice, measure: str, who: Beside, years: Sequence[int]
) -> Effect | CannotTell:
    try:
        panel = natural_experiment.panel(workspace.store(), measure, years=years)
        effect = natural_experiment.estimate(
            panel, who.adopted, practice=practice.id, left_out=sorted(who.left_out)
        )
    except CannotTell as reason:
        return reason
    except NotReleased as reason:
        return CannotTell(str(reason))
    doubts = comparing.doubts(who, effect, panel.councils)
    return replace(effect, warnings=(*effect.warnings, *doubts))


@transaction.atomic
def _keep(
    practice: Practice, effects: tuple[Effect, ...], could_not: Mapping[str, str], *, by: str
) -> Study | None:
    keep_effects(practice_id=practice.id, effects=effects, by=by)
    retire_effects(practice_id=practice.id, could_not=could_not, by=by)
    if not effects:
        why = " ".join(dict.fromkeys(could_not.values()))
        retire_study(study_id=f"{practice.id}-natural-experiment", why=why, by=by)
        return None
    study = natural_experiment.as_study(
        practice, effects, invented=workspace.synthetic(), computed=f"whatworks {__version__}"
    )
    file_study(study=study, by=by)
    return study
