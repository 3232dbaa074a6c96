"""The app's own settings."""

from django.apps import AppConfig


class BurdenConfig(AppConfig):
    """What is asked of people, and what becomes of their answers."""

    name = "whatworks.service.burden"
    label = "burden"
