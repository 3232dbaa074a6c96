"""The council's social workers: who came and left, what they are there for, who they are."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions import workforce_rows as rows

_DAY = "on 30 September {year}"
_YEAR = "year to 30 September {year}"
_CENSUS = (
    "The published figure comes from censuses as amended up to its own date; ours comes from the "
    "census that was loaded."
)
_NO_GROUPS = "No breakdown is offered: the groups here are of children, and these are workers."
_ONE_YEAR = (
    "The interval says how far a total of this size would move if each worker had come or not by "
    "chance alone; the total itself is of everybody, not of a sample."
)
_WHICH_HOURS = "Which of the two full-time equivalents of a record the Department takes."
_AGENCY_TOO = "Whether the published share takes agency workers too."

_workforce = partial(
    Measure,
    collection="csww",
    view="social_work_posts",
    confidence="partly confirmed",
    pillar="people and leadership",
    topic="workforce",
    sources=(sources.WORKFORCE, sources.LAIT),
)


def _mirror(series: str, title: str) -> tuple[Mirror, ...]:
    return (Mirror(series, title, (_CENSUS,), sources.WORKFORCE),)


register(
    _workforce(
        name="social_worker_starters",
        title="Children’s social workers who took up post",
        text="How many children’s social workers took up a post with the council in the year, as "
        "full-time equivalents.",
        kind="total",
        spread="poisson",
        numerator=rows.started_fte,
        numerator_words="Full-time equivalents of the council’s own social workers whose role "
        "began in the year to 30 September, those who left again in it among them.",
        denominator_words=None,
        clock="The role began from 1 October to 30 September.",
        when=_YEAR,
        whole="children’s social workers",
        did="took up post",
        left_out=(rows.STARTERS_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=_mirror(
            "social_worker_starters", "Children’s social workers who took up post in the year"
        ),
        pairs_with=("social_worker_leavers", "social_worker_turnover"),
        caveats=(
            "Somebody promoted within the council is among them if the census gives the role a new "
            "day of beginning.",
            _ONE_YEAR,
            _NO_GROUPS,
        ),
        unconfirmed=(
            _WHICH_HOURS,
            "That the day a role began is how the Department tells starters.",
        ),
    )
)
register(
    _workforce(
        name="social_worker_leavers",
        title="Children’s social workers who left",
        text="How many children’s social workers left the council in the year, as full-time "
        "equivalents.",
        kind="total",
        spread="poisson",
        numerator=rows.left_fte,
        numerator_words="Full-time equivalents of the council’s own social workers who left in the "
        "year to 30 September (the day of leaving itself counts).",
        denominator_words=None,
        clock="Leaving from 1 October to 30 September.",
        when=_YEAR,
        whole="children’s social workers",
        did="left",
        left_out=(rows.LEAVERS_HOURS, rows.NOT_SAID, rows.UNDATED),
        mirrors=_mirror("social_worker_leavers", "Children’s social workers who left in the year"),
        pairs_with=("social_worker_starters", "social_worker_turnover"),
        caveats=(
            "Somebody who moves to other work in the same council counts as having left if the "
            "census gives a day of leaving.",
            _ONE_YEAR,
            _NO_GROUPS,
        ),
        unconfirmed=(_WHICH_HOURS,),
    )
)
register(
    _workforce(
        name="cases_held",
        title="Cases held by children’s social workers",
        text="How many cases children’s social workers of the council held on 30 September.",
        kind="total",
        spread="poisson",
        counted_in="cases",
        numerator=rows.cases_in_post,
        numerator_words="Cases held on 30 September by social workers in post, own and agency.",
        denominator_words=None,
        clock="30 September.",
        when=_DAY,
        whole="children’s social workers",
        did="were held",
        left_out=(rows.CASES_UNKNOWN, rows.NOT_SAID, rows.UNDATED),
        mirrors=_mirror("cases_held", "Cases held by children’s social workers"),
        pairs_with=("social_worker_caseload",),
        caveats=("Numbers follow the size of a council.", _ONE_YEAR, _NO_GROUPS),
        unconfirmed=("That cases of agency workers are among them.",),
    )
)


def _role(name: str, title: str, role: str, *, codes: tuple[str, ...], **words: Any) -> None:
    register(
        _workforce(
            name=name,
            title=title,
            text=f"Of the council’s own children’s social workers, how large a share {role}.",
            kind="ratio",
            spread="share",
            numerator=partial(rows.with_role, *codes),
            numerator_words=f"Full-time equivalents of those whose role (OrgRole) is {codes[0]}: "
            f"they {role}.",
            denominator=partial(rows.with_role, *rows.ROLES),
            denominator_words="Full-time equivalents of the council’s own social workers in post "
            "whose role is known.",
            clock="30 September.",
            when=_DAY,
            whole="full-time equivalents of social workers in post",
            did=role,
            left_out=(rows.ROLE_UNKNOWN, rows.NOT_SAID, rows.UNDATED),
            caveats=(
                "From 2024 a rule of the census asks about case holders without cases, and many "
                "were moved to another role: figures from before and after differ for that alone.",
                "The interval says how far the share would move if each worker had had one role or "
                "another by chance alone.",
                _NO_GROUPS,
            ),
            unconfirmed=(_WHICH_HOURS, _AGENCY_TOO, "Whether it is published by hours or heads."),
            **words,
        )
    )


_role(
    "social_workers_holding_cases",
    "Social workers who are there to hold cases",
    "are there to hold cases and manage nobody",
    codes=("5",),
    mirrors=_mirror(
        "social_workers_holding_cases", "Of children’s social workers: share who hold cases"
    ),
    direction="higher",
    direction_words="More is usually taken as better: they are those whom families meet.",
    pairs_with=("social_worker_caseload", "social_workers_without_cases"),
)
_role(
    "social_workers_without_cases",
    "Social workers who are qualified and hold no cases",
    "are qualified, in no other role, and hold no cases",
    codes=("6",),
    mirrors=_mirror(
        "social_workers_without_cases", "Of children’s social workers: share without cases"
    ),
    pairs_with=("social_workers_holding_cases",),
)
_role(
    "senior_practitioners",
    "Social workers who are senior practitioners",
    "are senior practitioners",
    codes=("4",),
    mirrors=_mirror(
        "senior_practitioners", "Of children’s social workers: share of senior practitioners"
    ),
    pairs_with=("social_workers_holding_cases", "social_worker_turnover"),
)
register(
    _workforce(
        name="social_workers_from_ethnic_minorities",
        title="Social workers from ethnic minorities",
        text="Of the council’s own children’s social workers whose ethnic background is known, how "
        "many are not White.",
        kind="ratio",
        spread="share",
        numerator=partial(rows.counted_once, rows.MINORITIES),
        numerator_words="Own social workers in post of a mixed, Asian, Black or other ethnic "
        "background, each as one.",
        denominator=partial(rows.counted_once, (*rows.WHITE, *rows.MINORITIES)),
        denominator_words="Own social workers in post whose ethnic background is known, each as "
        "one.",
        clock="30 September.",
        when=_DAY,
        whole="social workers in post",
        did="come from ethnic minorities",
        left_out=(rows.BACKGROUND_UNKNOWN, rows.NOT_SAID, rows.UNDATED),
        mirrors=(
            Mirror(
                None,
                "National Framework dashboard: social workers from ethnic minority backgrounds, by "
                "heads (not held by council)",
                (_CENSUS,),
                sources.WORKFORCE,
            ),
        ),
        pairs_with=("social_workers",),
        caveats=(
            "Set it beside the people who live in the area and the children who are helped there.",
            "White minorities, such as Irish Travellers, are counted as White.",
            _NO_GROUPS,
        ),
        unconfirmed=(_AGENCY_TOO,),
    )
)
