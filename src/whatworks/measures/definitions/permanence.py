"""Permanent homes: how many children leave care to one, of which kind, and whether it lasts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from whatworks.journeys import codes
from whatworks.measures.definition import LeftOut, Measure, register
from whatworks.measures.definitions import sources
from whatworks.measures.definitions.of_care import (
    CEASED,
    holds,
    mirror,
    turns_18_in_two_years,
    unpublished,
)
from whatworks.tables import col

_LAST_TIME = (
    "Only the last time that a child ceased to be looked after in the year counts, as published."
)
_NO_BACK = (
    "A home that is meant to last can break down: read it with who came back into care after it."
)
_COUNT: dict[str, Any] = {
    **CEASED,
    "kind": "count",
    "denominator_words": None,
    "whole": "children",
}
BACK_AFTER = "reentered_after_special_guardianship_within_24_months"


def _left_to(exit_kind: str) -> Callable[[], Any]:
    return lambda: col("EXIT") == exit_kind


def _share(
    name: str, exit_kind: str, *, title: str, how: str, reasons: str, series: str, pair: str
) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text=f"Of the children who ceased to be looked after in the year, how many {how}.",
            numerator=_left_to(exit_kind),
            numerator_words=f"Those whose last period of care of the year ended so ({reasons}).",
            did=how,
            mirrors=(mirror(series, title, _LAST_TIME),),
            pairs_with=(pair, "ceased_to_be_looked_after"),
            caveats=(sources.SHORT_BREAKS, _LAST_TIME, _NO_BACK),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **CEASED,
        )
    )


def _number(name: str, exit_kind: str, *, title: str, how: str, series: str, pair: str) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text=f"How many children {how} in the year.",
            numerator=_left_to(exit_kind),
            numerator_words="Children whose last period of care of the year ended so.",
            did=f"{how} in the year",
            mirrors=(mirror(series, title, _LAST_TIME),),
            pairs_with=(pair, "ceased_to_be_looked_after"),
            caveats=(sources.SHORT_BREAKS, _LAST_TIME, _NO_BACK),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **_COUNT,
        )
    )


_number(
    "left_to_special_guardianship",
    "special_guardianship",
    title="Children who left care to a special guardian",
    how="left care through a special guardianship order",
    series="left_to_special_guardianship",
    pair=BACK_AFTER,
)
_share(
    "ceased_special_guardianship",
    "special_guardianship",
    title="Share of children leaving care who left to a special guardian",
    how="left through a special guardianship order",
    reasons="E45 to E48; until 2018 E43 and E44",
    series="left_to_special_guardianship_share",
    pair=BACK_AFTER,
)
_share(
    "ceased_child_arrangements",
    "child_arrangements",
    title="Share of children leaving care under a child arrangements order",
    how="left through a child arrangements or residence order",
    reasons="E41",
    series="left_to_child_arrangements_share",
    pair=BACK_AFTER,
)
_number(
    "adopted",
    "adopted",
    title="Children adopted from care",
    how="were adopted from care",
    series="adopted",
    pair="ceased_adopted",
)
_share(
    "ceased_adopted",
    "adopted",
    title="Share of children leaving care who were adopted",
    how="were adopted",
    reasons="E11 and E12",
    series="adopted_share",
    pair="adopted",
)


def _adoption(name: str, code: str, *, title: str, how: str) -> None:
    """The number adopted in one of two ways, and its share of all who were adopted."""
    given: dict[str, Any] = {
        "topic": "permanence",
        "numerator": holds("END_REASON", code),
        "numerator_words": f"Children whose last period of care of the year ended so ({code}).",
        "caveats": (
            sources.SHORT_BREAKS,
            _LAST_TIME,
            "Few children are adopted in any one council: one child moves the figure a long way.",
        ),
        "confidence": "confirmed",
        "sources": (sources.LAIT, sources.CODES),
    }
    register(
        Measure(
            name=name,
            title=title,
            text=f"How many children were adopted from care in the year {how}.",
            did=f"were adopted from care in the year {how}",
            mirrors=(mirror(name, title, _LAST_TIME),),
            pairs_with=(f"{name}_share", "adopted"),
            **given,
            **_COUNT,
        )
    )
    share = f"Share of adoptions {how}"
    register(
        Measure(
            name=f"{name}_share",
            title=share,
            text=f"Of the children adopted from care in the year, how many were adopted {how}.",
            denominator=_left_to("adopted"),
            did=f"were adopted {how}",
            mirrors=(mirror(f"{name}_share", share, _LAST_TIME),),
            pairs_with=(name, "ceased_adopted"),
            **given,
            **{
                **CEASED,
                "denominator_words": "Children whose last period of care of the year ended with "
                "an adoption (E11 and E12).",
                "whole": "children adopted from care",
            },
        )
    )


_adoption(
    "adopted_unopposed",
    "E11",
    title="Children adopted from care with nobody contesting",
    how="with nobody contesting",
)
_adoption(
    "adopted_without_consent",
    "E12",
    title="Children adopted from care without a parent’s consent",
    how="where the court went ahead without a parent’s consent",
)


def _guardian(name: str, who: str, *, title: str, to: str, series: str | None) -> None:
    register(
        Measure(
            name=name,
            topic="permanence",
            title=title,
            text="Of the children who left care through a special guardianship order in the year, "
            f"how many left to {to}.",
            numerator=holds("END_REASON", *codes.GUARDIANS[who].codes),
            numerator_words=f"Those whose order was made to {to} "
            f"({', '.join(codes.GUARDIANS[who].codes)}).",
            denominator=_guardian_known,
            did=f"left to {to}",
            left_out=(_BEFORE_2019,),
            mirrors=(
                mirror(series, title) if series else unpublished("Published with the others"),
            ),
            pairs_with=("ceased_special_guardianship", BACK_AFTER),
            caveats=(
                sources.SHORT_BREAKS,
                "Until 2018 the return did not tell whether the guardian was family: such orders "
                "are left out.",
            ),
            confidence="confirmed",
            sources=(sources.LAIT, sources.CODES),
            **{
                **CEASED,
                "denominator_words": "Children whose last period of care of the year ended with a "
                "special guardianship order (E45 to E48).",
                "whole": "children who left care to a special guardian",
            },
        )
    )


_OLD = ("foster_carers_before_2019", "others_before_2019")


def _guardian_known() -> Any:
    return (col("EXIT") == "special_guardianship") & ~col("GUARDIANS").is_in(_OLD)


_BEFORE_2019 = LeftOut(
    "guardian_not_told",
    "Orders recorded under the codes used until 2018 (E43, E44), which do not tell whether the "
    "guardian was family.",
    lambda: col("GUARDIANS").is_in(_OLD),
)
_guardian(
    "guardians_who_fostered_as_family",
    "fostering_relatives",
    title="Special guardians who are family or friends and had fostered the child",
    to="family or friends who had fostered them",
    series="guardians_fostering_relatives_share",
)
_guardian(
    "guardians_who_fostered",
    "other_foster_carers",
    title="Special guardians who had fostered the child and are no family",
    to="other people who had fostered them",
    series="guardians_other_fostering_share",
)
_guardian(
    "guardians_who_are_family",
    "relatives",
    title="Special guardians who are family or friends and had not fostered the child",
    to="family or friends who had not fostered them",
    series="guardians_relatives_share",
)

# --- whether it lasts -------------------------------------------------------------------------


def _guarded() -> Any:
    return (col("EXIT") == "special_guardianship") & ~turns_18_in_two_years()


register(
    Measure(
        name=BACK_AFTER,
        topic="permanence",
        title="Special guardianship followed by care again within two years",
        text="Of the times that children left care to a special guardian two years before, how "
        "many were followed by the child being looked after again by the same council within 24 "
        "months.",
        numerator=lambda: _guarded() & col("BACK_WITHIN_24_MONTHS"),
        numerator_words="Those after which a new period of care began no later than the same day "
        "two years on.",
        denominator=_guarded,
        left_out=(
            LeftOut(
                "turns_18_within_24_months",
                "Orders for young people aged 16 or over, who turn 18 before 24 months have "
                "passed and cannot be looked after again after that.",
                lambda: (col("EXIT") == "special_guardianship") & turns_18_in_two_years(),
            ),
        ),
        years_before=2,
        did="were followed by care again within 24 months",
        mirrors=(unpublished("Published neither for England nor for councils"),),
        pairs_with=("ceased_special_guardianship",),
        caveats=(
            sources.SHORT_BREAKS,
            "Only care by the same council is seen; a guardian may have moved away.",
            "Few children come back so soon: one child more or less can move the figure much.",
            "Orders made for children who were never looked after are not in this return.",
        ),
        confidence="confirmed",
        unconfirmed=("No official definition exists to compare this one with.",),
        sources=(sources.CODES,),
        **{
            **CEASED,
            "view": "left_care_two_years_before",
            "denominator_words": "Periods of care that ended with a special guardianship order "
            "two years before, of children aged under 16 on that day.",
            "clock": "Orders from 1 April to 31 March two years before, each followed for 24 "
            "months, which is complete by the end of the reported year.",
            "whole": "special guardianship orders two years before",
        },
    )
)
