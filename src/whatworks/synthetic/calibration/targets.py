"""The targets set for synthetic England, each judged on the figures it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from whatworks.synthetic.calibration import tolerances
from whatworks.synthetic.calibration.model import ENGLAND, HIT, MISS, Figure, Target
from whatworks.synthetic.calibration.record import Record
from whatworks.synthetic.calibration.wanted import PLACEMENTS, REASONS, REENTRY, STEERED
from whatworks.synthetic.calibration.whole import Whole

_NONE = "No council-year could be judged: nothing published, or planted practices act in all."
NAMES = {
    "looked_after_at_31_march": "looked after on 31 March",
    "started_to_be_looked_after": "started to be looked after",
    "ceased_to_be_looked_after": "ceased to be looked after",
}
_PLANTED = "Practices are planted in some councils: write the region with --practices none."


def targets(
    figures: Sequence[Figure], whole: Mapping[int, Whole], known: Record
) -> Iterator[Target]:
    """Every target, judged where what it is about was written."""
    not_england = _why_not_england(whole, known)
    for wanted in STEERED:
        mine = [one for one in figures if one.key == wanted.key and one.section == wanted.section]
        name = NAMES[wanted.key]
        yield _england(name, [one for one in mine if one.area == ENGLAND], not_england)
        councils = [one for one in mine if one.area.isdigit() and one.state in (HIT, MISS)]
        yield _within(name, councils)
        yield _mean_error(name, councils)
    for section, name, prefix in (
        (REASONS, "reasons for ceasing", "ceased/reason/"),
        (PLACEMENTS, "placements", "looked_after_at_31_march/placement/"),
    ):
        shares = [
            one
            for one in figures
            if one.area == ENGLAND and one.section == section and one.key.startswith(prefix)
        ]
        yield _shares(name, shares, not_england)
    yield _reentry([one for one in figures if one.section == REENTRY])


def _why_not_england(whole: Mapping[int, Whole], known: Record) -> str | None:
    if known.planted:
        return _PLANTED
    if not any(one.england for one in whole.values()):
        return f"{len(known.councils)} councils are not England."
    return None


def _england(name: str, figures: Sequence[Figure], why: str | None) -> Target:
    judged = [one for one in figures if one.state in (HIT, MISS)]
    text = f"England, {name}: each year"
    asked = f"within {tolerances.ENGLAND:.0%} of the published number"
    if why or not judged:
        return Target(
            f"england/{name}", text, asked, "", None, why or "Nothing is published of these years."
        )
    worst = max(judged, key=lambda one: abs(one.relative or 0.0))
    found = (
        f"{_n_hit(judged)} of {len(judged)} years; furthest {worst.relative or 0.0:+.1%} "
        f"in {worst.year}"
    )
    return Target(f"england/{name}", text, asked, found, _all_hit(judged))


def _within(name: str, judged: Sequence[Figure]) -> Target:
    text = f"Councils, {name}: council-years within what is allowed"
    asked = (
        f"{tolerances.WITHIN:.0%} within the larger of {tolerances.COUNCIL:.0%} and "
        f"{tolerances.SPREAD:g} / √N of the published number N"
    )
    key = f"councils/{name}"
    if not judged:
        return Target(key, text, asked, "", None, _NONE)
    share = _n_hit(judged) / len(judged)
    found = f"{share:.1%} of {len(judged):,} council-years"
    return Target(key, text, asked, found, share >= tolerances.WITHIN)


def _mean_error(name: str, judged: Sequence[Figure]) -> Target:
    text = f"Councils, {name}: mean error, with its sign"
    asked = f"less than {tolerances.MEAN_ERROR:.0%} either way"
    key = f"mean error/{name}"
    errors = [one.relative for one in judged if one.relative is not None]
    if not errors:
        return Target(key, text, asked, "", None, _NONE)
    mean = fmean(errors)
    produced = sum(one.produced or 0.0 for one in judged)
    published = sum(one.published or 0.0 for one in judged)
    found = (
        f"{mean:+.2%} over {len(errors):,} council-years; all of them added up "
        f"{produced / published - 1:+.2%}"
    )
    return Target(key, text, asked, found, abs(mean) < tolerances.MEAN_ERROR)


def _shares(name: str, figures: Sequence[Figure], why: str | None) -> Target:
    judged = [one for one in figures if one.state in (HIT, MISS)]
    text = f"England, {name}: share of each, each year"
    asked = (
        f"all within {tolerances.SHARE:.0%} of the published share, or {tolerances.SPREAD:g} / "
        "√n of it where the published number n is so small that this is more"
    )
    if why or not judged:
        return Target(name, text, asked, "", None, why or "Nothing is published of these years.")
    misses = sorted({one.title for one in judged if one.state == MISS})
    found = f"{_n_hit(judged)} of {len(judged)} shares"
    told = f"{found}; outside: {'; '.join(misses)}" if misses else found
    return Target(name, text, asked, told, not misses)


def _reentry(figures: Sequence[Figure]) -> Target:
    judged = [one for one in figures if one.state in (HIT, MISS)]
    text = "Re-entry to care after going home"
    asked = (
        f"1 in 5 within a year, to within {tolerances.SHARE:.0%} of that or chance; over a third "
        "within six years"
    )
    if not judged:
        why = next((one.why for one in figures), None)
        return Target("re-entry", text, asked, "", None, why)
    found = "; ".join(f"{one.produced or 0.0:.1f}% {_after(one)}" for one in judged)
    lacking = None if len(judged) == 2 else "Nobody was followed for six years."
    met: bool | None = _all_hit(judged)
    return Target("re-entry", text, asked, found, None if lacking and met else met, lacking)


def _after(one: Figure) -> str:
    return "within a year" if one.key.endswith("_1_year") else "within six years"


def _n_hit(judged: Sequence[Figure]) -> int:
    return sum(one.state == HIT for one in judged)


def _all_hit(judged: Sequence[Figure]) -> bool:
    return all(one.state == HIT for one in judged)
