"""What the measures of monthly inputs share: where they come from, and what that means.

None of it is in a statutory return. Each measure says which lists or tables it needs, and a
council that did not send them has no figure, never a nought.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import Measure
from whatworks.returns.annex_a.form import PERIOD_UNCONFIRMED
from whatworks.tables import col

DAY = (
    "The day of the lists: of a collection year, the last that was loaded; each month has its own "
    "figure as well."
)
NOT_A_RETURN = (
    "This comes from Annex A lists, which councils keep for inspectors, and not from a statutory "
    "return: nobody checks it, and councils may fill it in differently."
)
NOT_A_RETURN_SSD = (
    "This comes from the Standard Safeguarding Dataset, which is cut from a council’s own case "
    "system, and not from a statutory return: nobody checks it."
)
NO_SERIES = (
    "England’s councils publish no such figure, so there is nothing to set this beside but other "
    "months and years of the same council."
)
LIST_FORM = (
    "Ofsted, inspection of local authority children’s services: Annex A child-level lists, as "
    "councils’ shared cleaning schemas list their columns."
)
SSD_FORM = "Standard Safeguarding Dataset: published specification of tables and fields."
BLANK = "A blank date counts as not done: nothing says that it was."
FUTURE = "The date cannot be read, or lies after the day of the lists."

annex_a = partial(
    Measure,
    kind="percentage",
    collection="annex_a",
    breakdowns=("age_group", "sex", "ethnicity"),
    confidence="unconfirmed",
    pillar="practice and systems",
    when="on the last day of lists loaded for the year to 31 March {year}",
    clock=DAY,
    mirrors=(),
    unconfirmed=(PERIOD_UNCONFIRMED,),
    sources=(LIST_FORM,),
)
ssd = partial(
    Measure,
    kind="percentage",
    collection="ssd",
    breakdowns=("age_group", "sex", "ethnicity"),
    confidence="unconfirmed",
    pillar="practice and systems",
    topic="family",
    when="on the last day of data loaded for the year to 31 March {year}",
    clock=DAY.replace("lists", "data"),
    mirrors=(),
    sources=(SSD_FORM,),
)


def needed(table: str, *columns: str) -> tuple[str, ...]:
    """The gaps that leave a measure without a figure: those columns of a table."""
    return tuple(f"{table}/{column}" for column in columns)


def flag(name: str) -> Callable[[], Any]:
    """That column of the view says so."""
    return lambda: col(name)


def is_not(name: str) -> Callable[[], Any]:
    """That column of the view says that it is not so."""
    return lambda: ~col(name)
