"""Organisations, people at work, and the roles that join them. Never a child."""

from whatworks.service.common.models.organisation import Organisation, OrganisationKind
from whatworks.service.common.models.person import Person
from whatworks.service.common.models.role import Role

__all__ = ["Organisation", "OrganisationKind", "Person", "Role"]
