"""Why the number of children in care changed, worked by hand."""

from __future__ import annotations

import pytest

from whatworks import measures
from whatworks.journeys.examples import journeys
from whatworks.measures import MeasureError

CHILDREN = """
child born        sex
Ada   2012-05-01  2
Ben   2012-05-01  1
Cy    2007-06-01  1
Dee   2012-05-01  2
Eve   2012-05-01  2
Fay   2012-05-01  2
"""
IN_2023 = """
child from       rne ls place to         rec
Ada   2021-05-01 S   C2 U6    2022-09-01 E4A
Ben   2022-05-01 S   C2 U6    .          .
Cy    2022-06-01 S   V2 U6    .          .
"""
IN_2024 = """
child from       rne ls place to         rec
Ben   2022-05-01 S   C2 U6    .          .
Cy    2022-06-01 S   V2 U6    .          .
Ada   2023-05-01 S   C2 U6    .          .
Dee   2023-06-01 S   C2 U6    2023-09-01 E4A
"""
IN_2025 = """
child from       rne ls place to         rec
Ben   2022-05-01 S   C2 U6    .          .
Ada   2023-05-01 S   C2 U6    2024-07-01 E4A
Cy    2022-06-01 S   V2 U6    2024-12-01 E4A
Eve   2024-06-01 S   C2 U6    .          .
Fay   2024-06-01 P   C2 U6    .          .
"""
SEEKERS = """
child until
Cy    .
"""


def _care(**years):
    written = {int(name[1:]): text for name, text in years.items()}
    return journeys(written, children=CHILDREN, uasc=SEEKERS, council="316")


def test_why_the_number_changed_worked_by_hand() -> None:
    """On 31 March 2024 Ben, Cy and Ada; a year later Ben, Eve and Fay, whose beginning is not seen.

    In the year to 2024 two of the others came, of whom one left at once; nobody else left of the
    two who were there (Ben and Cy, under a year). In 2025 one of the others came and stayed; of
    those there Ada (under a year) and Cy (unaccompanied, longer) left, Ben (longer) did not.

    Momentum: 3 children, none leaving, and 2 coming of whom half leave: +1. One fewer came: on
    average of both shares leaving, -1 x (0.5 + 1) / 2 = -0.75. Half as many left at once: +0.5 x
    (2 + 1) / 2 = +0.75. Ada left early: -1. Cy left later: -1. Fay, not seen: +1.
    """
    found = measures.number_in_care(_care(y2023=IN_2023, y2024=IN_2024, y2025=IN_2025), 2025)
    assert (found.before, found.after) == (3, 3)
    assert {p.name: p.change for p in found.parts} == pytest.approx(
        {
            "momentum": 1.0,
            "entries_of_others": -0.75,
            "entries_of_unaccompanied": 0.0,
            "left_in_first_year": 0.75,
            "left_early": -1.0,
            "left_later": -1.0,
            "at_18": 0.0,
            "not_seen": 1.0,
        }
    )
    assert all(p.low <= p.high and p.title and p.text for p in found.parts)
    assert "31 March 2024" in found.parts[0].text
    flows = found.flows.to_dicts()
    assert flows[0]["unaccompanied"] == 1
    assert (flows[1]["entries"], flows[1]["reentries"], flows[1]["exits"]) == (2, 1, 1)
    assert flows[2]["beginning_not_seen"] == 1


def test_several_years_are_accounted_for_year_by_year() -> None:
    care = _care(y2023=IN_2023, y2024=IN_2024, y2025=IN_2025)
    found = measures.number_in_care(care, 2025, since=2023)
    assert sum(p.change for p in found.parts) == pytest.approx(found.after - found.before)
    assert found.since == 2023


def test_a_missing_year_is_the_reason_there_is_no_account() -> None:
    care = _care(y2023=IN_2023, y2025=IN_2025)
    gap = measures.number_in_care(care, 2025)
    assert gap.reason == (
        "The change needs the SSDA903 return for 2024 too, which has not been loaded."
    )
    assert (gap.before, gap.after, gap.parts) == (None, None, ())
    assert gap.flows["year"].to_list() == [2023, 2025]
    first = measures.number_in_care(care, 2023)
    assert first.reason is not None
    assert first.reason.startswith("2023 is the first year loaded")
    absent = measures.number_in_care(care, 2026)
    assert absent.reason == "No SSDA903 return for 2026 has been loaded."
    with pytest.raises(MeasureError, match="earlier year to a later"):
        measures.number_in_care(care, 2025, since=2025)
    nobody = journeys({}, council="316")
    assert measures.number_in_care(nobody, 2025).reason == (
        "No SSDA903 return for 2025 has been loaded."
    )
