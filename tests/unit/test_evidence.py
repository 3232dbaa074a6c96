"""The shelf of published studies, and the page that tells the rule."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from whatworks import evidence
from whatworks.evidence.harms import SAFETY
from whatworks.evidence.rating import MEANINGS
from whatworks.evidence.stepping import STARTS
from whatworks.evidence.study import DOUBTS, GRAVE
from whatworks.evidence.wording import DESIGNS, MEANS

ROOT = Path(__file__).resolve().parents[2]
SHELF = evidence.shelf()
FGC = "family-group-conferencing"


def one(name: str) -> evidence.Study:
    return next(study for study in SHELF if study.id == name)


@pytest.mark.parametrize("study", SHELF, ids=lambda study: study.id)
def test_every_published_study_says_where_it_was_seen(study: evidence.Study) -> None:
    assert study.provenance.seen_at
    assert not study.invented
    assert study.citation
    assert evidence.kind(study.kind)


def numbers_of(row: dict[str, str]) -> set[float]:
    found = set()
    for name, cell in row.items():
        try:
            value = float(cell)
        except (TypeError, ValueError):
            continue
        found |= {round(value, 6), round(value / 100, 6)}
        if name == "notes":
            found.discard(value)
    return found


@pytest.mark.parametrize("study", SHELF, ids=lambda study: study.id)
def test_every_number_on_the_shelf_stands_in_what_was_gathered(
    study: evidence.Study, shared_reference: Path
) -> None:
    """By the address where it was seen: effect, interval, shares and sizes, and none besides."""
    rows = []
    for name, place in (("studies.csv", "seen_at"), ("reviews.csv", "seen_at")):
        with (shared_reference / "evidence" / name).open(newline="", encoding="utf-8") as file:
            rows += [row for row in csv.DictReader(file) if row[place] in study.provenance.seen_at]
    assert rows, "nothing gathered was seen there"
    held = set().union(*map(numbers_of, rows))
    words = " ".join(cell for row in rows for cell in row.values() if cell)
    for numbers in study.numbers:
        for value in (
            numbers.effect,
            numbers.low,
            numbers.high,
            numbers.p,
            numbers.share_with,
            numbers.share_without,
            numbers.n_with,
            numbers.n_without,
            numbers.follow_up_months,
        ):
            if value is not None:
                assert round(float(value), 6) in held or f"{value:g}" in words, value


def test_england_and_the_netherlands_point_opposite_ways() -> None:
    found = evidence.rate(evidence.shelf(FGC))
    assert found.verdict == "Mixed findings"
    assert {row.country: round(row.difference) for row in found.of_1000} == {
        "England": -86,
        "Netherlands": 77,
    }
    assert all(row.low is None for row in found.of_1000), "no interval was seen: none is given"


def test_nothing_on_the_shelf_is_called_established() -> None:
    """Nor could it be: of most studies no interval was seen, or no safety outcome."""
    for kind in evidence.kinds():
        found = evidence.rate(evidence.shelf(kind.id), outcome=kind.outcome)
        assert found.verdict != "Established", kind.id


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"share_with": 1.2}, "a share or p lies outside 0 to 1"),
        ({"low": 0.1, "high": 0.2, "effect": 0.3}, "the effect lies outside its interval"),
        ({"low": -0.2}, "an interval has two ends"),
        ({"effect_type": "none"}, "an effect is given and not of what type"),
        ({"effect_type": "risk ratio"}, "a ratio is below 0"),
        ({"effect": -8.6}, "a difference of shares lies outside -1 to 1"),
        ({"outcome": "happiness"}, "there is no 'happiness'"),
        ({"flags": ("threshold_only",)}, "a flag of one outcome is no doubt"),
    ],
)
def test_a_study_that_cannot_be_right_is_refused(change: dict[str, object], says: str) -> None:
    study = one("taylor-2024-england")
    wrong = replace(study, numbers=(replace(study.numbers[0], **change),))
    with pytest.raises(evidence.WrongStudy, match=says):
        evidence.check(wrong)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"id": "Taylor 2024"}, "small letters and hyphens"),
        ({"design": "anecdote"}, "no design"),
        ({"provenance": evidence.Provenance()}, "where its numbers were seen"),
        ({"numbers": ()}, "holds no outcome"),
    ],
)
def test_a_study_without_its_basics_is_refused(change: dict[str, object], says: str) -> None:
    with pytest.raises(evidence.WrongStudy, match=says):
        evidence.check(replace(one("taylor-2024-england"), **change))


def test_an_end_without_bound_is_kept() -> None:
    study = one("bezeczky-2020-review")
    numbers = replace(study.numbers[0], low=0.0, high=float("inf"))
    again = evidence.from_dict(replace(study, numbers=(numbers,)).as_dict())
    assert again.numbers[0].high == float("inf")
    found = evidence.rate([again])
    assert "no upper limit" in found.sentence or found.verdict == "Uncertain"


def test_flags_of_numbers_are_kept_and_their_absence_changes_no_digest() -> None:
    study = one("bezeczky-2020-review")
    held = study.as_dict()
    assert not any("flags" in numbers for numbers in held["numbers"])
    assert evidence.from_dict(held) == study
    marked = replace(study, numbers=(replace(study.numbers[0], flags=("bad_year",)),))
    assert evidence.from_dict(json.loads(json.dumps(marked.as_dict()))) == marked
    assert evidence.from_dict(marked.as_dict()).digest() == marked.digest() != study.digest()


def test_a_number_that_is_not_a_number_is_refused() -> None:
    study = one("bezeczky-2020-review")
    wrong = replace(study, numbers=(replace(study.numbers[0], effect=float("nan")),))
    with pytest.raises(ValueError, match="never NaN"):
        wrong.digest()


def test_the_page_on_the_rule_says_what_the_code_does() -> None:
    page = " ".join((ROOT / "docs" / "rating.md").read_text("utf-8").split())
    assert f"Rule version {evidence.RULE_VERSION}." in page
    for verdict in evidence.VERDICTS:
        assert f"| {verdict} | {MEANINGS[verdict]} |" in page
    for design, start in STARTS.items():
        assert f"| {design}: {DESIGNS[design]} | {start} |" in page
    for sure, words in MEANS.items():
        assert f"| {sure} | {words.format(what='...')} |" in page
    for outcome, safety in SAFETY.items():
        assert f"| {outcome} | {', '.join(safety)} |" in page
    for flag in (*GRAVE, *DOUBTS):
        assert f"`{flag}`" in page
    for step in evidence.rate(evidence.shelf(FGC)).steps:
        assert f"**{step.question.split(': ')[0].removesuffix('?')}" in page, step.question
