"""A rated page as it is shown: its parts, their small tables of bars, and the table of studies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isinf
from typing import Any

from whatworks import evidence
from whatworks.evidence import Numbers, Rating, Study, wording
from whatworks.evidence.pointing import Of1000, of_1000
from whatworks.evidence.study import Outcome
from whatworks.evidence.wording import OUTCOMES
from whatworks.service.evidence import queries, results
from whatworks.service.evidence.queries import Subject

CUT = 300.0
"""Bars end at three times as many as without the practice: beyond it only the number tells."""


@dataclass(frozen=True)
class Part:
    """One rating on a rated page. ``name`` is a part of an address on the page."""

    name: str
    title: str
    rating: Rating
    tables: tuple[Drawn, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A small table of two bars: without and with the practice."""

    title: str
    per: int
    caption: str
    about: str
    rows: tuple[dict[str, Any], ...]
    largest: float
    note: str


@dataclass(frozen=True)
class Row:
    """One study in the table: which way it points in words, with its numbers."""

    study: Study
    numbers: Numbers | None
    way: str
    found: str
    relative: results.Relative | None
    where: str
    href: str | None


def parts(
    subject: Subject, rating: Rating, studies: Sequence[Study], outcome: Outcome
) -> list[Part]:
    """The ratings of a page: of invented children and of published studies, never together."""
    by_id = {one.id: one for one in studies}
    apart = rating if rating.of_invented else rating.invented
    real = evidence.rate([], outcome=outcome) if rating.of_invented else rating
    kind = subject.kind.name if subject.invented or subject.practice is None else ""
    title = "What published studies say" + (f" of {_low(kind)}" if subject.invented else "")
    found = [Part("published", title, real, tables(real, by_id))]
    if apart is not None:
        told = "What councils’ returns say (invented children)"
        warned = [text for one in studies if one.invented for text in one.warnings]
        part = Part("returns", told, apart, tables(apart, by_id), tuple(dict.fromkeys(warned)))
        found.insert(0 if subject.invented else 1, part)
    return found


def tables(rating: Rating, studies: Mapping[str, Study]) -> tuple[Drawn, ...]:
    """Of 1,000: both sides where they point opposite ways, else the best study that has numbers."""
    if rating.verdict == "Mixed findings":
        sides = [side.studies for side in rating.sides if side.direction != "either"]
        rows = [next((r for r in rating.of_1000 if r.study in names), None) for names in sides]
        rest = [names for names, row in zip(sides, rows, strict=True) if row is None]
    else:
        rows, rest = list(rating.of_1000[:1]), []
    made = [_drawn(row, studies[row.study]) for row in rows if row is not None]
    if not made or rest:
        made += [one for study in studies.values() if (one := _ratio(study, rating)) is not None]
    captions = [table.caption for table in made]
    # Side by side on one scale, or a small number would look as large as a great one.
    largest = {per: max(t.largest for t in made if t.per == per) for per in {t.per for t in made}}
    return tuple(
        replace(
            one,
            largest=largest[one.per],
            caption=f"{one.caption}, {one.title}"
            if captions.count(one.caption) > 1
            else one.caption,
        )
        for one in made[:3]
    )


def _drawn(row: Of1000, study: Study) -> Drawn:
    size = wording.largest(row)
    low, high = _end(row, row.low), _end(row, row.high)
    told = (
        f"{wording.whole(low, size)} to {_up_to(high, size, row.per)}"
        if row.low is not None
        else ""
    )
    both: tuple[dict[str, Any], ...] = (
        _bar("Without it", row.without, wording.whole(row.without, size), note="to compare with"),
        _bar(
            "With it",
            row.with_it,
            wording.whole(row.with_it, size),
            low=low,
            high=high,
            interval=told,
            ours=True,
        ),
    )
    return Drawn(
        title=study.title,
        per=row.per,
        caption=f"Of {row.per:,} {row.of}, how many {OUTCOMES[_outcome(study, row)].happened}: "
        f"{study.country}",
        about=_about(row, study),
        rows=both,
        largest=max([size, high or 0.0]),
        note=wording.sentence(
            f"{wording.more_or_fewer(row.difference, size)} of {row.per:,} "
            f"({wording.interval(row)})"
        ),
    )


def _outcome(study: Study, row: Of1000) -> Outcome:
    return next(one.outcome for one in study.numbers if one.outcome_words == row.what)


def _about(row: Of1000, study: Study) -> str:
    months = f" Followed for {row.follow_up_months:g} months." if row.follow_up_months else ""
    return f"From one study: {study.title}. The numbers are of its own people: {row.whose}{months}"


