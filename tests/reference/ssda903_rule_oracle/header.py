"""The header, the asylum-seeking, and tables against one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from .reading import Return, Row, aged, before, each, rule, upto


def sex_is(row: Row, book: Return, what: str) -> bool:
    return row["SEX"] == ({"M": "1", "F": "2"}[what] if book.year < 2025 else what)


each("174", "Header", lambda r, b: sex_is(r, b, "M") and r["MC_DOB"])
each("301", "Header", lambda r, b: before(b.last, r.day("DOB")))
each("304", "UASC", lambda r, _: before(aged(r, 18), r.day("DUC")))
each("351", "Header", lambda r, b: before(aged(r, 25), b.first))
each("611", "Header", lambda r, _: r["MOTHER"] == "1" and not r["MC_DOB"])
each(
    "612",
    "Header",
    lambda r, b: sex_is(r, b, "F") and r["MOTHER"] in {"0", None} and r["MC_DOB"],
)
each("620", "Header", lambda r, b: r["MOTHER"] == "1" and before(b.first, aged(r, 11)))
each("621", "Header", lambda r, _: upto(r.day("MC_DOB"), r.day("DOB")))


@rule("303")
def status_ceased_but_never_held(book: Return) -> Iterator[Row]:
    for row in book.rows["UASC"]:
        for head in book.header.get(row["CHILD"] or "", []):
            if row.day("DUC") and head["UASC"] != "1":
                yield from (row, head)


@rule("EPI")
def no_episodes(book: Return) -> Iterator[Row]:
    known = set(book.of_child("Episodes")) | set(book.of_child("OC3"))
    yield from (head for head in book.rows["Header"] if head["CHILD"] not in known)


# Tables against one another.

OTHER = ["AD1", "PlacedAdoption", "Episodes", "Missing", "OC2", "OC3", "PrevPerm", "Reviews"]
for _n, _table in enumerate([*OTHER, "UASC"], 1):
    each(
        f"INT0{_n}",
        _table,
        lambda r, b: r["CHILD"] not in b.header,
    )
for _n, _table in enumerate([t for t in [*OTHER, "UASC"] if t != "Episodes"], 1):
    each(
        f"INT1{_n}",
        _table,
        lambda r, b: r.day("DOB") and any(d != r.day("DOB") for d in b.births(r)),
    )
each(
    "INT21",
    "UASC",
    lambda r, b: (
        r["SEX"]
        and any(h["SEX"] not in {None, r["SEX"]} for h in b.header.get(r["CHILD"] or "", []))
    ),
)


def twice(table: str) -> Callable[[Return], Iterator[Row]]:
    def rows(book: Return) -> Iterator[Row]:
        times = Counter(r["CHILD"] for r in book.rows[table])
        yield from (r for r in book.rows[table] if r["CHILD"] and times[r["CHILD"]] > 1)

    return rows


for _n, _table in enumerate(["AD1", "Header", "OC2", "OC3", "PrevPerm", "UASC"], 1):
    rule(f"INT3{_n}")(twice(_table))
