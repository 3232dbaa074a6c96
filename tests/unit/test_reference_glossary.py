"""The glossary: each term once, in order, with a definition."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENTRY = re.compile(r"^\*\*(?P<term>.+)\*\*\n: (?P<text>(?:.+\n?)+)", re.MULTILINE)


def _entries() -> list[tuple[str, str]]:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    return [(each["term"], each["text"].strip()) for each in ENTRY.finditer(text)]


def test_terms_are_in_alphabetical_order_and_stand_once() -> None:
    terms = [term for term, _ in _entries()]
    assert len(terms) >= 60
    assert terms == sorted(set(terms), key=str.casefold)


def test_every_term_has_a_definition_that_is_a_sentence() -> None:
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    assert len(_entries()) == len(re.findall(r"^\*\*", text, re.MULTILINE))
    for term, definition in _entries():
        assert definition.endswith("."), term
        assert 20 < len(definition) < 400, term


def test_the_words_on_screen_are_defined() -> None:
    terms = {term.casefold() for term, _ in _entries()}
    assert {
        "ssda903",
        "cin census",
        "looked after",
        "episode",
        "period of care",
        "placement",
        "legal status",
        "return home",
        "re-entry",
        "submission",
        "finding",
        "problem",
        "unreadable",
        "rule states",
        "measure",
        "numerator",
        "denominator",
        "clock",
        "statistical neighbour",
        "safeguarding partners",
        "practice leader",
    } <= terms
