"""The rates that spells of need are drawn with: national, the same for every council.

Published shares are the Department for Education's statistics of children in need in England,
2025 (Open Government Licence v3.0): referrals and what became of them, sources, factors found,
enquiries, conferences, plans. How long things take, where not published, is set by hand.
"""

from __future__ import annotations

from whatworks.synthetic.draws import Pick

REFERRALS_A_CHILD_YEAR = 0.052
"""Referrals for each child who lives in the area and year."""
FIRST_SHARE = 0.62
"""Of referrals, those that are a child's first here."""

NO_FURTHER_ACTION = 0.065
NOT_IN_NEED = 0.33
"""Of those assessed, closed after the assessment."""
ENQUIRY = 0.56
"""Of those found to be in need, with an enquiry into harm (section 47)."""
CONFERENCE = 0.32
"""Of enquiries, those that led to an initial conference."""
PLAN = 0.87
"""Of conferences, those that led to a child protection plan."""
EARLIER_PLAN = 0.13
"""Of first plans seen here, those with one before, elsewhere or earlier."""

AGAIN = 0.55
AGAIN_SCALE, AGAIN_SHAPE = 900.0, 0.75
"""Of closed cases, referred again some day; wait in days (22% of referrals within a year)."""

SOURCE = Pick(
    ("6", 0.283),
    ("2A", 0.195),
    ("3A", 0.018),
    ("3B", 0.020),
    ("3C", 0.008),
    ("3D", 0.030),
    ("3E", 0.038),
    ("3F", 0.038),
    ("1A", 0.075),
    ("1B", 0.012),
    ("1C", 0.008),
    ("1D", 0.008),
    ("2B", 0.011),
    ("4", 0.014),
    ("5A", 0.052),
    ("5B", 0.046),
    ("5C", 0.030),
    ("7", 0.030),
    ("8", 0.052),
    ("9", 0.018),
    ("10", 0.014),
)
EARLY_HELP_SOURCE, EARLY_HELP_SHARE = "5D", 0.03

NEED = Pick(
    ("N1", 0.57),
    ("N5", 0.145),
    ("N4", 0.085),
    ("N2", 0.07),
    ("N3", 0.03),
    ("N6", 0.03),
    ("N8", 0.02),
    ("N7", 0.005),
    ("N9", 0.015),
    ("N0", 0.01),
)

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
NOTHING_FOUND = "21"
HARM_SPLIT_FROM, EXPLOITATION_FROM = 2021, 2022
"""Collection years from which 18A and 19A are split in two, and 24A exists."""

ABUSE = Pick(("NEG", 0.50), ("EMO", 0.36), ("PHY", 0.07), ("SAB", 0.035), ("MUL", 0.035))

EARLY_HELP_CLOSURE_FROM = 2023
CIN_PLANS_FROM = 2022
