"""What every rule of this census says of itself: that it is ours and not the Department's."""

from __future__ import annotations

from functools import partial

from whatworks.returns.rules.model import UNCONFIRMED
from whatworks.returns.rules.register import rule, table_rule

OURS = (
    "A rule and a number of our own: the Department's list of rules for this census is not known "
    "here."
)
ASSUMED = f"{OURS} That this must be filled is our assumption."

ours = partial(rule, collection="csww", confidence=UNCONFIRMED, note=OURS)
assumed = partial(rule, collection="csww", confidence=UNCONFIRMED, note=ASSUMED, severity="query")
our_table_rule = partial(table_rule, collection="csww", confidence=UNCONFIRMED, note=OURS)
