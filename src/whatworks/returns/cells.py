"""From a cell's text to a date or a number, a column at a time.

A cell is a value, blank or unreadable. Columns are read in two steps: one vectorised pass over
the usual form, then another over the distinct texts that are left, which are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from whatworks.returns.limits import EARLIEST_YEAR, LATEST_YEAR

UK_FORM, ISO_FORM = "dd/mm/yyyy", "yyyy-mm-dd"
_USUAL = {
    UK_FORM: (r"^[0-9]{2}/[0-9]{2}/[0-9]{4}$", "%d/%m/%Y"),
    ISO_FORM: (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "%Y-%m-%d"),
}
_TIME = r"(?:[ T]+([0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?))?"
_ZONE = r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
_UK = r"^([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})" + _TIME + "$"
_NO_STROKES = r"^[0-9]{1,2}[.-]|^[0-9]{1,2}/[0-9]{1,2}[.-]"
_ISO = r"^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})" + _TIME + _ZONE + "$"
_SHORT_YEAR = r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}$"
_DAY_NUMBER = r"^[0-9]{5}(?:\.[0-9]+)?$"
_DIGITS = r"^[+-]?[0-9]+$"
_WHOLE = r"^[+-]?[0-9]{1,18}$"
_DECIMAL = r"^[+-]?(?:[0-9]{1,12}(?:\.[0-9]{0,12})?|\.[0-9]{1,12})$"
_WHOLE_WITH_POINT = r"^[+-]?[0-9]{1,15}\.0*$"
_NAMED = r"(?i)^([0-9]{1,2})(?:st|nd|rd|th)?[ /.-]*([a-z]{3,9})\.?,?[ /.-]*([0-9]{4})" + _TIME + "$"
_MONTHS = (
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
_MONTH_NUMBERS = {
    name[:length]: f"{number:02d}"
    for number, name in enumerate(_MONTHS, 1)
    for length in {3, 4 if name == "september" else 3, len(name)}
}
_EPOCH = (date(1899, 12, 30) - date(1970, 1, 1)).days
"""The day that spreadsheets count from, for every day after February 1900."""
_FIRST_NUMBER, _LAST_NUMBER = 14_611, 73_050
"""A spreadsheet's numbers for the days from 1940 to 2099; others are taken for a slip."""
_SHOWN = 40


@dataclass(frozen=True)
class Read:
    """A column as read.

    ``values`` has a null for each blank or unreadable cell; ``unreadable`` is never null.
    ``reasons`` gives a sentence for each distinct unreadable text (columns text, reason);
    ``tolerated`` counts cells by the code of what was unusual about them.
    """

    values: pl.Series
    unreadable: pl.Series
    reasons: pl.DataFrame
    tolerated: dict[str, int]


def tidy(text: pl.Series) -> pl.Series:
    """Text without surrounding space; a cell of nothing but space is blank (null)."""
    return pl.select(tidied(pl.lit(text))).to_series().alias(text.name)


def tidied(text: pl.Expr) -> pl.Expr:
    """The same as an expression."""
    stripped = text.str.strip_chars()
    return pl.when(stripped != "").then(stripped)


def usual_date(text: pl.Expr, form: str) -> pl.Expr:
    """The date of a text in the usual form; null for any other text."""
    pattern, layout = _USUAL[form]
    return pl.when(text.str.contains(pattern)).then(text).str.to_date(layout, strict=False)


def usual_integer(text: pl.Expr) -> pl.Expr:
    """The number of a text in digits; null for any other text."""
    return pl.when(text.str.contains(_WHOLE)).then(text).cast(pl.Int64, strict=False)


def usual_decimal(text: pl.Expr) -> pl.Expr:
    """The number of a text in digits, with or without a decimal point; null for any other text."""
    return pl.when(text.str.contains(_DECIMAL)).then(text).cast(pl.Float64, strict=False)


def believed(day: pl.Expr) -> pl.Expr:
    """Whether a date's year can be right."""
    return day.dt.year().is_between(EARLIEST_YEAR, LATEST_YEAR)


def read_dates(text: pl.Series, form: str = UK_FORM) -> Read:
    """Dates from text in dd/mm/yyyy or yyyy-mm-dd, with one-digit days and a time part allowed.
    Dashes or dots may stand for strokes.

    ``form`` is the usual form of the return; it is tried first and asked for in the reasons.
    """
    return rest_of_dates(text, pl.select(usual_date(pl.lit(text), form)).to_series(), form)


