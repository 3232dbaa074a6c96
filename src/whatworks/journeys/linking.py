"""Which child of a CIN census is which child of an SSDA903 return of the same council.

Both returns ask for the council's own number of the child (CHILD and LAchildID), and most councils
take both from one system; that a council does so is likely, not certain. So a number alone is not
believed. It is held against the date of birth and the sex that the two returns give: where both
are given in both and both differ, the number means two children. Where one differs it is taken for
a slip of the pen and noted.

A child of the census who is not found by number is looked for by unique pupil number: where it
belongs to one child in care alone, and date of birth and sex do not both speak against it. So a
child whose number was changed is still one child. What came of it is one of ``OUTCOMES`` for every
child in care.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import narwhals as nw

from whatworks.journeys.identities import as_sent, male
from whatworks.journeys.stacking import ReturnTables, in_order, stack
from whatworks.tables import attach, col, frame, is_blank, lit, materialise, native, when

BY_NUMBER, ONE_DIFFERS = "by_number", "by_number_one_differs"
BY_BOTH, BY_PUPIL_NUMBER = "by_number_and_pupil_number", "by_pupil_number"
ANOTHER_CHILD, NOT_FOUND = "number_of_another_child", "not_found"

OUTCOMES: Mapping[str, str] = {
    BY_NUMBER: "Found in the census by the council's number; nothing given speaks against it.",
    ONE_DIFFERS: "Found by the council's number; either the date of birth or the sex differs, "
    "which is taken for a mistake in one of the returns.",
    BY_BOTH: "Found by the council's number, and under another number too with the same unique "
    "pupil number: the number was changed, and what stands under both is this child's.",
    BY_PUPIL_NUMBER: "Found by the unique pupil number alone: the two returns give different "
    "numbers of the council's.",
    ANOTHER_CHILD: "The census has the number, but with another date of birth and another sex: "
    "it means another child, and nothing of that child's is taken.",
    NOT_FOUND: "Neither the number nor the unique pupil number is in any census that is loaded.",
}
"""What can come of looking for a child in care among the children in need, in words."""

FOUND = (BY_NUMBER, ONE_DIFFERS, BY_BOTH, BY_PUPIL_NUMBER)

_LENGTH = 13
"""Signs of a unique pupil number."""
_ASKED: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "ssda903": ("Header", "CHILD", ("UPN",)),
    "cin": ("ChildIdentifiers", "LAchildID", ("UPN", "FormerUPN")),
}
WHERE = {collection: asked[0] for collection, asked in _ASKED.items()}
"""The table of each return that gives pupil numbers."""


def pupil_numbers(returns: Iterable[ReturnTables], collection: str) -> Any:
    """CHILD, UPN: every unique pupil number that returns of a collection give a child.

    Codes for why there is none, and what is no such number, are left out.
    """
    table, child, columns = _ASKED[collection]
    ordered = in_order(returns)
    wanted = dict.fromkeys((child, *columns), nw.String)
    rows = frame(stack(ordered, table, wanted, collection=collection))
    each = [rows.select(CHILD=col(child), UPN=col(c)) for c in columns]
    said = nw.concat(each).filter(~is_blank("CHILD") & (col("UPN").str.len_chars() == _LENGTH))
    return materialise(native(said.unique(["CHILD", "UPN"])))


def linked(in_care: Any, in_need: Any, care_numbers: Any, need_numbers: Any) -> Any:
    """NEED_CHILD, CHILD, LINK, N_DIFFER: each child of the censuses who is found in care.

    ``in_care`` and ``in_need`` have CHILD, SEX and DOB, a row a child; ``care_numbers`` and
    ``need_numbers`` are ``pupil_numbers``. LINK is ``BY_NUMBER`` or ``BY_PUPIL_NUMBER``. A child
    in care may be several of the census, none of which is two in care.
    """
    theirs = _known(in_need).rename({"CHILD": "NEED_CHILD"})
    ours = _known(in_care).rename({"MALE": "CARE_MALE", "DOB": "CARE_DOB"})
    keyed = ours.with_columns(NEED_CHILD=as_sent("CHILD"))
    fitting = _fitting(theirs.join(keyed, on="NEED_CHILD", how="inner"))
    best = attach(theirs, fitting, on="NEED_CHILD", columns=["CHILD", "N_DIFFER"], order=_BEST)
    by_number = best.filter(~is_blank("CHILD")).with_columns(LINK=lit(BY_NUMBER))
    rest = best.filter(is_blank("CHILD")).drop("CHILD", "N_DIFFER")

    numbers = frame(need_numbers).rename({"CHILD": "NEED_CHILD"})
    owned = _alone(frame(care_numbers), "UPN", "CHILD")
    same = numbers.join(owned, on="UPN", how="inner").select("NEED_CHILD", "CHILD").unique()
    same = rest.join(_alone(same, "NEED_CHILD", "CHILD"), on="NEED_CHILD", how="inner")
    by_pupil_number = _fitting(same.join(ours, on="CHILD", how="inner"))
    by_pupil_number = by_pupil_number.with_columns(LINK=lit(BY_PUPIL_NUMBER))
    columns = ["NEED_CHILD", "CHILD", "LINK", "N_DIFFER"]
    both = nw.concat([by_number.select(*columns), by_pupil_number.select(*columns)])
    return materialise(native(both))


_BEST = ["N_DIFFER", "CHILD"]


def _known(people: Any) -> Any:
    """CHILD, DOB and MALE (boolean; null where sex is not told)."""
    return frame(people).select("CHILD", "DOB", MALE=male())


def _fitting(pairs: Any) -> Any:
    """The pairs that are not told to differ in both birth and sex; N_DIFFER: in how many."""
    born = (col("DOB") != col("CARE_DOB")).fill_null(value=False).cast(nw.Int64)
    sex = (col("MALE") != col("CARE_MALE")).fill_null(value=False).cast(nw.Int64)
    rows = pairs.with_columns(N_DIFFER=born + sex)
    return rows.filter(col("N_DIFFER") <= 1)


def _alone(rows: Any, key: str, of: str) -> Any:
    """The rows whose ``key`` belongs to one ``of`` alone."""
    counted = rows.select(key, of).unique().group_by(key).agg(__n=nw.len(), **{of: col(of).min()})
    return counted.filter(col("__n") == 1).drop("__n")


def outcomes(in_care: Any, in_need: Any, links: Any) -> Any:
    """CHILD, OUTCOME: what came of looking for each child in care (a key of ``OUTCOMES``)."""
    rows = frame(in_care).select("CHILD", KEY=as_sent("CHILD"))
    found = frame(links)
    number = found.filter(col("LINK") == BY_NUMBER).select("CHILD", "N_DIFFER")
    pupil = found.filter(col("LINK") == BY_PUPIL_NUMBER).select("CHILD").unique()
    there = frame(in_need).select("CHILD", HAS=lit(value=True)).rename({"CHILD": "KEY"})
    rows = attach(rows, number, on="CHILD", columns="N_DIFFER")
    rows = attach(rows, pupil.with_columns(PUPIL=lit(value=True)), on="CHILD", columns="PUPIL")
    rows = attach(rows, there, on="KEY", columns="HAS")
    outcome = (
        when(~is_blank("N_DIFFER") & ~is_blank("PUPIL"))
        .then(lit(BY_BOTH))
        .when(col("N_DIFFER") == 0)
        .then(lit(BY_NUMBER))
        .when(~is_blank("N_DIFFER"))
        .then(lit(ONE_DIFFERS))
        .when(~is_blank("PUPIL"))
        .then(lit(BY_PUPIL_NUMBER))
        .when(~is_blank("HAS"))
        .then(lit(ANOTHER_CHILD))
        .otherwise(lit(NOT_FOUND))
    )
    return materialise(native(rows.select("CHILD", OUTCOME=outcome)))
