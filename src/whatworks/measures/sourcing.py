"""What a council's measures are counted from: journeys through care and need, and its workforce."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from whatworks.journeys.deriving import CareJourneys, care
from whatworks.journeys.linked import linked_from, numbers_of
from whatworks.journeys.monthly_annex_a import annex_a
from whatworks.journeys.monthly_ssd import ssd
from whatworks.journeys.need import NeedJourneys, need_of
from whatworks.measures.workforce import workforce

if TYPE_CHECKING:
    from whatworks.returns.store import Store


class Countable(Protocol):
    """What measures of one collection are counted from, for one council.

    ``years`` are those loaded, ``submissions`` the one used for each. ``gaps`` holds, for each
    year, what its return does not tell (a word of ``Measure.needs``) and a sentence saying so.
    """

    @property
    def collection(self) -> str: ...
    @property
    def council(self) -> str: ...
    @property
    def years(self) -> tuple[int, ...]: ...
    @property
    def submissions(self) -> Mapping[int, Any]: ...
    @property
    def gaps(self) -> Mapping[int, Mapping[str, str]]: ...


class Sources:
    """The countables of one council, each made once, when it is first asked for."""

    def __init__(self, store: Store, council: str, *, session: Any = None) -> None:
        self.store = store
        self.council = council
        self.session = session
        """A Spark session: with one, frames are Spark's."""
        self._made: dict[str, Countable] = {}

    def of(self, collection: str) -> Countable:
        """What measures of a collection are counted from."""
        if collection not in self._made:
            self._made[collection] = MAKERS[collection](self)
        return self._made[collection]


def _linked(known: Sources) -> Countable:
    """Journeys linked across two returns, of the same that each one's own measures count."""
    both = known.of("ssda903"), known.of("cin")
    if not isinstance(both[0], CareJourneys) or not isinstance(both[1], NeedJourneys):
        raise TypeError("Journeys through care and need are linked, and no others.")
    numbers = numbers_of(known.store, known.council, session=known.session)
    return linked_from(both[0], both[1], **numbers)


MAKERS: dict[str, Callable[[Sources], Countable]] = {
    "ssda903": lambda known: care(known.store, known.council, session=known.session),
    "cin": lambda known: need_of(known.store, known.council, session=known.session),
    "csww": lambda known: workforce(known.store, known.council, session=known.session),
    "annex_a": lambda known: annex_a(known.store, known.council, session=known.session),
    "ssd": lambda known: ssd(known.store, known.council, session=known.session),
    "linked": _linked,
}
"""A collection -> what makes a council's countable of it, of its returns or of other countables."""

PARTS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("ssda903", "cin", "csww", "annex_a", "ssd")},
    "linked": ("ssda903", "cin"),
}
"""A collection -> the returns that its countable is made of."""


def loaded(store: Store, council: str, collection: str) -> tuple[int, ...]:
    """The years for which every return that a collection's measures need is loaded."""
    each = [{s.year for s in store.submissions(council, part)} for part in PARTS[collection]]
    return tuple(sorted(set.intersection(*each)))


def in_memory(store: Store, council: str) -> Sources:
    """The sources of one council, kept in memory while its returns stay as they are.

    For services, where one look follows another. What is kept is of single children: no more
    than ``COUNCILS_IN_MEMORY`` councils at a time.
    """
    parts = sorted({part for each in PARTS.values() for part in each})
    held = tuple(sorted(one.id for part in parts for one in store.submissions(council, part)))
    return _in_memory(store.path, council, held)


COUNCILS_IN_MEMORY = 2


@lru_cache(maxsize=COUNCILS_IN_MEMORY)
def _in_memory(folder: Path, council: str, held: tuple[str, ...]) -> Sources:
    """Submissions never change, so ``held`` says all that decides what is made of them."""
    del held
    from whatworks.returns.store import Store

    return Sources(Store.open(folder), council)
