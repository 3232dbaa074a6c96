"""Names that say nothing: for addresses, the ledger and logs."""

import secrets


def token() -> str:
    """A random name of 16 characters, safe in an address."""
    return secrets.token_urlsafe(12)
