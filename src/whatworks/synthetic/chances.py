"""The shares that what happens inside a period of care is drawn with: national, by year.

Where a share is published it comes from the Department for Education's statistics of children
looked after in England (Open Government Licence v3.0): legal status and need on starting and at
31 March, placements and who provides them, why placements change, stability, missing, special
guardianship, health, and what care leavers do. Shapes are set by hand below, where nothing is
published by age or by order of placement; ``fitted`` holds the factors by year, made by
``tools/calibrate_placements.py``, with which the published totals come out.
"""

from __future__ import annotations

from whatworks.synthetic.draws import Pick
from whatworks.synthetic.fitted import YEARS, by_year, factor, outcome, weighted

BANDS = ("0", "1-4", "5-9", "10-15", "16-17")
_BAND_OF = tuple(
    0 if age < 1 else 1 if age < 5 else 2 if age < 10 else 3 if age < 16 else 4
    for age in range(-3, 30)
)


def band(age: int) -> int:
    """Which of ``BANDS`` an age in years lies in."""
    return _BAND_OF[age + 3]


# --- Under which law ---

OPENING_STATUS = tuple(
    weighted(weights, "opening")
    for weights in (
        {"C1": 0.70, "V2": 0.19, "L1": 0.06, "L2": 0.045, "C2": 0.005, "L3": 0.0003},
        {"C1": 0.58, "V2": 0.22, "L1": 0.17, "L2": 0.03, "C2": 0.005, "L3": 0.0005},
        {"C1": 0.50, "V2": 0.30, "L1": 0.18, "L2": 0.015, "C2": 0.008, "L3": 0.0005},
        {"C1": 0.17, "V2": 0.67, "L1": 0.14, "L2": 0.004, "C2": 0.010, "L3": 0.0003},
        {"C1": 0.03, "V2": 0.91, "L1": 0.05, "L2": 0.001, "C2": 0.012},
    )
)
"""Legal status on starting, by age; remand is a route of its own."""

GOES_TO_COURT = {"adult": (0.95, 0.60), "sgo": (0.78, 0.78), "cao": (0.7, 0.7)}
"""Of children accommodated by agreement, for whom a care order is asked, by how care will end:
under 12 years of age, and from 12."""
TO_COURT_OTHERWISE, TO_COURT_FROM_16 = 0.2, 0.04
AGREED = factor("law", "agreement")
"""By year, how much likelier than by these shares no court is asked, in odds."""
PROCEEDINGS = factor("law", "proceedings")
"""By year, how much longer than usual an interim order lasts."""

# --- Why ---

NEED = tuple(
    weighted(weights, "need")
    for weights in (
        {"N1": 0.77, "N5": 0.10, "N4": 0.04, "N3": 0.05, "N2": 0.01, "N8": 0.02, "N7": 0.001},
        {"N1": 0.77, "N5": 0.11, "N4": 0.05, "N3": 0.035, "N2": 0.01, "N8": 0.02, "N7": 0.001},
        {"N1": 0.73, "N5": 0.13, "N4": 0.07, "N3": 0.025, "N2": 0.02, "N8": 0.02, "N7": 0.001},
        {
            "N1": 0.62,
            "N5": 0.16,
            "N4": 0.11,
            "N6": 0.022,
            "N2": 0.05,
            "N3": 0.015,
            "N8": 0.02,
            "N7": 0.001,
        },
        {
            "N1": 0.50,
            "N5": 0.17,
            "N4": 0.16,
            "N6": 0.10,
            "N2": 0.02,
            "N3": 0.01,
            "N8": 0.05,
            "N7": 0.002,
        },
    )
)
"""Category of need by age on starting."""
UASC_NEED = Pick(("N8", 0.93), ("N1", 0.05), ("N5", 0.01), ("N4", 0.01))
NEED_CHANGES = 0.3
"""Of periods of care, those after which a child who comes back may come for another need."""

# --- Where ---

FOSTER_PROVIDER = weighted({"PR1": 0.50, "PR4": 0.40, "PR5": 0.075, "PR2": 0.012}, "provider")
KIN_PROVIDER = weighted({"PR1": 0.985, "PR2": 0.012})
HOME_PROVIDER = weighted({"PR4": 0.81, "PR1": 0.13, "PR5": 0.05, "PR2": 0.01}, "provider")
SUPPORTED_PROVIDER = weighted({"PR4": 0.74, "PR5": 0.15, "PR1": 0.10}, "provider")
ADOPTIVE_PROVIDER = weighted({"PR1": 0.78, "PR2": 0.10, "PR5": 0.12})

