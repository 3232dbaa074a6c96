"""Annex A: the eleven lists of children that Ofsted asks of a council at an inspection.

The lists tell of the very lives that the returns are cut from: a child has the same number, dates
and codes in the lists as in the SSDA903 return and the CIN census of the same day. What lives do
not hold is drawn from a stream of the council's own, forked by child and event, so that the lists
come out the same whatever else is asked for: contacts that led to nothing, early help, visits,
who was seen, health and dental checks, return interviews, adopters, whom a child in need is
allocated to. No list holds a name: workers and advisers are numbers.

The periods, and who is listed, are in ``forms`` and in each list's own function. What could not
be confirmed of the request is among ``whatworks.reference.doubts()``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from whatworks.synthetic.annex_a.adoption import adopters, adoption
from whatworks.synthetic.annex_a.care_list import looked_after
from whatworks.synthetic.annex_a.forms import Row, forms
from whatworks.synthetic.annex_a.front_door import contacts, early_help, referrals
from whatworks.synthetic.annex_a.leavers import care_leavers
from whatworks.synthetic.annex_a.need_lists import (
    assessments,
    children_in_need,
    enquiries,
    protection_plans,
)
from whatworks.synthetic.annex_a.reporting import Report
from whatworks.synthetic.annex_a.returned import returned
from whatworks.synthetic.annex_a.workbook import workbook
from whatworks.synthetic.identity import Person
from whatworks.synthetic.lives import Life
from whatworks.synthetic.manifest import NOTICE
from whatworks.synthetic.need import Need
from whatworks.synthetic.socialworkers import SocialWorker
from whatworks.synthetic.world import World

FILE_NAME = "annex_a.xlsx"

__all__ = ["FILE_NAME", "annex_a_file", "lists"]


def lists(
    where: World,
    day: int,
    people: Iterable[Life],
    needs: Iterable[tuple[Person, Sequence[Need]]],
    workers: Mapping[str, Sequence[SocialWorker]],
) -> dict[int, list[Row]]:
    """The rows of each list, 1 to 11, with cells in the order of ``forms()[n].columns``.

    Args:
        where: the council.
        day: the ordinal of the reporting day; the last day of a collection year as a rule, as
            care leavers' and health facts are then those of the return of that year.
        people: the lives of children looked after, as ``population.lives`` gives them for the
            collection years that the twelve months to the day reach into.
        needs: the spells of need of every child of those years, looked after or not.
        workers: child number -> the social workers of a looked-after child, in order. Where
            there are none at all on the day, workers are invented.
    """
    report = Report(where, day, people, needs, workers)
    told = returned(report)
    return {
        1: contacts(report),
        2: early_help(report),
        3: referrals(report),
        4: assessments(report),
        5: enquiries(report),
        6: children_in_need(report),
        7: protection_plans(report),
        8: looked_after(report, told),
        9: care_leavers(report, told),
        10: adoption(report, told),
        11: adopters(report, told),
    }


def annex_a_file(
    where: World,
    day: int,
    people: Iterable[Life],
    needs: Iterable[tuple[Person, Sequence[Need]]],
    workers: Mapping[str, Sequence[SocialWorker]],
) -> dict[str, bytes]:
    """File name -> content: the lists as one Excel workbook, a sheet for each.

    Arguments are those of ``lists``. The same arguments give the same bytes.
    """
    rows = lists(where, day, people, needs, workers)
    sheets = ((form, rows[number]) for number, form in forms().items())
    return {FILE_NAME: workbook(sheets, day=day, notice=NOTICE)}
