"""``whatworks up`` and ``whatworks serve``: a synthetic region, and the site over a workspace."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from whatworks.cli.options import DEFAULT_WORKSPACE, DEMO_WORKSPACE, WorkspaceOption
from whatworks.cli.output import CouldNot, progress, results, to_people

if TYPE_CHECKING:
    from whatworks.synthetic import Manifest

STAMP = "made.json"
INCOMING, ABOUT = "incoming", "synthetic"
"""Folders of a workspace: the returns as they were invented, and what is true of them."""
COLLECTIONS = ("ssda903", "cin", "csww", "annex-a")
NEED_SHARE = 0.3
"""Censuses of full size (1) would double the time that a workspace takes."""
PortOption = Annotated[int, typer.Option(help="The port on 127.0.0.1.")]


def up(
    councils: Annotated[int, typer.Option(min=1, max=153, help="How many councils.")] = 12,
    port: PortOption = 8000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same children.")] = 1,
    workspace: WorkspaceOption = DEMO_WORKSPACE,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Make the workspace; do not serve.")
    ] = False,
) -> None:
    """Make a workspace of invented children, check and count every return, and serve the site."""
    if not build_only:
        _check_port(port)  # before minutes of work, not after
    build(workspace, councils=councils, seed=seed)
    if not build_only:
        _serve(workspace, port)


def serve(port: PortOption = 8000, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Serve the site over a workspace that is there already."""
    if not (workspace / "workspace.json").is_file():
        raise CouldNot(
            f"{workspace} is not a workspace: 'whatworks returns load' or 'whatworks up' makes one."
        )
    _serve(workspace, port)


def build(workspace: Path, *, councils: int, seed: int) -> None:
    """Write, load, check and count a synthetic region; doing it again does nothing.

    Raises CouldNot where the folder holds another region, or real returns.
    """
    from whatworks import __version__, returns, synthetic

    wanted: dict[str, object] = {
        "councils": councils,
        "seed": seed,
        "version": __version__,
        "collections": list(COLLECTIONS),
        "need_share": NEED_SHARE,
    }
    stamp = workspace / STAMP
    if stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return
    _refuse_another(workspace, stamp, wanted)
    started = time.monotonic()
    codes = synthetic.choose(councils)
    returns.Store.open(workspace, create=True, synthetic=True)
    with progress() as bar:
        writing = bar.add_task("Inventing children and social workers", total=len(codes))
        loading = bar.add_task("Loading, checking and counting", total=len(codes))
        manifest = _invent(
            workspace,
            codes,
            seed,
            lambda share: bar.update(writing, completed=share * len(codes)),
        )
        # Fresh interpreters: a fork of a process that has used Polars may wait for ever.
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(os.cpu_count() or 1, len(codes)), mp_context=fresh) as pool:
            jobs = [
                pool.submit(
                    _council,
                    workspace,
                    code,
                    manifest.of_council(code),
                    manifest.snapshots_of(code),
                )
                for code in codes
            ]
            for job in as_completed(jobs):
                job.result()
                bar.advance(loading)
            turning = bar.add_task("Turning the loop once", total=1)
            pool.submit(_turn, workspace).result()
            bar.advance(turning)
    stamp.write_text(json.dumps(wanted), encoding="utf-8")
    seconds = time.monotonic() - started
    to_people.print(
        f"Made {len(codes)} councils and {manifest.n_returns} returns in {seconds:.0f} seconds."
    )


def _turn(workspace: Path) -> None:
    """Set down what the invented councils do, and estimate what it did.

    In a process of its own, as Django serves one workspace a process.
    """
    from whatworks.service import running

    running.prepare_database(workspace)
    from whatworks.service.loop.invented import set_up

    set_up(workspace)


def _invent(
    workspace: Path, codes: list[str], seed: int, tell: Callable[[float], None]
) -> Manifest:
    """Write the region, and keep in the workspace what is true of it and how close it comes."""
    from whatworks import synthetic
    from whatworks.synthetic import calibration

    incoming, about = workspace / INCOMING, workspace / ABOUT
    try:
        manifest = synthetic.write(
            incoming,
            councils=codes,
            seed=seed,
            collections=COLLECTIONS,
            need_share=NEED_SHARE,
            progress=lambda done, total, _text: tell(done / total),
        )
    except (synthetic.NotWritten, OSError, ValueError) as error:
        raise CouldNot(str(error)) from error
    about.mkdir(exist_ok=True)
    shutil.copyfile(incoming / "truth.json", about / "truth.json")
    facts = json.dumps(manifest.facts(), indent=1, ensure_ascii=False) + "\n"
    (about / "manifest.json").write_text(facts, encoding="utf-8")
    calibration.keep(workspace, [incoming])
    return manifest


def _refuse_another(workspace: Path, stamp: Path, wanted: dict[str, object]) -> None:
    if not (workspace / "workspace.json").is_file():
        return
    from whatworks import returns

    if not returns.Store.open(workspace).synthetic:
        raise CouldNot(
            f"{workspace} holds a council's own returns, and invented children must never be "
            f"mixed with them. Use 'whatworks serve -w {workspace}', or name another folder."
        )
    if stamp.is_file():
        raise CouldNot(
            f"{workspace} was made with {stamp.read_text(encoding='utf-8')}, "
            f"not {json.dumps(wanted)}. Name another folder with --workspace, or remove this one."
        )


COMPARED_BY = ("age_group", "sex")
"""Groups that comparisons between councils allow for: counted now, as the first look would wait."""


def _council(
    workspace: Path,
    code: str,
    written: list[tuple[str, int, str]],
    snapshots: list[tuple[date, str]],
) -> None:
    """Load, check and count one council's returns and lists."""
    from whatworks import measures, returns
    from whatworks.measures.sourcing import Sources
    from whatworks.returns.checked import checked

    store = returns.Store.open(workspace)
    for collection, year, folder in written:
        source = workspace / INCOMING / folder
        submission = returns.load(
            source, store=store, council=code, year=year, collection=collection, by="whatworks up"
        )
        checked(store, submission)
    for day, folder in snapshots:
        source = workspace / INCOMING / folder
        returns.load(
            source, store=store, council=code, collection="annex_a", as_at=day, by="whatworks up"
        )
    known = Sources(store, code)
    measures.cached(store, code, known=known)
    measures.cached(store, code, by=COMPARED_BY, known=known)


def _check_port(port: int) -> None:
    from whatworks.service import running

    try:
        running.check_port("127.0.0.1", port)
    except running.CannotServe as error:
        raise CouldNot(str(error)) from error


def _serve(workspace: Path, port: int) -> None:
    os.environ["WHATWORKS_WORKSPACE"] = str(workspace.resolve())
    from whatworks.service import people as accounts
    from whatworks.service import running

    _check_port(port)
    people = running.prepare(workspace)
    results.print(f"\nThe site is at http://127.0.0.1:{port}/  (Ctrl+C stops it)\n")
    if not people and not accounts.everyone(workspace):
        results.print("Nobody can sign in yet: 'whatworks admin add-person' adds the first one.")
    if people:
        results.print("Sign in as:")
        for person in people:
            results.print(f"  {person.role:<22} {person.email:<38} {person.password}", markup=False)
    try:
        running.serve(workspace, port=port)
    except running.CannotServe as error:
        raise CouldNot(str(error)) from error
