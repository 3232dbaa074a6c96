"""The rates that spells of need are drawn with.

Shares of England are the Department for Education's statistics of children in need, 2025 (Open
Government Licence v3.0): sources, needs, factors found, conferences, plans. How long need and
plans last is fitted to the published durations. What differs by council and year was solved from
published figures of councils by ``tools/calibrate_need.py`` and is in data/need_rates.csv.gz.
"""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Choices = tuple[tuple[str, float], ...]

FIRST_YEAR, LAST_YEAR = 2016, 2025
"""Collection years of which figures of councils are published; others are as the nearest."""
RATES_FILE = "need_rates.csv.gz"
ENGLAND = "England"
"""In place of a council's code: what a council gets of which nothing is published."""


@dataclass(frozen=True)
class NeedRates:
    """One council's rates, an entry for each collection year from 2016 to 2025."""

    first: Floats
    """First referrals in the year of children never looked after, for each child living there."""
    nfa: Floats
    """Of referrals, the share after which nothing further is done."""
    not_in_need: Floats
    """Of those assessed, the share found not to be in need."""
    enquiry: Floats
    """Of those in need, the share with an enquiry into harm (section 47) soon after referral."""
    conference: Floats
    """Of enquiries, the share that leads to an initial conference."""
    plan: Floats
    """Of conferences, the share that leads to a child protection plan."""
    closing: Floats
    """Speed at which need ends; 1 is usual."""
    ending: Floats
    """Speed at which protection plans end; 1 is usual."""
    again: Floats
    """Multiplier of the hazard of a next referral."""
    earlier: Floats
    """Of first plans seen here, the share of children who had one before, elsewhere or earlier."""
    assessed: Floats
    """Of assessments, the share finished within 45 working days."""
    held: Floats
    """Of initial conferences, the share held within 15 working days."""
    police: Floats
    """Of referrals, the share made by the police."""
    schools: Floats
    """Of referrals, the share made by schools."""
    health: Floats
    """Of referrals, the share made by health services."""

    @staticmethod
    def row(year: int) -> int:
        """The entry of a collection year."""
        return min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR


RATES = tuple(one.name for one in fields(NeedRates))
_USUAL = dict.fromkeys(RATES, 1.0) | {
    "first": 0.031,
    "nfa": 0.065,
    "not_in_need": 0.35,
    "enquiry": 0.56,
    "conference": 0.32,
    "plan": 0.87,
    "earlier": 0.15,
    "assessed": 0.857,
    "held": 0.814,
    "police": 0.283,
    "schools": 0.206,
    "health": 0.152,
}


@cache
def _all_rates() -> dict[str, NeedRates]:
    path = resources.files("whatworks.synthetic") / "data" / RATES_FILE
    if not path.is_file():
        return {}
    years: dict[str, list[dict[str, str]]] = {}
    with gzip.open(io.BytesIO(path.read_bytes()), "rt", newline="") as text:
        for line in csv.DictReader(text):
            years.setdefault(line["council"], []).append(line)
    return {
        code: NeedRates(*(np.array([float(line[name]) for line in lines]) for name in RATES))
        for code, lines in years.items()
    }


def rates_of(code: str) -> NeedRates:
    """The rates of a council; England's where none were solved for it."""
    held = _all_rates()
    return held.get(code) or held.get(ENGLAND) or usual_rates()


def usual_rates() -> NeedRates:
    """What solving begins with."""
    n = LAST_YEAR - FIRST_YEAR + 1
    return NeedRates(*(np.full(n, _USUAL[name]) for name in RATES))


# --- how long things last: national -----------------------------------------------------------

BRIEF, MONTHS, YEARS = 0, 1, 2
LASTS = (0.63, 0.265, 0.105)
"""Of children in need, how many need help for weeks, for months, and for years."""
BRIEF_DAYS, MONTHS_DAYS, YEARS_DAYS = (0.0, 12.0), (15.0, 150.0), (250.0, 3200.0)
"""Least days from assessment to closure, and mean of the rest."""
PLAN_DAYS, PLAN_SPREAD, SHORTEST_PLAN = 245.0, 0.64, 25
"""Median and spread of a plan's length: fitted to plans at 31 March 2025 by length."""
AFTER_PLAN = (5.0, 70.0)
"""Least days from a plan's end to closure, and mean of the rest."""

