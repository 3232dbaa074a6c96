"""From the Standard Safeguarding Dataset: brothers, sisters, mothers, help and own words."""

from __future__ import annotations

from functools import partial
from typing import Any

from whatworks.measures.definition import LeftOut, register
from whatworks.measures.definitions.looked_after import everyone
from whatworks.measures.definitions.monthly import (
    NO_SERIES,
    NOT_A_RETURN_SSD,
    flag,
    needed,
    ssd,
)
from whatworks.tables import col

# --- brothers and sisters, mothers ---------------------------------------------------------

_EPISODES = needed(
    "ssd_cla_episodes",
    "clae_person_id",
    "clae_cla_episode_start_date",
    "clae_cla_episode_ceased_date",
)
_HOMES = needed("ssd_cla_placement", "clap_cla_placement_id", "clap_cla_placement_postcode")


def home_told() -> Any:
    """A brother or sister is in care, and both their homes are told."""
    return col("SIBLING") & col("HOME_TOLD")


def home_not_told() -> Any:
    """A brother or sister is in care; where they live is not told."""
    return col("SIBLING") & ~col("HOME_TOLD")


def with_one() -> Any:
    """Lives with a brother or sister."""
    return col("SIBLING") & col("HOME_TOLD") & col("WITH_ONE")


def with_all() -> Any:
    """Lives with every brother and sister who is in care."""
    return col("SIBLING") & col("HOME_TOLD") & col("WITH_ALL")


_SIBLINGS = partial(
    ssd,
    view="in_care_with_relations",
    denominator=home_told,
    denominator_words="Children looked after on the day with a brother or sister looked after on "
    "the same day, where it is told where both live. Brothers and sisters are those of one family "
    "(ssd_family) or of one mother (ssd_mother).",
    whole="children in care with a brother or sister in care",
    direction="higher",
    direction_words="Living together is better unless it would harm one of them, which the data "
    "does not tell.",
    left_out=(
        LeftOut(
            "home not told",
            "A brother or sister is in care, and the postcode of the child or of every one of them "
            "is blank.",
            home_not_told,
        ),
    ),
    caveats=(
        NOT_A_RETURN_SSD,
        NO_SERIES,
        "Two who live at one postcode are taken to live together; neighbours would be too.",
        "Brothers and sisters who are not looked after, or were adopted, are not seen.",
    ),
    unconfirmed=(
        "What a family is in ssd_family differs between case systems: a household, a group worked "
        "with together, or relations as recorded.",
    ),
    needs=("relations", *_EPISODES, *_HOMES),
)

register(
    _SIBLINGS(
        name="in_care_with_a_brother_or_sister",
        title="Living with a brother or sister in care",
        text="Of the children in care who have a brother or sister in care, how many live with at "
        "least one of them.",
        numerator=with_one,
        numerator_words="Children at whose postcode at least one of them lives.",
        did="live with at least one of them",
        pairs_with=("in_care_with_every_brother_and_sister",),
    )
)

register(
    _SIBLINGS(
        name="in_care_with_every_brother_and_sister",
        title="Living with every brother and sister in care",
        text="Of the children in care who have a brother or sister in care, how many live with all "
        "of them.",
        numerator=with_all,
        numerator_words="Children at whose postcode all of them live for whom it is told where.",
        did="live with all of them",
        pairs_with=("in_care_with_a_brother_or_sister",),
    )
)


def earlier() -> Any:
    """An earlier child of the mother had been in care before this one was born."""
    return col("MOTHER_TOLD") & col("BORN_TOLD") & col("EARLIER")


def mother_told() -> Any:
    """The mother and the day of birth are told."""
    return col("MOTHER_TOLD") & col("BORN_TOLD")


def mother_not_told() -> Any:
    """The mother or the day of birth is not told."""
    return ~(col("MOTHER_TOLD") & col("BORN_TOLD"))


register(
    ssd(
        name="born_after_an_earlier_child_came_into_care",
        title="Children in care whose mother had lost an earlier child to care",
        text="Of the children who came into care in the year, how many were born after an earlier "
        "child of their mother had come into care: the mothers for whom help between one child and "
        "the next might have mattered most.",
        view="came_into_care_with_mothers",
        numerator=earlier,
        numerator_words="Children whose mother has another child who had started to be looked "
        "after before this one was born.",
        denominator=mother_told,
        denominator_words="Children who started to be looked after from 1 April to the day; each "
        "once, at the first time in the year. Their mother (ssd_mother) and day of birth are told.",
        clock="Starts from 1 April to the day of the data; of earlier children, as far back as the "
        "data goes.",
        whole="children who came into care",
        did="were born after an earlier child of their mother had come into care",
        left_out=(
            LeftOut(
                "mother not told",
                "The child’s mother or day of birth is not in the data.",
                mother_not_told,
            ),
        ),
        caveats=(
            NOT_A_RETURN_SSD,
            NO_SERIES,
            "An earlier child in the care of another council is not seen, so the true share is "
            "higher.",
        ),
        unconfirmed=(
            "How far back a council’s data goes differs: the longer it is, the more is seen.",
        ),
        needs=(
            *_EPISODES,
            *needed("ssd_cla_episodes", "clae_cla_episode_start_reason"),
            *needed("ssd_mother", "moth_person_id", "moth_childs_person_id"),
            *needed("ssd_person", "pers_person_id", "pers_dob"),
        ),
    )
)


