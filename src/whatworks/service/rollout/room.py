"""The room as it stands in the navigation."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="What is done now",
    summary="Say in ten minutes what the council does for each need, and see what others do.",
    page="rollout_record",
    permission=Permission.RECORD_PRACTICE,
)
