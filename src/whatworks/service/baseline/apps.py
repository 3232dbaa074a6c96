"""The app's own settings."""

from django.apps import AppConfig


class BaselineConfig(AppConfig):
    """Where a council stands now."""

    name = "whatworks.service.baseline"
    label = "baseline"
