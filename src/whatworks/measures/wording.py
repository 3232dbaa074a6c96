"""A figure as a sentence, in natural frequencies: '36 of every 100 children ...'."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from whatworks.measures.definition import Measure, get

_A_FEW = 10
"""Below this many, a share is said as a count: rates of every 100 would claim too much."""


def in_words(row: Mapping[str, Any]) -> str:
    """One row of ``run``'s frame (as a mapping) as a plain sentence with its interval.

    A row without a value gives its reason. Groups of a breakdown are not named: the caller says
    which line it is.
    """
    if row.get("value") is None:
        return str(row.get("reason") or "There is no figure.")
    measure = get(row["measure"])
    say = {"percentage": _share, "rate": _rate, "count": _count}[measure.kind]
    return say(measure, row)


def _share(measure: Measure, row: Mapping[str, Any]) -> str:
    k, n = int(row["numerator"]), int(row["denominator"])
    counted = f"{k:,} of {n:,} {measure.whole}"
    if n < _A_FEW:
        return (
            f"{_capital(counted)} {measure.did}. With so few, no rate is worth giving: "
            f"anything from {_hundred(row['low'])} to {_hundred(row['high'])} of every 100 would "
            "fit what was seen."
        )
    return (
        f"{_hundred(row['value'])} of every 100 {measure.whole} {measure.did} ({k:,} of {n:,}). "
        f"Chance alone could make it anything from {_hundred(row['low'])} to "
        f"{_hundred(row['high'])} of every 100."
    )


def _rate(measure: Measure, row: Mapping[str, Any]) -> str:
    k, n = int(row["numerator"]), int(row["denominator"])
    return (
        f"{_whole(row['value'])} of every 10,000 {measure.whole} {measure.did} ({k:,} of {n:,}). "
        f"Chance alone could make it anything from {_whole(row['low'])} to {_whole(row['high'])} of "
        "every 10,000."
    )


def _count(measure: Measure, row: Mapping[str, Any]) -> str:
    k = int(row["numerator"])
    if k == 1:
        did = (
            measure.did.replace("were ", "was ", 1)
            if measure.did.startswith("were ")
            else measure.did
        )
        return f"1 child {did}."
    return (
        f"{k:,} {measure.whole} {measure.did}. Chance alone could make a number of this size "
        f"anything from {_whole(row['low'])} to {_whole(row['high'])}."
    )


def _whole(value: float) -> str:
    """A figure to a whole number, but never rounded down to none."""
    return "fewer than 1" if 0 < value < 0.5 else f"{value:,.0f}"


def _hundred(percent: float) -> str:
    """A percent to a whole number, but never rounded to none or to all."""
    return "more than 99" if 99.5 <= percent < 100 else _whole(percent)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
