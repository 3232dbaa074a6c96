"""The append-only, hash-chained record of who did what and when.

One chain lives in each database file, and an event is written in the transaction of the change
that it records, so neither can exist without the other::

    with ledger.writing(connection):
        connection.execute("INSERT INTO plan ...")
        ledger.append(connection, kind="plan.agreed", by="person:7", subject="plan:12", data={})

**No child's record may ever go in**: an event names things by opaque token, and bulk work is one
event with counts and a digest. Obvious mistakes (tables of rows, names of identifying columns,
long text) are refused, but the caller answers for what it writes.

``verify`` recomputes the chain. A chain alone cannot show that its end was cut off, so publish
``head`` daily somewhere else and give it back as ``expected_head``.
"""

from whatworks.ledger.events import GENESIS, Event, Head, LedgerError, canonical
from whatworks.ledger.log import append, ensure, events, exists, head, writing
from whatworks.ledger.sealing import seal
from whatworks.ledger.verifying import Verification, verify, verify_file

__all__ = [
    "GENESIS",
    "Event",
    "Head",
    "LedgerError",
    "Verification",
    "append",
    "canonical",
    "ensure",
    "events",
    "exists",
    "head",
    "seal",
    "verify",
    "verify_file",
    "writing",
]
