"""Statutory returns: reading, keeping and checking them.

Everything public is listed in ``__all__`` and loaded when first used. The rules themselves are
in ``whatworks.returns.rules``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.returns.checking import check as check
    from whatworks.returns.loading import load as load
    from whatworks.returns.model import (
        CheckResult as CheckResult,
    )
    from whatworks.returns.model import (
        NotAReturn as NotAReturn,
    )
    from whatworks.returns.model import (
        Note as Note,
    )
    from whatworks.returns.model import (
        ReadReturn as ReadReturn,
    )
    from whatworks.returns.model import (
        ReturnsError as ReturnsError,
    )
    from whatworks.returns.model import (
        SourceFile as SourceFile,
    )
    from whatworks.returns.model import (
        Submission as Submission,
    )
    from whatworks.returns.period import period_of as period_of
    from whatworks.returns.reading import read as read
    from whatworks.returns.store import Store as Store
    from whatworks.returns.store import StoreError as StoreError
    from whatworks.returns.typing import type_tables as type_tables

_HOMES = {
    "CheckResult": "model",
    "NotAReturn": "model",
    "Note": "model",
    "ReadReturn": "model",
    "ReturnsError": "model",
    "SourceFile": "model",
    "Store": "store",
    "StoreError": "store",
    "Submission": "model",
    "check": "checking",
    "load": "loading",
    "period_of": "period",
    "read": "reading",
    "type_tables": "typing",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605  (the names are loaded lazily)

__getattr__ = lazily.public(__name__, _HOMES)
