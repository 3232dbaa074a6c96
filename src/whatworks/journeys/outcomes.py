"""The other tables of the SSDA903 return over all years: health, missing, leavers, adoption ...

Each is stacked and repaired when it is first asked for, so that whoever wants episodes alone pays
for episodes alone. The repairs are those of ``outcome_repairs``, each counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals as nw

from whatworks.journeys import adoptions, health, helpers, leavers, missing, reviews
from whatworks.journeys.identities import told_apart
from whatworks.journeys.stacking import ReturnTables, stack
from whatworks.tables import frame, materialise, native

COLLECTION = "ssda903"
_ALWAYS: Mapping[str, Any] = {
    "YEAR": nw.Int64,
    "YEAR_END": nw.Date,
    "SUBMISSION": nw.String,
    "ROW": nw.Int64,
}


@dataclass(frozen=True)
class Setting:
    """What settling a table needs beside its rows: the last year loaded, all merged episodes.

    ``others`` are the numbers that mean another child from some year on (journeys.identities).
    """

    last_year: int
    episodes: Any
    others: Any = None


@dataclass(frozen=True)
class OutcomeTable:
    """One table: its name in the return, what is read of it, and how it is settled.

    ``settle`` takes the stacked rows, the setting and a list for repaired rows and returns the
    rows that count. ``holds`` is how a sentence names it, ``since`` the first year it is asked.
    """

    table: str
    columns: Mapping[str, Any]
    settle: Callable[[Any, Any, list[Any]], Any]
    holds: str
    since: int = 2017


OUTCOMES: Mapping[str, OutcomeTable] = {
    "missing": OutcomeTable("Missing", missing.COLUMNS, missing.settle, "times missing"),
    "health": OutcomeTable("OC2", health.COLUMNS, health.settle, "health and offending"),
    "leavers": OutcomeTable("OC3", leavers.COLUMNS, leavers.settle, "care leavers"),
    "adoptions": OutcomeTable("AD1", adoptions.COLUMNS, adoptions.settle, "adoptions"),
    "adoption_plans": OutcomeTable(
        "PlacedAdoption", adoptions.PLAN_COLUMNS, adoptions.settle_plans, "plans for adoption"
    ),
    "reviews": OutcomeTable("Reviews", reviews.COLUMNS, reviews.settle, "reviews"),
    "earlier_homes": OutcomeTable(
        "PrevPerm", adoptions.EARLIER_COLUMNS, adoptions.settle_earlier, "earlier permanent homes"
    ),
    "social_workers": OutcomeTable(
        "SWEpisodes",
        helpers.WORKER_COLUMNS,
        helpers.settle_workers,
        "each child’s social workers",
        since=2024,
    ),
    "deprivations": OutcomeTable(
        "DoLo",
        helpers.DEPRIVATION_COLUMNS,
        helpers.settle_deprivations,
        "deprivation of liberty orders",
        since=2027,
    ),
}
"""The tables by the name under which ``Outcomes.of`` gives them."""

TABLES = tuple(one.table for one in OUTCOMES.values())
"""Their names in the return."""


@dataclass(frozen=True)
class Outcomes:
    """The other tables of one council's returns. ``of`` gives each, settled."""

    returns: Sequence[ReturnTables]
    setting: Setting
    _kept: dict[str, tuple[Any, Any]] = field(default_factory=dict, repr=False, compare=False)

    def of(self, name: str) -> Any:
        """One of ``OUTCOMES``, settled over all years; its module says with which columns."""
        return self._settled(name)[0]

    def repaired(self) -> Any:
        """The rows repaired in all tables: REPAIR, CHILD, SUBMISSION, YEAR, ROW."""
        return native(nw.concat([frame(self._settled(name)[1]) for name in OUTCOMES]))

    def _settled(self, name: str) -> tuple[Any, Any]:
        if name not in self._kept:
            one = OUTCOMES[name]
            columns = {"CHILD": nw.String, **one.columns, **_ALWAYS}
            rows = frame(stack(self.returns, one.table, columns, collection=COLLECTION))
            if self.setting.others is not None:
                rows = frame(told_apart(native(rows), self.setting.others))
            repaired: list[Any] = []
            settled = one.settle(rows, self.setting, repaired)
            self._kept[name] = (
                materialise(native(settled)),
                materialise(native(nw.concat(repaired))),
            )
        return self._kept[name]


def gaps(returns: Sequence[ReturnTables]) -> Mapping[int, Mapping[str, str]]:
    """For each year, the tables that its return does not have, and a sentence saying so.

    A measure that needs a table of the year before too needs 'TABLE before'.
    """
    absent = {
        one.year: {
            kind.table: _why(kind, one.year)
            for kind in OUTCOMES.values()
            if kind.table not in one.tables
        }
        for one in returns
    }
    return {
        year: {
            **here,
            **{f"{table} before": why for table, why in absent.get(year - 1, {}).items()},
        }
        for year, here in absent.items()
    }


def _why(kind: OutcomeTable, year: int) -> str:
    if year < kind.since:
        return f"The SSDA903 return asks for {kind.holds} from {kind.since} on, not yet in {year}."
    return (
        f"The SSDA903 return loaded for {year} came without its table of {kind.holds} "
        f"({kind.table})."
    )
