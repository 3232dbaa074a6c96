"""An effect as a study for the evidence library, with its provenance down to the submissions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

from whatworks.evidence.study import Numbers, Outcome, Provenance, Study
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.rollout.natural_experiment.naming import fewer_is_better, title
from whatworks.rollout.practice import Practice

OUTCOMES: Mapping[str, Outcome] = {
    "started_rate": "entry to care",
    "started_to_be_looked_after": "entry to care",
    "reentered_within_12_months": "re-entry to care",
    "re_referrals_within_12_months": "re-referral",
    "repeat_protection_plans": "repeat plan",
    "returned_home": "return home",
}


def as_study(
    practice: Practice, effects: Sequence[Effect], *, invented: bool, computed: str
) -> Study:
    """The study that effects of one practice make.

    Args:
        effects: on its outcomes and safety measures, the one it is rated by first.
        invented: the children are invented.
        computed: name and version of what computed it.

    Raises:
        ValueError: there is no effect, or one of another practice.
    """
    if not effects or any(one.practice != practice.id for one in effects):
        raise ValueError("A study is made of one or more effects of the one practice.")
    main = effects[0]
    # Of the others, only what nobody may miss: the rest is as true of the main effect.
    grave = [w for one in effects[1:] for w in one.warnings if w.grave]
    warned = {one.text: one for one in (*main.warnings, *grave)}
    who = "invented councils' children" if invented else "councils' children"
    return Study(
        id=f"{practice.id}-natural-experiment",
        title=f"{practice.name}: natural experiment among {main.n_councils} councils",
        citation=(
            f"Computed from councils' own returns, years to 31 March {main.years[0]} to "
            f"{main.years[-1]}; {computed}."
        ),
        kind=practice.kind,
        country="England (invented children)" if invented else "England",
        design="natural experiment",
        population=(
            f"All {who} in {main.n_councils} councils, "
            f"{len(main.adopted)} of which adopted it between "
            f"{_month(min(main.adopted.values()))} and {_month(max(main.adopted.values()))}."
        ),
        comparator=(
            "The same councils before they adopted, and councils that had not adopted, over the "
            "same years."
        ),
        numbers=tuple(_numbers(one) for one in effects),
        provenance=Provenance(
            submissions=tuple(sorted({s for one in effects for s in one.submissions})),
            computed=computed,
        ),
        practice=practice.id,
        year=main.years[-1],
        invented=invented,
        warnings=tuple(warned),
        flags=tuple(dict.fromkeys(one.code for one in warned.values())),
    )


def _month(day: object) -> str:
    return f"{day:%B %Y}"


def _numbers(effect: Effect) -> Numbers:
    rate = not effect.share
    ends = (effect.low, effect.high) if rate else (effect.difference_low, effect.difference_high)
    months = max((one.year for one in effect.since), default=0) * 12 + 12
    how = (
        f"{effect.full_council_years - effect.unpredicted} full council-years of "
        f"{effect.n_adopters} councils, set among {effect.arrangements:,} "
        f"{'' if effect.every_arrangement else 'random '}arrangements of the dates of adoption; "
        f"the least p that these could give is {effect.least_p:.4f}."
    )
    if not all(isfinite(end) for end in ends):
        how += " The dates are too few to bound the effect on both sides."
    return Numbers(
        outcome=OUTCOMES.get(effect.measure, "other"),
        outcome_words=title(effect.measure),
        effect_type="rate ratio" if rate else "risk difference",
        effect=effect.multiplier if rate else effect.difference,
        low=ends[0],
        high=ends[1],
        p=effect.p,
        share_with=effect.observed / 1000,
        share_without=effect.predicted / 1000,
        follow_up_months=float(months),
        lower_is_better=fewer_is_better(effect.measure),
        note=how,
    )
