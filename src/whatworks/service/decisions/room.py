"""The room as others see it."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="Decisions",
    summary="What was decided about each practice, when it is looked at again, and whether its "
    "targets were met.",
    page="decisions_start",
    permission=Permission.READ_DECISIONS,
)
