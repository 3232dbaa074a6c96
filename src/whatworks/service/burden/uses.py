"""Counting that answers were used, where they are used."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from whatworks.service.burden.asking import asks
from whatworks.service.burden.models import AnswerUse
from whatworks.service.common.models import Person

CENTRE = "centre"


@transaction.atomic
def used(ask: str, questions: Iterable[str], *, place: str, reader: str = "") -> None:
    """Count that the answers to these questions of a form were used at a place.

    reader: the council's code, 'centre', or '' for the service itself. Raises LookupError where
    the form, the question, or such a use of it is not declared: what is counted and what people
    are told cannot part.
    """
    today = timezone.localdate()
    form = asks()[ask]
    names = sorted(set(questions))
    for name in names:
        if place not in form.question(name).used_in:
            raise LookupError(f"No use of {ask}.{name} at {place!r} is declared.")
    where = {"ask": ask, "place": place, "reader": reader, "day": today}
    rows = (AnswerUse(**where, question=name, times=0) for name in names)
    AnswerUse.objects.bulk_create(rows, ignore_conflicts=True)
    AnswerUse.objects.filter(**where, question__in=names).update(times=F("times") + 1)


def reader_of(person: Person) -> str:
    """The organisation for which somebody reads: a council's code, or the Centre."""
    for role in person.current_roles:
        if role.organisation.council_code:
            return str(role.organisation.council_code)
    return CENTRE
