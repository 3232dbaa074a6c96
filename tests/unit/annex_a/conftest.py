"""One council of invented children, with its Annex A lists and its returns of the same day."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from whatworks.synthetic.annex_a import lists
from whatworks.synthetic.annex_a.forms import forms
from whatworks.synthetic.calendar import last_day
from whatworks.synthetic.cin import census
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.need_population import in_need
from whatworks.synthetic.population import lives
from whatworks.synthetic.setting import settings
from whatworks.synthetic.socialworkers import SocialWorker
from whatworks.synthetic.ssda903 import COLUMNS as CARE
from whatworks.synthetic.ssda903 import cut
from whatworks.synthetic.world import world

COUNCIL, YEAR = "340", 2024
DAY = last_day(YEAR)


def some_workers(people):
    """One social worker for each of seven in eight children ever looked after."""
    return {
        life.who.id: [SocialWorker(f"SW9{n % 40:05d}", DAY - 900, DAY + 30, "FCONTA")]
        for n, life in enumerate(people)
        if life.counted and n % 8
    }


def draw(first_year, last_year):
    where = world(settings([COUNCIL])[0].scaled(0.4), 3, USUAL)
    people = lives(where, first_year, last_year)
    return where, people, in_need(where, people, first_year, last_year, 0.2)


def read(rows):
    """List number -> rows as dicts by heading."""
    return {
        n: [dict(zip([c.name for c in form.columns], row, strict=True)) for row in rows[n]]
        for n, form in forms().items()
    }


@pytest.fixture(scope="session")
def drawn():
    where, people, needs = draw(YEAR, YEAR)
    workers = some_workers(people)
    rows = lists(where, DAY, people, needs, workers)
    care = cut(people, workers, COUNCIL, YEAR)
    return SimpleNamespace(
        council=COUNCIL,
        year=YEAR,
        day=DAY,
        draw=draw,
        some_workers=some_workers,
        read=read,
        where=where,
        people=people,
        needs=needs,
        workers=workers,
        rows=rows,
        lists=read(rows),
        care={
            table: [dict(zip(CARE[table], row, strict=True)) for row in found]
            for table, found in care.items()
        },
        census=census(needs, COUNCIL, YEAR),
    )
