"""The tables of a return, each fetched when it is first asked for and kept from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any


class OnDemand(Mapping[str, Any]):
    """Tables by name. ``fetch`` reads one of ``names``; none is read that nobody asks for."""

    def __init__(self, names: Iterable[str], fetch: Callable[[str], Any]) -> None:
        self._names = tuple(names)
        self._fetch = fetch
        self._kept: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._kept:
            self._kept[name] = self._fetch(name)
        return self._kept[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
