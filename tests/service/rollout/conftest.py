"""People, a practice and stores for the pages of this room."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName


@pytest.fixture
def council_person(person_with: Callable[..., Person], signed_in: Callable[..., Client]) -> Any:
    """A client signed in as our council's analyst."""
    return signed_in(person_with(RoleName.COUNCIL_ANALYST))


@pytest.fixture
def reviewer(person_with: Callable[..., Person], signed_in: Callable[..., Client]) -> Any:
    """A client signed in as somebody of the Centre."""
    return signed_in(person_with(RoleName.CENTRE_REVIEWER))
