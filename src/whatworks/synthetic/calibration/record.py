"""What is true of a folder of invented returns: truth.json, and the facts of manifest.json.

truth.json is one object::

    {"council_years": [{"council": "816", "year": 2019,
                        "tallies": {"started": 92, "ceased/reason/adopted": 9, ...},
                        "measures": {"returned_home": [21, 88], ...}}, ...],
     "practices": {"councils": {"816": {"2019": {"multipliers": {"entry": 1.0, ...},
                                               "practices": {...}}, ...}}, ...}}

``council_years`` is what ``whatworks.synthetic.council_year`` gives of each council and
collection year; ``practices`` is what ``planted.Plan.as_dict`` gives, absent or null where no
practice was planted. Further keys do no harm. Seed, version, scale, need_share, councils, names
and years are those of manifest.json, unless truth.json has them too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TRUTH = "truth.json"
_FACTS = ("version", "seed", "scale", "need_share", "councils", "years")


class NotFinished(ValueError):
    """A folder holds no finished synthetic region; the text says what to do."""


@dataclass(frozen=True)
class Record:
    """What is true of one synthetic region."""

    world: Mapping[str, Any]
    names: Mapping[str, str]
    tallies: Mapping[tuple[str, int], Mapping[str, float]]
    """(council, year) -> tallies by key; a key that is absent stands for nought."""
    measures: Mapping[tuple[str, int], Mapping[str, Sequence[float | None]]] = field(
        default_factory=dict
    )
    planted: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Council -> practices planted there, of councils where anything comes out otherwise."""
    since: Mapping[str, int] = field(default_factory=dict)
    """Council -> first year in which anything comes out otherwise there."""

    def deviates(self, code: str, year: int | None) -> bool:
        """Whether planted practices act on a council in a year (None: in any year)."""
        return code in self.since and (year is None or year >= self.since[code])

    @property
    def councils(self) -> list[str]:
        """The councils that have figures."""
        return list(dict.fromkeys(code for code, _ in self.tallies))

    @property
    def years(self) -> list[int]:
        """The years that have figures."""
        return sorted({year for _, year in self.tallies})


def record(truth: Mapping[str, Any]) -> Record:
    """A record from what truth.json holds.

    Raises:
        NotFinished: it does not hold what it should.
    """
    try:
        rows = truth["council_years"]
        world = {name: truth[name] for name in _FACTS}
        return Record(
            world,
            dict(truth["names"]),
            {(row["council"], int(row["year"])): row["tallies"] for row in rows},
            {(row["council"], int(row["year"])): row.get("measures", {}) for row in rows},
            *planted(truth.get("practices")),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotFinished(
            f"What is held of the truth was not written by this version of 'whatworks synth' "
            f"({type(error).__name__}: {error}). Write the region again."
        ) from error


def planted(plan: Mapping[str, Any] | None) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Council -> practices planted there, and -> the first year in which they act.

    A council that adopted a practice without effect is in neither.
    """
    found: dict[str, list[str]] = {}
    since: dict[str, int] = {}
    for code, years in (plan or {}).get("councils", {}).items():
        acts = [int(y) for y, one in years.items() if set(one["multipliers"].values()) - {1}]
        if acts:
            since[str(code)] = min(acts)
            found[str(code)] = sorted(
                {name for year in years.values() for name in year["practices"]}
            )
    return found, since


def load(out: str | Path) -> dict[str, Any]:
    """What truth.json of a finished folder holds, with the facts of its manifest.

    Raises:
        NotFinished: the folder is not there, or holds no finished synthetic region.
    """
    held: dict[str, Any] = {}
    for name in ("manifest.json", TRUTH):
        path = Path(out) / name
        if not path.is_file():
            raise NotFinished(
                f"{out} holds no finished synthetic region: it has no {name}. "
                f"'whatworks synth {out}' writes one."
            )
        try:
            held |= json.loads(path.read_text(encoding="utf-8")).items()
        except (ValueError, AttributeError) as error:
            raise NotFinished(
                f"{path} is not an object of JSON. Write the region again."
            ) from error
    return held


def read(out: str | Path) -> Record:
    """The record of a folder that ``whatworks synth`` finished. Raises NotFinished."""
    return record(load(out))


def together(folders: Iterable[str | Path]) -> Record:
    """One record of councils that were written apart, with the same seed, years and settings.

    Raises:
        NotFinished: a folder is not finished, or they do not belong together.
    """
    found = [read(folder) for folder in folders]
    if not found:
        raise NotFinished("No folder was named.")
    first = dict(found[0].world)
    for one in found:
        if {**one.world, "councils": None} != {**first, "councils": None}:
            raise NotFinished("The folders were not written with the same seed and settings.")
    return Record(
        first | {"councils": [code for one in found for code in one.world["councils"]]},
        {code: name for one in found for code, name in one.names.items()},
        {key: value for one in found for key, value in one.tallies.items()},
        {key: value for one in found for key, value in one.measures.items()},
        {code: names for one in found for code, names in one.planted.items()},
        {code: year for one in found for code, year in one.since.items()},
    )
