"""Groups of councils that a person keeps under a name. Nothing in them is of a child."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from whatworks.service.common.opaque import token

LONGEST_NAME = 80


class KeptGroup(models.Model):
    """One group of one person: seen by that person alone. ``codes`` as an address holds them."""

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="kept_groups"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    codes = models.TextField()
    kept_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=("person", "name"), name="one_of_a_name"),)

    def __str__(self) -> str:
        return self.public_id

    @property
    def n_councils(self) -> int:
        """How many councils are in it."""
        return self.codes.count(",") + 1
