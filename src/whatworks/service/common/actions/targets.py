"""Setting targets, always an outcome and a safety measure together, and withdrawing them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatworks.rollout.wanting import wanted_direction
from whatworks.service.common import events
from whatworks.service.common.models import Organisation, Target, TargetKind
from whatworks.service.common.opaque import token


@dataclass(frozen=True)
class Aim:
    """What a target asks: a measure, where it stood, and where it is to be by which year.

    ``direction`` 'lower': at most ``wanted``; 'higher': at least. Values are in the measure's unit.
    """

    measure: str
    direction: str
    wanted: float
    by_year: int
    baseline_year: int
    baseline_value: float
    baseline_low: float | None = None
    baseline_high: float | None = None


@transaction.atomic
def set_pair(
    *, organisation: Organisation, outcome: Aim, safety: Aim, by: str, decision: str = ""
) -> tuple[Target, Target]:
    """Set an outcome and its safety target, both or neither. Raises ValidationError.

    Each has to ask for the side on which its measure is wanted.
    """
    if outcome.measure == safety.measure:
        raise ValidationError("The outcome and the safety target need two different measures.")
    for aim in (outcome, safety):
        _check_side(aim)
    pair = token()
    made = tuple(
        Target(
            organisation=organisation,
            decision=decision,
            pair=pair,
            kind=kind,
            set_by=by,
            measure=aim.measure,
            direction=aim.direction,
            wanted=aim.wanted,
            by_year=aim.by_year,
            baseline_year=aim.baseline_year,
            baseline_value=aim.baseline_value,
            baseline_low=aim.baseline_low,
            baseline_high=aim.baseline_high,
        )
        for kind, aim in ((TargetKind.OUTCOME, outcome), (TargetKind.SAFETY, safety))
    )
    for target in made:
        if not math.isfinite(target.wanted):
            raise ValidationError("A target needs a number.")
        target.full_clean()
        target.save()
    events.record(
        "targets_set",
        by=by,
        subject=f"council:{organisation.council_code}",
        data={
            "pair": pair,
            "decision": decision or None,
            **{
                str(target.kind): {
                    "measure": target.measure,
                    "direction": target.direction,
                    "wanted": target.wanted,
                    "by_year": target.by_year,
                    "baseline_year": target.baseline_year,
                }
                for target in made
            },
        },
    )
    return made[0], made[1]


def _check_side(aim: Aim) -> None:
    try:
        wanted = wanted_direction(aim.measure)
    except ValueError as problem:
        raise ValidationError(str(problem)) from None
    if aim.direction != wanted:
        side = "less" if wanted == "lower" else "more"
        raise ValidationError(f"Of {aim.measure}, {side} is wanted: a target cannot ask otherwise.")


@transaction.atomic
def withdraw_pair(*, pair: str, why: str, by: str) -> None:
    """Hold a council to a pair of targets no longer; both stay readable, with the reason.

    A pair that was withdrawn already stays as it is, and nothing is recorded. Raises
    ValidationError without a reason.
    """
    if not why.strip():
        raise ValidationError("Say why the targets are withdrawn.")
    held = list(
        Target.objects.select_for_update()
        .filter(pair=pair, withdrawn_at__isnull=True)
        .select_related("organisation")
    )
    if not held:
        return
    Target.objects.filter(pk__in=[target.pk for target in held]).update(
        withdrawn_at=timezone.now(), withdrawn_by=by, withdrawn_why=why.strip()
    )
    events.record(
        "targets_withdrawn",
        by=by,
        subject=f"council:{held[0].organisation.council_code}",
        data={"pair": pair, "targets": len(held)},
    )