def _end(row: Of1000, end: float | None) -> float | None:
    """An end of the interval as a number of 1,000 with the practice; never below 0 or above all."""
    return None if end is None else min(float(row.per), max(0.0, row.without + end))


def _up_to(end: float | None, size: float, per: int) -> str:
    return "" if end is None else ("no limit" if end >= per else wording.whole(end, size))


def _ratio(study: Study, rating: Rating) -> Drawn | None:
    """Of 100 to whom it would have happened, where a study gives a ratio alone."""
    if study.invented != rating.of_invented or of_1000(study, rating.outcome) is not None:
        return None
    numbers = study.of(rating.outcome)
    told = wording.ratio(numbers) if numbers is not None else ""
    if numbers is None or numbers.effect is None or not told:
        return None
    low, high = (None if e is None or isinf(e) else 100 * e for e in (numbers.low, numbers.high))
    between = f"{low:,.0f} to {high:,.0f}" if low is not None and high is not None else ""
    happened = OUTCOMES[rating.outcome].happened
    ours = _bar(
        "With it",
        100 * numbers.effect,
        f"{100 * numbers.effect:,.0f}",
        low=low,
        high=high,
        interval=between,
        ours=True,
    )
    return Drawn(
        title=study.title,
        per=100,
        caption=f"Where 100 {numbers.counted} {happened} without it, how many did with it",
        about=f"From {'a review' if study.design == 'review' else 'one study'}: {study.title}. "
        "It gives a ratio alone, so it cannot be said how many of 1,000.",
        rows=(_bar("Without it", 100.0, "100", note="to compare with"), ours),
        largest=max(100.0, 100 * numbers.effect, high or 0.0),
        note="",
    )


def _bar(
    name: str,
    value: float,
    text: str,
    *,
    low: float | None = None,
    high: float | None = None,
    interval: str = "",
    ours: bool = False,
    note: str = "interval not seen",
) -> dict[str, Any]:
    return {
        "name": name,
        "value": value,
        "low": low,
        "high": high,
        "text": text,
        "interval": interval,
        "ours": ours,
        "note": note,
    }


def outcomes(studies: Sequence[Study], shown: Outcome) -> list[tuple[Outcome, str]]:
    """The other outcomes that a study here measured."""
    held = {numbers.outcome for one in studies for numbers in one.numbers}
    return [(one, OUTCOMES[one].name) for one in queries.RATED if one in held and one != shown]


def groups(studies: Sequence[Study], outcome: Outcome) -> list[tuple[str, str, list[Row]]]:
    """The studies in their groups: (heading, what stands above it, rows), England first."""
    own = [one for one in studies if one.provenance.submissions]
    rest = [one for one in studies if not one.provenance.submissions]
    reviews = [one for one in rest if one.design == "review"]
    made = []
    if own:
        made.append(("From councils’ returns", "", [row(one, outcome) for one in own]))
    countries = {one.country for one in rest if one.design != "review"}
    for country in sorted(countries, key=lambda name: (name != "England", name)):
        of_it = [one for one in rest if one.country == country and one.design != "review"]
        made.append((f"Published: {country}", "", _rows(of_it, outcome)))
    if reviews:
        above = "A review gathers studies. Some of them may be listed here as well."
        made.append(("Published: reviews", above, _rows(reviews, outcome)))
    return made


def _rows(studies: Iterable[Study], outcome: Outcome) -> list[Row]:
    ordered = sorted(studies, key=lambda one: (one.of(outcome) is None, -(one.year or 0), one.id))
    return [row(one, outcome) for one in ordered]


def row(study: Study, outcome: Outcome) -> Row:
    """One study as a line of the table: by this outcome, or by what else it measured."""
    numbers = study.of(outcome)
    shown = numbers or study.numbers[0]
    found = results.result(shown)
    first = results.places(study)[:1]
    where, href = first[0] if first else ("", None)
    return Row(
        study=study,
        numbers=shown,
        way=found["way"] if numbers else "Measured something else",
        found=_brief(found),
        relative=found["relative"] if numbers else None,
        where=where,
        href=href,
    )


def _brief(found: Mapping[str, Any]) -> str:
    """In plain numbers; as printed where there is no plainer way; nothing where a bar says it."""
    numbers = found["numbers"]
    if numbers.share_with is not None:
        return str(found["found"])
    return "" if found["relative"] else str(found["printed"])


def widest(found: Sequence[tuple[str, str, list[Row]]]) -> float:
    """The end of the scale that all bars of the table share; what is beyond it is cut off."""
    drawn = [one.relative for _, _, rows in found for one in rows if one.relative is not None]
    ends = [end for one in drawn for end in (one.value, one.high) if end is not None]
    return min(CUT, max([100.0, *ends]))


def _low(text: str) -> str:
    return text[:1].lower() + text[1:]
