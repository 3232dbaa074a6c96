"""What several pages of this room need."""

from __future__ import annotations

from django.http import Http404

from whatworks import rollout
from whatworks.service.common.models import Organisation, Person
from whatworks.service.common.permissions import Permission, organisations_where
from whatworks.service.rollout import queries
from whatworks.service.rollout.models import Practice


def practice_or_404(slug: str) -> rollout.Practice:
    """The practice of this id. Raises Http404."""
    try:
        return queries.practice(slug)
    except Practice.DoesNotExist as problem:
        raise Http404 from problem


def councils_with(person: Person, permission: Permission) -> tuple[Organisation, ...]:
    """The councils at which a person may do this."""
    return tuple(one for one in organisations_where(person, permission) if one.council_code)


def names() -> dict[str, str]:
    """Each practice's name by its id."""
    return {one.id: one.name for one in queries.practices()}
