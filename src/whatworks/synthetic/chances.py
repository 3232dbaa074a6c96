"""The rates that invented lives are drawn with: national, the same for every council.

Where a share is published it comes from the Department for Education's statistics of children
looked after in England, 2025 (Open Government Licence v3.0): age, legal status and need on
starting, reasons for ceasing, placements, stability, missing, education and accommodation of
care leavers. Re-entry follows Goldacre and others 2022 (doi 10.1093/bjsw/bcac079): one in five
within a year of going home, over a third within six years. How long care lasts by route, how
statuses follow one another, and everything else not published, is set by hand so that the
published totals come out about right. None of it is calibrated council by council.
"""

from __future__ import annotations

from whatworks.synthetic.draws import Pick

AGE_BANDS = ("0", "1-4", "5-9", "10-15", "16-17")

AGE_AT_ENTRY = Pick(
    ("birth", 0.11),
    ("0", 0.093),
    ("1-4", 0.175),
    ("5-9", 0.195),
    ("10-15", 0.289),
    ("16-17", 0.138),
)
UASC_AGE_AT_ENTRY = Pick((13, 0.03), (14, 0.06), (15, 0.15), (16, 0.36), (17, 0.40))

ROUTES = {
    "0": Pick(
        ("adoption", 0.40),
        ("sgo", 0.24),
        ("home", 0.18),
        ("adult", 0.06),
        ("cao", 0.04),
        ("relative", 0.04),
        ("other", 0.029),
        ("transfer", 0.008),
        ("died", 0.003),
    ),
    "1-4": Pick(
        ("sgo", 0.26),
        ("home", 0.26),
        ("adoption", 0.17),
        ("adult", 0.13),
        ("cao", 0.06),
        ("relative", 0.06),
        ("other", 0.049),
        ("transfer", 0.01),
        ("died", 0.001),
    ),
    "5-9": Pick(
        ("adult", 0.37),
        ("home", 0.28),
        ("sgo", 0.16),
        ("relative", 0.06),
        ("cao", 0.05),
        ("other", 0.059),
        ("adoption", 0.01),
        ("transfer", 0.01),
        ("died", 0.001),
    ),
    "10-15": Pick(
        ("adult", 0.39),
        ("home", 0.32),
        ("other", 0.08),
        ("relative", 0.08),
        ("sgo", 0.06),
        ("cao", 0.03),
        ("transfer", 0.012),
        ("remand", 0.012),
        ("custody", 0.010),
        ("abroad", 0.004),
        ("died", 0.002),
    ),
    "16-17": Pick(
        ("adult", 0.58),
        ("home", 0.15),
        ("other", 0.11),
        ("relative", 0.08),
        ("remand", 0.04),
        ("custody", 0.02),
        ("transfer", 0.013),
        ("abroad", 0.004),
        ("died", 0.003),
    ),
}
"""How care will end, by age on starting, if nothing overtakes it."""

UASC_ROUTES = Pick(
    ("adult", 0.66), ("transfer", 0.16), ("age_assessed", 0.05), ("other", 0.12), ("abroad", 0.01)
)

SOON_OVER, SOON_OVER_DAYS = 0.30, 24.0
"""Of care that ends at home or with relatives, what lasts weeks, and mean days of that."""
TO_ORDER = {"sgo": (120, 380.0, 0.6), "cao": (90, 300.0, 0.6)}
"""Least days, median of the rest and spread, for care that ends with an order."""
TO_OTHER_END = {"remand": (4, 48.0), "transfer": (5, 300.0)}
"""Least days and mean of the rest."""

REENTRY_A = {
    "home_planned": 0.205,
    "home_unplanned": 0.345,
    "relative": 0.13,
    "cao": 0.06,
    "other": 0.12,
    "custody": 0.25,
}
"""Cumulative hazard of re-entry at one year, by how care ended; 0 where it is not listed."""
REENTRY_SHAPE = 0.37
"""Of the Weibull wait for re-entry: most come soon. exp(-0.223 * 6 ** 0.37) = 0.65 at six years."""
SGO_BREAKDOWN_A_YEAR = 0.012

UNPLANNED = 0.17
"""Of returns home, not part of the care plan (E4B)."""

LEAVES_EARLY = 0.10
"""Of those who would stay to 18, who move on to live independently at 16 or 17."""

OPENING_STATUS = {
    "0": Pick(("C1", 0.66), ("V2", 0.20), ("L1", 0.06), ("L2", 0.06), ("C2", 0.02)),
    "1-4": Pick(("C1", 0.58), ("V2", 0.22), ("L1", 0.16), ("L2", 0.03), ("C2", 0.01)),
    "5-9": Pick(("C1", 0.50), ("V2", 0.30), ("L1", 0.17), ("L2", 0.02), ("C2", 0.01)),
    "10-15": Pick(("V2", 0.70), ("C1", 0.16), ("L1", 0.13), ("C2", 0.01)),
    "16-17": Pick(("V2", 0.92), ("L1", 0.05), ("C1", 0.02), ("C2", 0.01)),
}
"""Legal status on starting, by age; remand is a route of its own."""

NEED = Pick(
    ("N1", 0.70),
    ("N5", 0.125),
    ("N4", 0.08),
    ("N3", 0.03),
    ("N8", 0.025),
    ("N2", 0.02),
    ("N6", 0.018),
    ("N7", 0.002),
)

FOSTER_PROVIDER = Pick(("PR1", 0.56), ("PR4", 0.37), ("PR5", 0.07))
HOME_PROVIDER = Pick(("PR4", 0.80), ("PR1", 0.14), ("PR5", 0.06))
SUPPORTED_PROVIDER = Pick(("PR4", 0.75), ("PR5", 0.15), ("PR1", 0.10))

