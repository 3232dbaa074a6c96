"""A person at work who signs in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from whatworks.service.common.opaque import token

if TYPE_CHECKING:
    from whatworks.service.common.models.role import Role


class PersonManager(BaseUserManager["Person"]):
    """Finds people by email address whatever its case; adds them only through actions."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The whole address in lower case: two that differ in case alone are one."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this email address."""
        return self.get(email=self.normalize_email(username))


class Person(AbstractBaseUser):
    """Signs in with an email address. Addresses, ledger and logs use ``public_id`` alone."""

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    email = models.EmailField("email address", unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)
    # Django's own admin is not part of the service; libraries ask all the same.
    is_staff = False
    is_superuser = False

    objects = PersonManager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"
        constraints = (
            models.CheckConstraint(
                name="email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
        )

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Bring the email address into its one form."""
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self) -> str:
        """The name as the person gave it."""
        return self.name

    @cached_property
    def current_roles(self) -> tuple[Role, ...]:
        """The roles held now, with their organisations; read once for each page."""
        held: Any = self.roles.filter(ended_at__isnull=True)
        return tuple(held.select_related("organisation").order_by("organisation__name", "name"))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read again, roles as well."""
        self.__dict__.pop("current_roles", None)
        super().refresh_from_db(*args, **kwargs)
