"""How dates, numbers and sizes are written, the same on every page."""

from __future__ import annotations

from datetime import date as Date  # noqa: N812  (`date` is a format here)
from datetime import datetime
from math import isnan

from django.utils import timezone

NOT_KNOWN = "not known"


def date(day: Date | None) -> str:
    """``31 March 2025``; a moment is given as the day it is in England."""
    if day is None:
        return NOT_KNOWN
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return f"{day.day} {day:%B %Y}"


def when(moment: datetime | None) -> str:
    """``31 March 2025, 4:05pm``, in England's time."""
    if moment is None:
        return NOT_KNOWN
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    hour = local.hour % 12 or 12
    return f"{date(local)}, {hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def number(value: float | None, places: int = 0) -> str:
    """``12,345`` or, with places, ``12,345.7``."""
    if value is None or isnan(value):
        return NOT_KNOWN
    return f"{value:,.{places}f}"


def percent(share: float | None, places: int = 1) -> str:
    """A share between 0 and 1 as ``12.3%``."""
    return NOT_KNOWN if share is None or isnan(share) else f"{share * 100:.{places}f}%"


def size(count: int) -> str:
    """A number of bytes as ``2.3 MB``, counting as file managers do."""
    amount = float(count)
    for unit in ("bytes", "KB", "MB"):
        if amount < 1000 or unit == "MB":
            break
        amount /= 1000
    return f"{amount:,.0f} {unit}" if unit == "bytes" or amount >= 100 else f"{amount:,.1f} {unit}"


def plural(count: float, one: str, many: str | None = None) -> str:
    """``1 child``, ``1,204 children``."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
