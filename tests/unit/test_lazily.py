"""Public names that are loaded when first used."""

from __future__ import annotations

from importlib import import_module

import pytest

from whatworks import lazily

PACKAGES = ("evidence", "inference", "journeys", "measures", "returns", "rollout", "synthetic")


@pytest.mark.parametrize("name", [*PACKAGES, "rollout.natural_experiment"])
def test_every_public_name_is_there(name: str) -> None:
    package = import_module(f"whatworks.{name}")
    assert package.__all__
    for one in package.__all__:
        assert getattr(package, one) is not None
    with pytest.raises(AttributeError, match="has no public name 'homespun'"):
        _ = package.homespun


def test_a_name_that_its_module_would_hide_is_refused() -> None:
    with pytest.raises(ValueError, match="panel would be hidden by a module of that name"):
        lazily.public("whatworks.rollout", {"panel": "panel"})


def test_a_name_may_be_called_otherwise_at_home() -> None:
    from whatworks import measures

    assert measures.list is measures.names
