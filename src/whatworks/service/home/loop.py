"""The stations of the loop, and honestly how much of each is built."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Built(StrEnum):
    """How far a station has come."""

    IN_USE = "In use"
    STARTED = "Started"
    NOT_YET = "Not built yet"


@dataclass(frozen=True)
class Station:
    """One station: what it is for, how far it has come, and what it can do today."""

    name: str
    question: str
    built: Built
    today: str


LOOP: tuple[Station, ...] = (
    Station(
        "Returns",
        "What did the council record?",
        Built.STARTED,
        "Reads the looked-after children return (SSDA903), the children in need census and the "
        "workforce census, keeps every version that is sent in, and checks the first of several "
        "hundred rules.",
    ),
    Station(
        "Journeys",
        "What happened to each child, in order?",
        Built.STARTED,
        "Joins yearly returns into periods of care, placements, returns home, referrals and "
        "protection plans.",
    ),
    Station(
        "Measures",
        "Where are we now, and how sure can we be?",
        Built.STARTED,
        "Counts the first measures of children in care, of referrals and plans, and of social "
        "workers, each with an interval, beside the published figures.",
    ),
    Station(
        "Evidence",
        "What does research say helps?",
        Built.STARTED,
        "Holds a first shelf of published studies and the estimates made from returns, and rates "
        "each practice by one simple rule that shows its steps.",
    ),
    Station(
        "Trials",
        "Where research says too little, how do we find out?",
        Built.NOT_YET,
        "Will design and analyse fair tests whose outcomes come from returns that are made anyway.",
    ),
    Station(
        "Rollout",
        "How does what works get from one council to the next?",
        Built.STARTED,
        "Records what councils do now, estimates what a practice did where it was adopted, says "
        "what it would mean elsewhere, and follows each decision to its result.",
    ),
)
