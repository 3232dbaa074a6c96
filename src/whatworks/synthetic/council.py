"""One council's whole work: its lives are drawn, and its returns of every year written."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from whatworks.synthetic import parts
from whatworks.synthetic.annex_a import annex_a_file
from whatworks.synthetic.asked import ANNEX_A, CIN, COLLECTIONS, CSWW, SSDA903, Asked
from whatworks.synthetic.calendar import first_day, last_day
from whatworks.synthetic.cin import Census, census
from whatworks.synthetic.cin_file import cin_file
from whatworks.synthetic.council_year import council_year, of_workforce
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.folder import Staging
from whatworks.synthetic.identity import Person
from whatworks.synthetic.manifest import FileMade, ReturnMade
from whatworks.synthetic.need import Need
from whatworks.synthetic.need_population import in_need, needs_by_year
from whatworks.synthetic.packing import ssda903_files
from whatworks.synthetic.planted import Plan
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.recording import Recorder
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.ssda903 import SOCIAL_WORKERS_FROM, Tables, cut
from whatworks.synthetic.truth import Truth, truth, truth_of_workforce
from whatworks.synthetic.truth_care import truth_of_care
from whatworks.synthetic.truth_linked import histories, truth_of_linked
from whatworks.synthetic.workforce import Pool, WorkforceCensus, csww_file, pool
from whatworks.synthetic.workforce import years as workforce_years
from whatworks.synthetic.world import ERRORS, World, world

Needs = list[tuple[Person, list[Need]]]

_YEAR_AND_MORE, _CHILDHOOD = 500, 18 * 366
"""Days around the years asked for in which care still matters: for its own return and truth, and
for who is in need, as children come back to notice years after care."""


@dataclass(frozen=True)
class Written:
    """How much was written of one council."""

    n_returns: int = 0
    n_files: int = 0
    n_bytes: int = 0
    n_errors: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(*(a + b for a, b in zip(self.plain(), other.plain(), strict=True)))

    def plain(self) -> tuple[int, int, int, int]:
        """The four numbers."""
        return self.n_returns, self.n_files, self.n_bytes, self.n_errors


def write_council(staging: Staging, setting: Setting, asked: Asked, plan: Plan) -> Written:
    """Write one council's returns into the staging folder, and its part of the documents."""
    with _no_garbage():
        desk = _Desk(staging, setting, asked, plan)
        desk.work()
        parts.put(
            staging.path,
            setting.code,
            {
                parts.RETURNS: [asdict(one) for one in desk.returns],
                parts.FILES: [asdict(one) for one in desk.files],
                parts.TRUTH: [asdict(one) for one in desk.truth],
                parts.COUNCIL_YEARS: desk.council_years,
                parts.ERRORS: desk.errors,
            },
        )
    size = sum(one.size for one in desk.files)
    return Written(len(desk.returns), len(desk.files), size, len(desk.errors))


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Python's search for cycles is switched off: lives hold none, and it would cost a sixth."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


