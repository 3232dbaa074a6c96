"""Practices, what each council does now, and what a practice did. Counts only; never a child."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from whatworks import rollout
from whatworks.service.common.opaque import token


class What(models.TextChoices):
    """What a council does about a need: the label is what people choose from."""

    PRACTICE = "practice", "A practice from the list"
    OTHER = "other", "Something else"
    NOTHING = "nothing", "Nothing"
    DONT_KNOW = "dont_know", "Don’t know"


class Closeness(models.TextChoices):
    """How closely a council keeps to a practice as it is described."""

    AS_WRITTEN = "as_written", "Yes, as written"
    MOSTLY = "mostly", "Mostly"
    PARTLY = "partly", "Partly"
    DONT_KNOW = "dont_know", "Don’t know"


NEEDS = [(need, need.capitalize()) for need in rollout.NEEDS]


class Practice(models.Model):
    """A practice as it is described now; ``definition`` is ``rollout.Practice`` as plain values."""

    slug = models.SlugField(max_length=80, unique=True)
    definition = models.JSONField()
    invented = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug

    @property
    def described(self) -> rollout.Practice:
        """What it is."""
        return rollout.practice_from(self.definition)


class Stocktake(models.Model):
    """All that one council does now, as one person set it down. A later one takes its place."""

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    organisation = models.ForeignKey(
        "common.Organisation", on_delete=models.PROTECT, related_name="stocktakes"
    )
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-recorded_at", "-pk")

    def __str__(self) -> str:
        return self.public_id


class DoneNow(models.Model):
    """One thing that a council does, or does not do, about one need."""

    stocktake = models.ForeignKey(Stocktake, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveSmallIntegerField()
    need = models.CharField(max_length=20, choices=NEEDS)
    what = models.CharField(max_length=10, choices=What.choices)
    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="done_now", null=True, blank=True
    )
    other = models.CharField(max_length=120, blank=True)
    since = models.DateField(null=True, blank=True)
    reach_low = models.PositiveIntegerField(null=True, blank=True)
    reach_high = models.PositiveIntegerField(null=True, blank=True)
    cost = models.PositiveIntegerField(null=True, blank=True)
    closeness = models.CharField(max_length=10, choices=Closeness.choices, blank=True)
    stopped = models.DateField(null=True, blank=True)
    why_stopped = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = (
            models.CheckConstraint(
                name="a_practice_is_named_where_one_is_used",
                condition=(Q(what="practice") & Q(practice__isnull=False))
                | (~Q(what="practice") & Q(practice__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.need}: {self.what}"


class KeptEffect(models.Model):
    """What adopting a practice did to one measure, as it was estimated on one day."""

    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="kept_effects")
    measure = models.CharField(max_length=80)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    current = models.BooleanField(default=True)
    kept_by = models.CharField(max_length=60)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-kept_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="one_effect_of_a_practice_on_a_measure_is_current",
                fields=("practice", "measure"),
                condition=Q(current=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.practice_id}: {self.measure}"
