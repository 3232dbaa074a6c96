"""Measures of Annex A lists, in slow and obvious Python.

Nothing here comes from ``whatworks.measures`` or ``whatworks.journeys``; tables are as
``monthly_rows`` says.
"""

from __future__ import annotations

from datetime import date

from .monthly_rows import (
    BAD,
    Counted,
    Rows,
    birthday,
    day_of,
    judged,
    months_back,
    one_each,
    open_on,
    recent,
    share,
    tidy,
)


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
