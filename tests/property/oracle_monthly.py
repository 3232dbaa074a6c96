"""Measures of Annex A lists and the Standard Safeguarding Dataset, in slow and obvious Python.

Nothing here comes from ``whatworks.measures`` or ``whatworks.journeys``. A table is a list of rows,
a row a dict of column -> date, number, text, None (blank) or ``BAD`` (could not be read).
"""

from __future__ import annotations

import csv
from calendar import monthrange
from datetime import date, timedelta
from pathlib import Path

BAD = "?"
RETURNS = Path(__file__).resolve().parents[2] / "src" / "whatworks" / "returns"

Rows = list[dict[str, object]]


def columns(collection: str) -> dict[str, list[str]]:
    """Table -> its columns in the order of the form."""
    found: dict[str, list[str]] = {}
    with (RETURNS / collection / "columns.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["table"], []).append(row["column"])
    return found


FORMS = {name: columns(name) for name in ("annex_a", "ssd")}


def months_back(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 - months
    year, month = number // 12, number % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def birthday(born: date, years: int) -> date:
    year = born.year + years
    if (born.month, born.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return date(year, born.month, born.day)


def day_of(value: object) -> date | None:
    return value if isinstance(value, date) else None


def words(row: dict[str, object], form: list[str]) -> str:
    return "|".join("" if row.get(c) is None else str(row.get(c)) for c in form)


def tidy(collection: str, table: str, rows: Rows, who: str) -> Rows:
    """Rows about somebody, each once; CHILD and WORDS added."""
    kept: dict[str, dict[str, object]] = {}
    for row in rows:
        if row.get(who) is None:
            continue
        said = words(row, FORMS[collection][table])
        kept.setdefault(said, {**row, "CHILD": row[who], "WORDS": said})
    return list(kept.values())


def one_each(rows: Rows, latest: str) -> dict[str, dict[str, object]]:
    """Child -> the row that began last; of several, the one whose words come last."""
    chosen: dict[str, dict[str, object]] = {}
    for row in rows:
        child = str(row["CHILD"])
        held = chosen.get(child)
        mine = (day_of(row.get(latest)) or date.min, str(row["WORDS"]))
        if held is None or mine > (day_of(held.get(latest)) or date.min, str(held["WORDS"])):
            chosen[child] = row
    return chosen


def open_on(row: dict[str, object], start: str, end: str, as_at: date) -> bool:
    begun, over = row.get(start), row.get(end)
    if isinstance(begun, date) and begun > as_at:
        return False
    if over == BAD:
        return False
    return not (isinstance(over, date) and over <= as_at)


def judged(value: object, as_at: date) -> bool:
    """The date could be read and is not to come."""
    return value != BAD and not (isinstance(value, date) and value > as_at)


def recent(value: object, as_at: date, days: int) -> bool:
    return isinstance(value, date) and as_at - timedelta(days=days) <= value <= as_at


Counted = tuple[int, int, int]


def share(flags: list[bool | None]) -> Counted:
    """True: counted and so; False: counted and not so; None: left out."""
    told = [flag for flag in flags if flag is not None]
    return sum(told), len(told), len(flags) - len(told)


# --- Annex A -------------------------------------------------------------------------------


def annex_a(tables: dict[str, Rows], as_at: date) -> dict[str, Counted]:
    lists = {
        n: tidy("annex_a", f"List_{n}", tables.get(f"List_{n}", []), "Child Unique ID")
        for n in range(1, 11)
    }
    adopters = tidy(
        "annex_a", "List_11", tables.get("List_11", []), "Individual adopter identifier"
    )
    return {
        **front_door(lists[1], lists[3], as_at),
        **need_and_protection(lists, as_at),
        **care(lists, as_at),
        **leavers(lists[9], as_at),
        **adoption(lists[10], adopters, as_at),
    }


def front_door(contacts: Rows, referrals: Rows, as_at: date) -> dict[str, Counted]:
    flags: list[bool | None] = []
    for one in contacts:
        day = day_of(one.get("Date of Contact"))
        if day is None or day > as_at or (as_at - day).days < 7:
            flags.append(None)
            continue
        flags.append(
            any(
                other["CHILD"] == one["CHILD"]
                and isinstance(made := other.get("Date of referral"), date)
                and 0 <= (made - day).days <= 7
                for other in referrals
            )
        )
    return {"contacts_that_became_referrals": share(flags)}


def seen(
    rows: dict[str, dict[str, object]],
    as_at: date,
    *,
    when: str,
    start: str,
    days: int,
    newer: int,
) -> Counted:
    flags: list[bool | None] = []
    for row in rows.values():
        value, begun = row.get(when), day_of(row.get(start))
        done = recent(value, as_at, days)
        if not judged(value, as_at) or (
            not done and begun is not None and (as_at - begun).days < newer
        ):
            flags.append(None)
        else:
            flags.append(done)
    return share(flags)


def in_need(rows: Rows, as_at: date) -> Rows:
    return [r for r in rows if open_on(r, "CIN Start Date", "CIN Closure Date", as_at)]


PLAN = ("Child Protection Plan Start Date", "Child Protection Plan End Date")
IN_CARE = ("Date Started to be Looked After", "Date Ceased to be Looked After")


def need_and_protection(lists: dict[int, Rows], as_at: date) -> dict[str, Counted]:
    going_on = in_need(lists[6], as_at)
    need = one_each(
        [r for r in going_on if r.get("Case Status") == "Child in need plan"], "CIN Start Date"
    )
    plans = one_each([r for r in lists[7] if open_on(r, *PLAN, as_at)], PLAN[0])
    care_now = one_each([r for r in lists[8] if open_on(r, *IN_CARE, as_at)], IN_CARE[0])
    cases = one_each(
        [r for r in going_on if r.get("Case Status") != "Closed episode"], "CIN Start Date"
    )
    children = {*cases, *plans, *care_now}
    alone = [
        {"Yes": True, "No": False}.get(str(r.get("Was the Child Seen Alone?")))
        for r in plans.values()
    ]
    allocated: list[bool | None] = [
        any(
            c in part and part[c].get("Allocated Worker") is not None
            for part in (cases, plans, care_now)
        )
        for c in children
    ]
    return {
        "children_in_need_seen_in_four_weeks": seen(
            need,
            as_at,
            when="Date Child Was Last Seen",
            start="CIN Start Date",
            days=28,
            newer=28,
        ),
        "protection_plans_visited_in_four_weeks": seen(
            plans,
            as_at,
            when="Date of the Last Statutory Visit",
            start=PLAN[0],
            days=28,
            newer=28,
        ),
        "protection_plans_child_seen_alone": share(alone),
        "open_cases_with_an_allocated_worker": share(allocated),
    }


def care(lists: dict[int, Rows], as_at: date) -> dict[str, Counted]:
    there = one_each([r for r in lists[8] if open_on(r, *IN_CARE, as_at)], IN_CARE[0])
    health: list[bool | None] = []
    teeth: list[bool | None] = []
    offered: list[bool | None] = []
    for row in there.values():
        begun, born = day_of(row.get(IN_CARE[0])), day_of(row.get("Date of Birth"))
        missing = row.get(
            "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 "
            "months"
        )
        if isinstance(missing, int) and missing > 0:
            said = row.get(
                "Was the child offered a Return Interview after their last missing episode (Y/N)?"
            )
            offered.append({"Yes": True, "No": False}.get(str(said)))
        if begun is None or birthday(begun, 1) > as_at:
            continue
        young = born is not None and birthday(born, 5) > as_at
        since = months_back(as_at, 6 if young else 12)
        for flags, column, first in (
            (health, "Date of Last Health Assessment", since),
            (teeth, "Date of Last Dental Check", months_back(as_at, 12)),
        ):
            value = row.get(column)
            if not judged(value, as_at):
                flags.append(None)
            else:
                flags.append(isinstance(value, date) and value >= first)
    return {
        "looked_after_visited_in_six_weeks": seen(
            there,
            as_at,
            when="Date of Last Social Work Visit",
            start=IN_CARE[0],
            days=42,
            newer=7,
        ),
        "health_assessment_up_to_date": share(health),
        "dental_check_up_to_date": share(teeth),
        "return_interviews_offered": share(offered),
    }


def leavers(rows: Rows, as_at: date) -> dict[str, Counted]:
    owed = [r for r in rows if r.get("Eligibility Category") in {"Relevant", "Former relevant"}]
    contact: list[bool | None] = []
    plan: list[bool | None] = []
    for row in one_each(owed, "Latest Date of Contact").values():
        met, reviewed = (
            row.get("Latest Date of Contact"),
            row.get("Latest Pathway Plan Review Date"),
        )
        if row.get("LA in Touch") == "Exclude":
            contact.append(None)
            plan.append(None)
            continue
        contact.append(recent(met, as_at, 56) if judged(met, as_at) else None)
        since = months_back(as_at, 6)
        plan.append(
            isinstance(reviewed, date) and reviewed >= since if judged(reviewed, as_at) else None
        )
    return {
        "care_leavers_contacted_in_eight_weeks": share(contact),
        "pathway_plans_reviewed_in_six_months": share(plan),
    }


def adoption(rows: Rows, adopters: Rows, as_at: date) -> dict[str, Counted]:
    order = "Date of Placement Order"
    ends = (
        "Date of Matching Child and Prospective Adopters",
        "Date Placed for Adoption",
        "Date of Adoption Order",
        "Date of Decision that Child Should No Longer be Placed for Adoption",
    )
    waiting = []
    for row in rows:
        over = any(
            row.get(c) == BAD or (isinstance(row.get(c), date) and row.get(c) <= as_at)
            for c in ends
        )
        made = row.get(order)
        if not over and (made == BAD or (isinstance(made, date) and made <= as_at)):
            waiting.append(row)
    long: list[bool | None] = []
    for row in one_each(waiting, order).values():
        made = day_of(row.get(order))
        long.append(None if made is None else (as_at - made).days > 121)
    first, last = "Date Stage 2 started", "Date Stage 2 ended"
    households = [
        {**r, "CHILD": r.get("Family identifier") or r["CHILD"]}
        for r in adopters
        if isinstance(r.get(last), date) and r[last] <= as_at
    ]
    quick: list[bool | None] = []
    for row in one_each(households, last).values():
        begun, done = day_of(row.get(first)), day_of(row.get(last))
        assert done is not None
        if begun is None or begun > done:
            quick.append(None)
        else:
            quick.append(done <= months_back(begun, -4))
    return {
        "waiting_long_for_adopters": share(long),
        "adopters_assessed_in_four_months": share(quick),
    }


# --- Standard Safeguarding Dataset ----------------------------------------------------------

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
