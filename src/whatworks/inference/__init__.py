"""Statistical inference shared by every station: intervals, funnels, standardisation, charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatworks import lazily

if TYPE_CHECKING:
    from whatworks.inference import intervals
    from whatworks.inference.control import (
        ControlLimits,
        control_limits,
        limits_for_the_last,
    )
    from whatworks.inference.funnel import (
        Funnel,
        funnel_of_means,
        funnel_of_rates,
        funnel_of_shares,
        standing_out,
    )
    from whatworks.inference.incidence import Incidence, cumulative_incidence
    from whatworks.inference.intervals import Intervals, poisson_rate, proportion
    from whatworks.inference.late_entry import median_duration
    from whatworks.inference.limits import count_limits
    from whatworks.inference.overdispersion import Overdispersion
    from whatworks.inference.ranking import joint_level, rank_intervals
    from whatworks.inference.sharing import shares_of_change
    from whatworks.inference.standardising import share_ratio, standardised, standardised_ratio

_HOMES = {
    "ControlLimits": "control",
    "Funnel": "funnel",
    "Incidence": "incidence",
    "Intervals": "intervals",
    "Overdispersion": "overdispersion",
    "control_limits": "control",
    "count_limits": "limits",
    "cumulative_incidence": "incidence",
    "funnel_of_means": "funnel",
    "funnel_of_rates": "funnel",
    "funnel_of_shares": "funnel",
    "joint_level": "ranking",
    "limits_for_the_last": "control",
    "median_duration": "late_entry",
    "poisson_rate": "intervals",
    "proportion": "intervals",
    "rank_intervals": "ranking",
    "share_ratio": "standardising",
    "shares_of_change": "sharing",
    "standardised": "standardising",
    "standardised_ratio": "standardising",
    "standing_out": "funnel",
}

__all__ = [
    "ControlLimits",
    "Funnel",
    "Incidence",
    "Intervals",
    "Overdispersion",
    "control_limits",
    "count_limits",
    "cumulative_incidence",
    "funnel_of_means",
    "funnel_of_rates",
    "funnel_of_shares",
    "intervals",
    "joint_level",
    "limits_for_the_last",
    "median_duration",
    "poisson_rate",
    "proportion",
    "rank_intervals",
    "share_ratio",
    "shares_of_change",
    "standardised",
    "standardised_ratio",
    "standing_out",
]

__getattr__ = lazily.public(__name__, _HOMES)
