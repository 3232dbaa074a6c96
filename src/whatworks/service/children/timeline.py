"""What a council's returns say of one child, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from whatworks import reference
from whatworks.journeys import codes, identities
from whatworks.journeys import need as census
from whatworks.journeys.need_repairs import NEED_REPAIRS
from whatworks.journeys.outcome_repairs import OUTCOME_REPAIRS
from whatworks.journeys.repairs import REPAIRS, Repair
from whatworks.service.children.reading import Child, Lives

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """The row of a return that says something: the submission, its table and the row's number."""

    submission: str
    year: int
    table: str
    row: int


@dataclass(frozen=True)
class Event:
    """One thing that happened. ``until`` is None where it had not ended; ``lasts`` says whether
    it is of a kind that ends at all. ``mended`` says what was done to what the row says."""

    day: date
    what: str
    detail: str
    source: Source
    until: date | None = None
    lasts: bool = False
    mended: str = ""


@dataclass(frozen=True)
class SetAside:
    """A row of the child that no journey uses as it stands, and why."""

    text: str
    effect: str
    year: int
    row: int


@dataclass(frozen=True)
class Life:
    """One child as a page shows them. ``found``: how the child of the one return was found in the
    other; ``also``: other children whom the council gave the number to."""

    number: str
    found: str
    born: date | None
    sex: str
    ethnic: str
    events: tuple[Event, ...]
    set_aside: tuple[SetAside, ...]
    also: tuple[str, ...]


@dataclass(frozen=True)
class _Kind:
    """How the rows of one frame become events."""

    table: str
    day: str
    words: Callable[[Row], tuple[str, str]]
    until: str = ""


def life(of: Lives, who: Child) -> Life:
    """Everything known of a child; no events where there is nothing."""
    care = [who.care] if who.care is not None else []
    events = [
        *(one for made, kind in _of_care(of) for one in _events(made, kind, care)),
        *(one for made, kind in _of_need(of) for one in _events(made, kind, who.need)),
    ]
    facts = _facts(of, who)
    return Life(
        number=who.number,
        found=who.found,
        born=facts.get("DOB"),
        sex=_sex(facts.get("SEX")),
        ethnic=_means("ssda903", "ETHNIC", facts.get("ETHNIC")),
        events=tuple(sorted(events, key=lambda one: (one.day, one.source.table, one.what))),
        set_aside=_set_aside(of, who),
        also=_also(of, who),
    )


def records(
    of: Lives, wanted: Collection[tuple[str, str, int]]
) -> dict[tuple[str, str, int], Event]:
    """What single rows of returns say, of those known: (submission, table, row) -> the event."""
    submissions = sorted({submission for submission, _, _ in wanted})
    numbers = sorted({row for _, _, row in wanted})
    told: dict[tuple[str, str, int], Event] = {}
    for made, kind in (*_of_care(of), *_of_need(of)):
        rows = made.filter(
            pl.col("SUBMISSION").is_in(submissions)
            & pl.col("ROW").is_in(numbers)
            & pl.col(kind.day).is_not_null()
        )
        for row in rows.iter_rows(named=True):
            event = _event(row, kind)
            source = (event.source.submission, event.source.table, event.source.row)
            if source in wanted:
                told.setdefault(source, event)
    return told


def _events(made: pl.DataFrame, kind: _Kind, numbers: Sequence[str]) -> list[Event]:
    rows = made.filter(pl.col("CHILD").is_in(numbers) & pl.col(kind.day).is_not_null())
    return [_event(row, kind) for row in rows.iter_rows(named=True)]


def _event(row: Row, kind: _Kind) -> Event:
    what, detail = kind.words(row)
    return Event(
        day=row[kind.day],
        what=what,
        detail=detail,
        source=Source(row["SUBMISSION"], row["YEAR"], row.get("TABLE") or kind.table, row["ROW"]),
        until=row[kind.until] if kind.until else None,
        lasts=bool(kind.until),
        mended=MENDED.get(row.get("REPAIR") or "", ""),
    )


_EVERY: tuple[Repair, ...] = (*REPAIRS, *OUTCOME_REPAIRS, *NEED_REPAIRS)
MENDED = {one.name: one.text for one in _EVERY}
"""What was done to a row, by the name of the repair."""


def _of_care(of: Lives) -> list[tuple[pl.DataFrame, _Kind]]:
    told = of.care.outcomes.of
    return [
        (of.care.episodes, _Kind("Episodes", "DECOM", _episode, "DEC")),
        (told("missing"), _Kind("Missing", "STARTED", _missing, "ENDED")),
        (told("reviews"), _Kind("Reviews", "REVIEW", _review)),
        (
            told("adoption_plans"),
            _Kind("PlacedAdoption", "DATE_PLACED", _plan, "DATE_PLACED_CEASED"),
        ),
        (told("adoptions"), _Kind("AD1", "DATE_MATCH", _match)),
    ]


