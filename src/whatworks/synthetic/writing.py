"""Writing a synthetic England: real councils' codes, invented children, the files they send."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from whatworks.synthetic import parts
from whatworks.synthetic.asked import CIN, CSWW, SSDA903, Asked, asked
from whatworks.synthetic.careers import CARE, UASC
from whatworks.synthetic.council import Written
from whatworks.synthetic.crew import Progress, how_many, write_councils
from whatworks.synthetic.folder import MANIFEST, TRUTH, Folder
from whatworks.synthetic.manifest import MADE_BY, NOTICE, Manifest
from whatworks.synthetic.room import check_room
from whatworks.synthetic.setting import Setting, settings
from whatworks.synthetic.steering import steering


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
    collections: Sequence[str] = (SSDA903, CIN, CSWW),
    practices: str | Sequence[str] = "all",
    processes: int | None = None,
    progress: Progress | None = None,
) -> Manifest:
    """Write the returns of real councils' codes with invented children.

    Councils are drawn and written one by one, so that memory does not grow with their number.

    Args:
        out: a new or empty folder, or one that this function made before (it is then replaced).
        councils: how many of the synthetic region (then of all England), ``"all"``, or codes.
        first_year, last_year: collection years, 2017 to 2026.
        seed: the same seed gives the same bytes, whatever else is asked for beside, and in
            however many processes.
        formats: of SSDA903: ``csv``, ``xml``, ``csv-zip``, ``xml-zip``. The first goes to
            OUT/CODE/ssda903/YEAR; each further one to OUT/CODE/ssda903-FORMAT/YEAR. All else
            has one form.
        errors: recording errors for each row written, all listed in OUT/errors.json. 0 for none.
        scale: children looked after for each one published.
        need_share: the share of children in need but never looked after who are invented; 1
            gives a census of full size. All children looked after are in it in any case.
        collections: which to write. ``ssda903`` and ``cin``: the returns of years that end on 31
            March; ``csww``: the workforce census of 30 September of each year; ``annex-a``: the
            lists that inspectors ask for, as at 31 March of the last year, without recording
            errors. They go to OUT/CODE/ssda903/YEAR and so on (OUT/CODE/annex_a/YEAR).
        practices: which invented practices are planted, as ``planted.practices()`` lists them:
            ``"all"``, ``"none"`` or ids. OUT/truth.json says where, since when and to what effect.
        processes: how many to work in; if not said, as many as there are processors and as the
            work is worth.
        progress: called with (work done, work in all, text) before the first council and after
            each; work is counted in years of a child looked after, as councils differ fiftyfold.

    Returns:
        The manifest, which is also in OUT/manifest.json.

    Raises:
        ValueError: something asked for cannot be; ``folder.NotOurs`` where ``out`` holds
            anything that was not made here; ``room.NoRoom`` where the disk is likely to be too
            small. Nothing has been written then.
        crew.NotWritten: a council could not be written. Nothing is left of the others, and what
            was in ``out`` before is there still.
    """
    wanted = asked(
        councils,
        (first_year, last_year),
        seed,
        formats=formats,
        collections=collections,
        practices=practices,
        errors=errors,
        scale=scale,
        need_share=need_share,
    )
    chosen = [one.scaled(scale) for one in settings(wanted.codes)]
    hands = how_many(processes, chosen, wanted)
    check_room(Path(out), chosen, wanted)
    folder = Folder(Path(out))
    try:
        written = write_councils(folder, chosen, wanted, processes=hands, progress=progress)
        digest = _documents(folder, wanted, chosen, written)
        folder.finish()
    except BaseException:
        folder.abandon()
        raise
    return _manifest(wanted, chosen, written, folder.out / MANIFEST, digest)


def _manifest(
    wanted: Asked, chosen: Sequence[Setting], written: Written, path: Path, digest: str
) -> Manifest:
    from whatworks import __version__

    return Manifest(
        seed=wanted.seed,
        version=__version__,
        councils=wanted.codes,
        years=tuple(range(wanted.first_year, wanted.last_year + 1)),
        formats=wanted.formats,
        collections=wanted.collections,
        error_rate=wanted.errors,
        scale=wanted.scale,
        need_share=wanted.need_share,
        practices=wanted.practices,
        names={setting.code: setting.name for setting in chosen},
        n_returns=written.n_returns,
        n_files=written.n_files,
        n_bytes=written.n_bytes,
        n_errors=written.n_errors,
        notice=NOTICE,
        made_by=MADE_BY,
        path=path,
        sha256=digest,
    )


def _documents(folder: Folder, wanted: Asked, chosen: Sequence[Setting], written: Written) -> str:
    """Put together what is told of all councils; gives the manifest's digest."""
    codes = wanted.codes

    def lines(*kinds: str) -> dict[str, parts.Lines]:
        return {kind: parts.lines(folder.path, codes, kind) for kind in kinds}

    manifest = _manifest(wanted, chosen, written, folder.out / MANIFEST, "")
    parts.document(
        folder.path / "errors.json", {"notice": NOTICE, "seed": wanted.seed}, lines(parts.ERRORS)
    )
    parts.document(folder.path / TRUTH, _truth(wanted, manifest), lines(parts.COUNCIL_YEARS))
    digest = parts.document(
        folder.path / MANIFEST, manifest.facts(), lines(parts.RETURNS, parts.FILES, parts.TRUTH)
    )
    folder.write("README.txt", _readme(manifest).encode())
    shutil.rmtree(folder.path / parts.FOLDER, ignore_errors=True)
    return digest


def _truth(wanted: Asked, manifest: Manifest) -> dict[str, object]:
    """What truth.json begins with: what was asked for, and what is planted in these councils."""
    names = ("made_by", "version", "seed", "scale", "need_share", "councils", "names", "years")
    entries = {code: steering(code, {}) for code in wanted.codes}
    expected = {
        code: {
            year: wanted.scale * (one.expected(CARE, year) + one.expected(UASC, year))
            for year in manifest.years
        }
        for code, one in entries.items()
    }
    return {
        "notice": NOTICE,
        **{name: getattr(manifest, name) for name in names},
        "practices": wanted.plan().as_dict(wanted.codes, manifest.years, expected=expected),
    }


def _readme(manifest: Manifest) -> str:
    names = ", ".join(f"{manifest.names[code]} ({code})" for code in manifest.councils)
    return (
        f"{NOTICE}\n\n"
        f"Councils: {names}.\n"
        f"Collection years: {manifest.years[0]} to {manifest.years[-1]}. Seed: {manifest.seed}.\n\n"
        "CODE/ssda903/YEAR  the SSDA903 return, as its council would send it\n"
        "CODE/cin/YEAR      the CIN census of the same year; a child has the same number in both\n"
        "CODE/csww/YEAR     the workforce census of 30 September of that year\n"
        "CODE/annex_a/YEAR  the lists that inspectors ask for, as at 31 March, where asked for\n"
        "manifest.json      every file with its SHA-256, and what is true of the invented lives\n"
        "truth.json         the practices planted with their effects, and counts of each year\n"
        "errors.json        recording errors planted on purpose, each with its table and row\n\n"
        "How social worker episodes are named in the XML form of SSDA903 is not known; the name\n"
        "ASWEPISODE used here is a guess.\n"
    )
