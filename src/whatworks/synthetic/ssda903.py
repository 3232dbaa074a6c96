"""One council's SSDA903 return of one year, cut out of its lives.

A return shows what a council knows on 31 March: every episode open at any time in the year with
its true beginning, and its end only if that has come. Codes are those of the collection year.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from whatworks.synthetic import chances
from whatworks.synthetic.calendar import DMY, age_on, birthday, first_day, last_day
from whatworks.synthetic.careers import UASC
from whatworks.synthetic.draws import normal, single
from whatworks.synthetic.episodes import Episode
from whatworks.synthetic.lives import Care, Life
from whatworks.synthetic.outcomes import health_of, leaver_facts, leavers_of
from whatworks.synthetic.population import LEAVER_AGES
from whatworks.synthetic.providers import HAD_TO_REGISTER, OTHER, REGISTERED, SUPPORTED
from whatworks.synthetic.socialworkers import SocialWorker

Row = list[str]
Tables = dict[str, list[Row]]

_DOB_FIRST = ("CHILD", "DOB")
COLUMNS: dict[str, tuple[str, ...]] = {
    "Header": ("CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"),
    "Episodes": (
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ),
    "Reviews": (*_DOB_FIRST, "REVIEW", "REVIEW_CODE"),
    "UASC": ("CHILD", "SEX", "DOB", "DUC"),
    "OC2": (
        *_DOB_FIRST,
        "SDQ_SCORE",
        "SDQ_REASON",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
        "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ),
    "OC3": (*_DOB_FIRST, "IN_TOUCH", "ACTIV", "ACCOM"),
    "AD1": (
        *_DOB_FIRST,
        "DATE_INT",
        "DATE_MATCH",
        "FOSTER_CARE",
        "NB_ADOPTR",
        "SEX_ADOPTR",
        "LS_ADOPTR",
    ),
    "PlacedAdoption": (*_DOB_FIRST, "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"),
    "PrevPerm": (*_DOB_FIRST, "PREV_PERM", "LA_PERM", "DATE_PERM"),
    "Missing": (*_DOB_FIRST, "MISSING", "MIS_START", "MIS_END"),
    "SWEpisodes": (*_DOB_FIRST, "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"),
}
"""Every table of the return and its columns, in the order in which councils' files have them."""

SOCIAL_WORKERS_FROM = 2024
_OC2, _OC3, _AD1 = 2000, 6000, 7
_LASTING, _PASSING = 0.8, 0.6
"""How much of a child's difficulties score is the child's own in every year, and of the year."""
_YOUNGEST, _OLDEST = 17 * 365, 22 * 366
"""Days of age at the end of a year outside of which no birthday from 17 to 21 fell in it."""


def columns(year: int) -> dict[str, tuple[str, ...]]:
    """The tables of a collection year and their columns."""
    return {
        table: names
        for table, names in COLUMNS.items()
        if table != "SWEpisodes" or year >= SOCIAL_WORKERS_FROM
    }


def place_code(kind: str, year: int) -> str:
    """The PLACE code of a kind of placement in a collection year."""
    if kind == SUPPORTED:
        return "H5" if year <= 2024 else "K3"
    if kind == OTHER:
        return "Z1" if year <= 2025 else "Z11"
    return kind


_GUARDIANS_TO_2018 = {"E45": "E43", "E46": "E43", "E47": "E44", "E48": "E44"}


def reason_code(rec: str, year: int) -> str:
    """The REC code in a collection year: guardians were told apart by kinship from 2019."""
    return _GUARDIANS_TO_2018.get(rec, rec) if year <= 2018 else rec


@dataclass(frozen=True, slots=True)
class _Year:
    year: int
    first: int
    last: int
    council: str

    def end(self, day: int) -> str:
        """A day that the council knows of by the end of the year, or blank."""
        return DMY[day] if day <= self.last else ""


def _urn(care: Care, episode: Episode, year: int) -> str:
    """The registration number, where one is asked for: a stay has it throughout or not at all."""
    if episode.kind != SUPPORTED:
        return episode.place.urn if episode.kind in REGISTERED else ""
    stay_ends = max(other.end for other in care.episodes if other.place is episode.place)
    registered = year >= 2025 or (year == 2024 and stay_ends >= HAD_TO_REGISTER)
    return episode.place.urn if registered else ""


def _episode(at: _Year, life: Life, care: Care, episode: Episode) -> Row:
    over = episode.end <= at.last
    shown = life.counted
    return [
        life.who.id,
        DMY[episode.start],
        episode.rne,
        episode.ls,
        episode.need,
        place_code(episode.kind, at.year),
        episode.place.provider,
        DMY[episode.end] if over else "",
        reason_code(episode.rec, at.year) if over else "",
        episode.reason if over else "",
        life.who.home_post if shown else "",
        episode.place.post if shown else "",
        _urn(care, episode, at.year) if shown else "",
    ]


