"""The app's own settings."""

from django.apps import AppConfig


class RolloutConfig(AppConfig):
    """Practices, what councils do now, effects and what they would mean here."""

    name = "whatworks.service.rollout"
    label = "rollout"
