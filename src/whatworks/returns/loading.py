"""Loading a return: read it, type it, keep it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatworks import reference
from whatworks.returns.model import ReturnsError, Submission

if TYPE_CHECKING:
    from whatworks.returns.store import Store


def load(
    source: Any,
    *,
    store: Store | str | Path,
    council: str | None = None,
    year: int | None = None,
    collection: str | None = None,
    by: str = "command line",
    now: datetime | None = None,
) -> Submission:
    """Keep a return in the store, wholly or not at all.

    source: path or paths of its files, a folder, a zip, or text tables by name. store: a Store, or
    the path of a workspace that is there. council, year, collection: where the files do not say.
    by: who loads it, as the ledger will name them. now: when it was received (aware).

    The same files again change nothing (``already_stored``); other files for the same council,
    collection and year supersede what was there, and the older submission stays readable.

    Raises NotAReturn when nothing could be read, and ReturnsError when it cannot be kept: for a
    council that England does not have, or a workspace that cannot be written.
    """
    from whatworks.returns.reading import read
    from whatworks.returns.store import Store

    place = store if isinstance(store, Store) else Store.open(store)
    known_council(council)
    found = read(source, collection=collection, year=year, council=council)
    known_council(found.council)
    return place.add(found, council=council, by=by, now=now)


def known_council(code: str | None) -> None:
    """Refuse a code that no council of England has or had."""
    if code is None:
        return
    try:
        reference.council(code)
    except reference.NotHeld as error:
        raise ReturnsError(f"{error} Give the three-digit code of the council.") from None
