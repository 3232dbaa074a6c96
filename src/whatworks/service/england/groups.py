"""A group of councils that a person picks: the address holds it as codes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from whatworks.service.england import places
from whatworks.service.england.places import Place

REGION, ALIKE, OWN = "region", "alike", "own"


@dataclass(frozen=True)
class Group:
    """Councils to be compared, by name. ``unknown`` are codes in the address that nobody has."""

    members: tuple[Place, ...]
    label: str
    kind: str
    unknown: tuple[str, ...] = ()

    @property
    def codes(self) -> str:
        """The group as the address holds it."""
        return ",".join(sorted(one.code for one in self.members))


def with_first(group: Group, codes: Collection[str]) -> Group:
    """The same group, the members of these codes before the others."""
    members = sorted(group.members, key=lambda one: one.code not in codes)
    return replace(group, members=tuple(members))


def asked(query: QueryDict) -> Group | None:
    """The group that an address asks for: ``codes=``, ``region=``, ``alike=CODE``, ``pick=`` boxes.

    Several of them together make one group of all. None where it asks for nobody.
    """
    codes: list[str] = []
    for part in query.getlist("codes"):
        codes += part.split(",")
    codes += query.getlist("pick")
    for name in query.getlist("region"):
        codes += [one.code for one in places.places() if one.region == name]
    for code in query.getlist("alike"):
        if code in places.by_code():
            codes += [code, *places.neighbours(code)]
        elif code:
            codes.append(code)
    wanted = {code.strip() for code in codes if code.strip()}
    return of(wanted) if wanted else None


def of(codes: Iterable[str]) -> Group:
    """The group of these codes, named where it is a region or a council with its neighbours."""
    known = places.by_code()
    wanted = set(codes)
    members = tuple(one for one in places.places() if one.code in wanted)
    kind, label = _label({one.code for one in members}, members)
    unknown = tuple(sorted(code[:20] for code in wanted - set(known)))
    return Group(members, label, kind, unknown[:10])


def _label(codes: set[str], members: Sequence[Place]) -> tuple[str, str]:
    for region in places.regions():
        if codes == {one.code for one in places.places() if one.region == region}:
            return REGION, f"{region}, every council"
    for one in members:
        if len(codes) == len(places.neighbours(one.code)) + 1 and codes == {
            one.code,
            *places.neighbours(one.code),
        }:
            return ALIKE, f"{one.name} and its statistical neighbours"
    if len(codes) == len(places.places()):
        return OWN, "Every council of England"
    return OWN, "1 council picked" if len(codes) == 1 else f"{len(codes)} councils picked"