def rest_of_dates(
    text: pl.Series, values: pl.Series, form: str, *, spreadsheet: bool = False
) -> Read:
    """As ``read_dates``, with the dates that ``usual_date`` found.

    ``spreadsheet``: months in words ('3 Apr 2025') and a spreadsheet's numbers for days are read
    as well, as people who fill in workbooks by hand write them. Never month first.
    """
    left = text.is_not_null() & values.is_null()
    tolerated: dict[str, int] = {}
    reasons = _no_reasons()
    if left.any():
        spelt = _spell_out(text.filter(left).unique().alias("text"), form)
        if spreadsheet:
            spelt = _as_people_write(spelt)
        other = pl.DataFrame({"text": text}).join(
            spelt, on="text", how="left", maintain_order="left"
        )
        values = values.zip_with(values.is_not_null(), other["day"])
        for code in ("other_form", "time", "one_digit", "no_strokes", "in_words", "number"):
            if code not in other.columns:
                continue
            count = int((other[code] & other["day"].is_not_null()).sum())
            if count:
                tolerated[_code(code, form)] = count
        reasons = spelt.filter(pl.col("day").is_null()).select("text", "reason")
    outside = ~pl.select(believed(pl.lit(values)).fill_null(value=True)).to_series()
    if outside.any():
        reasons = pl.concat([reasons, _outside_reasons(text.filter(outside).unique())])
        values = values.set(outside, None)
    unreadable = text.is_not_null() & values.is_null()
    return Read(values, unreadable, reasons, tolerated)


def read_integers(text: pl.Series) -> Read:
    """Whole numbers from text; '12.0', as spreadsheets write them, is 12."""
    return rest_of_integers(text, pl.select(usual_integer(pl.lit(text))).to_series())


def rest_of_integers(text: pl.Series, values: pl.Series) -> Read:
    """As ``read_integers``, with the numbers that ``usual_integer`` found."""
    tolerated: dict[str, int] = {}
    point = text.str.contains(_WHOLE_WITH_POINT).fill_null(value=False)
    if point.any():
        whole = text.set(~point, None).str.replace(r"\..*$", "").cast(pl.Int64, strict=False)
        values = values.zip_with(values.is_not_null(), whole)
        tolerated["whole_numbers_with_a_decimal_point"] = int(point.sum())
    unreadable = text.is_not_null() & values.is_null()
    reasons = (
        pl.DataFrame({"text": text.filter(unreadable).unique()})
        .cast(pl.String)
        .with_columns(
            reason=pl.when(pl.col("text").str.contains(_DIGITS))
            .then(_quoted() + pl.lit(" is too large a number to be right."))
            .otherwise(_quoted() + pl.lit(" is not a whole number. Write it in digits."))
        )
    )
    return Read(values, unreadable, reasons, tolerated)


def rest_of_decimals(text: pl.Series, values: pl.Series) -> Read:
    """Decimal numbers, with those that ``usual_decimal`` found; all others are unreadable."""
    unreadable = text.is_not_null() & values.is_null()
    reasons = (
        pl.DataFrame({"text": text.filter(unreadable).unique()})
        .cast(pl.String)
        .with_columns(
            reason=_quoted() + pl.lit(" is not a number. Write it in digits, such as 0.8.")
        )
    )
    return Read(values, unreadable, reasons, {})


def read_choices(text: pl.Series, words: Mapping[str, str]) -> Read:
    """Codes from words as councils write them; ``words``: spelling (as ``schema.plain`` makes it)
    -> code. Words that are not known are unreadable."""
    from whatworks.returns.schema import plain

    codes = {cell: words.get(plain(cell)) for cell in text.drop_nulls().unique()}
    known = {cell: code for cell, code in codes.items() if code is not None}
    values = text.replace_strict(known, default=None, return_dtype=pl.String)
    shown = sorted(set(words.values()))
    listed = ", ".join(shown[:8]) + (" and others" if len(shown) > 8 else "")
    remedy = f" is not a way of writing any of the answers known here. They are: {listed}."
    strange = [cell for cell, code in codes.items() if code is None]
    reasons = pl.DataFrame({"text": strange}, schema={"text": pl.String}).with_columns(
        reason=_quoted() + pl.lit(remedy)
    )
    return Read(values, text.is_not_null() & values.is_null(), reasons, {})


