"""The app's own settings."""

from django.apps import AppConfig


class ReconcilingConfig(AppConfig):
    """Published against ours."""

    name = "whatworks.service.reconciling"
    label = "reconciling"
