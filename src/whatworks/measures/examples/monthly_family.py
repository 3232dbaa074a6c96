"""Worked examples of the measures of the Standard Safeguarding Dataset, written as its tables.

The tables are of 31 March of the year; dates are written year first.
"""

from __future__ import annotations

from collections.abc import Mapping

from whatworks.measures.examples.model import MeasureExample

_EPISODES = """
clae_person_id  clae_cla_episode_start_date  clae_cla_episode_start_reason  clae_cla_episode_ceased_date  clae_cla_placement_id
Ada             2024-05-01                   S                              .                             P1
Ben             2024-05-01                   S                              .                             P2
Cat             2024-05-01                   S                              .                             P3
Dev             2023-05-01                   S                              .                             P4
Eve             2023-05-01                   S                              .                             P5
Flo             2023-05-01                   S                              2025-03-31                    P5
Gus             2023-05-01                   S                              .                             P6
Hal             2023-05-01                   S                              .                             .
"""
_PLACEMENTS = """
clap_cla_placement_id  clap_person_id  clap_cla_placement_start_date  clap_cla_placement_end_date  clap_cla_placement_postcode
P1                     Ada             2024-05-01                     .                            AB1 2CD
P2                     Ben             2024-05-01                     .                            ab12cd
P3                     Cat             2024-05-01                     .                            AB9 9ZZ
P4                     Dev             2023-05-01                     .                            AB1 1AA
P5                     Eve             2023-05-01                     .                            AB1 1AA
P6                     Gus             2023-05-01                     .                            .
P7                     Hal             2023-05-01                     2024-01-01                   AB5 5EE
P8                     Hal             2024-01-01                     .                            AB1 1AA
"""
_FAMILIES = """
fami_family_id  fami_person_id
F1              Ada
F1              Ben
F1              Cat
F2              Eve
F2              Flo
F3              Gus
F3              Hal
"""
_MOTHERS = """
moth_person_id  moth_childs_person_id
Mum             Dev
Mum             Eve
"""
_TOGETHER = (
    "Ada, Ben and Cat are of one family: Ada and Ben live at one postcode, however it is written; "
    "Cat lives elsewhere.",
    "Dev and Eve have one mother and one postcode.",
    "Flo left care on the very day, so neither Flo nor what Eve is to Flo counts.",
    "Where Gus lives is not told: left out. Gus is all that Hal has, so Hal is left out too.",
)


def _one(
    measure: str, title: str, tables: Mapping[str, str], counted: tuple[int, int, int], *why: str
) -> MeasureExample:
    top, under, out = counted
    return MeasureExample(
        measure,
        title,
        2025,
        returns={"ssd": {2025: dict(tables)}},
        numerator=top,
        denominator=under,
        left_out=out,
        why=why,
    )


_RELATED = {
    "ssd_cla_episodes": _EPISODES,
    "ssd_cla_placement": _PLACEMENTS,
    "ssd_family": _FAMILIES,
    "ssd_mother": _MOTHERS,
}

EXAMPLES: tuple[MeasureExample, ...] = (
    _one("in_care_with_a_brother_or_sister", "At least one", _RELATED, (4, 5, 2), *_TOGETHER),
    _one("in_care_with_every_brother_and_sister", "All of them", _RELATED, (2, 5, 2), *_TOGETHER),
    _one(
        "born_after_an_earlier_child_came_into_care",
        "Born after the first had come into care",
        {
            "ssd_cla_episodes": """
clae_person_id  clae_cla_episode_start_date  clae_cla_episode_start_reason  clae_cla_episode_ceased_date
Ada             2019-06-01                   S                              2020-06-01
Ben             2024-06-01                   S                              .
Cat             2024-06-01                   S                              .
Dev             2024-07-01                   S                              .
Dev             2024-09-01                   P                              .
Eve             2024-07-01                   S                              .
Flo             2024-07-01                   S                              .
""",
            "ssd_mother": """
moth_person_id  moth_childs_person_id
Mum             Ada
Mum             Ben
Mum             Cat
Jo              Dev
Jo              Eve
""",
            "ssd_person": """
pers_person_id  pers_dob
Ada             2018-01-01
Ben             2019-06-02
Cat             2019-06-01
Dev             2015-01-01
Eve             2024-06-01
Flo             2024-01-01
""",
        },
        (1, 4, 1),
        "Ada came into care long ago. Ben was born the day after that, Cat on the very day: only "
        "Ben was born after.",
        "Dev and Eve came on one day, so neither came before the other was born.",
        "Flo’s mother is not told: left out.",
        "A change of placement, as Dev’s in September, is no start.",
    ),
    _one(
        "referred_within_six_months_of_early_help",
        "Six months from each ending",
        {
            "ssd_early_help_episodes": """
earl_person_id  earl_episode_end_date
Ada             2024-09-30
Ben             2024-03-01
Ben             2024-03-01
Cat             2024-10-01
Dev             2023-09-30
Eve             2024-06-15
Flo             .
""",
            "ssd_cin_episodes": """
cine_person_id  cine_referral_date
Ada             2025-03-30
Ben             2024-09-02
Cat             2024-11-01
Dev             2023-10-01
Eve             2024-06-15
""",
        },
        (2, 3, 0),
        "Ada was referred on the last day that counts; Eve on the day that help ended.",
        "Ben was referred a day too late; the two endings of one day count once.",
        "Cat’s ending is not yet six months ago. Dev’s was eighteen months ago to the day.",
        "Flo’s help has no end.",
    ),
    _one(
        "in_care_three_or_more_workers",
        "Different workers in twelve months",
        {
            "ssd_cla_episodes": _EPISODES,
            "ssd_involvements": """
invo_person_id  invo_professional_id  invo_involvement_start_date  invo_involvement_end_date
Ada             W1                    2024-05-01                   2024-08-01
Ada             W2                    2024-08-01                   2024-12-01
Ada             W3                    2024-12-01                   .
Ben             W1                    2024-05-01                   2024-08-01
Ben             W2                    2024-08-01                   2024-12-01
Ben             W1                    2024-12-01                   .
Cat             W1                    2023-01-01                   2024-03-31
Cat             W2                    2024-03-31                   .
Cat             W3                    2025-03-31                   .
Flo             W1                    2024-05-01                   .
""",
        },
        (1, 3, 4),
        "Ada had three workers.",
        "Ben had W1 twice: two different workers.",
        "Cat’s first ended as the twelve months began, so two count.",
        "Flo left care on the very day. No worker is recorded for Dev, Eve, Gus and Hal.",
    ),
    _one(
        "children_whose_own_words_are_recorded",
        "In care or with a plan",
        {
            "ssd_cla_episodes": """
clae_person_id  clae_cla_episode_start_date  clae_cla_episode_start_reason  clae_cla_episode_ceased_date
Ada             2024-05-01                   S                              .
Ben             2024-05-01                   S                              .
Cat             2024-05-01                   S                              2025-03-01
""",
            "ssd_cp_plans": """
cppl_person_id  cppl_cp_plan_start_date  cppl_cp_plan_end_date
Ben             2024-02-01               .
Dev             2024-02-01               .
""",
            "ssd_voice_of_child": """
voch_person_id  voch_explained_worries  voch_plan_safe
Ada             Y                       .
Cat             Y                       Y
Dev             .                       .
""",
        },
        (1, 3, 0),
        "Ada has an answer.",
        "Ben, who is in care and has a plan, counts once and has none; Dev’s row holds no answer.",
        "Cat is no longer in care.",
    ),
)
