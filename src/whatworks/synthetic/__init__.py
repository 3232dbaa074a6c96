"""Invented children in the files of real councils: an England that does not exist.

``write`` draws a life for every child and a post for every social worker, and cuts from them the
returns that a council would send each year, with a manifest of files, what is true, and every
recording error. Councils are worked on one by one, in several processes where that is worth it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.synthetic.crew import NotWritten as NotWritten
    from whatworks.synthetic.folder import NotOurs as NotOurs
    from whatworks.synthetic.manifest import Manifest as Manifest
    from whatworks.synthetic.room import NoRoom as NoRoom
    from whatworks.synthetic.setting import REGION as REGION
    from whatworks.synthetic.setting import choose as choose
    from whatworks.synthetic.truth import Truth as Truth
    from whatworks.synthetic.writing import write as write

_HOMES = {
    "Manifest": "manifest",
    "NotOurs": "folder",
    "NotWritten": "crew",
    "NoRoom": "room",
    "REGION": "setting",
    "choose": "setting",
    "Truth": "truth",
    "write": "writing",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605  (the names are loaded lazily)

__getattr__ = lazily.public(__name__, _HOMES)
