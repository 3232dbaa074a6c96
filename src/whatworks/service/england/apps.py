"""The app's own settings."""

from django.apps import AppConfig


class EnglandConfig(AppConfig):
    """Councils of England side by side."""

    name = "whatworks.service.england"
    label = "england"