@dataclass
class _Desk:
    """Where one council's returns are made up, and what has been told of them."""

    staging: Staging
    setting: Setting
    asked: Asked
    plan: Plan
    returns: list[ReturnMade] = field(default_factory=list)
    files: list[FileMade] = field(default_factory=list)
    truth: list[Truth] = field(default_factory=list)
    council_years: list[dict[str, object]] = field(default_factory=list)
    errors: list[dict[str, object]] = field(default_factory=list)

    def work(self) -> None:
        """Draw the lives; write and count every year."""
        asked, setting = self.asked, self.setting
        years = asked.years_of(setting)
        posts = workforce_years(setting, asked.first_year, asked.last_year)
        where = world(setting, asked.seed, self.plan.conditions(setting.code))
        staff = pool(where, asked.first_year, asked.last_year)
        censuses = {year: staff.census(year) for year in posts if self._wanted(CSWW)}
        if years:
            self._children(where, staff, years, censuses)
        for year, one in censuses.items():
            if year not in years:
                self.council_years.append(_of_posts(one))
            self._write_csww(one)

    def _wanted(self, *collections: str) -> bool:
        return any(one in self.asked.collections for one in collections)

    def _children(
        self, where: World, staff: Pool, years: range, censuses: Mapping[int, WorkforceCensus]
    ) -> None:
        """What is written and true of children, of the years in which the council had any."""
        code = self.setting.code
        need = self._wanted(CIN, ANNEX_A)
        around = _CHILDHOOD if need else _YEAR_AND_MORE
        everyone = lives(where, years[0], years[-1], around=around)
        needs: Needs = []
        if need:
            needs = in_need(where, everyone, years[0], years[-1], self.asked.need_share)
        people, of_need = by_year(everyone, years), needs_by_year(needs, years)
        cared = {life.who.id for life in everyone if life.care}
        both = self._wanted(CIN) and self._wanted(SSDA903)
        known = histories(everyone, needs) if both else []
        in_care = truth_of_care(everyone, code, years)
        for year in years:
            self.truth.append(truth(people[year], code, year))
            drawn = of_need[year] if self._wanted(CIN) else None
            posts = censuses.get(year)
            linked = truth_of_linked(known, year) if both else None
            self.council_years.append(
                council_year(
                    people[year],
                    code,
                    year,
                    needs=drawn,
                    cared=cared,
                    workforce=posts,
                    linked=linked,
                    care=in_care[year],
                )
            )
        workers = staff.social_workers(everyone, first_day(min(SOCIAL_WORKERS_FROM, years[-1])))
        if self._wanted(SSDA903):
            for year in years:
                self._write_ssda903(cut(people[year], workers, code, year), year)
        if self._wanted(CIN):
            for year in years:
                self._write_cin(census(of_need[year], code, year))
        if self._wanted(ANNEX_A):
            lists = annex_a_file(where, last_day(years[-1]), everyone, needs, workers)
            self._file(self._made(ANNEX_A, years[-1], "xlsx", "annex_a"), lists)

    def _recorder(self, collection: str, year: int) -> Recorder:
        """Who makes the mistakes in one return: the same ones whatever else is written."""
        purpose = COLLECTIONS.index(collection)
        key = sequence(self.asked.seed, int(self.setting.code), ERRORS, year, purpose)
        found = self.errors
        return Recorder(Draws(child_seeds(key, 1)[0]), self.setting.code, self.asked.errors, found)

    def _made(
        self, collection: str, year: int, form: str, folder: str, **counts: int
    ) -> ReturnMade:
        return ReturnMade(
            self.setting.code,
            collection,
            year,
            form,
            f"{self.setting.code}/{folder}/{year}",
            **{"children": 0, "episodes": 0, "workers": 0, "errors": 0} | counts,
        )

    def _write_ssda903(self, tables: Tables, year: int) -> None:
        planted = self._recorder(SSDA903, year).ssda903(tables, year)
        children, episodes = len(tables["Header"]), len(tables["Episodes"])
        for i, form in enumerate(self.asked.formats):
            folder = f"{SSDA903}-{form}" if i else SSDA903
            made = self._made(
                SSDA903, year, form, folder, children=children, episodes=episodes, errors=planted
            )
            self._file(made, ssda903_files(tables, year, form))

    def _write_cin(self, one: Census) -> None:
        planted = self._recorder(CIN, one.year).cin(one)
        children, spells = len(one.children), sum(len(child.details) for child in one.children)
        made = self._made(
            CIN, one.year, "xml", CIN, children=children, episodes=spells, errors=planted
        )
        self._file(made, cin_file(one))

    def _write_csww(self, one: WorkforceCensus) -> None:
        planted = self._recorder(CSWW, one.year).csww(one)
        made = self._made(CSWW, one.year, "xml", CSWW, workers=len(one.workers), errors=planted)
        self._file(made, csww_file(one))

    def _file(self, made: ReturnMade, contents: dict[str, bytes]) -> None:
        self.returns.append(made)
        for name, content in contents.items():
            path = f"{made.folder}/{name}"
            digest = self.staging.write(path, content)
            self.files.append(
                FileMade(path, made.council, made.collection, made.year, made.format, *digest)
            )


def _of_posts(one: WorkforceCensus) -> dict[str, object]:
    """What is true of a year in which a council already had social workers, but no returns."""
    posts = truth_of_workforce(one.tallies(), one.year)
    return {
        "council": one.council,
        "year": one.year,
        "tallies": of_workforce(posts),
        "measures": {name: list(part) for name, part in posts.items()},
    }
