"""The day that a monthly input tells of, from what its sender says."""

from __future__ import annotations

from datetime import date

from whatworks.returns.model import ReturnsError
from whatworks.returns.period import FIRST_YEAR, LAST_YEAR, end_of_month, month_of, year_of
from whatworks.returns.schema import MONTHLY

_REMEDY = "Give the month, as 2025-09, or the day that the lists were made, as 2025-09-30."


def settle_day(
    collection: str | None, *, year: int | None, month: str | None, as_at: date | str | None
) -> date | None:
    """The day a monthly input tells of; None for a return of a whole year.

    ``as_at`` is that day itself; a ``month`` alone means its last day. Raises ReturnsError where
    neither is given, the two disagree with each other or with the collection year, or where a
    return of a whole year is given a month.
    """
    said = month is not None or as_at is not None
    if collection is not None and collection not in MONTHLY:
        if said:
            raise ReturnsError(
                f"{collection} is a return of a whole year: give no month or day, only the year."
            )
        return None
    if not said:
        if collection is None:
            return None
        raise ReturnsError(
            f"{collection} is read month by month, and nothing says of which month it is. {_REMEDY}"
        )
    day = _day(as_at) if as_at is not None else None
    try:
        day = day or end_of_month(str(month))
    except ValueError:
        raise ReturnsError(f"The month cannot be understood. {_REMEDY}") from None
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise ReturnsError(f"{day.year} cannot be the year of the lists. {_REMEDY}")
    if month is not None and month_of(day) != month:
        raise ReturnsError("The day is not in the month that was given. Give one of the two.")
    if year is not None and year_of(day, collection or MONTHLY[0]) != year:
        raise ReturnsError(
            f"{day.day} {day:%B %Y} is in the collection year "
            f"{year_of(day, collection or MONTHLY[0])}, not in {year}. Give the month alone."
        )
    return day


def _day(said: date | str) -> date:
    if isinstance(said, date):
        return date(said.year, said.month, said.day)
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ReturnsError(f"The day cannot be understood. {_REMEDY}") from None
