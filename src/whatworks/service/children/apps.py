"""The app's own settings."""

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    """Pages about the children behind a figure."""

    name = "whatworks.service.children"
    label = "children"
