"""Under which law children start to be looked after, and are on 31 March."""

from __future__ import annotations

from whatworks.measures.definition import Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    BEGINNING_NOT_SEEN,
    ON_31_MARCH,
    SAFETY,
    STARTED,
    holds,
    seen_to_begin,
    unpublished,
)
from whatworks.tables import col

VOLUNTARY = ("V2",)
CARE_ORDERS = ("C1", "C2", "D1")
PLACEMENT_ORDERS = ("E1",)
COURT = (*CARE_ORDERS, *PLACEMENT_ORDERS, "L2", "L3")
POLICE = ("L1",)

_PUBLISHED = "Published for England by legal status, not held here for councils"


def _starting(
    name: str, codes: tuple[str, ...], *, title: str, how: str, words: str, caveat: str
) -> None:
    register(
        Measure(
            name=name,
            topic="coming_into_care",
            title=title,
            text=f"Of the children who started to be looked after in the year, how many did so "
            f"{how}.",
            numerator=lambda: holds("LS", *codes)() & col("START_SEEN"),
            numerator_words=words,
            denominator=seen_to_begin,
            did=f"started {how}",
            left_out=(BEGINNING_NOT_SEEN,),
            mirrors=(unpublished(_PUBLISHED),),
            pairs_with=("started_to_be_looked_after", *SAFETY),
            caveats=(sources.SHORT_BREAKS, caveat),
            confidence="confirmed",
            sources=(sources.CODES,),
            **STARTED,
        )
    )


_starting(
    "started_voluntarily",
    VOLUNTARY,
    title="Children who started to be looked after by agreement (section 20)",
    how="by voluntary agreement, under section 20",
    words="Those whose first legal status is single period of accommodation, section 20 (V2).",
    caveat="Agreement at the start says nothing of how care goes on: an order may follow within "
    "days.",
)
_starting(
    "started_under_court_order",
    COURT,
    title="Children who started to be looked after under a court order",
    how="under an order of a court",
    words="Those whose first legal status is a care order, full or interim (C1, C2, D1), a "
    "placement order (E1), an emergency protection or child assessment order (L2, L3).",
    caveat="Remand and other orders of youth justice (J1 to J3) are not counted here.",
)
_starting(
    "started_under_police_protection",
    POLICE,
    title="Children who started to be looked after in police protection",
    how="in police protection",
    words="Those whose first legal status is police protection (L1).",
    caveat="Police protection lasts 72 hours at most; what followed is not in this figure.",
)


def _on_the_day(name: str, codes: tuple[str, ...], *, title: str, how: str, words: str) -> None:
    register(
        Measure(
            name=name,
            topic="living_in_care",
            title=title,
            text=f"Of the children looked after on 31 March, how many were so {how}.",
            numerator=holds("LS", *codes),
            numerator_words=words,
            did=f"were so {how}",
            mirrors=(unpublished(_PUBLISHED),),
            pairs_with=("looked_after_at_31_march", "started_voluntarily"),
            caveats=(sources.SHORT_BREAKS,),
            confidence="confirmed",
            sources=(sources.CODES,),
            **ON_31_MARCH,
        )
    )


_on_the_day(
    "looked_after_voluntarily",
    VOLUNTARY,
    title="Children looked after by agreement (section 20)",
    how="by voluntary agreement, under section 20",
    words="Those whose legal status on the day is section 20 (V2).",
)
_on_the_day(
    "looked_after_under_care_order",
    CARE_ORDERS,
    title="Children looked after under a care order",
    how="under a care order, full or interim",
    words="Those whose legal status on the day is an interim care order (C1), a care order (C2) "
    "or a freeing order (D1, historic).",
)
_on_the_day(
    "looked_after_under_placement_order",
    PLACEMENT_ORDERS,
    title="Children looked after under a placement order",
    how="under a placement order, which lets the council place them for adoption",
    words="Those whose legal status on the day is a placement order (E1).",
)
