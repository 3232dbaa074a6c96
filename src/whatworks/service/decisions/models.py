"""Decisions and what was learned. Nothing is overwritten, and nothing is of a child.

A changed decision is a new one in the place of the old; a changed entry is a new version of it.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from whatworks.service.common.opaque import token


class Choice(models.TextChoices):
    """What a council decides about a practice."""

    ADOPT = "adopt", "Adopt"
    PILOT = "pilot", "Pilot"
    WAIT = "wait", "Wait"
    STOP = "stop", "Stop"

    @property
    def uses(self) -> bool:
        """Whether children and families will meet the practice, so that targets are needed."""
        return self in {Choice.ADOPT, Choice.PILOT}


class Decision(models.Model):
    """What one council decided about one practice on one day.

    ``seen`` is what was known of the practice that day, as ``seen.py`` writes it: later evidence
    does not change it. ``standing``: neither withdrawn nor replaced by a later one. ``despite``
    is the reason for using a practice that was rated 'Beware'.
    """

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    organisation = models.ForeignKey(
        "common.Organisation", on_delete=models.PROTECT, related_name="decisions"
    )
    practice_id = models.CharField(max_length=80)
    practice_name = models.CharField(max_length=200)
    choice = models.CharField(max_length=10, choices=Choice.choices)
    why = models.TextField()
    despite = models.TextField(blank=True)
    decided_on = models.DateField()
    review_on = models.DateField()
    seen = models.JSONField(default=dict)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(auto_now_add=True)
    standing = models.BooleanField(default=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_why = models.TextField(blank=True)

    class Meta:
        ordering = ("-decided_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="one_decision_on_a_practice_stands",
                fields=("organisation", "practice_id"),
                condition=Q(standing=True),
            ),
            models.CheckConstraint(
                name="a_review_is_after_its_decision", condition=Q(review_on__gt=F("decided_on"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.public_id}: {self.choice}"

    @property
    def who(self) -> str:
        """Who decided, as a page names them."""
        return self.decided_by.name if self.decided_by else "this service, for a demonstration"


class LearningEntry(models.Model):
    """One version of one entry in a council's learning log. ``entry`` joins its versions."""

    entry = models.CharField(max_length=24, default=token, editable=False)
    version = models.PositiveSmallIntegerField(default=1)
    organisation = models.ForeignKey(
        "common.Organisation", on_delete=models.PROTECT, related_name="learning"
    )
    question = models.TextField()
    answer = models.TextField(blank=True)
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="learning"
    )
    result = models.TextField(blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True
    )
    recorded_by = models.CharField(max_length=60)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-recorded_at", "-pk")
        verbose_name_plural = "learning entries"
        constraints = (
            models.UniqueConstraint(name="a_version_is_written_once", fields=("entry", "version")),
        )

    def __str__(self) -> str:
        return f"{self.entry}, version {self.version}"

    @property
    def who(self) -> str:
        """Who wrote it, as a page names them."""
        return self.person.name if self.person else "this service, for a demonstration"
