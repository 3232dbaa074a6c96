"""Rates and shares behind the invented workforce that no council's published figures give.

Shares of gender, age and ethnicity are rounded from England's children's social work workforce
(Department for Education, 2024; Open Government Licence). Origins, destinations, reasons, length
of leave and of agency contracts are assumptions of ours, chosen to be plausible.
"""

from __future__ import annotations

from whatworks.synthetic.draws import Pick

WORKFORCE = 40
"""Purpose of a council's streams of chance for its workforce (see ``world``)."""

DAYS_OFF = 112
"""Days of a year that the published absence rate does not take for working days.

It leaves 253 (254 in a year with 29 February): published days lost over posts and rate give 250
to 256 in every large council and year.
"""

FULL_TIME = Pick(
    (1.0, 0.78), (0.9, 0.03), (0.8, 0.08), (0.69, 0.03), (0.6, 0.05), (0.5, 0.03)
)  # England 2017 to 2025: 0.938 full-time equivalents a head
AGENCY_FULL_TIME = Pick((1.0, 0.90), (0.8, 0.05), (0.6, 0.05))  # 0.965 a head

FEMALE = 0.876
ETHNIC = Pick(
    ("WBRI", 0.685),
    ("WOTH", 0.045),
    ("WIRI", 0.015),
    ("BAFR", 0.085),
    ("BCRB", 0.045),
    ("BOTH", 0.012),
    ("APKN", 0.022),
    ("AIND", 0.022),
    ("ABAN", 0.011),
    ("AOTH", 0.010),
    ("CHNE", 0.002),
    ("MWBC", 0.016),
    ("MWBA", 0.006),
    ("MWAS", 0.005),
    ("MOTH", 0.009),
    ("OOTH", 0.008),
    ("REFU", 0.001),
    ("NOBT", 0.001),
)

NEWLY_QUALIFIED, INSIDE = "1", "6"
START_ORIGIN = Pick(
    (NEWLY_QUALIFIED, 0.42),
    ("2", 0.27),
    ("3", 0.05),
    ("4", 0.10),
    ("5", 0.04),
    (INSIDE, 0.05),
    ("7", 0.03),
    ("8", 0.02),
    ("9", 0.02),
)
DESTINATION = Pick(
    ("1", 0.34),
    ("2", 0.02),
    ("3", 0.13),
    ("4", 0.05),
    ("5", 0.10),
    ("6", 0.14),
    ("7", 0.09),
    ("8", 0.13),
)
RETIRED, DIED = "5", "6"
REASON = Pick(
    ("1", 0.79), ("7", 0.09), ("8", 0.07), ("4", 0.02), ("2", 0.012), ("3", 0.004), (DIED, 0.004)
)
RETIRES_AT, RETIRES = 60, 0.6
"""From this age a leaver retires with this chance."""

POSTGRADUATE, OTHER_QUALIFICATION = 0.46, 0.03
STEP_UP, FRONTLINE = 0.06, 0.05

AGENCY_ROLE = Pick(("5", 0.87), ("4", 0.07), ("3", 0.04), ("6", 0.02))
AGENCY_STAYS = 0.40
"""Chance that an agency worker in post is still there a year later."""
AGENCY_BETWEEN = 0.35
"""Agency workers who come and go between two censuses, for each one in post."""
AGENCY_DAYS = 120.0

MANAGERS = (("1", 0.08), ("2", 0.32), ("3", 0.60))
"""How those divide who are neither case holders, senior practitioners nor without cases."""
LEAST_MANAGERS = 0.02

MATERNITY, MATERNITY_AGES = 0.055, (23, 43)
"""Yearly chance of a woman of these ages to begin maternity leave."""
LONG_SICK, LONG_SICK_LEAST, LONG_SICK_MEAN = 0.075, 30, 55
"""Yearly chance of a long sickness; its days are the least and an exponential wait."""
LONG_SICK_MOST = 0.7
"""The largest share of all days lost that long sickness may make up."""
OTHER_LEAVE, OTHER_LEAVE_DAYS = 0.008, (30, 120)
NEVER_ILL = 0.33
