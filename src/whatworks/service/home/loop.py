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
        "Reads the looked-after children return (SSDA903) and the children in need census, keeps "
        "every version that is sent in, and checks the first of several hundred rules.",
    ),
    Station(
        "Journeys",
        "What happened to each child, in order?",
        Built.STARTED,
        "Joins yearly returns into periods of care, placements and returns home.",
    ),
    Station(
        "Measures",
        "Where are we now, and how sure can we be?",
        Built.STARTED,
        "Counts seven measures of looked-after children, each with an interval, beside the "
        "published figures.",
    ),
    Station(
        "Evidence",
        "What does research say helps?",
        Built.NOT_YET,
        "Will collect, appraise and pool studies, and rate how far each finding can be relied on.",
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
        Built.NOT_YET,
        "Will plan each step, and learn from every wave as from an experiment.",
    ),
)
