"""The app's own settings."""

from django.apps import AppConfig


class ClosenessConfig(AppConfig):
    """The page that sets invented children beside published figures."""

    name = "whatworks.service.closeness"
    label = "closeness"
