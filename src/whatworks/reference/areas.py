"""England's councils with children's services, when each existed, and who is like whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType

import polars as pl

from whatworks.reference._data import NotHeld, frame

ENGLAND = "E92000001"
"""The Office for National Statistics' code of England."""

LONDON = "E12000007"

_DAYS = (("valid_from", pl.Date), ("valid_to", pl.Date))


@dataclass(frozen=True)
class Council:
    """One council with duties to children. ``valid_from`` is None where it is older than 2009."""

    code: str
    ons_code: str | None
    name: str
    region: str
    region_ons: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    succeeded_by: tuple[str, ...]
    source: str
    confidence: str
    note: str | None

    @property
    def former(self) -> bool:
        """Whether another council has taken its place."""
        return self.valid_to is not None


def councils(on: date | int | None = None, *, former: bool = False) -> pl.DataFrame:
    """Councils of England, one row each, in the order of their codes.

    Args:
        on: a day, or a collection year (read as 31 March of that year): the councils that
            existed then. Without it, those that exist now.
        former: with no ``on``, also the councils that no longer exist.

    Returns:
        Columns ``code`` (the Department for Education's three digits, text), ``ons_code`` (nine
        characters), ``name``, ``region`` (ten: Inner and Outer London apart), ``region_ons``
        (nine), ``kind`` (London borough, metropolitan district, unitary authority, county
        council), ``valid_from`` and ``valid_to`` (first and last day; null = before any
        reorganisation held here, and = still exists), ``succeeded_by`` (codes joined by ``|``),
        ``source``, ``confidence``, ``note``.
    """
    everyone = frame("councils.csv", *_DAYS)
    if on is None:
        return everyone.clone() if former else everyone.filter(pl.col("valid_to").is_null())
    day = date(on, 3, 31) if isinstance(on, int) else on
    return everyone.filter(
        (pl.col("valid_from").is_null() | (pl.col("valid_from") <= day))
        & (pl.col("valid_to").is_null() | (pl.col("valid_to") >= day))
    )


@cache
def _by_code() -> MappingProxyType[str, Council]:
    rows = frame("councils.csv", *_DAYS).iter_rows(named=True)
    found = {}
    for row in rows:
        after = row.pop("succeeded_by")
        found[row["code"]] = Council(**row, succeeded_by=tuple(after.split("|")) if after else ())
    return MappingProxyType(found)


def council(code: str | int) -> Council:
    """The council with this three-digit code, existing or former.

    Raises:
        NotHeld: no council of England has or had this code.
    """
    try:
        return _by_code()[str(code).strip()]
    except KeyError:
        raise NotHeld(f"No council of England has the code {str(code)[:20]!r}.") from None


def _plain(text: str) -> str:
    kept = "".join(letter if letter.isalnum() else " " for letter in text.casefold())
    dropped = {"council", "county", "city", "borough", "of", "the", "metropolitan", "and", "london"}
    words = kept.split()
    return " ".join(sorted(word for word in words if word not in dropped) or sorted(words))


@cache
def _by_other_names() -> MappingProxyType[str, str]:
    found = {}
    for one in _by_code().values():
        found[_plain(one.name)] = one.code
        if one.ons_code:
            found[one.ons_code.casefold()] = one.code
    for row in frame("former_ons_codes.csv", *_DAYS).iter_rows(named=True):
        found[row["ons_code"].casefold()] = row["code"]
    return MappingProxyType(found)


def find_council(text: str) -> Council | None:
    """The council meant by a three-digit code, an ONS code or a name; None if none is.

    Letter case, punctuation, the order of words, and words such as 'Council', 'City of' or
    'London Borough of' do not matter. Former councils and former ONS codes are found too.
    """
    wanted = text.strip()
    if wanted in _by_code():
        return _by_code()[wanted]
    others = _by_other_names()
    code = others.get(wanted.casefold()) or others.get(_plain(wanted))
    return _by_code()[code] if code else None


def neighbours(code: str | int) -> pl.DataFrame:
    """The ten councils most like this one by the 2025 statistical neighbour model, closest first.

    The model is the Department for Education's; it compares councils by the circumstances of
    their population and says nothing about how well they do.

    Returns:
        Columns ``code``, ``rank`` (1 closest to 10), ``neighbour`` (code), ``name`` (of the
        neighbour), ``closeness`` (the model's words: extremely close, very close, close,
        somewhat close, not close), ``model_year``, ``source``, ``confidence``.
        No rows for a former council: the model is of today's.

    Raises:
        NotHeld: no council of England has or had this code.
    """
    one = council(code)
    names = frame("councils.csv", *_DAYS).select(neighbour="code", name="name")
    return (
        frame("neighbours.csv", ("rank", pl.Int64))
        .filter(pl.col("code") == one.code)
        .join(names, on="neighbour", how="left", maintain_order="left")
        .select(
            "code",
            "rank",
            "neighbour",
            "name",
            "closeness",
            model_year=pl.lit(2025, pl.Int64),
            source=pl.lit("dfe_neighbours"),
            confidence=pl.lit("seen"),
        )
    )


def regions(*, everything: bool = False) -> pl.DataFrame:
    """The ten regions that the Department for Education publishes by, London in two.

    Args:
        everything: also London as one (so the nine regions of the Office for National
            Statistics are there too) and England.

    Returns:
        Columns ``code`` (ONS), ``name``, ``within`` (code of the area that it is part of),
        ``n_councils`` (that exist now).
    """
    now = councils()
    memberships = pl.concat(
        [
            now.select(name="region"),
            now.filter(pl.col("region") != pl.col("region_ons")).select(name="region_ons"),
            now.with_columns(name=pl.lit("England")).select("name"),
        ]
    )
    counts = memberships.group_by("name").agg(n_councils=pl.len().cast(pl.Int64))
    found = frame("regions.csv").join(counts, on="name", how="left", maintain_order="left")
    return found if everything else found.filter(~pl.col("code").is_in([ENGLAND, LONDON]))


def successors(code: str | int) -> tuple[str, ...]:
    """The councils that stand today where this one did: itself, if it still exists.

    Raises:
        NotHeld: no council of England has or had this code.
    """
    one = council(code)
    if not one.former:
        return (one.code,)
    return tuple(sorted({last for after in one.succeeded_by for last in successors(after)}))
