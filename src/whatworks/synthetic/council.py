"""One council's whole work: its lives are drawn, and its returns of every year written."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from whatworks.synthetic import parts
from whatworks.synthetic.asked import CIN, COLLECTIONS, SSDA903, Asked
from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.cin import Census, census
from whatworks.synthetic.cin_file import cin_file
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.folder import Staging
from whatworks.synthetic.lives import Life
from whatworks.synthetic.manifest import FileMade, ReturnMade
from whatworks.synthetic.need_population import in_need, needs_by_year
from whatworks.synthetic.packing import ssda903_files
from whatworks.synthetic.planted import Plan
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.recording import Recorder
from whatworks.synthetic.setting import Setting
from whatworks.synthetic.socialworkers import SocialWorker, social_workers
from whatworks.synthetic.ssda903 import SOCIAL_WORKERS_FROM, Tables, cut
from whatworks.synthetic.tallies import tallies
from whatworks.synthetic.truth import Truth, truth
from whatworks.synthetic.world import ERRORS, World, world

_WORKERS = 5


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
        years, code = self.asked.years_of(self.setting), self.setting.code
        if not years:
            return
        where = world(self.setting, self.asked.seed, self.plan.conditions(code))
        everyone = lives(where, years[0], years[-1])
        workers = _workers(everyone, self.setting, years[-1])
        people = by_year(everyone, years)
        for year in years:
            self.truth.append(truth(people[year], code, year))
            self.council_years.append(
                {"council": code, "year": year, "tallies": tallies(people[year], year)}
            )
            if SSDA903 in self.asked.collections:
                self._write_ssda903(cut(people[year], workers, code, year), year)
        if CIN in self.asked.collections:
            self._cin(where, everyone, years)

    def _cin(self, where: World, everyone: Sequence[Life], years: range) -> None:
        everybody = in_need(where, everyone, years[0], years[-1], self.asked.need_share)
        needs = needs_by_year(everybody, years)
        for year in years:
            self._write_cin(census(needs[year], self.setting.code, year))

    def _recorder(self, collection: str, year: int) -> Recorder:
        """Who makes the mistakes in one return: the same ones whatever else is written."""
        purpose = COLLECTIONS.index(collection)
        key = sequence(self.asked.seed, int(self.setting.code), ERRORS, year, purpose)
        found = self.errors
        return Recorder(Draws(child_seeds(key, 1)[0]), self.setting.code, self.asked.errors, found)

    def _write_ssda903(self, tables: Tables, year: int) -> None:
        planted = self._recorder(SSDA903, year).ssda903(tables, year)
        counts = (len(tables["Header"]), len(tables["Episodes"]), planted)
        for i, form in enumerate(self.asked.formats):
            folder = f"{self.setting.code}/ssda903{'-' + form if i else ''}/{year}"
            made = ReturnMade(self.setting.code, SSDA903, year, form, folder, *counts)
            self._file(made, ssda903_files(tables, year, form))

    def _write_cin(self, one: Census) -> None:
        planted = self._recorder(CIN, one.year).cin(one)
        spells = sum(len(child.details) for child in one.children)
        folder = f"{one.council}/cin/{one.year}"
        counts = (len(one.children), spells, planted)
        self._file(ReturnMade(one.council, CIN, one.year, "xml", folder, *counts), cin_file(one))

    def _file(self, made: ReturnMade, contents: dict[str, bytes]) -> None:
        self.returns.append(made)
        for name, content in contents.items():
            path = f"{made.folder}/{name}"
            digest = self.staging.write(path, content)
            self.files.append(
                FileMade(path, made.council, made.collection, made.year, made.format, *digest)
            )


def _workers(
    people: Sequence[Life], setting: Setting, last_year: int
) -> dict[str, list[SocialWorker]]:
    if last_year < SOCIAL_WORKERS_FROM:
        return {}
    since = first_day(SOCIAL_WORKERS_FROM)
    size = max(6, int(max(setting.looked_after.values()) / 8))
    return {
        life.who.id: social_workers(life.draws(_WORKERS), life.career, size, since)
        for life in people
        if life.counted and life.career.spells[-1].end >= since - 400
    }
