"""The app's own settings."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Signing in."""

    name = "whatworks.service.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen for what the sign-in library does, so that the ledger has it too."""
        from whatworks.service.accounts import signals  # noqa: F401  (they register themselves)
