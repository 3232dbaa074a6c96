"""What is done now across councils, beside an outcome of each and what evidence says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from whatworks import measures
from whatworks.rollout import NEEDS
from whatworks.service.burden.uses import reader_of, used
from whatworks.service.common import workspace
from whatworks.service.common.access import requires
from whatworks.service.common.models import Organisation, Person
from whatworks.service.common.permissions import Permission
from whatworks.service.rollout import asks, changes, figures, queries, rated, reading
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.forms import WORDS
from whatworks.service.rollout.models import What
from whatworks.service.rollout.queries import Recorded
from whatworks.service.rollout.rated import Rated
from whatworks.service.rollout.views.common import councils_with


@dataclass(frozen=True)
class Line:
    """What one council does about one need. ``figure`` is None where it is not the reader's."""

    council: str
    uses: tuple[tuple[str, str, str], ...]
    """(name, practice id or '', since when or that it stopped)."""
    said: str
    figure: figures.Figure | None


@require_safe
@requires(Permission.READ_EVIDENCE)
def done_now(request: HttpRequest) -> HttpResponse:
    """Each need with what each council does; what is used unproven, and proven but unused."""
    everyone = queries.everyone_now()
    called = dict(
        Organisation.objects.filter(council_code__in=everyone).values_list("council_code", "name")
    )
    known = {one.id: one for one in queries.practices()}
    names = {slug: one.name for slug, one in known.items()}
    verdicts = [rated.rated(one) for one in known.values()]
    users = _users(everyone, called)
    if any(everyone.values()):
        read = ("choice", "other", "since")
        used("done_now", read, place=asks.COMPARED, reader=reader_of(request.user))
    unproven = _of(verdicts, users, proven=False, used=True)
    return render(
        request,
        "rollout/done_now.html",
        {
            "needs": [_need(need, request.user, everyone, called, names) for need in NEEDS],
            "silent": [called[code] for code, told in everyone.items() if told is None],
            "answered": sum(told is not None for told in everyone.values()),
            "councils": len(everyone),
            "beware": [one for one in unproven if one[0].beware],
            "unproven": [one for one in unproven if not one[0].beware],
            "unused": _of(verdicts, users, proven=True, used=False),
            "used_and_proven": _of(verdicts, users, proven=True, used=True),
            "only_own": not workspace.synthetic(),
            "recording": councils_with(request.user, Permission.RECORD_PRACTICE),
        },
    )


def _need(
    need: str,
    person: Person,
    everyone: Mapping[str, Recorded | None],
    called: Mapping[str, str],
    names: Mapping[str, str],
) -> dict[str, Any]:
    measure, seen = figures.measure_beside(need), figures.may_see(person)
    lines = [
        _line((code, called[code]), told.of(need), names, measure, seen)
        for code, told in everyone.items()
        if told is not None
    ]
    drawn = [line.figure.high for line in lines if line.figure and line.figure.high is not None]
    counted = [line.said for line in lines]
    return {
        "title": WORDS[need][0],
        "meant": WORDS[need][1],
        "slug": need.replace(" ", "-"),
        "measure": measure,
        "lines": lines,
        "largest": max(drawn, default=0),
        "using": sum(bool(line.uses) for line in lines),
        "nothing": counted.count(What.NOTHING.label),
        "dont_know": counted.count(What.DONT_KNOW.label),
        "silent": counted.count("Not answered"),
    }


def _line(
    place: tuple[str, str],
    entries: Sequence[Entry],
    names: Mapping[str, str],
    measure: measures.Measure | None,
    seen: frozenset[str],
) -> Line:
    code, name = place
    done = [one for one in entries if one.of_something]
    uses = tuple((changes.title(one, names), one.practice, _when(one)) for one in done)
    said = "" if done else (What(entries[0].what).label if entries else "Not answered")
    figure = figures.newest(code, measure) if measure is not None and code in seen else None
    return Line(name, uses, said, figure)


def _when(one: Entry) -> str:
    began = f"since {reading.month_words(one.since)}" if one.since else "since when is not known"
    return f"stopped {reading.month_words(one.stopped)}" if one.stopped else began


def _users(
    everyone: Mapping[str, Recorded | None], called: Mapping[str, str]
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, told in everyone.items():
        for slug in sorted({one.practice for one in told.using} if told else ()):
            found.setdefault(slug, []).append(called[code])
    return found


def _of(
    verdicts: Sequence[Rated], users: Mapping[str, list[str]], *, proven: bool, used: bool
) -> list[tuple[Rated, list[str]]]:
    return [
        (one, users.get(one.practice.id, []))
        for one in verdicts
        if one.proven == proven and bool(users.get(one.practice.id)) == used
    ]