FIRST_PLACE = tuple(
    weighted(weights, "place")
    for weights in (
        {"U6": 0.68, "U3": 0.16, "U5": 0.07, "R3": 0.06, "P1": 0.03},
        {"U6": 0.70, "U3": 0.22, "P1": 0.06, "R3": 0.02},
        {"U6": 0.68, "U3": 0.22, "P1": 0.06, "K2": 0.02},
        {
            "U6": 0.60,
            "K2": 0.18,
            "U3": 0.15,
            "P1": 0.03,
            "Z1": 0.015,
            "R2": 0.008,
            "R1": 0.006,
            "K1": 0.006,
        },
        {
            "U6": 0.38,
            "supported": 0.44,
            "K2": 0.17,
            "U3": 0.08,
            "Z1": 0.03,
            "R1": 0.01,
            "R2": 0.01,
        },
    )
)
NEXT_PLACE = tuple(
    weighted(weights, "place")
    for weights in (
        {"U6": 0.70, "U3": 0.22, "P1": 0.08},
        {"U6": 0.66, "U3": 0.19, "P1": 0.12, "U4": 0.04},
        {"U6": 0.60, "U4": 0.14, "U3": 0.10, "P1": 0.09, "K2": 0.06, "S1": 0.001},
        {
            "U6": 0.46,
            "K2": 0.29,
            "U4": 0.08,
            "U3": 0.06,
            "P1": 0.07,
            "S1": 0.003,
            "K1": 0.01,
            "Z1": 0.015,
            "R1": 0.01,
            "R2": 0.006,
        },
        {
            "supported": 0.44,
            "U6": 0.22,
            "K2": 0.20,
            "P1": 0.05,
            "Z1": 0.04,
            "R5": 0.012,
            "R1": 0.012,
            "R2": 0.006,
            "K1": 0.01,
        },
    )
)
UASC_FIRST_PLACE = Pick(("U6", 0.32), ("supported", 0.64), ("Z1", 0.04))
UASC_NEXT_PLACE = Pick(("supported", 0.83), ("U6", 0.15), ("Z1", 0.02))
NEAR_OWN, NEAR = 0.65, 0.45
"""Of foster placements of the council itself and kin, and of others, those within its boundary."""

# --- For how long ---

RESTLESSNESS = Pick((0.4, 0.55), (1.0, 0.33), (5.0, 0.08), (20.0, 0.04))
"""How much more often than usual a child is moved: a few children are moved very often."""
MOVE_DAYS = (150.0, 1100.0, 2500.0)
"""Mean days in a first, a second and a later placement, for a child of usual restlessness."""
RESTLESS_AT = (1.15, 1.0, 0.8, 1.15, 1.45)
"""How much more often than usual a child is moved, by age."""
CRISIS, CRISIS_DAYS = (0.08, 0.04, 0.02), 10.0
"""Of first, second and later placements, those that last days only, and their mean."""
MOVED = factor("moves", "all")
"""By year, how much more often than usual children are moved."""
MATCHED = factor("moves", "matched")
"""By year, how much likelier than usual a foster placement is to be recorded as lasting."""
CONFIRMED = {"U3": (1.0, 90, 50.0), "U6": (1.0, 490, 240.0)}
"""Of foster placements by kind, those recorded as lasting if they hold; days for which they have
held at the least by then, and the median of the rest."""
TEMPORARY = 0.035

MOVE_REASON = by_year(
    {
        code: [
            outcome(f"placements_changed_{code}")[year] * factor("reason", code)[i]
            for i, year in enumerate(YEARS)
        ]
        for code in (
            "CARPL",
            "OTHER",
            "CREQB",
            "CREQO",
            "CHILD",
            "LAREQ",
            "STAND",
            "CLOSE",
            "ALLEG",
            "APPRR",
        )
    }
)
"""Why a placement ended, as published; fewer for the care plan, to which other moves add."""

# --- How care ends ---

HOME_AT_18, RELATIVE_AT_18 = 0.03, 0.017
"""Of those who turn 18 in care, who go home to parents and who go to others; set by hand, and
taken account of where routes out of care are fitted (tools/calibrate.py)."""


def _at_18(weights: dict[str, float]) -> tuple[Pick[str], ...]:
    given = {code: [w * f for f in factor("at_18", code)] for code, w in weights.items()}
    whole = [
        sum(each) / (1 - HOME_AT_18 - RELATIVE_AT_18) for each in zip(*given.values(), strict=True)
    ]
    fixed = {"E4A": HOME_AT_18, "E13": RELATIVE_AT_18}
    return by_year({**given, **{code: [p * w for w in whole] for code, p in fixed.items()}})


