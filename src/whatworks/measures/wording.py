"""A figure as a sentence, in natural frequencies: '36 of every 100 children ...'."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from whatworks.measures.definition import Measure, get

CHANCE = "Such figures vary by chance; the 95% interval is"
_A_FEW = 10
"""Below this many, a share is said as a count: rates of every 100 would claim too much."""
ONE = {
    "children": "child",
    "young people": "young person",
    "conferences": "conference",
    "requests": "request",
}
"""What is counted, as one of it is named."""
_OVER: Mapping[str, tuple[str, str]] = {
    "assessment_working_days": ("assessments", "assessment"),
    "conference_working_days": ("first conferences", "first conference"),
    "protection_plan_days": ("plans that ended", "plan that ended"),
    "first_home_days": ("periods of care", "period of care"),
    "days_of_support_after_home": ("returns home", "return home"),
    "days_to_lasting_return_home": ("returns home that lasted", "return home that lasted"),
    "social_worker_caseload": ("full-time equivalents", "full-time equivalent"),
}
"""An average -> what it is taken over, many and one; children where it is not named here."""
_PARTS: Mapping[str, str] = {
    "social_worker_vacancies": "{top} vacant of {bottom} full-time equivalents",
    "social_worker_turnover": "{top} left, against {bottom} in post, in full-time equivalents",
    "social_worker_agency": "{top} from an agency, of {bottom} full-time equivalents at work",
    "social_worker_absence": "{top} of {bottom} working days",
    "social_workers_from_ethnic_minorities": "{top} of {bottom} social workers",
}
"""A ratio in percent -> the two amounts behind it; full-time equivalents where it is not here."""


def rounded(value: float, places: int = 0) -> str:
    """A figure as it is written everywhere: halves go up, as spreadsheets and people round.

    Twelve digits are looked at, so that 29.05 is not taken for 29.0499 for the way it is stored.
    """
    step = Decimal(1).scaleb(-places)
    return f"{Decimal(f'{value:.12g}').quantize(step, ROUND_HALF_UP):,}"


def amount(value: float) -> str:
    """A sum: whole as it is, else to a tenth: 1,648 and 11.4."""
    return rounded(value, 0 if value == int(value) else 1)


def behind(measure: Measure, row: Mapping[str, Any]) -> str:
    """The counts behind a figure, with what they count: '36 of 412', '1,648 days over 11 children'.

    A number that is not a share has its own count alone. Empty where nothing was counted.
    """
    if row["numerator"] is None:
        return ""
    top, bottom = amount(row["numerator"]), row["denominator"]
    if measure.kind in {"count", "total"} or bottom is None:
        return top
    if measure.kind != "ratio":
        return f"{top} of {amount(bottom)}"
    if measure.unit == "percent":
        said = _PARTS.get(measure.name, "{top} of {bottom} full-time equivalents")
        return said.format(top=top, bottom=amount(bottom))
    many, one = _OVER.get(measure.name, ("children", "child"))
    unit = measure.unit.removesuffix("s") if row["numerator"] == 1 else measure.unit
    return f"{top} {unit} over {amount(bottom)} {one if bottom == 1 else many}"


def in_words(row: Mapping[str, Any]) -> str:
    """One row of ``run``'s frame (as a mapping) as a plain sentence with its interval.

    A row without a value gives its reason. Groups of a breakdown are not named: the caller says
    which line it is.
    """
    if row.get("value") is None:
        return str(row.get("reason") or "There is no figure.")
    measure = get(row["measure"])
    say = {
        "percentage": _share,
        "rate": _rate,
        "count": _count,
        "total": _total,
        "ratio": _ratio,
    }[measure.kind]
    return say(measure, row)


def _share(measure: Measure, row: Mapping[str, Any]) -> str:
    k, n = int(row["numerator"]), int(row["denominator"])
    low, high = hundred(row["low"]), hundred(row["high"])
    if n < _A_FEW:
        return (
            f"{k:,} of {n:,} {measure.whole} {measure.did}, {_year(row)}. With so few, no rate is "
            f"worth giving: anything from {low} to {high} of every 100 would fit what was seen."
        )
    return (
        f"{hundred(row['value'])} of every 100 {measure.whole} {measure.did}, {_year(row)} "
        f"({k:,} of {n:,}). {CHANCE} {low} to {high} of every 100."
    )


def _rate(measure: Measure, row: Mapping[str, Any]) -> str:
    k, n = int(row["numerator"]), int(row["denominator"])
    low, high = _whole(row["low"]), _whole(row["high"])
    return (
        f"{_capital(_whole(row['value']))} of every 10,000 {measure.whole} {measure.did}, "
        f"{_year(row)} ({k:,} of {n:,}). {CHANCE} {low} to {high} of every 10,000."
    )


def _count(measure: Measure, row: Mapping[str, Any]) -> str:
    k = int(row["numerator"])
    if k == 1:
        one = measure.whole.replace(" who have ", " who has ")
        for many, single in ONE.items():
            one = one.replace(many, single, 1)
        return f"1 {one} {measure.did.replace('were ', 'was ', 1)}, {_year(row)}."
    low, high = _whole(row["low"]), _whole(row["high"])
    return f"{k:,} {measure.whole} {measure.did}, {_year(row)}. {CHANCE} {low} to {high}."


def _total(measure: Measure, row: Mapping[str, Any]) -> str:
    return (
        f"{_tenth(row['value'])} {measure.unit} of {measure.whole} {measure.did}"
        f"{_when(measure, row)}.{_interval(row, alone=_alone(measure))}"
    )


def _ratio(measure: Measure, row: Mapping[str, Any]) -> str:
    every = measure.unit == "percent"
    figure = _tenth(row["value"])
    said = (
        f"For every 100 {measure.whole}, {figure} {measure.did}"
        if every
        else f"{figure} {measure.whole} {measure.did}"
    )
    return (
        f"{said}{_when(measure, row)} ({behind(measure, row)})."
        f"{_interval(row, ' of every 100' if every else '', alone=_alone(measure))}"
    )


def _alone(measure: Measure) -> str:
    return "a single worker" if measure.collection == "csww" else "only one counted"


def _interval(row: Mapping[str, Any], mark: str = "", *, alone: str = "only one counted") -> str:
    """The sentence about the interval, or that there is none."""
    if row["low"] is None:
        return f" With {alone} no interval can be given."
    return f" {CHANCE} {_tenth(row['low'])} to {_tenth(row['high'])}{mark}."


def _when(measure: Measure, row: Mapping[str, Any]) -> str:
    """When, as it follows the rest: ' on 30 September 2024', ', year to 30 September 2024'."""
    when = measure.when.format(year=row["year"])
    return f" {when}" if when.startswith("on ") else f", {when}"


def _tenth(value: float) -> str:
    return rounded(value, 1)


def _year(row: Mapping[str, Any]) -> str:
    return f"year to 31 March {row['year']}"


def _whole(value: float) -> str:
    """A figure to a whole number, but never rounded down to none."""
    return "fewer than 1" if 0 < value < 0.5 else rounded(value)


def hundred(percent: float) -> str:
    """A percent to a whole number, but never rounded to none or to all."""
    return "more than 99" if 99.5 <= percent < 100 else _whole(percent)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
