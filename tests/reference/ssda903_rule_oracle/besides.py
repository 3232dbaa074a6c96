"""The tables beside episodes: adoption, health, reviews and missing."""

from __future__ import annotations

from .reading import aged, before, each, upto

PLAN = "PlacedAdoption"
GAVE_UP = ("DATE_PLACED_CEASED", "REASON_PLACED_CEASED")
ONE, TWO = {"M1", "F1"}, {"MM", "FF", "MF"}
each(
    "119",
    PLAN,
    lambda r, _: not r.unreadable(GAVE_UP[0]) and (not r[GAVE_UP[0]]) != (not r[GAVE_UP[1]]),
)
each("522", PLAN, lambda r, _: before(r.day("DATE_PLACED_CEASED"), r.day("DATE_PLACED")))
each(
    "563",
    PLAN,
    lambda r, _: r.day("DATE_PLACED_CEASED") and r[GAVE_UP[1]] and not r["DATE_PLACED"],
)
each(
    "333",
    "AD1",
    lambda r, _: (
        r.day("DATE_MATCH")
        and (not r["DATE_INT"] or before(r.day("DATE_MATCH"), r.day("DATE_INT")))
    ),
)
each("511", "AD1", lambda r, _: r["NB_ADOPTR"] == "2" and r["SEX_ADOPTR"] in ONE)
COUPLES = {
    "514": ("L0", ONE),
    "517": ("L3", {"MF"}),
    "518": ("L4", {"MM", "FF"}),
    "519": ("L2", TWO),
    "520": ("L11", {"MF"}),
    "524": ("L12", {"MM", "FF"}),
}
for _number, (_status, _sexes) in COUPLES.items():
    each(
        _number,
        "AD1",
        lambda r, _, s=_status, x=_sexes: r["LS_ADOPTR"] == s and r["SEX_ADOPTR"] not in x,
    )

# Health, reviews, missing.

HELP = ("INTERVENTION_RECEIVED", "INTERVENTION_OFFERED")
each("158", "OC2", lambda r, _: r[HELP[0]] == "1" and r[HELP[1]])
each(
    "159", "OC2", lambda r, _: r["SUBSTANCE_MISUSE"] == "1" and r[HELP[0]] == "0" and not r[HELP[1]]
)
each("192", "OC2", lambda r, _: r["SUBSTANCE_MISUSE"] == "1" and not r[HELP[0]])
each(
    "193",
    "OC2",
    lambda r, _: r["SUBSTANCE_MISUSE"] in {"0", None} and (r[HELP[0]] or r[HELP[1]]),
)
each("197a", "OC2", lambda r, _: r.whole("SDQ_SCORE") is not None and r["SDQ_REASON"])

PARTS = {f"PN{n}" for n in range(8)}
each(
    "167",
    "Reviews",
    lambda r, _: r["REVIEW_CODE"] not in (PARTS if r["REVIEW"] else {None}),
)
# Practice: a review on the fourth birthday passes 440.
each(
    "440", "Reviews", lambda r, _: r["REVIEW_CODE"] == "PN0" and before(aged(r, 4), r.day("REVIEW"))
)
each(
    "441",
    "Reviews",
    lambda r, _: r["REVIEW_CODE"] in PARTS - {"PN0"} and before(r.day("REVIEW"), aged(r, 4)),
)
each("564", "Missing", lambda r, _: r["MISSING"] in {"M", "A"} and not r["MIS_START"])
each("565", "Missing", lambda r, _: r.day("MIS_START") and not r["MISSING"])
each("566", "Missing", lambda r, _: r.day("MIS_END") and not r["MISSING"])
each("567", "Missing", lambda r, _: before(r.day("MIS_END"), r.day("MIS_START")))
each("570", "Missing", lambda r, b: before(b.last, r.day("MIS_START")))
each(
    "571",
    "Missing",
    lambda r, b: before(r.day("MIS_END"), b.first) or before(b.last, r.day("MIS_END")),
)
# Practice: the day of birth itself fails.
each("586", "Missing", lambda r, _: upto(r.day("MIS_START"), r.day("DOB")))
