"""Reads what a busy person types: months, ranges of numbers, pounds."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
EARLIEST = 1980
MOST = 100_000_000
"""No council spends more in a year on one practice, nor serves as many families."""


class NotUnderstood(ValueError):
    """What was typed is none of what was asked for; the text says what to type."""


def month(text: str) -> date | None:
    """The first day of a month: 'April 2021', 'apr 2021', '4 2021', '04/2021' or '2021-04'.

    None for nothing. Raises NotUnderstood.
    """
    parts = re.findall(r"[a-z]+|\d+", text.strip().lower())
    if not parts:
        return None
    if len(parts) == 1 and _year(parts[0]) is not None:
        raise NotUnderstood("Enter the month too, such as April 2021. A best guess will do")
    if len(parts) != 2:
        raise NotUnderstood("Enter a month and a year, such as April 2021")
    first, second = parts if _year(parts[1]) is not None else reversed(parts)
    year, number = _year(second), _month_number(first)
    if year is None or number is None:
        raise NotUnderstood("Enter a month and a year, such as April 2021")
    return date(year, number, 1)


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(19|20)\d\d", text) and int(text) >= EARLIEST else None


def _month_number(text: str) -> int | None:
    if text.isdigit():
        return int(text) if 1 <= int(text) <= 12 else None
    found = [place for place, name in enumerate(MONTHS, 1) if name.startswith(text)]
    return found[0] if len(text) >= 3 and found else None


def month_words(day: date | None) -> str:
    """'April 2021', as ``month`` reads it back; empty for None."""
    return "" if day is None else f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def amounts(text: str) -> tuple[int | None, int | None]:
    """A number or a range: '120', 'about 120', '50 to 100', '50-100'. (None, None) for nothing.

    Raises NotUnderstood.
    """
    plain = text.strip().lower().replace(",", "")
    if not plain:
        return None, None
    found = re.fullmatch(r"(?:about |around )?(\d{1,9})(?:\s*(?:to|-|–|and)\s*(\d{1,9}))?", plain)
    if not found:
        raise NotUnderstood("Enter a number, or a range such as 50 to 100")
    low = int(found[1])
    high = int(found[2]) if found[2] else low
    if low > high:
        raise NotUnderstood("Enter the smaller number first, such as 50 to 100")
    if high > MOST:
        raise NotUnderstood("Enter a smaller number")
    return low, high


def amounts_words(low: int | None, high: int | None) -> str:
    """'120' or '50 to 100', as ``amounts`` reads it back; empty for None."""
    if low is None or high is None:
        return ""
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def pounds(text: str) -> int | None:
    """Pounds: '90,000', '£90000', '90k', '£1.2m'. None for nothing. Raises NotUnderstood."""
    plain = text.strip().lower().replace(",", "").replace("£", "").replace(" ", "")
    if not plain:
        return None
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,3})?)(k|m)?", plain)
    if not found:
        raise NotUnderstood("Enter pounds, such as 90,000")
    amount = round(float(found[1]) * {"k": 1000, "m": 1_000_000}.get(found[2] or "", 1))
    if amount > MOST:
        raise NotUnderstood("Enter a smaller number of pounds")
    return amount
