"""Views of what follows care: adoption, permanent homes that ended, young people who have left."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys import codes
from whatworks.journeys.deriving import CareJourneys
from whatworks.measures.views import care
from whatworks.measures.views.common import OF_ALL, collection_year
from whatworks.tables import (
    age_at,
    attach,
    birthday,
    col,
    days_between,
    frame,
    is_blank,
    latest_version,
    lit,
    when,
)

ADOPTED = ("E1", "E11", "E12")
"""Reasons for ceasing: adopted (E1 until consent was told apart), unopposed, consent dispensed
with by the court."""
FOR_ADOPTION = ("A3", "A4", "A5", "A6")
"""Placements with those who mean to adopt the child."""
TO_BE_PLACED = "E1"
"""Legal status: a placement order, by which a court lets the council place for adoption."""
FOSTERED = ("U1", "U2", "U3", "U4", "U5", "U6")
ADULT = 18


def adopted(journeys: CareJourneys) -> Any:
    """One row a child who left care by adoption in the year; days from each step to the next.

    ENTRY_TO_PLACED: days from the start of care to the day the last placement for
    adoption began; ORDER_TO_MATCH and DECISION_TO_MATCH: days from the first placement order of
    that period of care, and from the decision, to the match with adopters; BY_CARERS: FOSTER_CARE.
    Null where a day is not known, or is of a time before the returns loaded (the first two, for a
    child whose start is not seen); negative where days are out of order.
    """
    rows = care.in_each_year(journeys, "END")
    rows = latest_version(rows, by=["YEAR", "CHILD"], order=["END", "PERIOD"])
    rows = rows.filter(col("END_REASON").is_in(ADOPTED))
    within = ["CHILD", "PERIOD"]
    spent = frame(journeys.episodes)
    anew = col("PLACE").is_in(FOR_ADOPTION) & col("RNE").is_in(codes.NEW_PLACEMENT.codes)
    placed = spent.filter(anew).group_by(*within).agg(PLACED=col("DECOM").max())
    ordered = spent.filter(col("LS") == TO_BE_PLACED).group_by(*within)
    rows = attach(rows, placed, on=within, columns="PLACED")
    rows = attach(rows, ordered.agg(ORDERED=col("DECOM").min()), on=within, columns="ORDERED")
    told = frame(journeys.outcomes.of("adoptions"))
    said = ["DATE_INT", "DATE_MATCH", "FOSTER_CARE"]
    rows = attach(rows, told, on="CHILD", columns=said)
    rows = rows.with_columns(
        ON=col("END"),
        LS=col("END_LS"),
        PLACE=col("END_PLACE"),
        SUBMISSION=col("END_SUBMISSION"),
        RETURN_YEAR=col("END_YEAR"),
        ROW=col("END_ROW"),
        ENTRY_TO_PLACED=when(col("START_SEEN")).then(days_between("START", "PLACED")),
        ORDER_TO_MATCH=when(col("START_SEEN")).then(days_between("ORDERED", "DATE_MATCH")),
        DECISION_TO_MATCH=days_between("DATE_INT", "DATE_MATCH"),
        BY_CARERS=col("FOSTER_CARE"),
    )
    days = ["ENTRY_TO_PLACED", "ORDER_TO_MATCH", "DECISION_TO_MATCH"]
    return care.described(rows, journeys, extra=[*days, "BY_CARERS"])


def plans_for_adoption(journeys: CareJourneys) -> Any:
    """One row a plan for adoption and year in which it was made or given up; MADE, GIVEN_UP.

    ON is the day on which it was made; REASON_PLACED_CEASED says why it was given up.
    """
    rows = frame(journeys.outcomes.of("adoption_plans")).rename({"YEAR": "RETURN_YEAR"})
    rows = rows.with_columns(
        MADE_IN=collection_year("DATE_PLACED"), ENDED_IN=collection_year("DATE_PLACED_CEASED")
    )
    each = ["MADE_IN", "ENDED_IN"]
    parts = [
        rows.filter(
            (col("MADE_IN") == year) | (col("ENDED_IN") == year).fill_null(value=False)
        ).with_columns(YEAR=lit(year, dtype=nw.Int64))
        for year in journeys.years
    ]
    rows = nw.concat(parts).with_columns(
        *(
            (col(day) == col("YEAR")).fill_null(value=False).alias(flag)
            for day, flag in zip(each, ("MADE", "GIVEN_UP"), strict=True)
        )
    )
    rows = attach(rows, frame(journeys.children), on="CHILD", columns=["SEX", "ETHNIC", "DOB"])
    rows = rows.with_columns(
        ON=col("DATE_PLACED"), AGE=age_at("DOB", "DATE_PLACED"), TABLE=lit("PlacedAdoption")
    )
    return rows.select(*OF_ALL, "MADE", "GIVEN_UP", "REASON_PLACED_CEASED")


def started_after_an_earlier_home(journeys: CareJourneys) -> Any:
    """``views.care.started`` with PREV_PERM: the kind of permanent home there had been before."""
    rows = frame(care.started(journeys)).select(*care.OF_CARE, "START_SEEN")
    told = frame(journeys.outcomes.of("earlier_homes"))
    return attach(rows, told, on=["CHILD", "YEAR"], columns="PREV_PERM")


def care_leavers(journeys: CareJourneys) -> Any:
    """One row a young person in the care leavers' table (OC3) and year; IN_TOUCH, ACTIV, ACCOM.

    AGE is that of 31 March, which is the birthday that fell in the year. CARE_SEEN: whether the
    last period of care is in the returns loaded; FOSTERED_AT_18: whether it ended on or after the
    eighteenth birthday in a foster home.
    """
    people, spells = frame(journeys.children), frame(journeys.periods)
    rows = frame(journeys.outcomes.of("leavers"))
    rows = attach(rows, people, on="CHILD", columns=["SEX", "ETHNIC", "DOB"], prefix="KNOWN_")
    given = col("DOB")
    born = when(is_blank("KNOWN_DOB")).then(given).otherwise(col("KNOWN_DOB"))
    last_spell = latest_version(spells, by="CHILD", order=["START", "PERIOD"])
    rows = rows.with_columns(DOB=born, SEX=col("KNOWN_SEX"), ETHNIC=col("KNOWN_ETHNIC"))
    rows = attach(rows, last_spell, on="CHILD", columns=["START", "END", "END_PLACE"])
    grown = (col("END") >= birthday("DOB", ADULT)) & col("END_PLACE").is_in(FOSTERED)
    parts = [
        rows.filter(col("YEAR") == year).with_columns(ON=lit(last, dtype=nw.Date))
        for year, (_, last) in journeys.windows.items()
    ]
    rows = nw.concat(parts).with_columns(
        AGE=age_at("DOB", "ON"),
        RETURN_YEAR=col("YEAR"),
        TABLE=lit("OC3"),
        CARE_SEEN=~is_blank("START"),
        FOSTERED_AT_18=grown.fill_null(value=False),
    )
    said = ["IN_TOUCH", "ACTIV", "ACCOM", "CARE_SEEN", "FOSTERED_AT_18"]
    return rows.select(*OF_ALL, *said)


VIEWS: Mapping[str, Callable[[CareJourneys], Any]] = {
    "adopted": adopted,
    "plans_for_adoption": plans_for_adoption,
    "started_after_an_earlier_home": started_after_an_earlier_home,
    "care_leavers": care_leavers,
}