AGAIN_FROM = (3, 120, 540)
AGAIN_A_DAY = (0.00128, 0.00062, 0.00030)
"""Hazard of a next referral from each of these days after closure on, before multipliers."""
AGAIN_AFTER_NFA, AGAIN_AFTER_NOT_IN_NEED, AGAIN_AFTER_NEED = 1.35, 1.15, 0.9
AGAIN_IF_TURNED_AWAY = 1.8
"""Of a child in need whom only a raised threshold turned away."""
AGAIN_IF_SUPPORTED, AGAIN_IF_UNSUPPORTED = 0.7, 1.7
"""After care that ended at home."""
WORSE_IF_TURNED_AWAY, WORSE_AFTER_PLAN = 0.62, 0.75
"""A next referral's place among all, from 0 (nothing in it) to 1 (gravest): what is left of the
distance to 1."""

LATEST = 60
"""Days before turning 18 from which nobody is referred any more."""

# --- families -----------------------------------------------------------------------------------

ANOTHER_CHILD = 0.44
"""Of children referred, those referred together with one before them in the family."""
MOST_CHILDREN = 6
LIKE_THE_FAMILY = (0.86, 0.92)
"""How many siblings go the family's way, at a first referral and at each later one."""
UNBORN = 0.04
OLDEST = 17.2

# --- what is found --------------------------------------------------------------------------------

POLICE, SCHOOLS = "6", "2A"
HEALTH_SOURCES = (
    ("3A", 0.118),
    ("3B", 0.132),
    ("3C", 0.053),
    ("3D", 0.197),
    ("3E", 0.25),
    ("3F", 0.25),
)
OTHER_SOURCES = (
    ("1A", 0.205),
    ("1B", 0.033),
    ("1C", 0.022),
    ("1D", 0.022),
    ("2B", 0.030),
    ("4", 0.038),
    ("5A", 0.140),
    ("5B", 0.124),
    ("5C", 0.082),
    ("7", 0.082),
    ("8", 0.140),
    ("9", 0.049),
    ("10", 0.033),
    ("5D", 0.080),
)
"""Who refers, within health services and all others beside police and schools."""
EARLY_HELP_SOURCE, EARLY_HELP_SOURCE_FROM = "5D", 2023

NEED: Choices = (
    ("N1", 0.57),
    ("N5", 0.155),
    ("N4", 0.105),
    ("N2", 0.045),
    ("N3", 0.03),
    ("N6", 0.035),
    ("N8", 0.02),
    ("N7", 0.005),
    ("N9", 0.020),
    ("N0", 0.015),
)
NEED_OF_YEARS: Choices = (
    ("N1", 0.40),
    ("N5", 0.12),
    ("N4", 0.06),
    ("N2", 0.34),
    ("N3", 0.03),
    ("N6", 0.015),
    ("N8", 0.015),
    ("N9", 0.01),
    ("N0", 0.01),
)
NEED_IN_HARM: Choices = (("N1", 0.79), ("N5", 0.12), ("N4", 0.05), ("N3", 0.02), ("N6", 0.02))
"""The need of most children, of those in need for years, and of those with an enquiry."""

FACTORS = (
    ("4B", 0.335),
    ("3B", 0.317),
    ("17A", 0.190),
    ("16A", 0.176),
    ("4A", 0.176),
    ("1B", 0.143),
    ("2B", 0.141),
    ("18A", 0.130),
    ("3A", 0.110),
    ("5A", 0.110),
    ("6A", 0.080),
    ("19A", 0.055),
    ("14A", 0.075),
    ("15A", 0.060),
    ("6B", 0.075),
    ("5B", 0.045),
    ("2A", 0.040),
    ("10A", 0.033),
    ("24A", 0.032),
    ("7A", 0.045),
    ("11A", 0.024),
    ("13A", 0.017),
    ("12A", 0.007),
    ("1A", 0.020),
    ("3C", 0.025),
    ("4C", 0.045),
    ("20", 0.080),
)
"""Each factor and how often an assessment finds it; found apart from one another."""
NOTHING_FOUND, OTHER_FACTOR = "21", "20"
HARM_SPLIT_FROM, EXPLOITATION_FROM = 2021, 2022
"""Collection years from which 18A and 19A are split in two, and 24A exists."""

ABUSE: Choices = (("NEG", 0.50), ("EMO", 0.36), ("PHY", 0.07), ("SAB", 0.035), ("MUL", 0.035))
ANOTHER_ABUSE = 0.12
"""Of plans, those whose kind of abuse is judged anew."""

EARLY_HELP_CLOSURE_FROM = 2023
EARLY_HELP_CLOSURE = 0.35
"""Of those found not to be in need, helped by early help."""
CIN_PLANS_FROM = 2022
CIN_PLAN = 0.75
"""Of spells of need, those with a child-in-need plan."""
MOVES_AWAY = 0.05
"""Of spells of need, those that end because another council takes over."""
