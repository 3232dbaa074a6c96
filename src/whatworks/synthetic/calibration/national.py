"""How children divide, in England: produced shares beside the published ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from whatworks import reference
from whatworks.synthetic.calibration import tolerances
from whatworks.synthetic.calibration.model import LEFT_OUT, Figure
from whatworks.synthetic.calibration.publication import NOT_PUBLISHED, Publication
from whatworks.synthetic.calibration.record import Record
from whatworks.synthetic.calibration.wanted import (
    CEASED,
    LASTING,
    NOT_DRAWN,
    PLACEMENTS,
    TOPICS,
    WORDS,
)
from whatworks.synthetic.calibration.whole import Whole

Group = tuple[str, str, str]

BANDS = {
    "under_8_weeks": "Less than 8 weeks",
    "8_weeks_to_6_months": "8 weeks to 6 months",
    "6_to_12_months": "6 to 12 months",
    "1_to_2_years": "1 to 2 years",
    "2_to_5_years": "2 to 5 years",
    "5_years_or_longer": "5 years or longer",
}
_STRAY = "not_in_the_published_groups"


@cache
def _groups() -> Mapping[Group, tuple[str, Mapping[int, tuple[float | None, float | None]]]]:
    """(population, topic, group) -> our title, and by year the number and the share."""
    found: dict[Group, tuple[str, dict[int, tuple[float | None, float | None]]]] = {}
    for row in reference.characteristics().iter_rows(named=True):
        if row["group"] != "total":
            key = (row["population"], row["topic"], row["group"])
            found.setdefault(key, (row["title"], {}))[1][row["year"]] = (row["value"], row["share"])
    return found


def _sum(rows: list[Mapping[str, float]], key: str) -> float:
    return sum(row.get(key, 0) for row in rows)


def national(
    known: Record, whole: Mapping[int, Whole], publication: Publication
) -> Iterator[Figure]:
    """Every group of every published table, in every year that was written."""
    for year, one in whole.items():
        rows = [known.tallies[code, year] for code in one.councils]
        for group, (title, published) in _groups().items():
            value, share = published.get(year, (None, None))
            figure = _figure(group, title, one.area, year, rows=rows, share=share)
            if figure.state != LEFT_OUT and one.england and share is not None:
                n = (value or 0.0) * publication.scale
                figure = figure.judged(tolerances.of_share(100 * share, n))
            yield figure
        yield from _strays(rows, one.area, year)
        yield from _lasted(rows, one.area, year)


def _figure(
    group: Group,
    title: str,
    area: str,
    year: int,
    *,
    rows: list[Mapping[str, float]],
    share: float | None,
) -> Figure:
    population, topic, _ = group
    beside = None if share is None else 100 * share
    section = TOPICS.get((population, topic), PLACEMENTS)
    total = _sum(rows, population)
    made = None if not total else 100 * _sum(rows, "/".join(group)) / total
    one = Figure(
        "/".join(group),
        section,
        f"{WORDS[population]}, {_TOPIC[topic]}: {title}",
        area,
        year,
        "percent",
        made,
        beside,
    )
    if (population, topic) in NOT_DRAWN:
        return Figure(one.key, section, one.title, area, year, "percent", None, beside).without(
            NOT_DRAWN[population, topic]
        )
    if made is None:
        return one.without("Nobody was produced of whom this would be a share.")
    return one if share is not None else one.without(NOT_PUBLISHED)


_TOPIC = {
    "age": "age",
    "sex": "sex",
    "ethnicity": "ethnic group",
    "unaccompanied": "asylum",
    "need": "why",
    "legal_status": "legal status",
    "placement": "where",
    "provider": "provided by",
    "distance": "how far away",
    "locality": "whose area",
    "taken_into_care": "how",
    "reason": "why",
}


def _strays(rows: list[Mapping[str, float]], area: str, year: int) -> Iterator[Figure]:
    """Children in groups that the published tables do not have: there should be none."""
    for population, topic in TOPICS:
        n = _sum(rows, f"{population}/{topic}/{_STRAY}")
        if n:
            yield Figure(
                f"{population}/{topic}/{_STRAY}",
                TOPICS[population, topic],
                f"{WORDS[population]}, {_TOPIC[topic]}: in no published group",
                area,
                year,
                "children",
                n,
                None,
            ).without("The published table has no such group.")


def _lasted(rows: list[Mapping[str, float]], area: str, year: int) -> Iterator[Figure]:
    why = "How long periods of care last is not among the published figures held."
    total = _sum(rows, CEASED)
    for band, title in BANDS.items():
        made = 100 * _sum(rows, f"{CEASED}/duration/{band}") / total if total else None
        yield Figure(
            f"{CEASED}/duration/{band}", LASTING, title, area, year, "percent", made, None
        ).without(why)
    days = _sum(rows, f"{CEASED}/duration/days") / total if total else None
    yield Figure(
        f"{CEASED}/duration/days", LASTING, "Mean days", area, year, "days", days, None
    ).without(why)
