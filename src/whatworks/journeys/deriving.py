"""A council's journeys through care, put together from its current returns of all years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import narwhals as nw
import polars as pl

from whatworks.journeys import children as who
from whatworks.journeys import episodes as ep
from whatworks.journeys import exits as leaving
from whatworks.journeys import histories, identities
from whatworks.journeys.on_demand import OnDemand
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.outcomes import TABLES, Outcomes, Setting, gaps
from whatworks.journeys.periods import doubtful_starts, number_periods, periods, returns_home
from whatworks.journeys.permanence import permanence
from whatworks.journeys.placements import number_placements, placements
from whatworks.journeys.repairs import REPAIRS, repairs_by_year
from whatworks.journeys.stacking import ReturnTables, in_order, on_spark, stack
from whatworks.returns.period import period_of
from whatworks.tables import attach, collect, frame, materialise, native

if TYPE_CHECKING:
    from whatworks.returns.model import Submission
    from whatworks.returns.store import Store

COLLECTION = "ssda903"
READ = ("Episodes", "Header", "UASC", *TABLES)
"""The tables of a return that journeys are derived from."""
_COLUMNS: Mapping[str, Mapping[str, Any]] = {
    "Episodes": ep.COLUMNS,
    "Header": who.HEADER_COLUMNS,
    "UASC": who.UASC_COLUMNS,
}


@dataclass(frozen=True)
class CareJourneys:
    """The journeys of one council's looked-after children, as child-level frames.

    ``years`` are the collection years loaded, ``windows`` the first and last day of each,
    ``submissions`` the submission used for each. Frames (columns in the functions named):
    ``episodes`` (episodes.merge, with PERIOD, SEX, ETHNIC, DOB), ``periods``
    (periods.periods), ``placements`` (placements.placements), ``returns_home``
    (periods.returns_home), ``children`` (children.children), ``asylum_seekers``
    (children.asylum_seekers), ``repaired`` (REPAIR, CHILD, SUBMISSION, YEAR, ROW).
    Made when first asked for: ``exits`` (exits.exits), ``permanence`` (permanence.permanence),
    ``legal_statuses`` and ``providers`` (histories).
    ``rows_read`` counts the Episodes rows of each year. ``outcomes`` gives the other tables of
    the return (outcomes.OUTCOMES), each when first asked for.
    """

    collection: ClassVar[str] = COLLECTION
    council: str
    years: tuple[int, ...]
    windows: Mapping[int, tuple[date, date]]
    submissions: Mapping[int, str]
    rows_read: Mapping[int, int]
    episodes: Any
    periods: Any
    placements: Any
    returns_home: Any
    children: Any
    asylum_seekers: Any
    repaired: Any
    outcomes: Outcomes
    gaps: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """Frames that several readers make of these, each made once (``once``)."""

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """What ``make`` gives, computed when the name is first asked for and kept."""
        if name not in self.kept:
            self.kept[name] = materialise(make())
        return self.kept[name]

    @cached_property
    def exits(self) -> Any:
        """The periods of care that ended, and by which route."""
        return materialise(leaving.exits(self.periods))

    @cached_property
    def permanence(self) -> Any:
        """Each kind of permanence that a child reached in a period of care, and when."""
        return materialise(permanence(self.episodes, self.periods, self.exits, years=self.years))

    @cached_property
    def legal_statuses(self) -> Any:
        """The times that a child was looked after under one legal status."""
        return materialise(histories.legal_statuses(self.episodes, self.periods))

    @cached_property
    def providers(self) -> Any:
        """The times that a child lived with one provider."""
        lived = number_placements(self.episodes)
        return materialise(histories.providers(lived, self.periods))

    def repairs(self) -> pl.DataFrame:
        """How often each repair was made: repair, effect, year, n_rows, n_children, text.

        Every repair has a row for every year loaded, nought included. Holds counts only.
        """
        both = [frame(self.repaired), frame(self.outcomes.repaired())]
        return repairs_by_year((*REPAIRS, *OUTCOME_REPAIRS), native(nw.concat(both)), self.years)


def care(store: Store, council: str, *, session: Any = None) -> CareJourneys:
    """The journeys of ``council``'s children from its current SSDA903 submissions of all years.

    ``session`` is a Spark session: with one, the frames are Spark's; without, Polars computes
    them in memory. A council without submissions has journeys without rows and no years.
    """
    returns = sent_by(store, council)
    if session is not None:
        returns = [on_spark(r, session) for r in returns]
    return care_from(council, returns)


def sent_by(store: Store, council: str) -> list[ReturnTables]:
    """A council's current SSDA903 returns of all years; no table is read yet."""
    found = store.submissions(council=council, collection=COLLECTION, current=True)
    return [ReturnTables(s.year, s.id, _tables(store, s)) for s in found]


