"""Organisations, people at work, the roles that join them, and targets. Never a child."""

from whatworks.service.common.models.organisation import Organisation, OrganisationKind
from whatworks.service.common.models.person import Person
from whatworks.service.common.models.role import Role
from whatworks.service.common.models.target import Target, TargetDirection, TargetKind

__all__ = [
    "Organisation",
    "OrganisationKind",
    "Person",
    "Role",
    "Target",
    "TargetDirection",
    "TargetKind",
]
