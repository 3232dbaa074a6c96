"""The room as it stands in the navigation."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="England",
    summary="Published figures of all councils: a measure across them with the range to be "
    "expected, one council beside its neighbours, and any group you pick.",
    page="england",
    permission=Permission.READ_PUBLISHED,
    of_a_council=False,
)
