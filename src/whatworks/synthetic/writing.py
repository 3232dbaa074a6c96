"""Writing a synthetic region: real councils' codes, invented children, the files they send."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from whatworks.synthetic.calendar import first_day
from whatworks.synthetic.cin import Census, census
from whatworks.synthetic.cin_file import cin_file
from whatworks.synthetic.conditions import USUAL
from whatworks.synthetic.draws import Draws, child_seeds, sequence
from whatworks.synthetic.folder import Folder
from whatworks.synthetic.lives import Life
from whatworks.synthetic.manifest import NOTICE, FileMade, Manifest, ReturnMade, Truth
from whatworks.synthetic.need_population import in_need, needs_by_year
from whatworks.synthetic.packing import FORMATS, ssda903_files
from whatworks.synthetic.population import by_year, lives
from whatworks.synthetic.recording import Recorder
from whatworks.synthetic.setting import Setting, choose, settings
from whatworks.synthetic.socialworkers import SocialWorker, social_workers
from whatworks.synthetic.ssda903 import SOCIAL_WORKERS_FROM, Tables, cut
from whatworks.synthetic.truth import truth
from whatworks.synthetic.world import ERRORS, world

FIRST_YEAR, LAST_YEAR = 2017, 2026
Progress = Callable[[int, int, str], None]
_WORKERS = 5


@dataclass(frozen=True)
class _Asked:
    """What one call asked for, checked."""

    codes: tuple[str, ...]
    first_year: int
    last_year: int
    seed: int
    formats: tuple[str, ...]
    errors: float
    scale: float
    need_share: float


def _checked(
    councils: int | str | Sequence[str],
    years: tuple[int, int],
    seed: int,
    formats: Sequence[str],
    rates: tuple[float, float, float],
) -> _Asked:
    first_year, last_year = years
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise ValueError(
            f"Collection years run from {FIRST_YEAR} to {LAST_YEAR}, the first not after the last."
        )
    formats = tuple(dict.fromkeys(formats))
    unknown = [name for name in formats if name not in FORMATS]
    if unknown or not formats:
        raise ValueError(f"A format is one of {', '.join(FORMATS)}.")
    if seed < 0:
        raise ValueError("A seed is a whole number, 0 or more.")
    errors, scale, need_share = rates
    if not 0 <= errors <= 0.5 or not 0 < scale <= 100 or not 0 <= need_share <= 1:
        raise ValueError(
            "errors runs from 0 to 0.5, scale is above 0 and at most 100, need_share from 0 to 1."
        )
    return _Asked(
        tuple(choose(councils)), first_year, last_year, seed, formats, errors, scale, need_share
    )


def write(
    out: str | Path,
    *,
    councils: int | str | Sequence[str] = 12,
    first_year: int = 2019,
    last_year: int = 2025,
    seed: int = 1,
    formats: Sequence[str] = ("csv",),
    errors: float = 0.002,
    scale: float = 1.0,
    need_share: float = 0.06,
    progress: Progress | None = None,
) -> Manifest:
    """Write SSDA903 and CIN returns of real councils' codes with invented children.

    Args:
        out: a new or empty folder, or one that this function made before (it is then replaced).
        councils: how many of the synthetic region (then of all England), ``"all"``, or codes.
        first_year, last_year: collection years, 2017 to 2026.
        seed: the same seed gives the same bytes, whatever else is asked for beside.
        formats: of SSDA903: ``csv``, ``xml``, ``csv-zip``, ``xml-zip``. The first goes to
            OUT/CODE/ssda903/YEAR; each further one to OUT/CODE/ssda903-FORMAT/YEAR. The CIN
            census is XML always, in OUT/CODE/cin/YEAR.
        errors: recording errors for each row written, all listed in OUT/errors.json. 0 for none.
        scale: children looked after for each one published.
        need_share: the share of children in need but never looked after who are invented; 1
            gives a census of full size. All children looked after are in it in any case.
        progress: called with (done, total, text) after each council.

    Returns:
        The manifest, which is also in OUT/manifest.json.

    Raises:
        ValueError: something asked for cannot be; ``folder.NotOurs`` where ``out`` holds
            anything that was not made here. Nothing has been written then.
    """
    asked = _checked(councils, (first_year, last_year), seed, formats, (errors, scale, need_share))
    chosen = [one.scaled(asked.scale) for one in settings(asked.codes)]
    folder = Folder(Path(out))
    try:
        made = _Made()
        for done, setting in enumerate(chosen):
            if progress:
                progress(done, len(chosen), f"Inventing children of {setting.name}")
            with _no_garbage():
                _council(folder, setting, asked, made)
        if progress:
            progress(len(chosen), len(chosen), "Every council is written")
        manifest = _manifest(asked, chosen, made)
        folder.write("README.txt", _readme(manifest).encode())
        folder.write("errors.json", _errors(made).encode())
        folder.finish(manifest.as_json().encode())
    except BaseException:
        folder.abandon()
        raise
    return manifest


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


class _Made:
    """What has been written so far."""

    def __init__(self) -> None:
        self.returns: list[ReturnMade] = []
        self.files: list[FileMade] = []
        self.truth: list[Truth] = []
        self.errors: list[dict[str, object]] = []


def _years(setting: Setting, asked: _Asked) -> range:
    """The years of those asked for in which the council existed at the end of the year."""
    return range(
        max(asked.first_year, setting.first_year), min(asked.last_year, setting.last_year) + 1
    )


def _council(folder: Folder, setting: Setting, asked: _Asked, made: _Made) -> None:
    years = _years(setting, asked)
    if not years:
        return
    where = world(setting, asked.seed, USUAL)
    everyone = lives(where, years[0], years[-1])
    workers = _workers(everyone, setting, years[-1])
    everybody = in_need(where, everyone, years[0], years[-1], asked.need_share)
    people, needs = by_year(everyone, years), needs_by_year(everybody, years)
    for year in years:
        made.truth.append(truth(people[year], setting.code, year))
        recorder = Recorder(_chance(asked, setting, year), setting.code, asked.errors)
        _write_ssda903(
            folder,
            asked,
            made,
            recorder,
            tables=cut(people[year], workers, setting.code, year),
            year=year,
        )
        _write_cin(folder, made, recorder, census(needs[year], setting.code, year))
        made.errors += recorder.found


def _chance(asked: _Asked, setting: Setting, year: int) -> Draws:
    return Draws(child_seeds(sequence(asked.seed, int(setting.code), ERRORS, year), 1)[0])


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


def _write_ssda903(
    folder: Folder, asked: _Asked, made: _Made, recorder: Recorder, *, tables: Tables, year: int
) -> None:
    code = recorder.council
    planted = recorder.ssda903(tables, year)
    counts = (len(tables["Header"]), len(tables["Episodes"]), planted)
    for i, form in enumerate(asked.formats):
        parent = f"{code}/ssda903{'-' + form if i else ''}/{year}"
        for name, content in ssda903_files(tables, year, form).items():
            path = f"{parent}/{name}"
            digest = folder.write(path, content)
            made.files.append(FileMade(path, code, "ssda903", year, form, *digest))
        made.returns.append(ReturnMade(code, "ssda903", year, form, parent, *counts))


def _write_cin(folder: Folder, made: _Made, recorder: Recorder, one: Census) -> None:
    planted = recorder.cin(one)
    parent = f"{one.council}/cin/{one.year}"
    for name, content in cin_file(one).items():
        path = f"{parent}/{name}"
        digest = folder.write(path, content)
        made.files.append(FileMade(path, one.council, "cin", one.year, "xml", *digest))
    spells = sum(len(child.details) for child in one.children)
    made.returns.append(
        ReturnMade(one.council, "cin", one.year, "xml", parent, len(one.children), spells, planted)
    )


def _manifest(asked: _Asked, chosen: Sequence[Setting], made: _Made) -> Manifest:
    from whatworks import __version__

    return Manifest(
        seed=asked.seed,
        version=__version__,
        councils=asked.codes,
        years=tuple(range(asked.first_year, asked.last_year + 1)),
        formats=asked.formats,
        error_rate=asked.errors,
        scale=asked.scale,
        need_share=asked.need_share,
        returns=tuple(made.returns),
        files=tuple(made.files),
        truth=tuple(made.truth),
        names={setting.code: setting.name for setting in chosen},
    )


def _errors(made: _Made) -> str:
    return json.dumps({"notice": NOTICE, "errors": made.errors}, indent=1, sort_keys=True) + "\n"


def _readme(manifest: Manifest) -> str:
    names = ", ".join(f"{manifest.names[code]} ({code})" for code in manifest.councils)
    return (
        f"{NOTICE}\n\n"
        f"Councils: {names}.\n"
        f"Collection years: {manifest.years[0]} to {manifest.years[-1]}. Seed: {manifest.seed}.\n\n"
        "CODE/ssda903/YEAR  the SSDA903 return, as its council would send it\n"
        "CODE/cin/YEAR      the CIN census of the same year; a child has the same number in both\n"
        "manifest.json      every file with its SHA-256, and what is true of the invented lives\n"
        "errors.json        recording errors planted on purpose, each with its table and row\n\n"
        "How social worker episodes are named in the XML form of SSDA903 is not known; the name\n"
        "ASWEPISODE used here is a guess.\n"
    )
