"""What a person does with groups of councils: one transaction each, one event."""

from __future__ import annotations

from django.db import transaction

from whatworks.service.common import events
from whatworks.service.common.models import Person
from whatworks.service.england.models import KeptGroup


@transaction.atomic
def keep_group(*, person: Person, name: str, codes: str) -> KeptGroup:
    """Keep a group under a name; the person's own of that name gets these councils instead."""
    group, made = KeptGroup.objects.update_or_create(
        person=person, name=name, defaults={"codes": codes}
    )
    _record("group_kept" if made else "group_changed", group, person)
    return group


@transaction.atomic
def rename_group(group: KeptGroup, *, person: Person, name: str) -> None:
    """Give a kept group another name."""
    group.name = name
    group.save(update_fields=["name", "changed_at"])
    _record("group_renamed", group, person)


@transaction.atomic
def remove_group(group: KeptGroup, *, person: Person) -> None:
    """Keep a group no longer."""
    _record("group_removed", group, person)
    group.delete()


def _record(kind: str, group: KeptGroup, person: Person) -> None:
    events.record(
        kind,
        by=events.person(person),
        subject=f"group:{group.public_id}",
        data={"n_councils": group.n_councils},
    )
