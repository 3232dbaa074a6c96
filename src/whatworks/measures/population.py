"""How many children live in a council's area, by the estimate that the published rates use."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

NOT_HELD = "How many children lived in the area at the middle of the year before is not held."


@cache
def _all() -> Mapping[tuple[str, int], int]:
    from whatworks import reference

    held = reference.population()
    return {(a, y): n for a, y, n in held.select("area", "year", "population").iter_rows()}


def population(council: str, year: int) -> int | None:
    """Children aged 0 to 17 for the rates of 31 March ``year``; None where it is not held.

    That is the official estimate for the middle of the calendar year before: mid-2024 for the
    rates of 31 March 2025.
    """
    return _all().get((council, year))