def _header(at: _Year, life: Life, looked_after: bool) -> Row:
    who = life.who
    mother = life.mother_from is not None and life.mother_from <= at.last
    asked = looked_after and life.counted and not who.male
    return [
        who.id,
        who.sex_in(at.year),
        DMY[who.dob],
        who.ethnic,
        who.upn_at(at.last),
        ("1" if mother else "0") if asked else "",
        DMY[life.mother_from] if asked and mother and life.mother_from else "",
    ]


def _uasc(at: _Year, life: Life) -> Row:
    """DUC is the eighteenth birthday, as it is returned while the status goes on."""
    who = life.who
    return [who.id, who.sex_in(at.year), DMY[who.dob], DMY[birthday(who.dob, 18)]]


def _oc2(at: _Year, life: Life) -> Row:
    draws = life.draws(_OC2 + at.year)
    u = draws.u
    dob, health = life.who.dob, health_of(at.year)
    starting, ending = age_on(dob, at.first), age_on(dob, at.last)
    score = reason = ""
    if ending >= 4 and starting < 17:
        if u() < health.sdq_given:
            z = _LASTING * normal(single(life.seed, _OC2)) + _PASSING * draws.normal()
            score = str(health.sdq_score(z))
        else:
            reason = chances.SDQ_REASON.at(u())
    misuse = ending >= 12 and u() < health.misuse * chances.MISUSE_FROM_12
    received = misuse and u() < health.misuse_helped
    return [
        life.who.id,
        DMY[dob],
        score,
        reason,
        _yes(u() < health.convicted) if ending >= 10 else "",
        _yes(u() < health.development) if ending < 5 else "",
        _yes(u() < health.immunised),
        _yes(u() < health.teeth),
        _yes(u() < health.health_assessment),
        _yes(misuse),
        _yes(received) if misuse else "",
        _yes(u() < health.misuse_refused) if misuse and not received else "",
    ]


def _yes(answer: bool) -> str:
    return "1" if answer else "0"


def owed_leaving_care(life: Life, first: int, last: int) -> int | None:
    """The age (17 to 21) at which care-leaver facts are due for a young person in a year.

    Due where a birthday falls in the year, care had ended before it, the young person had been
    looked after for 13 weeks since 14 and at some time from 16, and did not leave by adoption,
    transfer, death or being found an adult.
    """
    career = life.career
    if not _YOUNGEST < last - career.dob < _OLDEST:
        return None
    if not life.counted or career.spells[-1].route in (
        "transfer",
        "died",
        "age_assessed",
        "adoption",
    ):
        return None
    age = next((age for age in LEAVER_AGES if first <= birthday(career.dob, age) <= last), None)
    if age is None:
        return None
    day, fourteen, sixteen = (birthday(career.dob, n) for n in (age, 14, 16))
    spells = career.spells
    if any(spell.end >= day for spell in spells):
        return None
    weeks = sum(max(0, spell.end - max(spell.start, fourteen)) for spell in spells) / 7
    return age if weeks >= 13 and any(spell.end > sixteen for spell in spells) else None


def _oc3(at: _Year, life: Life, age: int) -> Row:
    leavers = leavers_of(at.year, age)
    stays = single(life.seed, _OC3) < leavers.stays_put(life)
    facts = leaver_facts(life.draws(_OC3 + at.year), leavers, stays)
    return [life.who.id, DMY[life.who.dob], *facts]


def _ad1(life: Life, care: Care) -> Row:
    plan = care.spell.plan
    assert plan is not None  # noqa: S101  (adoption always has one)
    draws = life.draws(_AD1)
    if draws.chance(0.12):
        adopters = ("1", "F1" if draws.chance(0.88) else "M1", "L0")
    else:
        adopters = (
            "2",
            *draws.one_of(
                (
                    *[("MF", "L11")] * 13,
                    *[("MF", "L3")] * 3,
                    ("MM", "L12"),
                    ("FF", "L12"),
                    ("MM", "L2"),
                    ("FF", "L4"),
                )
            ),
        )
    return [
        life.who.id,
        DMY[life.who.dob],
        DMY[plan.decided],
        DMY[plan.matched],
        _yes(plan.with_carer),
        *adopters,
    ]


