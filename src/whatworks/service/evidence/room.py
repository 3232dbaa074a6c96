"""The room as others see it."""

from whatworks.service.common.permissions import Permission
from whatworks.service.common.rooms import Room

ROOM = Room(
    name="What helps",
    summary="What studies and councils’ returns say of each practice, how sure that is, and why.",
    page="evidence_start",
    permission=Permission.READ_EVIDENCE,
    of_a_council=False,
)
