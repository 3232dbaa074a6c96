"""What published figures are out of: the denominators that published percentages come without.

A percentage says nothing of how many children lie behind it, and without that no limits can be
drawn. For many there is a published number beside it, held here by name. Where the number that
did is published too, percentage and numbers were set side by side for every council from 2019 to
2025 and agree to the last digit shown (a test holds them to it); elsewhere the denominator is what
the percentage is described as being out of, and is marked as taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

POPULATION = "population"
How = Literal["agrees", "taken", "worked back"]
HOW_WORDS: Mapping[How, str] = {
    "agrees": "published numbers, which agree with the figures shown",
    "taken": "a published number that the figure is described as being out of",
    "worked back": "a published rate and the population, accurate to about one child in a hundred",
}


@dataclass(frozen=True)
class Basis:
    """What a series is out of.

    ``denominator`` is a published series of numbers, ``POPULATION``, or (``how`` 'worked back') a
    published rate for every 10,000 children, to be multiplied by the population. ``numerator`` is
    the published series of those who did, or None.
    """

    denominator: str
    numerator: str | None
    how: How


def _rates() -> dict[str, Basis]:
    beside = {
        "looked_after_rate": "looked_after_at_31_march",
        "started_rate": "started_to_be_looked_after",
        "ceased_rate": "ceased_to_be_looked_after",
        "referral_rate": "referrals",
        "in_need_rate": "in_need_at_31_march",
        "plans_rate": "plans_at_31_march",
        "plans_started_rate": "plans_started",
    }
    found = {rate: Basis(POPULATION, number, "agrees") for rate, number in beside.items()}
    alone = ("section_47_rate", "conference_rate", "plans_ended_rate", "care_applications_rate")
    return found | {rate: Basis(POPULATION, None, "taken") for rate in alone}


def _shares() -> dict[str, Basis]:
    in_care, ceased = "looked_after_at_31_march", "ceased_to_be_looked_after"
    counted = {
        "three_or_more_placements": (in_care, "three_or_more_placements_number"),
        "unaccompanied_share": (in_care, "unaccompanied_at_31_march"),
        "returned_home_planned": (ceased, "returned_home_planned_number"),
        "returned_home_unplanned": (ceased, "returned_home_unplanned_number"),
        "left_to_special_guardianship_share": (ceased, "left_to_special_guardianship"),
        "adopted_share": (ceased, "adopted"),
        "adopted_unopposed_share": ("adopted", "adopted_unopposed"),
        "adopted_without_consent_share": ("adopted", "adopted_without_consent"),
        "second_or_later_plans": ("plans_started", "second_or_later_plans_number"),
        "plans_reviewed_on_time": ("plans_3_months_or_longer", "plans_reviewed_on_time_number"),
        "care_leavers_suitable_home": ("care_leavers", "care_leavers_suitable_home_number"),
    }
    taken = {
        **dict.fromkeys(
            (
                "rereferred",
                "referrals_no_further_action",
                "referrals_assessed_not_in_need",
                "referrals_from_schools",
                "referrals_from_health",
                "referrals_from_police",
            ),
            "referrals",
        ),
        **dict.fromkeys(
            (
                "in_foster_care",
                "in_childrens_homes",
                "in_supported_accommodation",
                "with_parents",
                "in_other_residential",
                "in_other_placements",
                "far_from_home",
            ),
            in_care,
        ),
        **dict.fromkeys(
            (
                "in_need_under_3_months",
                "in_need_3_to_6_months",
                "in_need_6_to_12_months",
                "in_need_1_to_2_years",
                "in_need_over_2_years",
            ),
            "in_need_at_31_march",
        ),
        "left_to_child_arrangements_share": ceased,
        "unaccompanied_share_of_starts": "started_to_be_looked_after",
        "plans_running_2_years": "plans_at_31_march",
    }
    back = {
        "conferences_in_15_days": "conference_rate",
        "plans_ended_after_2_years": "plans_ended_rate",
    }
    return {
        **{share: Basis(n, k, "agrees") for share, (n, k) in counted.items()},
        **{share: Basis(n, None, "taken") for share, n in taken.items()},
        **{share: Basis(n, None, "worked back") for share, n in back.items()},
    }


BASES: Mapping[str, Basis] = {**_rates(), **_shares()}
"""Published series -> what it is out of. A series that is not here has no denominator."""
