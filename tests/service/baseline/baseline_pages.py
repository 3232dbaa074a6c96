"""The pages of the baseline, and what is read from them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import html

from whatworks import measures, reference

Read = Callable[[str], html.HtmlElement]
PAGE = "/councils/301/baseline/"
LOADED, GAP = (2025, 2024, 2022, 2021), 2023


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(table: html.HtmlElement) -> list[list[str]]:
    return [
        [words(cell) for cell in row.xpath("./th|./td[not(contains(@class, 'ww-bar-cell'))]")]
        for row in table.xpath(".//tbody/tr")
    ]


CARE = [name for name in measures.names() if measures.get(name).collection == "ssda903"]


def written(row: dict[str, Any]) -> tuple[str, str]:
    """How a value and its interval must read, worked out here and not by the page."""
    low, high, mark = row["low"], row["high"], "%" if row["unit"] == "percent" else ""
    value = f"{up(row['value'], '0.1')}{mark}"
    if low is None:
        return value, "none can be given"
    if measures.get(row["measure"]).kind == "count":
        return f"{row['numerator']:,.0f}", f"{up(low, '1')} to {up(high, '1')}"
    if row["unit"] == "percent" and row["denominator"] < 10:
        value = f"{row['numerator']:.0f} of {row['denominator']:.0f}"
    return value, f"{up(low, '0.1')}{mark} to {up(high, '0.1')}{mark}"


def up(value: float, step: str) -> str:
    """A number to a step, halves up, from the digits that are its own."""
    return f"{Decimal(f'{value:.12g}').quantize(Decimal(step), ROUND_HALF_UP):,}"


def published(series: str, area: str, year: int = 2025) -> dict[str, Any]:
    [row] = reference.published(series, area=area, year=year).iter_rows(named=True)
    return row
