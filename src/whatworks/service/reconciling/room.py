"""The room as it stands in the navigation."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="Published against ours",
    summary="Each published figure of the council beside the one counted from its returns: the "
    "gap between them, and what does and does not explain it.",
    page="reconciling",
    permission=Permission.READ_MEASURES,
    aside=True,
)
