"""Asked for help, got investigated: what came of families' own requests for help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from whatworks.measures.definition import Measure, Mirror, register
from whatworks.measures.definitions.linked_parts import (
    LINKED,
    NO_OFFICIAL,
    SAME_COUNCIL,
    WHERE_FROM,
)
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.views.linked import INVESTIGATED, NOTHING, SUPPORT
from whatworks.tables import col

_ASKED = (
    "Referrals made in the year before the one reported by a family member, relative or carer "
    "(source 1A) or by the child (1C), no more than 12 months after a return home of that child or "
    "after the closure of a case."
)
_CLOCK = (
    "Referrals from 1 April to 31 March of the year before; the 12 months before each are looked "
    "through for a return home or a closure, and the 12 months after it for what came of it. Both "
    "returns of all three years must be loaded; without them there is no figure."
)
_PARTS = (
    "Each request counts under one of three: investigated, nothing, support. Investigated comes "
    "first, so a family that was both investigated and helped counts there."
)
_SOURCE = (
    "Who made a referral is as recorded. A request made through a school or a doctor is not seen "
    "as the family’s own, and a relative may refer a child against the parents’ wishes."
)
_NONE = Mirror(
    None,
    "What comes of a family’s own request is not in the Department’s yearly figures",
    ("Referrals are published by source, but not by what came before or after.",),
    WHERE_FROM,
)


def ended(outcome: str) -> Callable[[], Any]:
    """What came of the request."""
    return lambda: col("OUTCOME") == outcome


def _planned() -> Any:
    return col("PLAN")


_of_requests = partial(
    Measure,
    kind="percentage",
    topic="asking_for_help",
    collection="linked",
    view="asked_for_help_the_year_before",
    denominator=everyone,
    denominator_words=_ASKED,
    clock=_CLOCK,
    whole="requests for help in the year before by families who had been known",
    breakdowns=("age_group", "sex", "ethnicity"),
    years_before=2,
    mirrors=(_NONE,),
    pillar="practice and systems",
    confidence="partly confirmed",
    sources=(WHERE_FROM,),
)
_COMMON = (_PARTS, _SOURCE, LINKED, SAME_COUNCIL)
_UNSURE = (
    NO_OFFICIAL,
    "That family and self are sources 1A and 1C alone: acquaintances and neighbours (1B) and "
    "strangers (1D) are left out.",
)

register(
    _of_requests(
        name="asked_for_help_again",
        kind="count",
        counted_in="requests",
        title="Requests for help by families who had been known before",
        text="How many times a family or a child asked for help within 12 months of the child’s "
        "return home or of their case being closed.",
        numerator=everyone,
        numerator_words=_ASKED,
        denominator=None,
        denominator_words=None,
        did="were made within 12 months of a return home or of closure",
        direction_words="There is no good direction: asking may show trust, or that help ended too "
        "soon.",
        pairs_with=("asked_then_investigated", "asked_then_supported", "asked_then_nothing"),
        caveats=(_SOURCE, LINKED, SAME_COUNCIL),
        unconfirmed=_UNSURE,
    )
)

register(
    _of_requests(
        name="asked_then_investigated",
        title="Asked for help, got investigated",
        text="Of the requests for help by families who had been known before, how many were "
        "followed by a section 47 enquiry or a child protection plan within 12 months.",
        numerator=ended(INVESTIGATED),
        numerator_words="Those after which an enquiry or a plan began on that day or later, no "
        "later than the same day a year on.",
        did="were followed by an enquiry or a child protection plan within 12 months",
        direction_words="There is no good direction: an enquiry can be right. Families who fear "
        "one may not ask; read it with how many got support, and how many nothing.",
        pairs_with=("asked_then_supported", "asked_then_nothing", "section_47_after_home"),
        caveats=(
            "The enquiry need not have come of the request itself: something else may have "
            "happened in the 12 months.",
            *_COMMON,
        ),
        unconfirmed=_UNSURE,
    )
)

register(
    _of_requests(
        name="asked_then_plan",
        title="Asked for help, got a child protection plan",
        text="Of the requests for help by families who had been known before, how many were "
        "followed by a child protection plan within 12 months.",
        numerator=_planned,
        numerator_words="Those after which a plan began on that day or later, no later than the "
        "same day a year on. They are counted among those investigated too.",
        did="were followed by a child protection plan within 12 months",
        pairs_with=("asked_then_investigated", "asked_then_supported"),
        caveats=(_SOURCE, LINKED, SAME_COUNCIL),
        unconfirmed=_UNSURE,
    )
)

register(
    _of_requests(
        name="asked_then_supported",
        title="Asked for help, got support",
        text="Of the requests for help by families who had been known before, how many opened a "
        "case that went on after the assessment, without a section 47 enquiry or a child "
        "protection plan within 12 months.",
        numerator=ended(SUPPORT),
        numerator_words="Those that were neither investigated nor came to nothing.",
        did="opened a case that went on after the assessment, without an investigation",
        direction_words="There is no good direction by itself: read it with how many were "
        "investigated, and how many got nothing.",
        pairs_with=("asked_then_investigated", "asked_then_nothing"),
        caveats=(
            "That a case was open does not say what help came. Child in need plans are recorded "
            "in some years’ censuses only and so are not asked for.",
            *_COMMON,
        ),
        unconfirmed=_UNSURE,
    )
)

register(
    _of_requests(
        name="asked_then_nothing",
        title="Asked for help, got nothing from children’s social care",
        text="Of the requests for help by families who had been known before, how many came to "
        "nothing further, or to a case that was closed after the assessment.",
        numerator=ended(NOTHING),
        numerator_words="Those with nothing further done (ReferralNFA), or closed within 12 months "
        "because the assessment found no need for children’s social care (RC8) or passed the "
        "family on to early help (RC9), without a section 47 enquiry or child protection plan.",
        did="came to nothing further, or were closed after the assessment",
        direction_words="Fewer is usually taken as better, though early help may have been the "
        "better answer.",
        direction="lower",
        pairs_with=("asked_then_investigated", "asked_then_supported"),
        caveats=("Early help (RC9, from 2023) is help, but not seen in this return.", *_COMMON),
        unconfirmed=_UNSURE,
    )
)
