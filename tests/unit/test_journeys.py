"""The public face of journeys and measures stays what it says, however it is imported."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from whatworks import inference, journeys, measures


@pytest.mark.parametrize("station", [journeys, measures])
def test_no_module_hides_a_public_function(station: object) -> None:
    """A module of the same name would take a function's place once it is imported."""
    package = importlib.import_module(station.__name__)
    modules = {found.name for found in pkgutil.iter_modules(package.__path__)}
    assert modules & set(package.__all__) == set()


@pytest.mark.parametrize("station", [journeys, measures, inference])
def test_every_public_name_is_there(station: object) -> None:
    package = importlib.import_module(station.__name__)
    for name in package.__all__:
        assert getattr(package, name) is not None
    with pytest.raises(AttributeError, match="no public name 'made_up'"):
        package.made_up  # noqa: B018  (that it is asked for is the test)
