"""What is known of practices, of what councils do now, and of what practices did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from whatworks import rollout
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.service.common.models import Organisation, OrganisationKind, Person
from whatworks.service.rollout import keeping
from whatworks.service.rollout.entries import Entry, entry_of
from whatworks.service.rollout.models import KeptEffect, Practice, Stocktake


@dataclass(frozen=True)
class Recorded:
    """What a council does now, as it was set down: when, and by whom in words."""

    public_id: str
    council: str
    council_name: str
    recorded_at: datetime
    recorded_by: str
    entries: tuple[Entry, ...]

    def of(self, need: str) -> tuple[Entry, ...]:
        """What was said of one need; empty where it was not answered."""
        return tuple(one for one in self.entries if one.need == need)

    @property
    def using(self) -> tuple[Entry, ...]:
        """The known practices that are used and have not stopped."""
        return tuple(one for one in self.entries if one.practice and one.stopped is None)


@dataclass(frozen=True)
class Adopted:
    """One council's use of one practice."""

    council: str
    council_name: str
    since: date | None
    stopped: date | None
    entry: Entry


def practice(slug: str) -> rollout.Practice:
    """One practice. Raises Practice.DoesNotExist."""
    return Practice.objects.get(slug=slug).described


def practices() -> tuple[rollout.Practice, ...]:
    """Every practice, in the order of needs and then of names."""
    found = [row.described for row in Practice.objects.all()]
    order = {need: place for place, need in enumerate(rollout.NEEDS)}
    return tuple(sorted(found, key=lambda one: (order[one.need], one.name)))


def current(council: str) -> Recorded | None:
    """What a council does now; None where it never answered."""
    return next(iter(history(council, most=1)), None)


def history(council: str, most: int | None = None) -> tuple[Recorded, ...]:
    """All that a council recorded, the newest first."""
    rows = Stocktake.objects.filter(organisation__council_code=council)
    return _recorded(_with_entries(rows)[:most])


def everyone_now() -> Mapping[str, Recorded | None]:
    """Each council that is here, by code, with what it does now."""
    newest: dict[str, Recorded | None] = dict.fromkeys(
        Organisation.objects.filter(kind=OrganisationKind.COUNCIL)
        .order_by("name")
        .values_list("council_code", flat=True)
    )
    of_one = Stocktake.objects.filter(organisation=OuterRef("organisation"))
    rows = Stocktake.objects.filter(
        organisation__kind=OrganisationKind.COUNCIL,
        pk=Subquery(of_one.order_by("-recorded_at", "-pk").values("pk")[:1]),
    )
    newest.update({one.council: one for one in _recorded(_with_entries(rows))})
    return newest


def uses(practice_id: str) -> tuple[Adopted, ...]:
    """Every council that says it uses or used a practice, by since when."""
    return uses_of_all().get(practice_id, ())


def uses_of_all() -> dict[str, tuple[Adopted, ...]]:
    """Practice id -> every council that says it uses or used it, by since when.

    For pages about many practices: it is as much work as for one.
    """
    found: dict[str, list[Adopted]] = defaultdict(list)
    for told in everyone_now().values():
        for one in told.entries if told is not None else ():
            if told is not None and one.practice:
                found[one.practice].append(
                    Adopted(told.council, told.council_name, one.since, one.stopped, one)
                )
    return {
        slug: tuple(sorted(made, key=lambda one: (one.since or date.max, one.council_name)))
        for slug, made in found.items()
    }


def adoptions(practice_id: str) -> dict[str, date]:
    """Council code -> since when it uses a practice, of those that do and say since when."""
    return _dated(uses(practice_id))


def left_out(practice_id: str) -> tuple[str, ...]:
    """Councils whose use cannot be set against a date: it stopped, or nobody knows since when."""
    found = uses(practice_id)
    return tuple(sorted({one.council for one in found} - set(_dated(found))))


def _dated(found: Iterable[Adopted]) -> dict[str, date]:
    dated: dict[str, date] = {}
    for one in found:
        if one.since is not None and one.stopped is None:
            dated.setdefault(one.council, one.since)
    return dated


def effects(practice_id: str) -> tuple[Effect, ...]:
    """What a practice did: the newest effect on each measure, outcomes before safety measures."""
    rows = KeptEffect.objects.filter(practice__slug=practice_id, current=True)
    found = {row.measure: keeping.from_values(row.content) for row in rows}
    if not found:
        return ()
    told = practice(practice_id)
    order = {name: place for place, name in enumerate((*told.outcomes, *told.safety))}
    return tuple(sorted(found.values(), key=lambda one: (order.get(one.measure, 99), one.measure)))


def kept_at(practice_id: str) -> datetime | None:
    """When the newest of a practice's effects was kept."""
    row = KeptEffect.objects.filter(practice__slug=practice_id, current=True).first()
    return row.kept_at if row else None


def names_of(everybody: Iterable[str]) -> dict[str, str]:
    """Those whom the ledger says did something, each in words."""
    told = set(everybody)
    ids = [by.removeprefix("person:") for by in told if by.startswith("person:")]
    called = dict(Person.objects.filter(public_id__in=ids).values_list("public_id", "name"))
    return {by: _name(by, called) for by in told}


def _name(by: str, called: Mapping[str, str]) -> str:
    if not by.startswith("person:"):
        return "the system" if by.startswith("system:") else by
    return called.get(by.removeprefix("person:"), "somebody who has left")


def _with_entries(rows: QuerySet[Stocktake]) -> QuerySet[Stocktake]:
    return rows.select_related("organisation").prefetch_related("entries__practice")


def _recorded(rows: Iterable[Stocktake]) -> tuple[Recorded, ...]:
    told = tuple(rows)
    called = names_of(row.recorded_by for row in told)
    return tuple(
        Recorded(
            public_id=row.public_id,
            council=row.organisation.council_code or "",
            council_name=row.organisation.name,
            recorded_at=row.recorded_at,
            recorded_by=called[row.recorded_by],
            entries=tuple(entry_of(one) for one in row.entries.all()),
        )
        for row in told
    )
