"""The app's own settings."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RolloutConfig(AppConfig):
    """Practices, what councils do now, effects and what they would mean here."""

    name = "whatworks.service.rollout"
    label = "rollout"

    def ready(self) -> None:
        """Have the package's practices added to each database."""
        from whatworks.service.rollout import actions

        post_migrate.connect(actions.seed_after_migrating, sender=self)
