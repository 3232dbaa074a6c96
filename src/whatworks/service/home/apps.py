"""The app's own settings."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The public pages."""

    name = "whatworks.service.home"
    label = "home"
