"""Loading a return: read it, type it, keep it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from whatworks.returns.model import Submission

if TYPE_CHECKING:
    from whatworks.returns.store import Store

READER_VERSION = "1"
"""What reading and typing make of a file. Raise it with any change that gives other tables, notes
or problems for the same files: they can then be loaded again, and supersede what was read before.
"""


def load(
    source: Any,
    *,
    store: Store | str | Path,
    council: str | None = None,
    year: int | None = None,
    collection: str | None = None,
    month: str | None = None,
    as_at: date | str | None = None,
    invented: bool | None = None,
    by: str = "command line",
    now: datetime | None = None,
) -> Submission:
    """Keep a return in the store, wholly or not at all.

    source: path or paths of its files, a folder, a zip, or data frames by table name. store: a
    Store, or the path of a workspace that is there. council, year, collection: where the files do
    not say.
    by: who loads it, as the ledger will name them. now: when it was received (aware).

    month, as_at: of what comes month by month (Annex A, the Standard Safeguarding Dataset), the
    month ('2025-09') or the very day that it tells of; one of them must be given, and the
    collection year follows from it.

    invented: whether whoever loads it says that its people are. Given, True or False, a return
    that would mix invented people and real ones is refused (``invented.refuse_mixing``); left out,
    whose it is is the caller's own care.

    The same files again change nothing (``already_stored``); other files for the same council,
    collection and year (of what is monthly: month) supersede what was there, and the older
    submission stays readable.

    Raises NotAReturn when nothing could be read; ReturnsError when it is not clear of what
    council, collection or year the return is; StoreError when it cannot be kept.
    """
    from whatworks.returns.invented import refuse_mixing
    from whatworks.returns.reading import read
    from whatworks.returns.store import Store

    place = store if isinstance(store, Store) else Store.open(store)
    found = read(
        source, collection=collection, year=year, council=council, month=month, as_at=as_at
    )
    if invented is not None:
        refuse_mixing(found, synthetic=place.synthetic, said=invented)
    return place.add(found, by=by, now=now, reader_version=READER_VERSION)
