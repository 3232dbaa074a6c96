"""The room as it stands in the navigation."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="What we ask of you",
    summary="Every form of this service: how many minutes it takes, and who used each answer. "
    "A question that nobody uses is proposed for retirement.",
    page="burden",
    permission=Permission.KEEP_OWN_ACCOUNT,
    of_a_council=False,
    aside=True,
)
