"""Why a person reads pages about single children: asked first, recorded at each opening.

It is asked again after half an hour in which no such page was opened.

Purposes are chosen from a list. A free box would in time hold children's names.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import HttpRequest

from whatworks.service.common import events

if TYPE_CHECKING:
    from whatworks.service.common.models import Person

SESSION = "purposes"
SECONDS = 30 * 60


class Purpose(StrEnum):
    """The purposes that pages about single children may be read for."""

    MEND_RETURN = "mend_return"
    CHECK_FIGURE = "check_figure"
    ASSURE_PRACTICE = "assure_practice"
    SUPPORT_USER = "support_user"

    @property
    def label(self) -> str:
        """The purpose as written on a page."""
        return {
            "mend_return": "To find and mend errors in a statutory return",
            "check_figure": "To check a figure that was counted from these records",
            "assure_practice": "To assure the quality of practice",
            "support_user": "To help a colleague with this service",
        }[self.value]


def stated(request: HttpRequest, council: str) -> Purpose | None:
    """The purpose given in this session for this council's children, unless it is too long ago."""
    value, at = request.session.get(SESSION, {}).get(council, ("", 0))
    return Purpose(value) if value in set(Purpose) and time.time() - at < SECONDS else None


def state(request: HttpRequest, council: str, purpose: Purpose) -> None:
    """Keep the purpose in the session from now on; an opening keeps it for as long again."""
    kept = request.session.get(SESSION, {})
    request.session[SESSION] = {**kept, council: (purpose.value, int(time.time()))}


@transaction.atomic
def note_reading(
    *, by: Person, council: str, purpose: Purpose, page: str, of: Mapping[str, Any]
) -> None:
    """Write to the ledger who opens which page about single children, and why. Before it is shown.

    ``of`` holds the page's own arguments: opaque names, as all addresses do.
    """
    events.record(
        "child_level_page_opened",
        by=events.person(by),
        subject=f"council:{council}",
        data={
            "page": page,
            "purpose": purpose.value,
            "of": {name: str(value) for name, value in sorted(of.items()) if name != "council"},
        },
    )
