"""What is done when the other tables of returns contradict one another: named, in order.

Every row of these tables ends in exactly one place, as episodes do: among what is counted, or
under one of the names here.
"""

from __future__ import annotations

from dataclasses import dataclass

from whatworks.journeys.repairs import Repair


@dataclass(frozen=True)
class _Thing:
    """How one table's rows are spoken of, and which contradictions they can hold.

    ``day`` says what happens on the day a row turns on (None: a row is of its whole year);
    ``ends``: it has an end; ``once``: two rows of one return with the same key contradict each
    other; ``believed``: what a later return repeats ('' where none can).
    """

    name: str
    thing: str
    day: str | None = None
    ends: bool = False
    once: str = ""
    believed: str = ""
    of_care: bool = True


_THINGS = (
    _Thing(
        "missing", "time missing", "the child went missing", ends=True, believed="child and day"
    ),
    _Thing("health", "health record", once="child"),
    _Thing("leaver", "care leaver’s record", once="young person", of_care=False),
    _Thing("adoption", "record of an adoption", once="child", believed="child"),
    _Thing(
        "adoption_plan",
        "plan for adoption",
        "adoption was decided on",
        once="child and day",
        believed="child and day",
    ),
    _Thing("review", "review", "it was held", once="child and day", believed="child and day"),
    _Thing("earlier_home", "record of an earlier permanent home", once="child"),
    _Thing(
        "social_worker",
        "social worker’s time with the child",
        "it began",
        ends=True,
        believed="child, worker and day",
        of_care=False,
    ),
    _Thing(
        "deprivation",
        "deprivation of liberty order",
        "it began",
        ends=True,
        believed="child and day",
    ),
)


def _of(a: _Thing) -> list[Repair]:
    """The contradictions that the rows of one table can hold, in the order they are looked for."""
    thing, capital = a.thing, a.thing[:1].upper() + a.thing[1:]
    found = [
        Repair(
            f"{a.name}_without_child_number",
            "left out",
            f"The {thing} has no child number, so it is nobody’s.",
        )
    ]
    if a.day:
        found += [
            Repair(
                f"{a.name}_day_not_known",
                "left out",
                f"{capital}: the day on which {a.day} is blank or could not be read, so it has "
                "no place in time.",
            ),
            Repair(
                f"{a.name}_after_the_return",
                "left out",
                f"{capital}: the day on which {a.day} is after the last day of its return.",
            ),
        ]
    if a.ends or a.name == "adoption_plan":
        found.append(
            Repair(
                f"{a.name}_ends_before_it_starts",
                "left out",
                f"The {thing} ends on an earlier day than it begins.",
            )
        )
    found.append(
        Repair(
            f"{a.name}_copied_row",
            "left out",
            f"The same {thing} stands more than once in one return, word for word; one is kept.",
        )
    )
    if a.once:
        found.append(
            Repair(
                f"{a.name}_told_twice",
                "left out",
                f"One return has two rows of a {thing} for the same {a.once} that say different "
                "things. They count as one, and what they disagree on is taken as not known.",
            )
        )
    if a.believed:
        found.append(
            Repair(
                f"{a.name}_reported_again",
                "replaced",
                f"The same {thing} ({a.believed}) is in a later return, which is believed. This "
                "is how returns work.",
            )
        )
    if a.ends:
        found += [
            Repair(
                f"{a.name}_end_not_readable",
                "end set",
                f"The day the {thing} ended could not be read; it is taken to have ended on the "
                "day it began.",
            ),
            Repair(
                f"{a.name}_open_and_not_mentioned_again",
                "end set",
                f"The {thing} was open at the end of its return’s year and no later return "
                "mentions it. It is taken to have ended on the last day of that year.",
            ),
        ]
    if a.of_care:
        found.append(
            Repair(
                f"{a.name}_of_nobody_looked_after",
                "noted",
                f"No return loaded shows the child of the {thing} to have been looked after.",
            )
        )
    return found


_OWN = {
    "missing": (
        Repair(
            "missing_kind_not_known",
            "left out",
            "The row does not say whether the child was missing (M) or away without agreement (A).",
        ),
        Repair(
            "missing_open_though_another_began",
            "end set",
            "The child went missing (or away) again in the same return’s year though not said to "
            "be back; this time is taken to have ended on the day that the next began.",
        ),
        Repair(
            "missing_overlaps",
            "left out",
            "The child was already missing (or already away) when this time began; the two count "
            "as one time.",
        ),
    ),
    "adoption": (
        Repair(
            "adoption_days_out_of_order",
            "noted",
            "The child was matched with adopters before it was decided that adoption was right; "
            "no time from one to the other is counted.",
        ),
    ),
    "social_worker": (
        Repair(
            "social_worker_not_named",
            "left out",
            "The row does not say which social worker it was, so it cannot be told from others.",
        ),
    ),
}

OUTCOME_REPAIRS: tuple[Repair, ...] = tuple(
    repair for thing in _THINGS for repair in (*_of(thing), *_OWN.get(thing.name, ()))
)
"""What is done with the rows of the tables other than episodes on the way to what is counted."""
