"""The app's own settings."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Studies and the rated page of each practice."""

    name = "whatworks.service.evidence"
    label = "evidence_library"
