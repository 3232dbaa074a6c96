"""The learning log as CSV: what people wrote, and what loaded returns say of targets."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from whatworks.returns.report import to_csv
from whatworks.service.common import formats
from whatworks.service.decisions.models import Decision, LearningEntry
from whatworks.service.decisions.queries import Entry, Result

WRITTEN, COUNTED = "written by the council", "counted from returns"
COLUMNS = (
    "counted_from",
    "kind",
    "question",
    "answer",
    "decision",
    "result",
    "version",
    "latest",
    "recorded_by",
    "recorded_on",
)


def log_csv(entries: Iterable[Entry], results: Iterable[Result], *, synthetic: bool) -> str:
    """Every version of every entry and every result. No cell can start a formula."""
    whose = "invented children" if synthetic else "the council's own returns"
    rows = [
        [
            whose,
            COUNTED,
            f"Was the {one.target.kind} target met: {one.title}, {one.asks}?",
            one.judged.label,
            decision_words(result.decision),
            one.judged.sentence,
            "",
            "",
            "",
            "",
        ]
        for result in results
        for one in result.targets
    ]
    for entry in entries:
        rows += [
            _written(one, whose, latest=one is entry.latest)
            for one in (entry.latest, *entry.before)
        ]
    return to_csv(pl.DataFrame(rows, schema=dict.fromkeys(COLUMNS, pl.String), orient="row"))


def _written(one: LearningEntry, whose: str, *, latest: bool) -> list[str]:
    return [
        whose,
        WRITTEN,
        one.question,
        one.answer,
        decision_words(one.decision) if one.decision else "",
        one.result,
        str(one.version),
        "yes" if latest else "no",
        one.who,
        formats.when(one.recorded_at),
    ]


def decision_words(decision: Decision) -> str:
    """'Pilot: Teasel Bridge, 3 May 2026'."""
    return (
        f"{decision.get_choice_display()}: {decision.practice_name}, "
        f"{formats.date(decision.decided_on)}"
    )


def file_name(council: str, *, synthetic: bool) -> str:
    """The name that the file is saved under: it too says when the children are invented."""
    return f"learning-log-{council}{'-invented-children' if synthetic else ''}.csv"
