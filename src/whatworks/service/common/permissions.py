"""What each role may do. This file is the whole of it: nothing in the database adds to it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatworks.service.common.models import Organisation, Person


class RoleName(StrEnum):
    """The roles people have. ``PUBLIC`` is everybody's, signed in or not; it is not given."""

    COUNCIL_ANALYST = "council_analyst"
    PRACTICE_LEADER = "practice_leader"
    CENTRE_REVIEWER = "centre_reviewer"
    CENTRE_STATISTICIAN = "centre_statistician"
    PUBLIC = "public"

    @property
    def label(self) -> str:
        """The role as written on a page."""
        return ROLE_LABELS[self]


ROLE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "council_analyst": "Council analyst",
        "practice_leader": "Practice leader",
        "centre_reviewer": "Centre reviewer",
        "centre_statistician": "Centre statistician",
        "public": "Public",
    }
)


class Permission(StrEnum):
    """One thing that a page lets a person do. Every page that is not public asks for one."""

    KEEP_OWN_ACCOUNT = "keep_own_account"
    """Read and change one's own sign-in, and see where one may go: anybody who is signed in."""
    READ_PUBLISHED = "read_published"
    """Read published figures of every council: public facts, for all who are signed in."""
    LOAD_RETURNS = "load_returns"
    """Send a council's return in."""
    READ_RETURNS = "read_returns"
    """Read what was found in a council's returns, as counts."""
    READ_CHILD_RECORDS = "read_child_records"
    """Read pages and files about single children of a council, for a purpose that is recorded."""
    READ_MEASURES = "read_measures"
    """Read a council's own measures."""
    READ_EVIDENCE = "read_evidence"
    """Read practices, studies and ratings, and what councils do now."""
    FILE_STUDY = "file_study"
    """Put a study into the evidence library, or an estimate from returns."""
    RECORD_PRACTICE = "record_practice"
    """Record what a council does now."""
    READ_DECISIONS = "read_decisions"
    """Read what a council decided, its targets and its learning log."""
    DECIDE = "decide"
    """Decide for a council whether to adopt a practice, and set targets."""


SIGNED_IN: frozenset[Permission] = frozenset(
    {Permission.KEEP_OWN_ACCOUNT, Permission.READ_PUBLISHED}
)

MAY: Mapping[RoleName, frozenset[Permission]] = MappingProxyType(
    {
        RoleName.COUNCIL_ANALYST: frozenset(
            {
                Permission.LOAD_RETURNS,
                Permission.READ_RETURNS,
                Permission.READ_CHILD_RECORDS,
                Permission.READ_MEASURES,
                Permission.READ_EVIDENCE,
                Permission.RECORD_PRACTICE,
                Permission.READ_DECISIONS,
            }
        ),
        RoleName.PRACTICE_LEADER: frozenset(
            {
                Permission.READ_RETURNS,
                Permission.READ_MEASURES,
                Permission.READ_EVIDENCE,
                Permission.RECORD_PRACTICE,
                Permission.READ_DECISIONS,
                Permission.DECIDE,
            }
        ),
        # The Centre sees only what councils have released.
        RoleName.CENTRE_REVIEWER: frozenset({Permission.READ_EVIDENCE}),
        RoleName.CENTRE_STATISTICIAN: frozenset({Permission.READ_EVIDENCE, Permission.FILE_STUDY}),
        RoleName.PUBLIC: frozenset(),
    }
)

COUNCIL_ROLES = frozenset({RoleName.COUNCIL_ANALYST, RoleName.PRACTICE_LEADER})
CENTRE_ROLES = frozenset({RoleName.CENTRE_REVIEWER, RoleName.CENTRE_STATISTICIAN})


def organisations_where(person: Person, permission: Permission) -> tuple[Organisation, ...]:
    """The organisations at which one of the person's roles allows this, each once, by name."""
    found = {
        role.organisation_id: role.organisation
        for role in person.current_roles
        if permission in MAY.get(RoleName(role.name), frozenset())
    }
    return tuple(found.values())


def allowed(person: Person, permission: Permission, council: str | None = None) -> bool:
    """Whether a signed-in person may do this: at this council or, without one, anywhere."""
    if not person.is_authenticated or not person.is_active:
        return False
    if council is None and permission in SIGNED_IN:
        return True
    places = organisations_where(person, permission)
    return (
        bool(places) if council is None else any(place.council_code == council for place in places)
    )
