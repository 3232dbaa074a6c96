"""SSDA903 rules a second time: loops over dictionaries, written from the official messages.

``findings(tables, year)`` takes text tables as {table: [{column: cell or None}]} and gives the set
of (rule, table, row), rows numbered from 1. It shares no code with ``whatworks``. A cell is text,
blank (None) or, where a date or number belongs, unreadable; unreadable cells fail the rules on
validity, and take their row out of the others.

Where practice is known to differ from the message, practice is followed, and a comment says so;
the note of the rule says so too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

Finding = tuple[str, str, int]


class Row:
    """One record: its table, its number, its cells."""

    def __init__(self, table: str, number: int, cells: dict[str, str | None]) -> None:
        self.table, self.number, self.cells = table, number, cells

    def __getitem__(self, column: str) -> str | None:
        cell = self.cells.get(column)
        return cell.strip() if cell and cell.strip() else None

    def day(self, column: str) -> date | None:
        match = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", self[column] or "")
        try:
            found = date(int(match[3]), int(match[2]), int(match[1])) if match else None
        except ValueError:
            return None
        return found if found and 1800 <= found.year <= 2100 else None

    def whole(self, column: str) -> int | None:
        text = self[column] or ""
        return int(text) if re.fullmatch(r"[+-]?\d+", text) else None

    def unreadable(self, column: str) -> bool:
        read = self.whole(column) if column == "SDQ_SCORE" else self.day(column)
        return self[column] is not None and read is None

    def clear(self) -> bool:
        """Whether an episode's two days can be read, where they are given."""
        return not (self.unreadable("DECOM") or self.unreadable("DEC"))


class Return:
    """All the records of a year, and what they say of each child."""

    def __init__(self, tables: dict[str, list[dict[str, str | None]]], year: int) -> None:
        self.year, self.first, self.last = year, date(year - 1, 4, 1), date(year, 3, 31)
        self.rows = {t: [Row(t, n, c) for n, c in enumerate(rs, 1)] for t, rs in tables.items()}
        asylum = {row["CHILD"] for row in self.rows["UASC"]} - {None}
        for row in self.rows["Header"]:
            row.cells = {"UASC": str(int(row["CHILD"] in asylum)), **row.cells}
        self.header = self.of_child("Header")
        self.episodes = {
            child: sorted(rows, key=in_time) for child, rows in self.of_child("Episodes").items()
        }

    def of_child(self, table: str) -> dict[str, list[Row]]:
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows[table]:
            if row["CHILD"]:
                found[row["CHILD"]].append(row)
        return found

    def births(self, row: Row) -> list[date]:
        """Dates of birth in the header of a row's child."""
        return [d for h in self.header.get(row["CHILD"] or "", []) if (d := h.day("DOB"))]

    def pairs(self) -> Iterator[tuple[Row, Row]]:
        """Each episode of a child with the one after it."""
        for rows in self.episodes.values():
            yield from pairwise(rows)


ELSE = "RNE LS CIN PLACE PLACE_PROVIDER REC REASON_PLACE_CHANGE HOME_POST PL_POST URN"


def in_time(row: Row) -> Any:
    """Episodes by start, then end, blanks last; ties by what else they say, then by number."""
    rest = [(row[c] is None, row[c] or "") for c in ELSE.split()]
    return row.day("DECOM") or date.max, row.day("DEC") or date.max, rest, row.number


def birthday(birth: date, age: int) -> date:
    """The day a person reaches an age; born on 29 February: on 1 March in a common year."""
    try:
        return birth.replace(year=birth.year + age)
    except ValueError:
        return date(birth.year + age, 3, 1)


RULES: dict[str, Callable[[Return], Iterable[Row]]] = {}


def rule(number: str) -> Callable[[Any], Any]:
    """A function from a return to the rows that fail."""

    def keep(function: Any) -> Any:
        RULES[number] = function
        return function

    return keep


def each(number: str, table: str, fails: Callable[[Row, Return], Any], years: range | None = None):
    """A rule that looks at one row at a time."""
    held = years or range(2017, 2100)
    RULES[number] = lambda book: (
        row for row in book.rows[table] if book.year in held and fails(row, book)
    )


def findings(tables: dict[str, list[dict[str, str | None]]], year: int) -> set[Finding]:
    book = Return(tables, year)
    return {(n, row.table, row.number) for n, rows in RULES.items() for row in rows(book)}


# Codes that are not codes. A blank counts only where the message says that something must be there.

