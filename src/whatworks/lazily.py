"""Public names of a package that are loaded when first used, so that importing it stays quick."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def public(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """The ``__getattr__`` of a package.

    Args:
        package: its ``__name__``.
        homes: public name -> the module of the package that it lives in; ``module:name`` where
            it is called otherwise there. The modules themselves can be reached too.

    Raises ValueError for a name that is a module's too: importing the module would hide it.
    """
    modules = {home.partition(":")[0] for home in homes.values()}
    hidden = sorted(modules & set(homes))
    if hidden:
        raise ValueError(f"{package}: {', '.join(hidden)} would be hidden by a module of that name")

    def __getattr__(name: str) -> Any:  # noqa: N807  (it becomes the package's own)
        if name in modules:
            return import_module(f"{package}.{name}")
        if name not in homes:
            raise AttributeError(f"{package} has no public name {name!r}")
        home, _, there = homes[name].partition(":")
        value = getattr(import_module(f"{package}.{home}"), there or name)
        setattr(sys.modules[package], name, value)
        return value

    return __getattr__
