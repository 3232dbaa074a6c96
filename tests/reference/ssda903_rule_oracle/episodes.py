"""Episodes: one at a time, by the child’s age, and one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from .codes import ADOPTION, ENDS, FOSTER, GUARDIAN, SHORT, TEMPORARY, others
from .reading import Return, Row, aged, before, birthday, each, rule, upto

each("148", "Episodes", lambda r, _: not r.unreadable("DEC") and (not r["DEC"]) != (not r["REC"]))
each("353", "Episodes", lambda r, _: before(r.day("DECOM"), date(1991, 10, 14)))
each("354", "Episodes", lambda r, b: before(b.last, r.day("DECOM")))
each("355", "Episodes", lambda r, _: r.day("DECOM") and r.day("DECOM") == r.day("DEC"))
each("356", "Episodes", lambda r, _: before(r.day("DEC"), r.day("DECOM")))
each("385", "Episodes", lambda r, b: before(b.last, r.day("DEC")))
each("378", "Episodes", lambda r, _: r["PLACE"] == "P1" and r["LS"] == "V2")
each("380", "Episodes", lambda r, _: r["PLACE"] in TEMPORARY and r["RNE"] not in {"P", "B"})
each("381", "Episodes", lambda r, _: r["PLACE"] in TEMPORARY and r["REC"] not in {"X1", None})
each("382", "Episodes", lambda r, _: r["PLACE"] in TEMPORARY and r["LS"] in SHORT)
each("384", "Episodes", lambda r, _: r["PLACE"] in {"U1", "U4"} and r["LS"] in SHORT)
each(
    "445",
    "Episodes",
    lambda r, _: r["LS"] == "D1" and before(date(2005, 12, 31), r.day("DECOM")),
    range(2017, 2025),
)
each("446", "Episodes", lambda r, _: r["LS"] == "E1" and before(r.day("DECOM"), date(2005, 12, 1)))
each("233", "Episodes", lambda r, _: r["REASON_PLACE_CHANGE"] and not r["DEC"], range(2026, 2100))

# Placement and provider.


def needs_none(row: Row, book: Return, *besides: str) -> bool:
    return row["PLACE"] in (TEMPORARY | others(book.year)) - set(besides)


PROVIDERS = {"PR0", "PR1", "PR2", "PR3", "PR4", "PR5"}
WRONG = {
    "527": ("PR1", {"P1", "R2", "R5"}),
    "528": ("PR2", {"P1", "R2", "R5"}),
    "529": ("PR3", {"P1", "K1", "K2", *ADOPTION, *FOSTER}),
    "530": ("PR4", {"P1"}),
    "531": ("PR5", {"P1"}),
}
for _number, (_code, _places) in WRONG.items():
    each(
        _number,
        "Episodes",
        lambda r, _, c=_code, p=_places: r["PLACE_PROVIDER"] == c and r["PLACE"] in p,
    )


# Practice: Z1 is left out of 213, and T4 of 178 from 2026.
@rule("178")
def wrong_provider(book: Return) -> Iterator[Row]:
    besides = {"T4"} if book.year > 2025 else set()
    for row in book.rows["Episodes"]:
        unknown = row["PLACE_PROVIDER"] not in PROVIDERS
        if row["PLACE_PROVIDER"] and (unknown or needs_none(row, book, *besides)):
            yield row


each("213", "Episodes", lambda r, b: r["PLACE_PROVIDER"] and needs_none(r, b, "Z1"))
each("526", "Episodes", lambda r, b: not r["PLACE_PROVIDER"] and not needs_none(r, b))
each("550", "Episodes", lambda r, _: r["PLACE_PROVIDER"] == "PR0" and r["PLACE"] != "P1")

# An episode and the child's age.


def at_age(number: str, day: str, fails: Callable[[Row], Any], age: int, over: str) -> None:
    """Fails where the day is before, or from, the birthday, by any date of birth."""

    def judge(row: Row, book: Return) -> bool:
        when = row.day(day)
        turned = [birthday(b, age) for b in book.births(row)]
        return bool(
            when and fails(row) and any({"<": when < t, ">=": when >= t}[over] for t in turned)
        )

    each(number, "Episodes", judge)


at_age("352", "DECOM", lambda r: r["RNE"] == "S", 18, ">=")
at_age("386", "DEC", lambda r: r["REC"] in {"E11", "E12"}, 18, ">=")
at_age("387", "DEC", lambda r: r["REC"] in {"E5", "E6"}, 14, "<")
at_age("389", "DEC", lambda r: r["REC"] == "E7", 16, "<")


# Practice: an order on the birthday passes, though the child has then reached the age.
@rule("407")
def guardian_of_an_adult(book: Return) -> Iterator[Row]:
    for row in book.rows["Episodes"]:
        for head in book.header.get(row["CHILD"] or "", []):
            if row["REC"] in GUARDIAN and before(aged(head, 18), row.day("DEC")):
                yield from (row, head)


at_age("460", "DEC", lambda r: r["REC"] == "E17", 18, "<")


@rule("302")
def starts_before_birth(book: Return) -> Iterator[Row]:
    for child, rows in book.episodes.items():
        for head in book.header.get(child, []):
            if rows and before(rows[0].day("DECOM"), head.day("DOB")):
                yield from (rows[0], head)


# Episodes one after another.


@rule("142")
def left_open(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if row.clear() and after.day("DECOM") and not (row["DEC"] and row["REC"]):
            yield row


@rule("357")
def first_is_no_start(book: Return) -> Iterator[Row]:
    for rows in book.episodes.values():
        if upto(book.first, rows[0].day("DECOM")) and rows[0]["RNE"] != "S":
            yield rows[0]


@rule("388")
def promised_and_absent(book: Return) -> Iterator[Row]:
    for rows in book.episodes.values():
        for row, after in zip(rows, [*rows[1:], None], strict=False):
            goes_on = after is not None and row.day("DEC") == after.day("DECOM")
            if row.clear() and row["DEC"] and row["REC"] and (row["REC"] == "X1") != goes_on:
                yield row


@rule("431")
def starts_again_at_once(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if after.clear() and after["RNE"] == "S" and upto(after.day("DECOM"), row.day("DEC")):
            yield after


@rule("432")
def ceased_but_no_start(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if row["REC"] in ENDS and after["RNE"] != "S" and not after.unreadable("DECOM"):
            yield after


@rule("433")
def goes_on_from_another_day(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if (
            after["RNE"] in {"L", "P", "T", "U", "B"}
            and after.clear()
            and not row.unreadable("DEC")
            and not (row["DEC"] and row.day("DEC") == after.day("DECOM"))
        ):
            yield after


@rule("437")
def more_after_death(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if row["REC"] in {"E2", "E15"} and after.day("DECOM"):
            yield row


@rule("501")
def overlaps(book: Return) -> Iterator[Row]:
    for row, after in book.pairs():
        if after.clear() and before(after.day("DECOM"), row.day("DEC")):
            yield after