ETHNIC = "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE"
SHORT = {"V3", "V4"}
TEMPORARY = {"T0", "T1", "T2", "T3", "T4"}
GUARDIAN = {"E45", "E46", "E47", "E48"}
ENDS = {"E2", "E3", "E41", "E4A", "E4B", "E5", "E6", "E7", "E8", "E9", *GUARDIAN} | {
    f"E1{n}" for n in range(1, 8)
}
FOSTER = {"U1", "U2", "U3", "U4", "U5", "U6"}
ADOPTION = {"A3", "A4", "A5", "A6"}


def sexes(year: int) -> set[str]:
    return {"1", "2"} if year < 2025 else {"F", "M", "U"}


def others(year: int) -> set[str]:
    return {"Z1"} if year < 2026 else {"Z11", "Z12", "Z13", "Z14"}


def places(year: int) -> set[str]:
    always = {*ADOPTION, "K1", "K2", "P1", "P3", "R1", "R2", "R3", "R5", "S1", *TEMPORARY, *FOSTER}
    return (
        always
        | others(year)
        | ({"H5", "P2"} if year < 2026 else set())
        | ({"K3"} if year > 2024 else set())
    )


CODES: dict[str, tuple[str, str, str]] = {
    "114": ("AD1", "FOSTER_CARE", "0 1"),
    "120": ("PlacedAdoption", "REASON_PLACED_CEASED", "RD1 RD2 RD3 RD4"),
    "143": ("Episodes", "RNE", "S L P T U B"),
    "144": ("Episodes", "LS", "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3"),
    "145": ("Episodes", "CIN", "N1 N2 N3 N4 N5 N6 N7 N8"),
    "149": ("Episodes", "REC", "X1 " + " ".join(ENDS)),
    "175": ("AD1", "NB_ADOPTR", "1 2"),
    "176": ("AD1", "SEX_ADOPTR", "MM FF MF M1 F1"),
    "177": ("AD1", "LS_ADOPTR", "L0 L11 L12 L2 L3 L4"),
    "196": ("OC2", "SDQ_REASON", "SDQ1 SDQ2 SDQ3 SDQ4 SDQ5"),
    "631": ("PrevPerm", "PREV_PERM", "P1 P2 P3 P4 Z1"),
    "1006": ("Missing", "MISSING", "M A"),
    "1009": (
        "Episodes",
        "REASON_PLACE_CHANGE",
        "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER",
    ),
}
for _number, (_table, _column, _codes) in CODES.items():
    each(_number, _table, lambda r, _, c=_column, k=_codes: r[c] and r[c] not in k.split())
TOUCH = {"YES", "NO", "DIED", "REFU", "NREQ", "RHOM"}
ACTIVITY = {"0", "F1", "F2", "F4", "F5", "P1", "P2", "P4", "P5", "G4", "G5", "G6"}
HOME = {"0", *(c + n for c in "BCDEGHKRSTUVWXYZ" for n in "12")} - {"S1", "X1"}
# 131 to 133: practice fails a blank, of which the messages say nothing.
each("131", "OC3", lambda r, _: r["IN_TOUCH"] not in TOUCH)
each("132", "OC3", lambda r, _: r["ACTIV"] not in ACTIVITY)
each("133", "OC3", lambda r, _: r["ACCOM"] not in HOME)
each("101", "Header", lambda r, b: r["SEX"] not in sexes(b.year))
each("103", "Header", lambda r, _: r["ETHNIC"] not in {*ETHNIC.split(), "OOTH", "REFU", "NOBT"})
each("105", "Header", lambda r, _: r["UASC"] not in {"0", "1"})
each("146", "Episodes", lambda r, b: r["PLACE"] and r["PLACE"] not in places(b.year))
each("180", "OC2", lambda r, _: r["SDQ_SCORE"] and r.whole("SDQ_SCORE") not in range(41))
each("232", "Header", lambda r, _: r["SEX"] in {"U", "u"}, range(2025, 2100))

# Dates that are not dates.

DATES = {
    "112": ("AD1", "DATE_INT"),
    "113": ("AD1", "DATE_MATCH"),
    "115": ("PlacedAdoption", "DATE_PLACED"),
    "116": ("PlacedAdoption", "DATE_PLACED_CEASED"),
    "141": ("Episodes", "DECOM"),
    "147": ("Episodes", "DEC"),
    "171": ("Header", "MC_DOB"),
    "1005": ("Missing", "MIS_END"),
}
for _number, (_table, _column) in DATES.items():
    each(_number, _table, lambda r, _, c=_column: r.unreadable(c))
