"""What a council wants a measure to become by a year: for every aim, one on safety beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from whatworks.service.common.opaque import token


class TargetKind(models.TextChoices):
    """Whether a figure is to get better, or only not to get worse."""

    OUTCOME = "outcome", "Outcome"
    SAFETY = "safety", "Safety"


class TargetDirection(models.TextChoices):
    """On which side of the wanted value the figure is to lie."""

    LOWER = "lower", "At most"
    HIGHER = "higher", "At least"


class Target(models.Model):
    """One of a pair: an outcome, or the safety measure that must not pay for it.

    ``decision`` is the public id of what it was set for, empty where for nothing. The baseline is
    the figure as it stood; all values are in the unit of the measure. Rows are never deleted.
    """

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    organisation = models.ForeignKey(
        "common.Organisation", on_delete=models.PROTECT, related_name="targets"
    )
    decision = models.CharField(max_length=24, blank=True, db_index=True)
    pair = models.CharField(max_length=24)
    kind = models.CharField(max_length=10, choices=TargetKind.choices)
    measure = models.CharField(max_length=80)
    direction = models.CharField(max_length=10, choices=TargetDirection.choices)
    baseline_year = models.PositiveSmallIntegerField()
    baseline_value = models.FloatField()
    baseline_low = models.FloatField(null=True, blank=True)
    baseline_high = models.FloatField(null=True, blank=True)
    wanted = models.FloatField()
    by_year = models.PositiveSmallIntegerField()
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ("by_year", "set_at", "kind")
        constraints = (
            models.UniqueConstraint(name="a_pair_has_one_of_each_kind", fields=("pair", "kind")),
            models.CheckConstraint(
                name="a_target_is_of_a_later_year", condition=Q(by_year__gt=F("baseline_year"))
            ),
            models.CheckConstraint(
                name="a_wanted_value_is_not_negative", condition=Q(wanted__gte=0)
            ),
        )

    def __str__(self) -> str:
        side = TargetDirection(self.direction).label.lower()
        return f"{self.measure} {side} {self.wanted} by {self.by_year}"
