"""Where children looked after live: kinds of placement, who provides it, how far from home."""

from __future__ import annotations

from typing import Any

from whatworks.measures.breakdowns import PLACEMENT
from whatworks.measures.definition import LeftOut, Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import ON_31_MARCH, holds, mirror, one, unpublished
from whatworks.tables import col, is_blank, when

FAR_MILES = 20
"""Miles from home beyond which a placement is far; the published indicator's own threshold."""

_STAY = (
    "A child on a temporary stay (T0 to T4), such as in hospital, counts under the placement that "
    "the stay interrupts."
)
_OTHER_KINDS = (
    "looked_after_at_31_march",
    "three_or_more_placements",
)
_REGISTERED = (
    "From 28 October 2023 supported accommodation had to be registered; what was not yet was to be "
    "recorded under other placements, and councils did so unevenly. Compare 2024 with care."
)


def _kind(
    name: str,
    *,
    title: str,
    text: str,
    codes: tuple[str, ...],
    words: str,
    did: str,
    series: str | None = None,
    caveats: tuple[str, ...] = (),
    unconfirmed: tuple[str, ...] = (),
) -> None:
    """The share of children looked after who live in one kind of placement."""
    published = (
        mirror(series, title, "Both count a child on a temporary stay under what it interrupts.")
        if series
        else unpublished("Published for England by kind of placement, not held here for councils")
    )
    register(
        Measure(
            name=name,
            topic="living_in_care",
            title=title,
            text=text,
            numerator=holds("LIVES_IN", *codes),
            numerator_words=words,
            did=did,
            mirrors=(published,),
            pairs_with=_OTHER_KINDS,
            caveats=(sources.SHORT_BREAKS, _STAY, *caveats),
            confidence="partly confirmed" if unconfirmed else "confirmed",
            unconfirmed=unconfirmed,
            sources=(sources.LAIT, sources.CODES),
            **ON_31_MARCH,
        )
    )


_kind(
    "in_foster_care",
    title="Children looked after in foster care",
    text="Of the children looked after on 31 March, how many lived with foster carers, be they "
    "family, friends or others.",
    codes=PLACEMENT["Foster care"],
    words="Those placed with foster carers (U1 to U6).",
    did="lived in foster care",
    series="in_foster_care",
)
_kind(
    "with_relatives",
    title="Children looked after who are fostered by family or friends",
    text="Of the children looked after on 31 March, how many were fostered by relatives or "
    "friends of the family.",
    codes=("U1", "U2", "U3"),
    words="Those in foster placements with a relative or friend (U1, U2, U3).",
    did="were fostered by family or friends",
    caveats=(
        "Children who live with relatives under an order or by private agreement are not looked "
        "after, and so in neither number.",
    ),
)
_kind(
    "in_childrens_homes",
    title="Children looked after in children's homes",
    text="Of the children looked after on 31 March, how many lived in a children's home, secure "
    "homes included.",
    codes=PLACEMENT["Children's home or secure home"],
    words="Those in secure children's homes (K1) and other children's homes (K2).",
    did="lived in a children's home",
    series="in_childrens_homes",
)
_kind(
    "in_supported_accommodation",
    title="Children looked after in supported or independent accommodation",
    text="Of the children looked after on 31 March, how many lived in supported, semi-independent "
    "or independent accommodation.",
    codes=PLACEMENT["Supported or independent accommodation"],
    words="Those in semi-independent (H5) or supported accommodation (K3) or living independently "
    "(P2).",
    did="lived in supported or independent accommodation",
    series="in_supported_accommodation",
    caveats=(_REGISTERED,),
)
_kind(
    "placed_with_parents",
    title="Children looked after who are placed with their parents",
    text="Of the children looked after on 31 March, how many lived with a parent or another person "
    "with parental responsibility, while the council shared that responsibility.",
    codes=PLACEMENT["With parents"],
    words="Those placed with own parents or others with parental responsibility (P1).",
    did="were placed with parents",
    series="with_parents",
    caveats=(
        "Placement with parents can be a step on the way home, or an order kept longer than it is "
        "needed: the figure does not tell which.",
    ),
)
_kind(
    "in_other_residential",
    title="Children looked after in other residential places",
    text="Of the children looked after on 31 March, how many lived in residential places other "
    "than children's homes and residential schools: care homes, hospitals, family centres, young "
    "offender institutions and places that come with a job.",
    codes=(*PLACEMENT["Other residential setting"], "P3"),
    words="Those in R1, R2, R3, R5 and residential employment (P3).",
    did="lived in another residential place",
    series="in_other_residential",
    unconfirmed=(
        "That residential employment (P3) is among other residential settings, as the published "
        "description has it, and residential schools (S1) are apart.",
    ),
)
_kind(
    "in_other_placements",
    title="Children looked after in other placements, unregistered ones included",
    text="Of the children looked after on 31 March, how many lived in placements that fit no other "
    "category, such as homes that should be registered and are not.",
    codes=("Z1", "Z11", "Z12", "Z13", "Z14"),
    words="Those in other placements (Z1; from 2026 Z11 to Z14).",
    did="lived in a placement of another kind",
    series="in_other_placements",
    caveats=(_REGISTERED,),
    unconfirmed=("What each of Z11 to Z14, which took the place of Z1 in 2026, stands for.",),
)
_kind(
    "placed_for_adoption",
    title="Children looked after who are placed for adoption",
    text="Of the children looked after on 31 March, how many lived with those who are to adopt "
    "them.",
    codes=PLACEMENT["Placed for adoption"],
    words="Those placed for adoption (A3 to A6).",
    did="were placed for adoption",
)


