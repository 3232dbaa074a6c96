"""The app's own settings."""

from django.apps import AppConfig


class DefinitionsConfig(AppConfig):
    """Pages of measures and rules."""

    name = "whatworks.service.definitions"
    label = "definitions"
