"""The practices that the package knows: what each is, in our own words, with its source."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, cast

from whatworks.rollout.practice import NEEDS, Cost, Need, Per, Practice

INVENTED = "Invented, with its name, its cost and its effect."


def catalogue(*, invented: bool = False) -> tuple[Practice, ...]:
    """Every packaged practice, in the order of the file.

    The package describes real practices only, so ``invented`` adds none by itself: whoever makes
    an invented England hands its practices in through ``practice_from``.
    """
    return tuple(one for one in _packaged() if invented or not one.invented)


def practice_from(
    mapping: Mapping[str, Any],
    kind: str = "",
    outcomes: Sequence[str] = (),
    safety: Sequence[str] = (),
) -> Practice:
    """One practice from a plain mapping, such as an entry of a JSON file.

    ``kind``, ``outcomes`` and ``safety`` are taken from the mapping where they are not given. A
    mapping with a sentence under 'invented' is of an invented practice. Raises ValueError with
    the practice and the field for a need that there is not, or a field that is missing.
    """
    named = mapping.get("id", "a practice without an id")
    missing = [field for field in _FIELDS if field not in mapping]
    if missing:
        raise ValueError(f"{named} lacks {', '.join(missing)}.")
    for need in (mapping["need"], *mapping["also_serves"]):
        if need not in NEEDS:
            raise ValueError(f"{named} names the need {need!r}; there are {', '.join(NEEDS)}.")
    made_up = bool(mapping.get("invented", False))
    pounds = mapping["cost"]["pounds"]
    return Practice(
        id=mapping["id"],
        name=mapping["name"],
        kind=kind or mapping["kind"],
        what=mapping["what"],
        for_whom=mapping["for_whom"],
        need=mapping["need"],
        also_serves=cast("tuple[Need, ...]", tuple(mapping["also_serves"])),
        core=tuple(mapping["core"]),
        adaptable=tuple(mapping["adaptable"]),
        takes=mapping["takes"],
        cost=Cost(
            pounds=None if pounds is None else float(pounds),
            per=cast("Per", mapping["cost"]["per"]),
            note=mapping["cost"]["note"],
        ),
        outcomes=tuple(outcomes or mapping.get("outcomes", ())),
        safety=tuple(safety or mapping.get("safety", ())),
        source=mapping.get("source", INVENTED if made_up else ""),
        invented=made_up,
    )


def as_mapping(practice: Practice) -> dict[str, Any]:
    """The practice as plain values that ``practice_from`` reads back."""
    told = {field: getattr(practice, field) for field in (*_FIELDS, "kind", "source", "invented")}
    for field in ("also_serves", "core", "adaptable", "outcomes", "safety"):
        told[field] = list(getattr(practice, field))
    cost = practice.cost
    return {**told, "cost": {"pounds": cost.pounds, "per": cost.per, "note": cost.note}}


_FIELDS = (
    "id",
    "name",
    "what",
    "for_whom",
    "need",
    "also_serves",
    "core",
    "adaptable",
    "takes",
    "cost",
)


@cache
def _packaged() -> tuple[Practice, ...]:
    raw = files(__package__).joinpath("data", "practices.json").read_text(encoding="utf-8")
    return tuple(practice_from(one) for one in json.loads(raw)["practices"])