def _tables(store: Store, submission: Submission) -> OnDemand:
    """The typed tables of a submission, each read when first asked for."""
    there = store.table_paths(submission)
    names = [name for name in READ if name in there]
    return OnDemand(names, lambda name: store.tables(submission, [name])[name])


def care_from(council: str, returns: Iterable[ReturnTables]) -> CareJourneys:
    """The journeys in these returns, at most one a collection year. Reads no store.

    Raises ValueError if two returns are of the same year: the caller chooses the current one.
    """
    ordered = in_order(returns)
    years = tuple(r.year for r in ordered)
    sent = {
        name: stack(ordered, name, columns, collection=COLLECTION)
        for name, columns in _COLUMNS.items()
    }
    # A number that was used again for another child means that child in every table.
    others = materialise(identities.other_children(sent["Header"], sent["Episodes"]))
    stacked, headers, uasc = (identities.told_apart(sent[name], others) for name in _COLUMNS)

    merged, repaired = ep.merge(stacked, years=years)
    people = materialise(who.children(headers))
    known = attach(frame(merged), frame(people), on="CHILD", columns=["SEX", "ETHNIC", "DOB"])
    numbered = materialise(number_periods(native(known)))
    in_periods = materialise(periods(numbered))
    noted = [
        repaired,
        identities.repaired(sent["Header"], others),
        who.changed_birth_dates(headers, people),
        doubtful_starts(in_periods),
    ]
    return CareJourneys(
        council=council,
        years=years,
        windows={y: period_of(COLLECTION, y) for y in years},
        submissions={r.year: r.submission for r in ordered},
        rows_read={r.year: _height(r.tables.get("Episodes")) for r in ordered},
        episodes=numbered,
        periods=in_periods,
        placements=materialise(placements(number_placements(numbered))),
        returns_home=materialise(returns_home(in_periods)),
        children=people,
        asylum_seekers=materialise(who.asylum_seekers(headers, uasc)),
        repaired=materialise(native(nw.concat([frame(one) for one in noted]))),
        outcomes=Outcomes(ordered, Setting(max(years, default=0), numbered, others)),
        gaps=gaps_of(ordered),
    )


def gaps_of(returns: Sequence[ReturnTables]) -> Mapping[int, Mapping[str, str]]:
    """For each year, what its return does not tell, by the name that measures need it under.

    Looks at which tables there are and at their columns, never at their rows.
    """
    found = {year: dict(absent) for year, absent in gaps(returns).items()}
    for one in returns:
        table = one.tables.get("Episodes")
        told = [] if table is None else frame(table).collect_schema().names()
        if not {"PL_DISTANCE", "PL_LOCATION"} <= set(told):
            found[one.year]["distance"] = _NO_DISTANCE.format(year=one.year)
    return found


_NO_DISTANCE = (
    "The SSDA903 return loaded for {year} does not hold the distance from home (PL_DISTANCE) and "
    "whether the placement is in the council’s area (PL_LOCATION), which the Department’s "
    "collection system works out. A return exported from there does."
)


def _height(table: Any) -> int:
    if table is None:
        return 0
    if isinstance(table, pl.DataFrame):
        return table.height
    return int(collect(frame(table).select(nw.len()))[0, 0])