FIRST_PLACE = {
    "0": Pick(("U6", 0.70), ("U3", 0.14), ("U5", 0.07), ("R3", 0.06), ("P1", 0.03)),
    "1-4": Pick(("U6", 0.72), ("U3", 0.22), ("P1", 0.06)),
    "5-9": Pick(("U6", 0.70), ("U3", 0.22), ("P1", 0.06), ("K2", 0.02)),
    "10-15": Pick(
        ("U6", 0.66), ("K2", 0.16), ("U3", 0.13), ("P1", 0.03), ("Z1", 0.01), ("R2", 0.01)
    ),
    "16-17": Pick(("U6", 0.42), ("supported", 0.34), ("K2", 0.16), ("U3", 0.06), ("Z1", 0.02)),
}
NEXT_PLACE = {
    "0": Pick(("U6", 0.70), ("U3", 0.24), ("P1", 0.06)),
    "1-4": Pick(("U6", 0.66), ("U3", 0.20), ("P1", 0.10), ("U4", 0.04)),
    "5-9": Pick(("U6", 0.64), ("U4", 0.14), ("U3", 0.10), ("P1", 0.07), ("K2", 0.05)),
    "10-15": Pick(
        ("U6", 0.50),
        ("K2", 0.28),
        ("U4", 0.08),
        ("U3", 0.05),
        ("P1", 0.06),
        ("S1", 0.01),
        ("K1", 0.01),
        ("Z1", 0.01),
    ),
    "16-17": Pick(
        ("supported", 0.46), ("U6", 0.24), ("K2", 0.20), ("P1", 0.05), ("Z1", 0.03), ("R5", 0.02)
    ),
}
UASC_FIRST_PLACE = Pick(("U6", 0.55), ("supported", 0.42), ("Z1", 0.03))
UASC_NEXT_PLACE = Pick(("supported", 0.62), ("U6", 0.36), ("Z1", 0.02))

RESTLESSNESS = Pick((0.30, 0.50), (1.0, 0.34), (3.4, 0.16))
"""How much more often than usual a child is moved: a few children are moved very often."""
MOVE_DAYS = (330.0, 700.0, 1500.0)
"""Mean days in a first, a second and a later placement, for a child of usual restlessness."""
LONG_TERM_MATCH = 0.55
TEMPORARY = 0.035

MOVE_REASON = Pick(
    ("CARPL", 0.44),
    ("OTHER", 0.27),
    ("CREQB", 0.105),
    ("CREQO", 0.09),
    ("CHILD", 0.04),
    ("LAREQ", 0.022),
    ("STAND", 0.013),
    ("CLOSE", 0.008),
    ("ALLEG", 0.008),
    ("APPRR", 0.004),
)

AT_18 = Pick(("E5", 0.46), ("E8", 0.20), ("E6", 0.13), ("E4A", 0.13), ("E7", 0.05), ("E13", 0.03))
AT_18_FROM_FOSTER = Pick(
    ("E17", 0.66), ("E5", 0.13), ("E4A", 0.07), ("E6", 0.05), ("E8", 0.06), ("E7", 0.03)
)

ETHNIC = Pick(
    ("WBRI", 0.690),
    ("WOTH", 0.038),
    ("WROM", 0.007),
    ("WIRT", 0.004),
    ("WIRI", 0.004),
    ("MWBC", 0.036),
    ("MWBA", 0.014),
    ("MWAS", 0.016),
    ("MOTH", 0.045),
    ("BAFR", 0.033),
    ("BCRB", 0.023),
    ("BOTH", 0.018),
    ("APKN", 0.014),
    ("ABAN", 0.006),
    ("AIND", 0.005),
    ("AOTH", 0.016),
    ("CHNE", 0.001),
    ("OOTH", 0.021),
    ("REFU", 0.003),
    ("NOBT", 0.006),
)
UASC_ETHNIC = Pick(
    ("OOTH", 0.44), ("BAFR", 0.26), ("AOTH", 0.17), ("WOTH", 0.08), ("BOTH", 0.04), ("ABAN", 0.01)
)

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

SW_REASON = Pick(
    ("MANAGE", 0.30),
    ("LEFTRL", 0.27),
    ("TSPROC", 0.20),
    ("ORGRST", 0.06),
    ("ABSENC", 0.07),
    ("OTHERS", 0.08),
    ("CHCHAN", 0.01),
    ("PCCHAN", 0.01),
)
SW_DAYS = 230.0
"""Mean days with one social worker: 27% of children had three or more in the year to 2024."""

IN_TOUCH = Pick(("YES", 0.92), ("NO", 0.035), ("REFU", 0.018), ("NREQ", 0.017), ("RHOM", 0.01))
ACTIVITY = Pick(
    ("F1", 0.055),
    ("P1", 0.004),
    ("F2", 0.20),
    ("P2", 0.035),
    ("F4", 0.018),
    ("P4", 0.002),
    ("F5", 0.185),
    ("P5", 0.045),
    ("G4", 0.145),
    ("G5", 0.21),
    ("G6", 0.06),
)
ACCOMMODATION = Pick(
    ("U1", 0.36),
    ("D1", 0.19),
    ("B1", 0.14),
    ("Z1", 0.09),
    ("K1", 0.05),
    ("E1", 0.03),
    ("T1", 0.02),
    ("C1", 0.025),
    ("Y1", 0.02),
    ("X2", 0.025),
    ("S2", 0.015),
    ("R2", 0.02),
    ("B2", 0.01),
    ("V2", 0.005),
    ("U2", 0.005),
    ("D2", 0.005),
)
