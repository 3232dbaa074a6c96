"""What a person does at an organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from whatworks.service.common.permissions import RoleName


class Role(models.Model):
    """A person's role at an organisation until it is ended. Rows are never deleted."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles"
    )
    organisation = models.ForeignKey(
        "common.Organisation", on_delete=models.PROTECT, related_name="roles"
    )
    name = models.CharField(
        max_length=40,
        choices=[(role.value, role.label) for role in RoleName if role is not RoleName.PUBLIC],
    )
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="a_role_is_held_once_at_a_time",
                fields=("person", "organisation", "name"),
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_is_given_the_public_role", condition=~Q(name="public")
            ),
        )

    def __str__(self) -> str:
        return f"{RoleName(self.name).label}, {self.organisation}"