AT_18 = _at_18({"E5": 0.46, "E17": 0.12, "E8": 0.20, "E6": 0.13, "E7": 0.06})
AT_18_FROM_FOSTER = _at_18({"E17": 0.70, "E5": 0.13, "E6": 0.05, "E8": 0.08, "E7": 0.03})
"""How care ends at 18, elsewhere and in foster care (E17: with the same carers)."""
INDEPENDENT = weighted({"E5": 0.79, "E6": 0.21}, "at_18")
KIN_GUARDIAN = outcome("guardian_E45")
"""By year, of special guardianship orders, those to relatives or friends who fostered the child."""
FOSTER_GUARDIAN = 0.26 * factor("guardian", "E46")[-1]
"""Of other such orders for children in foster care, those to the foster carers."""
OTHER_GUARDIAN = 0.90
"""Up to where, on a scale from 0, the guardian is a relative, and beyond it somebody else."""
UNOPPOSED = outcome("adoption_unopposed")

# --- Who ---

EVER_MISSING = 0.27 * factor("missing", "children")[-1]
"""Of periods of care that last to 12 years of age or longer, those with times missing."""
AWAY = 0.06 * factor("missing", "away")[-1]
"""Of times missing, those recorded as away without leave."""

ETHNIC = Pick(
    *{
        "WBRI": 0.702,
        "WOTH": 0.041,
        "WROM": 0.007,
        "WIRT": 0.004,
        "WIRI": 0.004,
        "MWBC": 0.037,
        "MWBA": 0.014,
        "MWAS": 0.016,
        "MOTH": 0.046,
        "BAFR": 0.028,
        "BCRB": 0.020,
        "BOTH": 0.014,
        "APKN": 0.013,
        "ABAN": 0.006,
        "AIND": 0.005,
        "AOTH": 0.013,
        "CHNE": 0.001,
        "OOTH": 0.006,
        "REFU": 0.004,
        "NOBT": 0.005,
    }.items()
)
UASC_ETHNIC = Pick(
    ("OOTH", 0.44), ("BAFR", 0.22), ("AOTH", 0.22), ("WOTH", 0.08), ("BOTH", 0.03), ("ABAN", 0.01)
)
MALE, UASC_MALE = 0.53, 0.95
"""Published: 56% of all children looked after in 2025; hardly an unaccompanied child is a girl."""

REVIEW_CODE = Pick(
    ("PN1", 0.52),
    ("PN2", 0.06),
    ("PN3", 0.03),
    ("PN4", 0.03),
    ("PN5", 0.13),
    ("PN6", 0.12),
    ("PN7", 0.11),
)

PREVIOUS_PERMANENCE = Pick(("Z1", 0.945), ("P2", 0.030), ("P3", 0.010), ("P1", 0.010))

SDQ_REASON = Pick(("SDQ4", 0.55), ("SDQ2", 0.17), ("SDQ3", 0.13), ("SDQ5", 0.15))

FULL_TIME = {"higher": 0.94, "studying": 0.87, "apprentice": 0.92, "working": 0.80}
HOMES = {
    17: Pick(
        ("B1", 0.24),
        ("D1", 0.34),
        ("U1", 0.17),
        ("C1", 0.06),
        ("E1", 0.06),
        ("K1", 0.04),
        ("T1", 0.04),
        ("Y1", 0.05),
    ),
    19: Pick(
        ("B1", 0.15),
        ("D1", 0.20),
        ("U1", 0.45),
        ("C1", 0.025),
        ("E1", 0.035),
        ("K1", 0.06),
        ("T1", 0.02),
        ("Y1", 0.03),
        ("G1", 0.005),
    ),
}
"""Suitable homes other than with former foster carers, at 17 and 18 and from 19."""
STAYS_PUT_AT = {18: 1.75, 19: 1.2, 20: 0.8, 21: 0.35}
"""How many times the share published for 19 and 20 years together stays with foster carers."""
FOSTERED_AT_18 = 0.60
"""Of young people who turn 18 in care and came with parents here, those fostered then."""
MISUSE_FROM_12 = 1.9 * factor("health", "misuse")[-1]
"""Substance misuse is published of children of all ages, and drawn for those from 12."""
UNSUITABLE = Pick(
    ("X2", 0.42),
    ("S2", 0.20),
    ("R2", 0.14),
    ("B2", 0.06),
    ("V2", 0.05),
    ("W2", 0.04),
    ("U2", 0.04),
    ("D2", 0.03),
    ("Y2", 0.02),
)
