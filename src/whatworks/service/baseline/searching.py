"""Where a search of the baseline hits a measure: its title comes before what its text says."""

from __future__ import annotations

import re
from functools import lru_cache

from whatworks.measures.definition import Measure

PLACES = ("In the title", "In what it says", "In what it is set beside or called in files")
"""Where every word of a search may be found, the nearest first."""
_WORD = re.compile(r"[\w’'-]+")


def place(measure: Measure, words: str) -> int | None:
    """The farthest place of ``PLACES`` that a word of the search is found in; None if one is not.

    In a title a word may be the beginning of a longer one, so that 'adopt' finds 'adopted'. In
    text only whole words count, one and many alike: 'home' is in too many sentences otherwise.
    """
    found = [_place(measure, word) for word in _WORD.findall(words.casefold())]
    if not found or any(at is None for at in found):
        return None
    return max(at for at in found if at is not None)


def _place(measure: Measure, word: str) -> int | None:
    title, text, rest = _texts(measure)
    if any(one.startswith(_one(word)) for one in title):
        return 0
    for at, said in ((1, text), (2, rest)):
        if _one(word) in said:
            return at
    return None


@lru_cache(maxsize=1024)
def _texts(measure: Measure) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The words of the title as they stand, and those of the text and of the rest, as of one."""
    counted = f"{measure.numerator_words} {measure.denominator_words or ''}"
    beside = " ".join(mirror.title for mirror in measure.mirrors)
    rest = f"{measure.name.replace('_', ' ')} {measure.pillar} {beside}"
    return (
        frozenset(_WORD.findall(measure.title.casefold())),
        _ones(f"{measure.text} {counted}"),
        _ones(rest),
    )


def _ones(text: str) -> frozenset[str]:
    return frozenset(_one(word) for word in _WORD.findall(text.casefold()))


def _one(word: str) -> str:
    """'homes' is looked for as 'home'; a word of three letters stays as it is."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