# --- early help, workers, voice ------------------------------------------------------------

register(
    ssd(
        name="referred_within_six_months_of_early_help",
        topic="asking_for_help",
        title="Referred within six months of early help ending",
        text="Of the times early help for a child ended, how many were followed within six months "
        "by a referral of that child to children’s social care.",
        view="early_help_ended",
        numerator=flag("REFERRED"),
        numerator_words="Endings after which the same child was referred, on that day or by the "
        "same day six months later.",
        denominator=everyone,
        denominator_words="Early help episodes that ended in the twelve months up to six months "
        "before the day of the data; several that ended on one day count once.",
        clock="Each ending’s own day, and the six months after it.",
        whole="times that early help ended",
        did="were followed by a referral within six months",
        direction="lower",
        direction_words="Fewer is better where needs were met; a referral can also be help found "
        "in time.",
        pairs_with=("referrals_rate", "section_47_rate"),
        caveats=(
            NOT_A_RETURN_SSD,
            NO_SERIES,
            "Early help by schools and other partners may not be in the council’s system.",
        ),
        unconfirmed=(
            "What a council puts into ssd_early_help_episodes as early help, and which day as its "
            "end, differs between case systems.",
            "That six months are long enough to tell is our choice; no guidance was read that "
            "names a time.",
        ),
        needs=(
            *needed("ssd_early_help_episodes", "earl_person_id", "earl_episode_end_date"),
            *needed("ssd_cin_episodes", "cine_person_id", "cine_referral_date"),
        ),
    )
)


def three_or_more() -> Any:
    """Three workers or more in twelve months."""
    return col("WORKERS") >= 3


def workers_told() -> Any:
    """At least one worker is recorded."""
    return ~col("WORKERS").is_null()


def workers_not_told() -> Any:
    """No worker is recorded."""
    return col("WORKERS").is_null()


register(
    ssd(
        name="in_care_three_or_more_workers",
        topic="workforce",
        pillar="people and leadership",
        title="Children in care who had three or more workers in a year",
        text="Of the children in care on the day, how many had three or more different workers in "
        "the twelve months to it.",
        view="in_care_with_relations",
        numerator=three_or_more,
        numerator_words="Children with three or more different workers at work with them on some "
        "day of the twelve months.",
        denominator=workers_told,
        denominator_words="Children looked after on the day for whom at least one worker is "
        "recorded (ssd_involvements).",
        whole="children in care",
        did="had three or more workers in twelve months",
        direction="lower",
        left_out=(
            LeftOut("no worker", "No worker of the twelve months is recorded.", workers_not_told),
        ),
        pairs_with=("three_or_more_social_workers", "social_worker_turnover"),
        caveats=(
            NOT_A_RETURN_SSD,
            "The published figure on changes of social worker comes from the SSDA903 return and "
            "counts social workers alone; here every worker recorded as involved counts.",
        ),
        unconfirmed=("Which roles a council puts into ssd_involvements.",),
        needs=(
            *_EPISODES,
            *needed(
                "ssd_involvements",
                "invo_person_id",
                "invo_professional_id",
                "invo_involvement_start_date",
                "invo_involvement_end_date",
            ),
        ),
    )
)

register(
    ssd(
        name="children_whose_own_words_are_recorded",
        title="Children whose own answers are recorded",
        text="Of the children in care or with a child protection plan on the day, how many have "
        "any answer of their own recorded on what is happening to them.",
        view="in_care_or_protected",
        numerator=flag("SAID"),
        numerator_words="Children with at least one answer in ssd_voice_of_child.",
        denominator=everyone,
        denominator_words="Children looked after, or with a child protection plan, on the day; "
        "each once.",
        whole="children in care or with a protection plan",
        did="have an answer of their own recorded",
        direction="higher",
        pairs_with=("views_heard_at_reviews", "protection_plans_child_seen_alone"),
        caveats=(
            NOT_A_RETURN_SSD,
            NO_SERIES,
            "Children too young to answer count as well. Answers carry no day, so one may be old.",
        ),
        unconfirmed=(
            "ssd_voice_of_child is a draft in the specification, and most councils do not fill it.",
        ),
        needs=(
            *_EPISODES,
            *needed("ssd_cp_plans", "cppl_person_id", "cppl_cp_plan_start_date"),
            *needed("ssd_voice_of_child", "voch_person_id"),
        ),
    )
)
