"""One study as it is shown: which way each result points, as printed, and where it was seen."""

from __future__ import annotations

from dataclasses import dataclass
from math import isinf
from typing import Any

from whatworks import reference
from whatworks.evidence import Numbers, Study, wording
from whatworks.evidence.pointing import FEW, pointing
from whatworks.evidence.wording import OUTCOMES
from whatworks.returns.store.manifest import council_of, is_submission_id

COLOURS = {
    "Established": "green",
    "Looks promising": "teal",
    "Mixed findings": "yellow",
    "Uncertain": "grey",
    "Not tested": "grey",
    "Beware": "red",
}
"""The tag of each verdict: the word is always there, the colour only repeats it."""

DESIGNS = {
    "randomised": "Trial that drew lots",
    "natural experiment": "Natural experiment",
    "review": "Review of several studies",
    "comparison group": "Comparison group",
    "before and after": "Before and after",
}
EXPLAINED = {
    "randomised": "Chance decided who got the practice, so those with and without it were alike.",
    "natural experiment": "Councils began at different times. Each is compared with itself before "
    "and with councils that had not begun. Something else may have changed at the same time.",
    "review": "Somebody gathered the studies that there are. It is as good as what it gathers.",
    "comparison group": "Families or areas like those with the practice, who chose or were "
    "chosen otherwise. They may differ in ways that nobody measured.",
    "before and after": "The same people or places before. Much else may have changed since.",
}


def result(numbers: Numbers) -> dict[str, Any]:
    """One result in words: which way, what was found, and as it was printed."""
    points = pointing(numbers)
    words = OUTCOMES[numbers.outcome]
    way = {
        "better": words.towards_better[:1].upper() + words.towards_better[1:],
        "worse": words.towards_worse[:1].upper() + words.towards_worse[1:],
        "either": "No clear difference",
        "": "What it found was not seen",
    }[points.direction]
    if numbers.outcome == "other":
        way = {"better": "Better", "worse": "Worse"}.get(points.direction, way)
    return {
        "numbers": numbers,
        "way": way,
        "found": _found(numbers),
        "printed": _printed(numbers),
        "relative": relative(numbers),
    }


@dataclass(frozen=True)
class Relative:
    """How many with the practice for each 100 without it: one scale for all studies."""

    value: float
    low: float | None
    high: float | None

    @property
    def text(self) -> str:
        """The number and its interval in words."""
        return f"{self.value:,.0f} for each 100 without it"

    @property
    def interval(self) -> str:
        """The interval in words."""
        if self.low is None or self.high is None:
            return "interval not seen"
        high = "no limit" if isinf(self.high) else f"{self.high:,.0f}"
        return f"95% interval {self.low:,.0f} to {high}"


def relative(numbers: Numbers) -> Relative | None:
    """With the practice for each 100 without; None where the numbers do not give it."""
    base = numbers.share_without
    if numbers.effect_type in ("risk ratio", "rate ratio") and numbers.effect is not None:
        ends = [None if end is None else 100 * end for end in (numbers.low, numbers.high)]
        return Relative(100 * numbers.effect, *ends)
    if not base or numbers.share_with is None:
        return None
    ends = [None, None]
    if numbers.effect_type == "risk difference":
        ends = [
            None if end is None else max(0.0, 100 * (base + end) / base)
            for end in (numbers.low, numbers.high)
        ]
    return Relative(100 * numbers.share_with / base, *ends)


def _found(numbers: Numbers) -> str:
    if numbers.share_with is not None and numbers.share_without is not None:
        shares = (numbers.share_with, numbers.share_without)
        of = next(
            per for least, per in ((0.02, 100), (FEW, 1000), (0.0, 10_000)) if max(shares) >= least
        )
        told = [f"{share * of:.1f}".removesuffix(".0") for share in shares]
        return f"{told[0]} of {of:,} {numbers.counted} with it, {told[1]} without"
    return wording.sentence(wording.ratio(numbers)).rstrip(".") if wording.ratio(numbers) else ""


def _printed(numbers: Numbers) -> str:
    """The effect as printed, with its interval and p; empty where none was seen."""
    parts_ = []
    if numbers.effect is not None:
        parts_.append(f"{numbers.effect_type.capitalize()} {_figure(numbers, numbers.effect)}")
    if numbers.low is not None and numbers.high is not None:
        ends = (_figure(numbers, end) for end in (numbers.low, numbers.high))
        parts_.append(f"95% interval {' to '.join(ends)}")
    if numbers.p is not None:
        parts_.append(f"p = {numbers.p:.3g}")
    return ", ".join(parts_)


def _figure(numbers: Numbers, value: float) -> str:
    if isinf(value):
        return "no limit"
    if numbers.effect_type == "risk difference":
        return f"{100 * value:+.1f} percentage points"
    return f"{value:.3g}"


def places(study: Study) -> list[tuple[str, str | None]]:
    """Where its numbers were seen: (as written, address if it is one). Only web addresses link."""
    made: list[tuple[str, str | None]] = []
    for place in filter(None, map(str.strip, study.provenance.seen_at.split(" ; "))):
        web = place.startswith(("https://", "http://")) and not any(c.isspace() for c in place)
        made.append((place.split("/")[2] if web else place, place if web else None))
    return made


def submissions(study: Study) -> dict[str, list[str]]:
    """Council -> the submissions of it that the study was counted from."""
    made: dict[str, list[str]] = {}
    for one in sorted(study.provenance.submissions):
        council = council_of(one) if is_submission_id(one) else ""
        made.setdefault(council, []).append(one)
    return made


def council_name(code: str) -> str:
    """A council's name; its code where no council has it."""
    try:
        return reference.council(code).name
    except reference.NotHeld:
        return code


def doi_address(study: Study) -> str | None:
    """The address of a doi; None for what is not one alone."""
    plain = study.doi.strip()
    return f"https://doi.org/{plain}" if plain.startswith("10.") and " " not in plain else None