each("102", "Header", lambda r, _: not r.day("DOB"))
each("104", "UASC", lambda r, b: r.unreadable("DUC") or before(r.day("DUC"), b.first))
each("166", "Reviews", lambda r, _: not r.day("REVIEW"))
each("1004", "Missing", lambda r, _: not r.day("MIS_START"))
each("WW01", "Episodes", lambda r, _: not r["DECOM"])


def before(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one < other


def upto(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one <= other


# The header and the asylum-seeking.


def sex_is(row: Row, book: Return, what: str) -> bool:
    return row["SEX"] == ({"M": "1", "F": "2"}[what] if book.year < 2025 else what)


def aged(row: Row, years: int) -> date | None:
    birth = row.day("DOB")
    return birthday(birth, years) if birth else None


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


# One episode at a time.

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


# Adoption.

PLAN = "PlacedAdoption"
GAVE_UP = ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
ONE, TWO = {"M1", "F1"}, {"MM", "FF", "MF"}
each(
    "119",
    PLAN,
    lambda r, _: not r.unreadable(GAVE_UP[0]) and (not r[GAVE_UP[0]]) != (not r[GAVE_UP[1]]),
)
each("522", PLAN, lambda r, _: before(r.day("DATE_PLACED_CEASED"), r.day("DATE_PLACED")))
each(
    "563",
    PLAN,
    lambda r, _: r.day("DATE_PLACED_CEASED") and r[GAVE_UP[1]] and not r["DATE_PLACED"],
)
each(
    "333",
    "AD1",
    lambda r, _: (
        r.day("DATE_MATCH")
        and (not r["DATE_INT"] or before(r.day("DATE_MATCH"), r.day("DATE_INT")))
    ),
)
each("511", "AD1", lambda r, _: r["NB_ADOPTR"] == "2" and r["SEX_ADOPTR"] in ONE)
COUPLES = {
    "514": ("L0", ONE),
    "517": ("L3", {"MF"}),
    "518": ("L4", {"MM", "FF"}),
    "519": ("L2", TWO),
    "520": ("L11", {"MF"}),
    "524": ("L12", {"MM", "FF"}),
}
for _number, (_status, _sexes) in COUPLES.items():
    each(
        _number,
        "AD1",
        lambda r, _, s=_status, x=_sexes: r["LS_ADOPTR"] == s and r["SEX_ADOPTR"] not in x,
    )

# Health, reviews, missing.

HELP = ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
each("158", "OC2", lambda r, _: r[HELP[0]] == "1" and r[HELP[1]])
each(
    "159", "OC2", lambda r, _: r["SUBSTANCE_MISUSE"] == "1" and r[HELP[0]] == "0" and not r[HELP[1]]
)
each("192", "OC2", lambda r, _: r["SUBSTANCE_MISUSE"] == "1" and not r[HELP[0]])
each(
    "193",
    "OC2",
    lambda r, _: r["SUBSTANCE_MISUSE"] in {"0", None} and (r[HELP[0]] or r[HELP[1]]),
)
each("197a", "OC2", lambda r, _: r.whole("SDQ_SCORE") is not None and r["SDQ_REASON"])

PARTS = {f"PN{n}" for n in range(8)}
each(
    "167",
    "Reviews",
    lambda r, _: r["REVIEW_CODE"] not in (PARTS if r["REVIEW"] else {None}),
)
# Practice: a review on the fourth birthday passes 440.
each(
    "440", "Reviews", lambda r, _: r["REVIEW_CODE"] == "PN0" and before(aged(r, 4), r.day("REVIEW"))
)
each(
    "441",
    "Reviews",
    lambda r, _: r["REVIEW_CODE"] in PARTS - {"PN0"} and before(r.day("REVIEW"), aged(r, 4)),
)
each("564", "Missing", lambda r, _: r["MISSING"] in {"M", "A"} and not r["MIS_START"])
each("565", "Missing", lambda r, _: r.day("MIS_START") and not r["MISSING"])
each("566", "Missing", lambda r, _: r.day("MIS_END") and not r["MISSING"])
each("567", "Missing", lambda r, _: before(r.day("MIS_END"), r.day("MIS_START")))
each("570", "Missing", lambda r, b: before(b.last, r.day("MIS_START")))
each(
    "571",
    "Missing",
    lambda r, b: before(r.day("MIS_END"), b.first) or before(b.last, r.day("MIS_END")),
)
# Practice: the day of birth itself fails.
each("586", "Missing", lambda r, _: upto(r.day("MIS_START"), r.day("DOB")))

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
    RULES[f"INT3{_n}"] = twice(_table)
