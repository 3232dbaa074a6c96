"""The room as others see it."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="Returns desk",
    summary="Send a statutory return in, and see what is right with it and what is not.",
    page="returns_desk",
    permission=Permission.READ_RETURNS,
)
