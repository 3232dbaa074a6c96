"""Rooms: the places of the service that a person with the right role may enter."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.urls import reverse

from whatworks.service.common.permissions import SIGNED_IN, Permission, organisations_where
from whatworks.service.config.rooms import ROOMS

if TYPE_CHECKING:
    from whatworks.service.common.models import Person


@dataclass(frozen=True)
class Room:
    """A room: ``ROOM = Room(...)`` in its app's ``room.py``.

    ``page`` names the address of its first page. If ``of_a_council`` that page takes ``council``.
    One that is ``aside`` stands on Your work alone: the bar at the top holds what people use most.
    """

    name: str
    summary: str
    page: str
    permission: Permission
    of_a_council: bool = True
    aside: bool = False


@dataclass(frozen=True)
class Door:
    """A room that one person may enter: at one organisation, or of none (``where`` is empty)."""

    name: str
    summary: str
    where: str
    href: str
    aside: bool = False


@cache
def rooms() -> tuple[Room, ...]:
    """Every room of this installation, in order."""
    return tuple(import_module(f"{app}.room").ROOM for app in ROOMS)


def doors(person: Person) -> list[Door]:
    """The rooms this person may enter: one entry for each council, or one for all."""
    found = []
    for room in rooms():
        places = organisations_where(person, room.permission)
        anywhere = bool(places) or room.permission in SIGNED_IN
        if anywhere and not room.of_a_council:
            found.append(Door(room.name, room.summary, "", reverse(room.page), room.aside))
        elif room.of_a_council:
            found += [
                Door(
                    room.name,
                    room.summary,
                    place.name,
                    reverse(room.page, args=[place.council_code]),
                    room.aside,
                )
                for place in places
                if place.council_code is not None
            ]
    return found
