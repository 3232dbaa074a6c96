"""The app's own settings."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions, targets and the learning log of a council."""

    name = "whatworks.service.decisions"
    label = "decisions"
