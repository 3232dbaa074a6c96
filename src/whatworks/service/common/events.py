"""The service's own ledger: one event for each thing done, in the transaction that does it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from whatworks import ledger

if TYPE_CHECKING:
    from whatworks.service.common.models import Person


def person(who: Person) -> str:
    """A person as the ledger names them: never by name or address."""
    return f"person:{who.public_id}"


def record(kind: str, *, by: str, subject: str, data: Mapping[str, Any] | None = None) -> None:
    """Append one event inside the caller's transaction.

    ``by`` and ``subject`` are opaque ('person:...', 'council:301', 'system:demo'); ``data`` holds
    plain values and never a child's record, a name or an address. Raises ImproperlyConfigured
    outside a transaction: the event and the change must stand or fall together.
    """
    if not connection.in_atomic_block:
        raise ImproperlyConfigured("an event is recorded only in the transaction of its change")
    connection.ensure_connection()
    ledger.append(connection.connection, kind=kind, by=by, subject=subject, data=dict(data or {}))


def ensure_ledger(*, using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Make the ledger's tables where they are not there yet; called after each migration."""
    database = connections[using]
    with transaction.atomic(using=using):
        database.ensure_connection()
        ledger.ensure(database.connection)
