"""What the forms cost people, and which questions earn their place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from whatworks import ledger
from whatworks.service.burden.asking import Ask, Question, asks
from whatworks.service.burden.models import AnswerUse

YEAR = timedelta(days=365)
"""How long a question may go unused before it is proposed for retirement."""


@dataclass(frozen=True)
class Use:
    """The uses of one question at one place in the last twelve months."""

    words: str
    times: int
    readers: int
    last: date | None


@dataclass(frozen=True)
class Asked:
    """One question with what became of its answers.

    ``retire`` says why it is proposed for retirement; ``not_yet`` from which day it will be if
    nobody uses it; both empty where it earns its place.
    """

    question: Question
    uses: tuple[Use, ...]
    retire: str
    not_yet: date | None

    @property
    def times(self) -> int:
        """How often its answers were used in the last twelve months."""
        return sum(one.times for one in self.uses)


@dataclass(frozen=True)
class Filled:
    """One form: how often it was filled in during the last twelve months, since when at all."""

    ask: Ask
    times: int
    people: int
    first: date | None
    questions: tuple[Asked, ...]

    @property
    def hours(self) -> float:
        """Hours that people gave to it in the last twelve months."""
        return self.times * self.ask.minutes / 60

    @property
    def to_retire(self) -> tuple[Asked, ...]:
        """The questions that are proposed for retirement."""
        return tuple(one for one in self.questions if one.retire)


def ledger_of_burden(today: date) -> tuple[Filled, ...]:
    """Every form with what it cost and what became of its answers, as the ledger has it."""
    since = today - YEAR
    times: Counter[str] = Counter()
    people: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, date] = {}
    by_kind = {kind: ask.name for ask in asks().values() for kind in ask.events}
    connection.ensure_connection()
    for event in ledger.events(connection.connection):
        name = by_kind.get(event.kind)
        if name is None or not event.by.startswith("person:"):
            continue
        day = event.at.date()
        first[name] = min(day, first.get(name, day))
        if day > since:
            times[name] += 1
            people[name].add(event.by)
    used = _uses(since)
    return tuple(
        Filled(
            ask,
            times[ask.name],
            len(people[ask.name]),
            first.get(ask.name),
            tuple(_asked(ask, one, used, first.get(ask.name), today) for one in ask.questions),
        )
        for ask in asks().values()
    )


_Key = tuple[str, str, str]


def _uses(since: date) -> Mapping[_Key, Use]:
    times: Counter[_Key] = Counter()
    readers: defaultdict[_Key, set[str]] = defaultdict(set)
    last: dict[_Key, date] = {}
    for row in AnswerUse.objects.filter(day__gt=since):
        key = (row.ask, row.question, row.place)
        times[key] += row.times
        readers[key].add(row.reader)
        last[key] = max(row.day, last.get(key, row.day))
    return {key: Use("", n, len(readers[key]), last[key]) for key, n in times.items()}


def _asked(
    ask: Ask, one: Question, used: Mapping[_Key, Use], first: date | None, today: date
) -> Asked:
    uses = []
    for place, words in one.used_in.items():
        found = used.get((ask.name, one.name, place))
        uses.append(
            Use(words, found.times, found.readers, found.last) if found else Use(words, 0, 0, None)
        )
    retire, not_yet = _verdict(one, sum(use.times for use in uses), first, today)
    return Asked(one, tuple(uses), retire, not_yet)


def _verdict(one: Question, times: int, first: date | None, today: date) -> tuple[str, date | None]:
    """Why a question should go, or from which day it should if it stays unused."""
    if one.at_once or times:
        return "", None
    if not one.used_in:
        return "Nothing in this service uses the answer.", None
    if first is None:
        return "", None
    due = first + YEAR
    if due <= today:
        return "Nobody has used an answer in the last twelve months.", None
    return "", due
