"""Which councils may stand beside those that adopted a practice, and what is doubtful of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from whatworks import reference
from whatworks.rollout import Practice
from whatworks.rollout.natural_experiment import Effect, Warned
from whatworks.service.common.models import Organisation
from whatworks.service.rollout import queries

UNSURE = "dont_know"


@dataclass(frozen=True)
class Beside:
    """``left_out``: councils that can be neither adopters nor a fair comparison; ``unsure``: those
    that never answered for the need, or do not know; ``others``: measure -> councils where another
    practice, for another need, is meant to move it too."""

    adopted: Mapping[str, date]
    left_out: frozenset[str]
    unsure: frozenset[str]
    others: Mapping[str, frozenset[str]]


def beside(practice: Practice, councils: Iterable[str], last: date) -> Beside:
    """Who may be compared, by what councils recorded.

    Left out are those that stopped the practice or cannot say since when they use it, and those
    that use or used another one for the same need: their figures move for a reason that no date
    tells. Adoptions after ``last`` are still to come.
    """
    dated = queries.adoptions(practice.id)
    adopted = {code: day for code, day in dated.items() if day <= last}
    rivals = {
        use.council
        for other in queries.practices()
        if other.id != practice.id and other.need == practice.need
        for use in queries.uses(other.id)
        if use.since is None or use.since <= last
    }
    left_out = frozenset(queries.left_out(practice.id)) | (rivals - set(dated))
    return Beside(adopted, left_out, _unsure(practice, councils) - set(dated), _others(practice))


def _unsure(practice: Practice, councils: Iterable[str]) -> frozenset[str]:
    now = queries.everyone_now()
    found = set()
    for code in councils:
        told = now.get(code)
        entries = told.of(practice.need) if told is not None else ()
        if not entries or any(one.what == UNSURE for one in entries):
            found.add(code)
    return frozenset(found)


def _others(practice: Practice) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for other in queries.practices():
        if other.id == practice.id or other.need == practice.need:
            continue
        using = {use.council for use in queries.uses(other.id)}
        for measure in other.outcomes:
            found.setdefault(measure, set()).update(using)
    return {measure: frozenset(codes) for measure, codes in found.items()}


def doubts(found: Beside, effect: Effect, councils: Iterable[str]) -> tuple[Warned, ...]:
    """Cautions about an effect that only what councils recorded can give."""
    used = set(councils) - set(effect.left_out)
    unsure = found.unsure & used
    others = found.others.get(effect.measure, frozenset()) & used
    told = []
    if unsure:
        told.append(
            Warned(
                "unanswered",
                f"{_names(unsure)} did not say what they do for this need, and are counted as not "
                "using it. If one of them does, the comparison is off by that.",
            )
        )
    if others:
        both = others & set(effect.adopted)
        also = f" Of them, {_names(both)} adopted this one too." if both else ""
        if both == others:
            also = f" {'All of them' if len(both) > 1 else 'It'} adopted this one too."
        told.append(
            Warned(
                "others_at_work",
                f"In {_names(others)} another practice, for another need, is meant to move this "
                f"figure too.{also} Part of the difference may be that.",
            )
        )
    return tuple(told)


def _names(codes: Iterable[str]) -> str:
    names = [_name(code) for code in sorted(codes)]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _name(code: str) -> str:
    place = Organisation.objects.filter(council_code=code).first()
    if place is not None:
        return str(place.name)
    try:
        return reference.council(code).name
    except reference.NotHeld:
        return f"Council {code}"