def _spell_out(texts: pl.Series, form: str) -> pl.DataFrame:
    """Each distinct text with its day, what was unusual about it, or why it is no date."""
    uk = texts.str.extract_groups(_UK).struct.rename_fields(["d", "m", "y", "t"])
    iso = texts.str.extract_groups(_ISO).struct.rename_fields(["y", "m", "d", "t"])
    frame = pl.DataFrame({"text": texts, "uk": uk, "iso": iso}).with_columns(
        is_uk=pl.col("uk").struct.field("y").is_not_null(),
        is_iso=pl.col("iso").struct.field("y").is_not_null(),
    )
    parts = {
        part: pl.coalesce(pl.col("uk").struct.field(part), pl.col("iso").struct.field(part))
        for part in "ymdt"
    }
    other = "is_iso" if form == UK_FORM else "is_uk"
    return (
        frame.with_columns(**parts)
        .with_columns(
            day=pl.concat_str(
                "y", pl.col("m").str.zfill(2), pl.col("d").str.zfill(2), separator="-"
            ).str.to_date("%Y-%m-%d", strict=False),
            other_form=pl.col(other),
            time=pl.col("t").is_not_null(),
            one_digit=(
                (pl.col("d").str.len_bytes() == 1) | (pl.col("m").str.len_bytes() == 1)
            ).fill_null(value=False),
            no_strokes=pl.col("text").str.contains(_NO_STROKES),
            reason=_reason(form),
        )
        .select("text", "day", "other_form", "time", "one_digit", "no_strokes", "reason")
    )


def _as_people_write(spelt: pl.DataFrame) -> pl.DataFrame:
    """What ``_spell_out`` made, with months in words and a spreadsheet's numbers for days."""
    named = spelt["text"].str.extract_groups(_NAMED).struct.rename_fields(["d", "m", "y", "t"])
    month = pl.col("m").str.to_lowercase().replace_strict(_MONTH_NUMBERS, default=None)
    words = (
        pl.DataFrame({"named": named})
        .unnest("named")
        .select(
            day=pl.concat_str("y", month, pl.col("d").str.zfill(2), separator="-").str.to_date(
                "%Y-%m-%d", strict=False
            ),
            time=pl.col("t").is_not_null(),
        )
    )
    number = spelt["text"].str.extract(r"^([0-9]{5})(?:\.[0-9]*)?$").cast(pl.Int32)
    number = number.set(~number.is_between(_FIRST_NUMBER, _LAST_NUMBER), None)
    counted = (number + _EPOCH).cast(pl.Date)
    return spelt.with_columns(
        day=pl.coalesce("day", words["day"], counted),
        time=pl.col("time") | words["time"],
        in_words=words["day"].is_not_null(),
        number=counted.is_not_null(),
    )


def _reason(form: str) -> pl.Expr:
    remedy = f" Write it as {form}."
    return (
        pl.when(pl.col("text").str.contains(_SHORT_YEAR))
        .then(
            _quoted() + pl.lit(" has a year of two digits, so its century is not known." + remedy)
        )
        .when(pl.col("text").str.contains(_DAY_NUMBER))
        .then(_quoted() + pl.lit(" is not a date but a spreadsheet's number for a day." + remedy))
        .otherwise(_quoted() + pl.lit(" is not a date." + remedy))
    )


def _outside_reasons(texts: pl.Series) -> pl.DataFrame:
    sentence = f" cannot be right: a date's year must be from {EARLIEST_YEAR} to {LATEST_YEAR}."
    return pl.DataFrame({"text": texts}).with_columns(reason=_quoted() + pl.lit(sentence))


def _quoted() -> pl.Expr:
    """The text in quotation marks, cut where it is long."""
    text = pl.col("text")
    shown = pl.when(text.str.len_chars() > _SHOWN).then(text.str.head(_SHOWN) + "…")
    return pl.lit("'") + shown.otherwise(text) + pl.lit("'")


def _no_reasons() -> pl.DataFrame:
    return pl.DataFrame(schema={"text": pl.String, "reason": pl.String})


def _code(what: str, form: str) -> str:
    if what == "time":
        return "dates_with_a_time"
    if what == "one_digit":
        return "dates_with_one_digit"
    told = {
        "no_strokes": "dates_with_other_marks",
        "in_words": "dates_with_months_in_words",
        "number": "dates_as_numbers",
    }
    if what in told:
        return told[what]
    return "dates_in_iso_form" if form == UK_FORM else "dates_in_day_first_form"
