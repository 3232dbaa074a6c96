"""The app's own settings."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CommonConfig(AppConfig):
    """Organisations, people, roles and access."""

    name = "whatworks.service.common"
    label = "common"

    def ready(self) -> None:
        """Register the checks, and have the ledger's tables made with the database's own."""
        from whatworks.service.common import checks, events  # noqa: F401  (they register themselves)

        post_migrate.connect(events.ensure_ledger, sender=self)
