"""Like with like: what would be expected of a council, had its children's groups the rates of all.

Only percentages are adjusted. Their children are known by group; the population behind a rate is
not held by age or sex. England's published characteristics say how children divide, not what
happened to each group, so expected figures come from the councils compared and nobody else.

Only what a council did not choose may be adjusted for: who the children are, and what brought
them. To adjust for where it placed them, or under which order, would adjust its practice away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from whatworks.inference.standardising import Expected, standardised
from whatworks.measures.breakdowns import NOT_KNOWN, breakdown
from whatworks.measures.definition import Measure, MeasureError

GIVEN = ("age_group", "sex", "uasc", "ethnicity", "category_of_need")
"""Breakdowns that may be adjusted for, where a measure has them."""
FEWEST_IN_GROUP = 20
"""A group with fewer in all councils together has no rate of its own worth using."""
MOST_UNPLACED = 0.1
"""A council with a greater share in no such group is not compared."""
NOT_RATES = (
    "Rates are not adjusted for age or sex: how many children of each age and sex live in an area "
    "is not held."
)
_UNPLACED = "unplaced"


@dataclass(frozen=True)
class Placed:
    """Expected counts of the ``councils`` that can be compared; ``refused``: council -> why not."""

    councils: list[str]
    expected: Expected
    refused: Mapping[str, str]


def chosen(measure: Measure, adjust: Sequence[str]) -> list[str]:
    """The breakdowns to adjust for. Raises MeasureError where that cannot or should not be done."""
    by = [breakdown(name).name for name in dict.fromkeys(adjust)]
    if not by:
        return []
    if measure.kind != "percentage":
        why = NOT_RATES if measure.kind == "rate" else "Only percentages can be adjusted."
        raise MeasureError(why)
    for name in by:
        if name not in measure.breakdowns:
            raise MeasureError(
                f"{measure.name} is not broken down by {breakdown(name).title.lower()}, so it "
                "cannot be adjusted for it."
            )
        if name not in GIVEN:
            raise MeasureError(
                f"{breakdown(name).title} is partly a council's own choice. To adjust for it would "
                "hide what the comparison is meant to show."
            )
    return by


def placed(groups: pl.DataFrame, by: Sequence[str], councils: Sequence[str]) -> Placed:
    """Expected counts of ``councils`` from rows of ``run`` by groups, of one measure and year.

    Children whose group is not known, or in a group that has fewer than 20 in all councils, form
    one group together. A council with more than a tenth of its children there is refused, and
    the groups' rates are those of the others. Raises MeasureError where fewer than two are left.
    """
    rows = groups.filter(pl.col("council").is_in(list(councils)), pl.col("value").is_not_null())
    unknown = pl.any_horizontal(pl.col(name) == NOT_KNOWN for name in by)
    rows = rows.with_columns(
        group=pl.when(unknown).then(pl.lit(_UNPLACED)).otherwise(pl.concat_str(by, separator=", "))
    )
    whole = pl.col("denominator").sum().over("group")
    rows = rows.with_columns(
        group=pl.when(whole < FEWEST_IN_GROUP).then(pl.lit(_UNPLACED)).otherwise("group")
    )
    refused = _refused(rows)
    kept = [code for code in sorted(councils) if code not in refused]
    if len(kept) < 2:
        raise MeasureError(
            "Fewer than two councils know their children's groups well enough to be compared like "
            f"with like: adjusting allows {MOST_UNPLACED:.0%} of children in groups that are not "
            "known or too small. Compare without adjusting, or by fewer groups."
        )
    rows = rows.filter(pl.col("council").is_in(kept))
    names = sorted(rows["group"].unique())
    top, size = (_table(rows, column, kept, names) for column in ("numerator", "denominator"))
    return Placed(kept, standardised(top, size), refused)


def _refused(rows: pl.DataFrame) -> dict[str, str]:
    unplaced = pl.col("denominator").filter(pl.col("group") == _UNPLACED).sum()
    shares = rows.group_by("council").agg(share=unplaced / pl.col("denominator").sum())
    many = shares.filter(pl.col("share") > MOST_UNPLACED).sort("council")
    return {
        code: (
            f"Not compared: {share:.0%} of its children are in groups that are not known or too "
            f"small, and adjusting allows {MOST_UNPLACED:.0%}."
        )
        for code, share in many.iter_rows()
    }


def _table(
    rows: pl.DataFrame, column: str, councils: Sequence[str], groups: Sequence[str]
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Sums as an array of (councils, groups), in the order given."""
    found = np.zeros((len(councils), len(groups)))
    row = {code: place for place, code in enumerate(councils)}
    at = {group: place for place, group in enumerate(groups)}
    summed = rows.group_by("council", "group").agg(pl.col(column).sum())
    for code, group, value in summed.iter_rows():
        found[row[code], at[group]] = value
    return found


def told(by: Sequence[str]) -> str:
    """What an adjusted comparison allows for."""
    names = " and ".join(breakdown(name).title.lower() for name in by)
    return (
        f"Expected figures allow for {names}: each is what the council would have, had every group "
        "of its children the percentage of that group in all councils compared. Children whose "
        "group is not known or very small count as one group."
    )