def _provided(name: str, code: str, *, title: str, by: str) -> None:
    register(
        Measure(
            name=name,
            topic="living_in_care",
            title=title,
            text=f"Of the children looked after on 31 March, how many lived in a placement "
            f"provided by {by}.",
            numerator=holds("PROVIDER", code),
            numerator_words=f"Those whose placement is recorded as provided by {by} ({code}).",
            did=f"lived in a placement provided by {by}",
            mirrors=(unpublished("Published for England by provider, not held here for councils"),),
            pairs_with=("in_foster_care", "in_childrens_homes"),
            caveats=(
                sources.SHORT_BREAKS,
                _STAY,
                "Children whose provider is not recorded are among all children looked after, and "
                "in none of the shares.",
            ),
            confidence="confirmed",
            sources=(sources.CODES,),
            **ON_31_MARCH,
        )
    )


_provided(
    "provided_by_council",
    "PR1",
    title="Children looked after whose placement the council itself provides",
    by="the council itself",
)
_provided(
    "provided_by_other_council",
    "PR2",
    title="Children looked after whose placement another council provides",
    by="another council",
)
_provided(
    "provided_privately",
    "PR4",
    title="Children looked after whose placement a private company provides",
    by="a private company",
)
_provided(
    "provided_by_charity",
    "PR5",
    title="Children looked after whose placement a charity provides",
    by="a charity or other voluntary body",
)

# --- how far from home -----------------------------------------------------------------------

_POSTCODES = (
    "Distance and council of placement are worked out from postcodes by the Department's "
    "collection system. A return that was exported from there holds them; one that has only been "
    "prepared does not, and then there is no figure."
)
_DISTANCE_BLANK = LeftOut(
    "distance_not_recorded",
    "Children whose distance from home is blank: unaccompanied asylum-seeking children, who have "
    "no home here to measure from, and those without a usable postcode.",
    lambda: is_blank("DISTANCE"),
)


def far_from_home() -> Any:
    """Placed over 20 miles from home, outside the council's area."""
    return (col("DISTANCE") > FAR_MILES) & (col("LOCATION") == "OUT")


def distance_known() -> Any:
    """The distance is recorded."""
    return ~is_blank("DISTANCE")


def _one_if_known() -> Any:
    return when(distance_known()).then(one())


_ASKED: dict[str, Any] = {
    **ON_31_MARCH,
    "denominator_words": "Children looked after on 31 March whose distance from home is recorded.",
}
register(
    Measure(
        name="far_from_home",
        topic="living_in_care",
        title="Children looked after who live over 20 miles from home, outside the council's area",
        text="Of the children looked after on 31 March whose distance from home is recorded, how "
        "many were placed more than 20 miles from home and outside the council's area.",
        numerator=far_from_home,
        numerator_words="Those whose placement is more than 20 miles from home and outside the "
        "area of the council.",
        denominator=distance_known,
        did="lived over 20 miles from home and outside the council's area",
        left_out=(_DISTANCE_BLANK,),
        needs=("distance",),
        mirrors=(
            mirror(
                "far_from_home",
                "Percentage of children looked after placed more than 20 miles from home and "
                "outside the council's boundary",
                "The published share is out of all children looked after, those without a recorded "
                "distance included; ours is out of those with one, and so higher.",
            ),
        ),
        pairs_with=("distance_from_home", "in_foster_care"),
        direction="lower",
        direction_words="Fewer is usually taken as better, and so the Department marks it; for "
        "some children a distant home is the right or the safe one.",
        caveats=(sources.SHORT_BREAKS, _STAY, _POSTCODES),
        confidence="partly confirmed",
        unconfirmed=("That the published share counts children without a distance as not far.",),
        sources=(sources.LAIT, sources.CODES),
        **_ASKED,
    )
)
register(
    Measure(
        name="distance_from_home",
        topic="living_in_care",
        title="Average distance from home of children looked after",
        text="How many miles from home the children looked after on 31 March lived on average.",
        numerator=lambda: when(distance_known()).then(col("DISTANCE")),
        numerator_words="The miles from home of all of them, added up.",
        denominator=_one_if_known,
        whole="miles from home",
        did="was the average distance at which children looked after lived on 31 March",
        left_out=(_DISTANCE_BLANK,),
        needs=("distance",),
        mirrors=(unpublished("No average distance is published for councils"),),
        pairs_with=("far_from_home",),
        caveats=(
            sources.SHORT_BREAKS,
            _STAY,
            _POSTCODES,
            "A few very distant placements move an average much; read it with the share that live "
            "over 20 miles away.",
        ),
        confidence="confirmed",
        sources=(sources.CODES,),
        **{
            **{k: v for k, v in _ASKED.items() if k not in {"kind", "whole"}},
            "kind": "ratio",
            "spread": "members",
            "counted_in": "miles",
        },
    )
)
