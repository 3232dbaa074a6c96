"""Cumulative incidence against numbers that R gave.

R 4.2.2 with survival 3.5-3 and cmprsk 2.2-11, packages of Debian 12. Recipe, with ``t``, ``e`` and
``en`` the lists below (Surv(en, t, ...) for late entry):

    summary(survfit(Surv(t, e > 0) ~ 1, conf.type = "log-log"))      # all causes: Kaplan-Meier
    summary(survfit(Surv(t, factor(e)) ~ 1))                         # pstate and std.err of a cause
    timepoints(cuminc(t, e), sort(unique(t[e > 0])))$est
    summary(survfit(Surv(en, t, factor(e)) ~ 1, id = 1:20))          # pstate, late entry

The standard error that survfit gives for a cause (infinitesimal jackknife) is the Greenwood-type
one where all are watched from the beginning. cmprsk's variance is Aalen's, which is a little
larger and not compared.
"""

from __future__ import annotations

import numpy as np

from whatworks.inference.incidence import cumulative_incidence

TIMES = [1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 7, 8, 8, 9, 10, 10, 11, 12, 13, 14]
EVENTS = [1, 0, 2, 1, 1, 2, 0, 1, 2, 0, 1, 0, 2, 1, 1, 2, 0, 1, 0, 2]
ENTRY = [x - 0.5 for x in [0, 0, 0, 1, 0, 2, 1, 0, 3, 2, 0, 4, 5, 0, 6, 2, 3, 4, 1, 0]]

# time, cause 1: pstate and std.err; cause 2: pstate
CAUSES = [
    (1, 0.050000000000, 0.0487339717240, 0.0000000000000),
    (2, 0.050000000000, 0.0487339717240, 0.0527777777778),
    (3, 0.155555555556, 0.0826349335084, 0.1055555555556),
    (5, 0.212393162393, 0.0946102457221, 0.1623931623932),
    (7, 0.274914529915, 0.1056872523546, 0.1623931623932),
    (8, 0.274914529915, 0.1056872523546, 0.2249145299145),
    (9, 0.346367521368, 0.1166456652809, 0.2249145299145),
    (10, 0.417820512821, 0.1231703874651, 0.2963675213675),
    (12, 0.513091168091, 0.1319623195442, 0.2963675213675),
    (14, 0.513091168091, 0.1319623195442, 0.4869088319088),
]
# time, 1 - surv, std.err, 1 - upper, 1 - lower, n.risk; R gives no limits where surv is 0
KAPLAN_MEIER = [
    (1, 0.050000000000, 0.0487339717240, 0.0071977714066, 0.305256806743, 20),
    (2, 0.102777777778, 0.0689143347071, 0.0267010253459, 0.352470880505, 18),
    (3, 0.261111111111, 0.1005122340348, 0.1178409651236, 0.518252012826, 17),
    (5, 0.374786324786, 0.1126957124102, 0.1985732908935, 0.630822763324, 13),
    (7, 0.437307692308, 0.1174959206507, 0.2458905513606, 0.690134013389, 10),
    (8, 0.499829059829, 0.1199269833524, 0.2964221481478, 0.744675255568, 9),
    (9, 0.571282051282, 0.1222411123245, 0.3545607949506, 0.805710792454, 7),
    (10, 0.714188034188, 0.1159683472238, 0.4850672016967, 0.905889702863, 6),
    (12, 0.809458689459, 0.1096730579523, 0.5680843736783, 0.962144479760, 3),
]
LATE_KAPLAN_MEIER = [
    (1, 0.0909090909091, 0.0866784172041, 0.0133261773322, 0.491919794230, 11),
    (2, 0.1666666666667, 0.1075828707280, 0.0444906342719, 0.518285057805, 12),
    (3, 0.3589743589744, 0.1277935536977, 0.1686401986812, 0.657222426542, 13),
    (5, 0.4658119658120, 0.1268741636742, 0.2580166029941, 0.732159066902, 12),
    (7, 0.5192307692308, 0.1249272786998, 0.3060512485275, 0.769625813292, 10),
    (8, 0.5726495726496, 0.1219336863834, 0.3562024021679, 0.806261347396, 9),
    (9, 0.6336996336996, 0.1188190424492, 0.4133096327613, 0.849144462318, 7),
    (10, 0.7557997557998, 0.1060383467560, 0.5373769598171, 0.924094943730, 6),
    (12, 0.8371998371998, 0.0970294133198, 0.6147223982172, 0.968403359033, 3),
]
LATE_CAUSE_1 = [
    0.0909090909091,
    0.0909090909091,
    0.2191142191142,
    0.2725330225330,
    0.3259518259518,
    0.3259518259518,
    0.3870018870019,
    0.4480519480519,
    0.5294520294520,
    0.5294520294520,
]
CLOSE = {"rtol": 0, "atol": 6e-13}


def test_incidence_of_each_cause_is_that_of_survival_and_cmprsk() -> None:
    found = cumulative_incidence(TIMES, EVENTS)
    said = np.array(CAUSES).T
    np.testing.assert_array_equal(found.time, said[0])
    np.testing.assert_allclose(found.curves[1].estimate, said[1], **CLOSE)
    np.testing.assert_allclose(found.curves[1].se, said[2], **CLOSE)
    np.testing.assert_allclose(found.curves[2].estimate, said[3], **CLOSE)


def test_all_causes_together_are_kaplan_meier_with_its_limits() -> None:
    for entry, said in ((None, KAPLAN_MEIER), (ENTRY, LATE_KAPLAN_MEIER)):
        found = cumulative_incidence(TIMES, EVENTS, entry=entry)
        curve = found.curves[0]
        ours = [found.time, curve.estimate, curve.se, curve.low, curve.high, found.at_risk]
        np.testing.assert_allclose(np.array(ours).T[: len(said)], said, **CLOSE)


def test_incidence_with_late_entry_is_that_of_survival() -> None:
    found = cumulative_incidence(TIMES, EVENTS, entry=ENTRY)
    np.testing.assert_allclose(found.curves[1].estimate, LATE_CAUSE_1, **CLOSE)
