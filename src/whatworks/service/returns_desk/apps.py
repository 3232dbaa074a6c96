"""The app's own settings."""

from django.apps import AppConfig


class ReturnsDeskConfig(AppConfig):
    """The Returns desk."""

    name = "whatworks.service.returns_desk"
    label = "returns_desk"
