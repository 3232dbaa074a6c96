"""Turning the loop once for one practice, a line for each step, each number traceable."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from whatworks import measures
from whatworks.rollout import Practice
from whatworks.service.common import workspace
from whatworks.service.loop import deciding, meaning
from whatworks.service.loop.analysing import Analysed, analyse
from whatworks.service.loop.lines import Line, State, Turn
from whatworks.service.loop.saying import effect_line, safety_line
from whatworks.service.rollout import queries
from whatworks.service.rollout.rated import rated


class NotTurned(Exception):
    """The loop cannot be turned; the text says why and what to do."""


def turn(*, practice: str | None, council: str | None, by: str, today: date | None = None) -> Turn:
    """One turn: what the returns hold, the effect, the rating, what it would mean, the result.

    Args:
        practice: its id; that with most adopters if None.
        council: whom the answer is for; the first that does not use the practice if None.
        by: who turns it, as the ledger names them.
        today: the day of turning.

    Raises NotTurned where there are no returns, or no such practice or council.
    """
    codes = workspace.council_codes()
    if not codes:
        raise NotTurned("No returns are loaded here yet: 'whatworks returns load' loads them.")
    chosen = _practice(practice)
    adopted = queries.adoptions(chosen.id)
    if council is not None and council not in codes:
        raise NotTurned(f"No return of council {council} is loaded. Loaded: {', '.join(codes)}.")
    here = council or next((code for code in codes if code not in adopted), None)
    lines = [_returns(codes), _measured(codes), _practised(chosen, adopted)]
    found = analyse(chosen, by=by)
    lines += [*_effects(found), _filed(found), _rated(chosen)]
    if here is not None:
        lines.append(meaning.line(chosen, here))
        lines += deciding.lines(chosen, here, today or timezone.localdate())
    return Turn(chosen.id, here, tuple(lines))


def _practice(wanted: str | None) -> Practice:
    known = {one.id: one for one in queries.practices()}
    if not known:
        raise NotTurned("No practice is known here yet: open the site once, or run 'whatworks up'.")
    if wanted is None:
        return max(known.values(), key=lambda one: len(queries.adoptions(one.id)))
    if wanted not in known:
        raise NotTurned(f"There is no practice {wanted!r}. Known: {', '.join(sorted(known))}.")
    return known[wanted]


def _returns(codes: tuple[str, ...]) -> Line:
    kept = [one for code in codes for one in workspace.store().submissions(council=code)]
    if not kept:
        raise NotTurned("No returns are loaded here yet: 'whatworks returns load' loads them.")
    years = sorted({one.year for one in kept})
    return Line(
        "Returns",
        f"{len(kept)} returns of {len(codes)} councils are kept, {years[0]} to {years[-1]}.",
        because=tuple(
            f"{one.council} {one.collection} {one.year}: submission {one.id}" for one in kept
        ),
    )


def _measured(codes: tuple[str, ...]) -> Line:
    store = workspace.store()
    values = measures.cached_each(store, codes)["value"]
    n, without = values.is_not_null().sum(), values.is_null().sum()
    return Line(
        "Measures",
        f"{n:,} figures are counted, each with its interval; {without:,} could not be, "
        "and say why.",
        because=("'whatworks measures show NAME' gives each definition.",),
    )


def _practised(practice: Practice, adopted: dict[str, date]) -> Line:
    marks = tuple(f"{code} since {day:%B %Y}" for code, day in sorted(adopted.items()))
    note = " It is invented." if practice.invented else ""
    if not adopted:
        text = f"{practice.name}: no council here has said that it uses it.{note}"
        return Line("Practice", text, State.NOT_YET, (practice.source,))
    text = f"{practice.name}: used by {len(adopted)} councils here.{note}"
    return Line("Practice", text, because=(*marks, practice.source))


def _effects(found: Analysed) -> list[Line]:
    outcomes = [one for one in found.effects if one.measure in found.practice.outcomes]
    safety = [one for one in found.effects if one not in outcomes]
    lines = [effect_line(one) for one in outcomes]
    lines += [safety_line(one) for one in safety]
    for measure, reason in found.could_not.items():
        title = measures.get(measure).title
        lines.append(Line("Effect", f"{title}: cannot be told. {reason}", State.NOT_YET))
    return lines


def _filed(found: Analysed) -> Line:
    if found.study is None:
        return Line("Study", "Nothing to file: no effect could be estimated.", State.NOT_YET)
    submissions = found.study.provenance.submissions
    return Line(
        "Study",
        f"Filed in the evidence library as '{found.study.title}', from "
        f"{len(submissions)} submissions.",
        because=(found.study.provenance.computed, *submissions),
    )


def _rated(practice: Practice) -> Line:
    rating = rated(practice).rating
    because = tuple(f"{step.question} {step.answer}" for step in rating.steps)
    state = State.ATTENTION if rating.verdict == "Beware" else State.DONE
    return Line("Rating", f"{rating.verdict}. {rating.sentence}", state, because)