def _of_need(of: Lives) -> list[tuple[pl.DataFrame, _Kind]]:
    need = of.need
    return [
        (need.referrals, _Kind(census.CASES, "REFERRED", _referral, "CLOSED")),
        (need.assessments, _Kind("Assessments", "STARTED", _assessment, "AUTHORISED")),
        (need.enquiries, _Kind("Section47", "STARTED", _enquiry)),
        (need.conferences, _Kind("Section47", "HELD", _conference)),
        (need.cin_plans, _Kind("CINplanDates", "STARTED", _cin_plan, "ENDED")),
        (need.plans, _Kind(census.PLANS, "STARTED", _protection, "ENDED")),
        (need.reviews, _Kind("Reviews", "REVIEWED", _protection_review)),
    ]


def _episode(row: Row) -> tuple[str, str]:
    began = _means("ssda903", "RNE", row["RNE"])
    parts = [
        _means("ssda903", "LS", row["LS"]),
        _means("ssda903", "PLACE", row["PLACE"]),
        f"ended: {_means('ssda903', 'REC', row['REC'])}" if row["REC"] else "",
    ]
    return f"Looked after: {began or 'an episode'}", _joined(parts)


def _missing(row: Row) -> tuple[str, str]:
    return "Missing", _means("ssda903", "MISSING", row["MISSING"])


def _review(row: Row) -> tuple[str, str]:
    return "Review of care", _means("ssda903", "REVIEW_CODE", row["REVIEW_CODE"])


def _plan(row: Row) -> tuple[str, str]:
    ended = row["REASON_PLACED_CEASED"]
    said = f"no longer so: {_means('ssda903', 'REASON_PLACED_CEASED', ended)}" if ended else ""
    return "Decision that the child should be placed for adoption", said


def _match(_: Row) -> tuple[str, str]:
    return "Matched with adopters", ""


def _referral(row: Row) -> tuple[str, str]:
    parts = [
        f"from: {_means('cin', 'ReferralSource', row['SOURCE'])}" if row["SOURCE"] else "",
        f"need: {_means('cin', 'PrimaryNeedCode', row['PRIMARY_NEED'])}"
        if row["PRIMARY_NEED"]
        else "",
        "no further action" if row["NFA"] else "",
        f"closed: {_means('cin', 'ReasonForClosure', row['CLOSURE_REASON'])}"
        if row["CLOSURE_REASON"]
        else "",
    ]
    return "Referral", _joined(parts)


def _assessment(_: Row) -> tuple[str, str]:
    return "Assessment", ""


def _enquiry(row: Row) -> tuple[str, str]:
    return "Section 47 enquiry", "no conference was needed" if row["NOT_REQUIRED"] else ""


def _conference(_: Row) -> tuple[str, str]:
    return "First child protection conference", ""


def _cin_plan(_: Row) -> tuple[str, str]:
    return "Child in need plan", ""


def _protection(row: Row) -> tuple[str, str]:
    return "Child protection plan", _means("cin", "InitialCategoryOfAbuse", row["CATEGORY"])


def _protection_review(_: Row) -> tuple[str, str]:
    return "Review of the child protection plan", ""


def _means(collection: str, column: str, code: str | None) -> str:
    """What a code means, with the code; the code alone where no list holds it."""
    if code is None:
        return ""
    meaning = reference.meaning(collection, column, code)
    return f"{meaning} ({code})" if meaning else str(code)


def _joined(parts: list[str]) -> str:
    return "; ".join(part for part in parts if part)


def _facts(of: Lives, who: Child) -> Row:
    """Birth, sex and ethnic group: from returns of care if there, else from the census."""
    care = [] if who.care is None else [who.care]
    for made, numbers in (
        (of.care.children, care),
        (of.need.referrals, who.need),
        (of.need.plans, who.need),
    ):
        found = made.filter(pl.col("CHILD").is_in(numbers))
        if not found.is_empty():
            return found.row(0, named=True)
    return {}


def _sex(code: str | None) -> str:
    return next((sex for sex, said in codes.SEXES.items() if code in said), "not known")


def _set_aside(of: Lives, who: Child) -> tuple[SetAside, ...]:
    named = {one.name: one for one in _EVERY}
    care = [] if who.care is None else [who.care]
    rows = pl.concat(
        [
            made.filter(pl.col("CHILD").is_in(numbers)).select("REPAIR", "YEAR", "ROW")
            for made, numbers in (
                (of.care.repaired, care),
                (of.care.outcomes.repaired(), care),
                (of.need.repaired, who.need),
            )
        ]
    ).sort("YEAR", "ROW", "REPAIR")
    return tuple(
        SetAside(named[repair].text, named[repair].effect, year, row)
        for repair, year, row in rows.iter_rows()
        if named[repair].effect != "replaced"
    )


def _also(of: Lives, who: Child) -> tuple[str, ...]:
    """Other children of the same number."""
    others = of.care.outcomes.setting.others
    if who.care is None or others is None:
        return ()
    return identities.of_same_number(who.care, others)
