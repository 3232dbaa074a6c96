"""The shelf: published studies that come with the package, and the kinds they are filed under."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from typing import Any, get_args

from whatworks.evidence.study import (
    DOUBTS,
    MEASURED,
    Counted,
    Design,
    EffectType,
    Numbers,
    Outcome,
    Reported,
    Study,
    from_dict,
)

RATIOS = ("risk ratio", "odds ratio", "rate ratio", "hazard ratio")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Kind:
    """One sort of practice. ``outcome`` is what it is rated by where nothing else is said."""

    id: str
    name: str
    outcome: Outcome


class WrongStudy(ValueError):
    """A study that cannot be right; the text names it, the field and what is wrong."""


def shelf(kind: str | None = None) -> tuple[Study, ...]:
    """The packaged published studies, all or of one kind, in the order of the file."""
    return tuple(one for one in _read()[1] if kind is None or one.kind == kind)


def kinds() -> tuple[Kind, ...]:
    """The kinds that studies are filed under."""
    return _read()[0]


def kind(name: str) -> Kind | None:
    """One kind by its id; None where there is none."""
    return next((one for one in kinds() if one.id == name), None)


def outcome_of(measures: Iterable[str], kind_id: str = "") -> Outcome:
    """What a practice is rated by: the first of its measures that can be, else its kind's own."""
    known = [MEASURED[name] for name in measures if name in MEASURED]
    found = kind(kind_id)
    return known[0] if known else (found.outcome if found else "entry to care")


def check(study: Study) -> None:
    """Raises WrongStudy for what no study could have found, or what nobody says where they saw."""
    for value in (study.id, study.kind):
        if not _SLUG.fullmatch(value):
            raise WrongStudy(f"{study.id}: {value!r} is not a name in small letters and hyphens.")
    if study.design not in get_args(Design):
        raise WrongStudy(f"{study.id}: there is no design {study.design!r}.")
    seen = study.provenance
    if not seen.seen_at and not seen.submissions:
        raise WrongStudy(f"{study.id}: nothing says where its numbers were seen.")
    if not study.numbers:
        raise WrongStudy(f"{study.id}: it holds no outcome.")
    for numbers in study.numbers:
        wrong = _wrong(numbers)
        if wrong:
            raise WrongStudy(f"{study.id}, {numbers.outcome_words}: {wrong}")


def _wrong(numbers: Numbers) -> str:
    for value, allowed in (
        (numbers.outcome, Outcome),
        (numbers.effect_type, EffectType),
        (numbers.reported, Reported),
        (numbers.counted, Counted),
    ):
        if value not in get_args(allowed):
            return f"there is no {value!r} among {', '.join(filter(None, get_args(allowed)))}."
    shares = (numbers.share_with, numbers.share_without, numbers.p)
    ends = [end for end in (numbers.low, numbers.effect, numbers.high) if end is not None]
    ratio, difference = numbers.effect_type in RATIOS, numbers.effect_type == "risk difference"
    faults = {
        "a share or p lies outside 0 to 1.": any(s is not None and not 0 <= s <= 1 for s in shares),
        "the effect lies outside its interval.": ends != sorted(ends),
        "an interval has two ends.": (numbers.low is None) != (numbers.high is None),
        "a ratio is below 0.": ratio and any(end < 0 for end in ends),
        "a difference of shares lies outside -1 to 1.": difference
        and any(1 < abs(e) < inf for e in ends),
        "a flag of one outcome is no doubt.": bool(set(numbers.flags) - set(DOUBTS)),
        "an effect is given and not of what type.": numbers.effect_type == "none" and bool(ends),
    }
    return next((fault for fault, wrong in faults.items() if wrong), "")


@cache
def _read() -> tuple[tuple[Kind, ...], tuple[Study, ...]]:
    held: dict[str, Any] = json.loads(
        files("whatworks.evidence").joinpath("data", "studies.json").read_text("utf-8")
    )
    found = tuple(Kind(**one) for one in held["kinds"])
    studies = tuple(from_dict(one) for one in held["studies"])
    names = {one.id for one in found}
    for study in studies:
        check(study)
        if study.kind not in names:
            raise WrongStudy(f"{study.id}: there is no kind {study.kind!r}.")
    if len({study.id for study in studies}) != len(studies):
        raise WrongStudy("Two studies of the shelf have the same id.")
    return found, studies
