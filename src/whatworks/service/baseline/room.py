"""The room as it stands in the navigation."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="Baseline",
    summary="Where the council stands now: each measure with its interval, beside the published "
    "figures of the council, its statistical neighbours, its region and England.",
    page="baseline",
    permission=Permission.READ_MEASURES,
)
