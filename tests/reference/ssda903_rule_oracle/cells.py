"""Codes that are not codes, and dates that are not dates.

A blank counts only where the message says that something must be there.
"""

from __future__ import annotations

from .codes import ENDS, places, sexes
from .reading import before, each

ETHNIC = "WBRI WIRI WOTH WIRT WROM MWBC MWBA MWAS MOTH AIND APKN ABAN AOTH BCRB BAFR BOTH CHNE"
CODES: dict[str, tuple[str, str, str]] = {
    "114": ("AD1", "FOSTER_CARE", "0 1"),
    "120": ("PlacedAdoption", "REASON_PLACED_CEASED", "RD1 RD2 RD3 RD4"),
    "143": ("Episodes", "RNE", "S L P T U B"),
    "144": ("Episodes", "LS", "C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3"),
    "145": ("Episodes", "CIN", "N1 N2 N3 N4 N5 N6 N7 N8"),
    "149": ("Episodes", "REC", "X1 " + " ".join(ENDS)),
    "175": ("AD1", "NB_ADOPTR", "1 2"),
    "176": ("AD1", "SEX_ADOPTR", "MM FF MF M1 F1"),
    "177": ("AD1", "LS_ADOPTR", "L0 L11 L12 L2 L3 L4"),
    "196": ("OC2", "SDQ_REASON", "SDQ1 SDQ2 SDQ3 SDQ4 SDQ5"),
    "631": ("PrevPerm", "PREV_PERM", "P1 P2 P3 P4 Z1"),
    "1006": ("Missing", "MISSING", "M A"),
    "1009": (
        "Episodes",
        "REASON_PLACE_CHANGE",
        "CARPL CLOSE ALLEG STAND APPRR CREQB CREQO CHILD LAREQ PLACE CUSTOD OTHER",
    ),
}
for _number, (_table, _column, _codes) in CODES.items():
    each(_number, _table, lambda r, _, c=_column, k=_codes: r[c] and r[c] not in k.split())
TOUCH = {"YES", "NO", "DIED", "REFU", "NREQ", "RHOM"}
ACTIVITY = {"0", "F1", "F2", "F4", "F5", "P1", "P2", "P4", "P5", "G4", "G5", "G6"}
HOME = {"0", *(c + n for c in "BCDEGHKRSTUVWXYZ" for n in "12")} - {"S1", "X1"}
# 131 to 133: practice fails a blank, of which the messages say nothing.
each("131", "OC3", lambda r, _: r["IN_TOUCH"] not in TOUCH)
each("132", "OC3", lambda r, _: r["ACTIV"] not in ACTIVITY)
each("133", "OC3", lambda r, _: r["ACCOM"] not in HOME)
each("101", "Header", lambda r, b: r["SEX"] not in sexes(b.year))
each("103", "Header", lambda r, _: r["ETHNIC"] not in {*ETHNIC.split(), "OOTH", "REFU", "NOBT"})
each("105", "Header", lambda r, _: r["UASC"] not in {"0", "1"})
each("146", "Episodes", lambda r, b: r["PLACE"] and r["PLACE"] not in places(b.year))
each("180", "OC2", lambda r, _: r["SDQ_SCORE"] and r.whole("SDQ_SCORE") not in range(41))
each("232", "Header", lambda r, _: r["SEX"] in {"U", "u"}, range(2025, 2100))

# Dates that are not dates.

DATES = {
    "112": ("AD1", "DATE_INT"),
    "113": ("AD1", "DATE_MATCH"),
    "115": ("PlacedAdoption", "DATE_PLACED"),
    "116": ("PlacedAdoption", "DATE_PLACED_CEASED"),
    "141": ("Episodes", "DECOM"),
    "147": ("Episodes", "DEC"),
    "171": ("Header", "MC_DOB"),
    "1005": ("Missing", "MIS_END"),
}
for _number, (_table, _column) in DATES.items():
    each(_number, _table, lambda r, _, c=_column: r.unreadable(c))
each("102", "Header", lambda r, _: not r.day("DOB"))
each("104", "UASC", lambda r, b: r.unreadable("DUC") or before(r.day("DUC"), b.first))
each("166", "Reviews", lambda r, _: not r.day("REVIEW"))
each("1004", "Missing", lambda r, _: not r.day("MIS_START"))
each("WW01", "Episodes", lambda r, _: not r["DECOM"])
