"""Children who came into care after a home that was meant to last: broken permanence."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, Measure, Mirror, register
from whatworks.measures.definitions import sources
from whatworks.tables import all_of, col

ADOPTION, GUARDIANSHIP, ARRANGEMENTS, UNKNOWN_KIND, NONE = "P1", "P2", "P3", "P4", "Z1"
"""Codes of PREV_PERM. P4: there was such a home, of what kind is not known."""
PERMANENT = (ADOPTION, GUARDIANSHIP, ARRANGEMENTS, UNKNOWN_KIND)


def history_known() -> Any:
    """What came before is said."""
    return col("PREV_PERM").is_in((*PERMANENT, NONE))


_after = partial(
    Measure,
    kind="percentage",
    view="started_after_an_earlier_home",
    denominator=lambda: all_of(col("START_SEEN"), history_known()),
    denominator_words="Children who started to be looked after in the year, each once, for whom "
    "it is said what came before (PREV_PERM).",
    clock="The first day of care of the year, 1 April to 31 March.",
    whole="children who started to be looked after",
    breakdowns=("age_group", "sex", "ethnicity", "legal_status"),
    topic="permanence",
    needs=("PrevPerm",),
    left_out=(
        LeftOut(
            "start_not_seen",
            "Children whose first episode of the year is no start.",
            lambda: ~col("START_SEEN"),
        ),
        LeftOut(
            "earlier_home_not_told",
            "Children who started in the year without an answer that can be read.",
            lambda: all_of(col("START_SEEN"), ~history_known().fill_null(value=False)),
        ),
    ),
    direction="lower",
    direction_words="Fewer is better: each had been meant to stay for good.",
    confidence="partly confirmed",
    pillar="practice and systems",
    sources=(sources.CODES,),
)
_WHENCE = (
    "The home that ended may have been made by another council, long ago; it says more about "
    "support since than about this council’s decisions."
)
_OURS_ONLY = (
    "How many permanent homes there are is not known, so this is a share of children who start, "
    "not of homes that end."
)

_ASKED = (
    "That homes which followed care in another council, or another country of the United Kingdom, "
    "are recorded in PREV_PERM like those after this council’s own care."
)


def _not_published(title: str) -> tuple[Mirror, ...]:
    return (Mirror(None, f"{title}, not published for councils", (), sources.FOOTNOTES),)


register(
    _after(
        name="started_after_a_permanent_home",
        title="Children who came into care after a permanent home",
        text="Of the children who started to be looked after, how many had left care before to be "
        "adopted, or under a special guardianship or child arrangements order.",
        numerator=lambda: all_of(col("START_SEEN"), col("PREV_PERM").is_in(PERMANENT)),
        numerator_words="Those with an earlier permanent home (PREV_PERM P1 to P4).",
        did="had had a permanent home after care before",
        mirrors=_not_published("Children who start after an earlier permanent home"),
        pairs_with=("started_after_adoption", "started_after_special_guardianship"),
        caveats=(_WHENCE, _OURS_ONLY),
        unconfirmed=(
            _ASKED,
            "That P4 says that there was such a home: it may also be written where it is not "
            "known whether there was one.",
        ),
    )
)
register(
    _after(
        name="started_after_adoption",
        title="Children who came into care after being adopted",
        text="Of the children who started to be looked after, how many had been adopted from care "
        "before.",
        numerator=lambda: all_of(col("START_SEEN"), col("PREV_PERM") == ADOPTION),
        numerator_words="Those adopted before (PREV_PERM P1).",
        did="had been adopted before",
        mirrors=_not_published("Children who start after adoption"),
        pairs_with=("started_after_a_permanent_home",),
        caveats=(_WHENCE, _OURS_ONLY, "That a child was adopted is often not known to a council."),
        unconfirmed=(_ASKED,),
    )
)
register(
    _after(
        name="started_after_special_guardianship",
        title="Children who came into care after special guardianship",
        text="Of the children who started to be looked after, how many had left care before under "
        "a special guardianship order.",
        numerator=lambda: all_of(col("START_SEEN"), col("PREV_PERM") == GUARDIANSHIP),
        numerator_words="Those under a special guardianship order before (PREV_PERM P2).",
        did="had lived under a special guardianship order before",
        mirrors=_not_published("Children who start after special guardianship"),
        pairs_with=("started_after_a_permanent_home",),
        caveats=(_WHENCE, _OURS_ONLY),
        unconfirmed=(_ASKED,),
    )
)
