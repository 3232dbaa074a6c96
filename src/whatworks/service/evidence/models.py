"""Studies that were filed here. Estimates and words only; never a child."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from whatworks.evidence import Study, from_dict


class FiledStudy(models.Model):
    """One version of a study. A newer one takes its place; the older stays readable."""

    study_id = models.SlugField(max_length=120)
    practice = models.CharField(max_length=80, blank=True, db_index=True)
    kind = models.CharField(max_length=80, db_index=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    filed_at = models.DateTimeField(auto_now_add=True)
    filed_by = models.CharField(max_length=60)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    class Meta:
        ordering = ("study_id", "-filed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                name="one_version_of_a_study_counts",
                fields=("study_id",),
                condition=Q(superseded_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return self.study_id

    @property
    def study(self) -> Study:
        """What it says."""
        return from_dict(self.content)
