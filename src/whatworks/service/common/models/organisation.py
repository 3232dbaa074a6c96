"""An organisation that people work for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from whatworks.service.common.opaque import token


class OrganisationKind(models.TextChoices):
    """What an organisation is to the service."""

    COUNCIL = "council", "Council"
    CENTRE = "centre", "Centre"


class Organisation(models.Model):
    """A council, known by its three-figure DfE code, or the Centre that works with all of them."""

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    kind = models.CharField(max_length=20, choices=OrganisationKind.choices)
    name = models.CharField(max_length=200)
    council_code = models.CharField(max_length=3, unique=True, null=True, blank=True)
    region = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                name="a_council_has_a_code_and_nobody_else",
                condition=Q(kind="council", council_code__isnull=False)
                | (~Q(kind="council") & Q(council_code__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name