def _placed(at: _Year, life: Life, care: Care) -> Row | None:
    """The decision that a child should be placed for adoption, while it stands in the year."""
    plan = care.spell.plan
    if plan is None or plan.decided > at.last:
        return None
    until = care.spell.end if plan.ended is None else plan.ended
    if until < at.first:
        return None
    ceased = plan.ended is not None and plan.ended <= at.last
    reason = ("RD1", "RD3", "RD3", "RD4")[plan.decided % 4] if ceased else ""
    return [life.who.id, DMY[life.who.dob], DMY[plan.decided], DMY[until] if ceased else "", reason]


def _prev_perm(at: _Year, life: Life) -> Row | None:
    """What permanence came before, for a child whose care began in the year."""
    found: tuple[str, int] | None = None
    began, before = False, life.before
    if not life.counted:
        starts = (episode.start for care in life.care for episode in care.episodes)
        began = any(at.first <= start <= at.last for start in starts)
    for spell in life.career.spells:
        if at.first <= spell.start <= at.last:
            began, found = True, before
        if spell.route in ("sgo", "cao"):
            before = ("P2" if spell.route == "sgo" else "P3", spell.end)
    if not began:
        return None
    code, day = found or ("Z1", 0)
    known = code in ("P1", "P2", "P3")
    return [
        life.who.id,
        DMY[life.who.dob],
        code,
        at.council if known else "",
        DMY[day] if known else "",
    ]


def _care_rows(at: _Year, life: Life, care: Care, tables: Tables) -> None:
    child, dob = life.who.id, DMY[life.who.dob]
    episodes = tables["Episodes"]
    for episode in care.episodes:
        if episode.start <= at.last and episode.end >= at.first:
            episodes.append(_episode(at, life, care, episode))
    for day, code in care.reviews:
        if at.first <= day <= at.last:
            tables["Reviews"].append([child, dob, DMY[day], code])
    for kind, start, end in care.missing:
        if start <= at.last and end >= at.first:
            tables["Missing"].append([child, dob, kind, DMY[start], at.end(end)])
    row = _placed(at, life, care)
    if row:
        tables["PlacedAdoption"].append(row)
    spell = care.spell
    if spell.route == "adoption" and at.first <= spell.end <= at.last:
        tables["AD1"].append(_ad1(life, care))
    if life.counted and spell.start <= at.first and spell.end > at.last:
        tables["OC2"].append(_oc2(at, life))


def _child_rows(at: _Year, life: Life, workers: Iterable[SocialWorker], tables: Tables) -> bool:
    """Add one child's rows; False if the child is not in the return."""
    n = len(tables["Episodes"])
    for care in life.care:
        if care.spell.start <= at.last and care.spell.end >= at.first:
            _care_rows(at, life, care, tables)
    looked_after = len(tables["Episodes"]) > n
    leaver = owed_leaving_care(life, at.first, at.last)
    if leaver is not None:
        tables["OC3"].append(_oc3(at, life, leaver))
    if not looked_after:
        if leaver is not None:
            tables["Header"].append(_header(at, life, False))
        return leaver is not None
    tables["Header"].append(_header(at, life, True))
    if life.kind == UASC:
        tables["UASC"].append(_uasc(at, life))
    row = _prev_perm(at, life)
    if row:
        tables["PrevPerm"].append(row)
    if life.counted and "SWEpisodes" in tables:
        tables["SWEpisodes"].extend(
            [
                life.who.id,
                DMY[life.who.dob],
                one.id,
                DMY[one.start],
                at.end(one.end),
                one.reason,
            ]
            for one in workers
            if one.start <= at.last and one.end >= at.first
        )
    return True


def answers(life: Life, council: str, year: int) -> dict[str, Row]:
    """What a council answers of a child once a year: table (OC2, OC3, PrevPerm) -> row, if any."""
    at = _Year(year, first_day(year), last_day(year), council)
    rows: dict[str, Row] = {}
    spells = (care.spell for care in life.care)
    if life.counted and any(s.start <= at.first and s.end > at.last for s in spells):
        rows["OC2"] = _oc2(at, life)
    leaver = owed_leaving_care(life, at.first, at.last)
    if leaver is not None:
        rows["OC3"] = _oc3(at, life, leaver)
    earlier = _prev_perm(at, life) if life.care else None
    if earlier:
        rows["PrevPerm"] = earlier
    return rows


def cut(
    lives: Iterable[Life], workers: dict[str, list[SocialWorker]], council: str, year: int
) -> Tables:
    """The tables of one council's return of one collection year, in the order of child numbers."""
    at = _Year(year, first_day(year), last_day(year), council)
    tables: Tables = {table: [] for table in columns(year)}
    for life in lives:
        _child_rows(at, life, workers.get(life.who.id, ()), tables)
    return tables
