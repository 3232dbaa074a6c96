"""Measures of the Standard Safeguarding Dataset, in slow and obvious Python.

Nothing here comes from ``whatworks.measures`` or ``whatworks.journeys``; tables are as
``monthly_rows`` says.
"""

from __future__ import annotations

from datetime import date

from .monthly_rows import (
    BAD,
    FORMS,
    Counted,
    Rows,
    day_of,
    months_back,
    one_each,
    open_on,
    share,
    tidy,
)

WHO = {
    "ssd_person": "pers_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_cla_placement": "clap_cla_placement_id",
    "ssd_family": "fami_person_id",
    "ssd_mother": "moth_childs_person_id",
    "ssd_early_help_episodes": "earl_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_involvements": "invo_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_voice_of_child": "voch_person_id",
}


def on_the_day(row: dict[str, object], start: str, end: str, as_at: date) -> bool:
    begun = row.get(start)
    return isinstance(begun, date) and begun <= as_at and open_on(row, start, end, as_at)


def ssd(tables: dict[str, Rows], as_at: date) -> dict[str, Counted]:
    clean = {name: tidy("ssd", name, tables.get(name, []), who) for name, who in WHO.items()}
    start, end = "clae_cla_episode_start_date", "clae_cla_episode_ceased_date"
    there = one_each(
        [r for r in clean["ssd_cla_episodes"] if on_the_day(r, start, end, as_at)], start
    )
    return {
        **siblings(clean, there, as_at),
        **mothers(clean, as_at),
        **early_help(clean, as_at),
        **workers(clean, there, as_at),
        **voices(clean, there, as_at),
    }


def postcode(row: dict[str, object]) -> str:
    text = str(row.get("clap_cla_placement_postcode") or "").upper()
    return "".join(c for c in text if c.isascii() and c.isalnum())


def home_of(clean: dict[str, Rows], child: str, row: dict[str, object], as_at: date) -> str:
    placements = clean["ssd_cla_placement"]
    named = [p for p in placements if p["CHILD"] == row.get("clae_cla_placement_id")]
    home = postcode(max(named, key=lambda p: str(p["WORDS"]))) if named else ""
    if home:
        return home
    begin, over = "clap_cla_placement_start_date", "clap_cla_placement_end_date"
    own = [
        {**p, "CHILD": child}
        for p in placements
        if p.get("clap_person_id") == child and on_the_day(p, begin, over, as_at)
    ]
    return postcode(one_each(own, begin)[child]) if own else ""


def siblings(
    clean: dict[str, Rows], there: dict[str, dict[str, object]], as_at: date
) -> dict[str, Counted]:
    family = {
        (r["fami_family_id"], r["CHILD"]) for r in clean["ssd_family"] if r.get("fami_family_id")
    }
    mother = {
        (r["moth_person_id"], r["CHILD"]) for r in clean["ssd_mother"] if r.get("moth_person_id")
    }
    homes = {c: home_of(clean, c, row, as_at) for c, row in there.items()}
    some: list[bool | None] = []
    every: list[bool | None] = []
    for child in there:
        others = [
            other
            for other in there
            if other != child
            and any(
                (group, child) in links and (group, other) in links
                for links in (family, mother)
                for group in {g for g, c in links if c == child}
            )
            and (child, other) not in mother
            and (other, child) not in mother
        ]
        told = [o for o in others if homes[o]]
        if not others:
            continue
        if not homes[child] or not told:
            some.append(None)
            every.append(None)
            continue
        some.append(any(homes[o] == homes[child] for o in told))
        every.append(all(homes[o] == homes[child] for o in told))
    return {
        "in_care_with_a_brother_or_sister": share(some),
        "in_care_with_every_brother_and_sister": share(every),
    }


def born_on(clean: dict[str, Rows], child: str) -> date | None:
    mine = [r for r in clean["ssd_person"] if r["CHILD"] == child]
    return day_of(max(mine, key=lambda r: str(r["WORDS"])).get("pers_dob")) if mine else None


def mothers(clean: dict[str, Rows], as_at: date) -> dict[str, Counted]:
    first = date(as_at.year - (as_at < date(as_at.year, 4, 1)), 4, 1)
    starts = [
        (str(r["CHILD"]), r["clae_cla_episode_start_date"])
        for r in clean["ssd_cla_episodes"]
        if r.get("clae_cla_episode_start_reason") == "S"
        and isinstance(r.get("clae_cla_episode_start_date"), date)
    ]
    flags: list[bool | None] = []
    for child in {c for c, day in starts if first <= day <= as_at}:
        hers = {r["moth_person_id"] for r in clean["ssd_mother"] if r["CHILD"] == child} - {None}
        born = born_on(clean, child)
        if not hers or born is None:
            flags.append(None)
            continue
        others = {
            r["CHILD"]
            for r in clean["ssd_mother"]
            if r.get("moth_person_id") in hers and r["CHILD"] != child
        }
        flags.append(any(c in others and day < born for c, day in starts))
    return {"born_after_an_earlier_child_came_into_care": share(flags)}


def early_help(clean: dict[str, Rows], as_at: date) -> dict[str, Counted]:
    after, until = months_back(as_at, 18), months_back(as_at, 6)
    endings = {
        (r["CHILD"], r["earl_episode_end_date"])
        for r in clean["ssd_early_help_episodes"]
        if isinstance(r.get("earl_episode_end_date"), date)
        and after < r["earl_episode_end_date"] <= until
    }
    flags: list[bool | None] = [
        any(
            r["CHILD"] == child
            and isinstance(r.get("cine_referral_date"), date)
            and end <= r["cine_referral_date"] <= months_back(end, -6)
            for r in clean["ssd_cin_episodes"]
        )
        for child, end in endings
    ]
    return {"referred_within_six_months_of_early_help": share(flags)}


def workers(
    clean: dict[str, Rows], there: dict[str, dict[str, object]], as_at: date
) -> dict[str, Counted]:
    since = months_back(as_at, 12)
    flags: list[bool | None] = []
    for child in there:
        had = set()
        for row in clean["ssd_involvements"]:
            begun, over = (
                row.get("invo_involvement_start_date"),
                row.get("invo_involvement_end_date"),
            )
            if row["CHILD"] != child or row.get("invo_professional_id") is None:
                continue
            if not isinstance(begun, date) or begun > as_at or over == BAD:
                continue
            if isinstance(over, date) and over <= since:
                continue
            had.add(row["invo_professional_id"])
        flags.append(len(had) >= 3 if had else None)
    return {"in_care_three_or_more_workers": share(flags)}


def voices(
    clean: dict[str, Rows], there: dict[str, dict[str, object]], as_at: date
) -> dict[str, Counted]:
    start, end = "cppl_cp_plan_start_date", "cppl_cp_plan_end_date"
    planned = {r["CHILD"] for r in clean["ssd_cp_plans"] if on_the_day(r, start, end, as_at)}
    answers = [
        c
        for c in FORMS["ssd"]["ssd_voice_of_child"]
        if c not in {"voch_table_id", "voch_person_id"}
    ]
    said = {
        r["CHILD"]
        for r in clean["ssd_voice_of_child"]
        if any(r.get(c) is not None for c in answers)
    }
    flags: list[bool | None] = [child in said for child in planned | set(there)]
    return {"children_whose_own_words_are_recorded": share(flags)}
