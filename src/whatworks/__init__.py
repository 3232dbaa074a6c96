"""whatworks: from a council's statutory return to a rated answer on what helps children.

Stations are loaded when first used, so that ``import whatworks`` stays quick::

    import whatworks as ww

    result = ww.returns.check(["episodes.csv", "header.csv"], collection="ssda903", year=2025)
"""

from importlib import import_module
from types import ModuleType

__version__ = "0.1.0"

_STATIONS = (
    "evidence",
    "inference",
    "journeys",
    "ledger",
    "measures",
    "reference",
    "returns",
    "rollout",
    "synthetic",
    "tables",
)

__all__ = ["__version__", *_STATIONS]  # noqa: PLE0604  (names are stations, loaded lazily)


def __getattr__(name: str) -> ModuleType:
    if name in _STATIONS:
        return import_module(f"whatworks.{name}")
    raise AttributeError(f"whatworks has no station called {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
