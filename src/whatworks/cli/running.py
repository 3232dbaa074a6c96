"""``whatworks up`` and ``whatworks serve``: a synthetic region, and the site over a workspace."""

from __future__ import annotations

import json
import multiprocessing
import os
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from typing import Annotated

import typer

from whatworks.cli.options import DEFAULT_WORKSPACE, WorkspaceOption
from whatworks.cli.output import CouldNot, progress, results, to_people

STAMP = "made.json"
PortOption = Annotated[int, typer.Option(help="The port on 127.0.0.1.")]


def up(
    councils: Annotated[int, typer.Option(min=1, max=153, help="How many councils.")] = 12,
    port: PortOption = 8000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same children.")] = 1,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    build_only: Annotated[
        bool, typer.Option("--build-only", help="Make the workspace; do not serve.")
    ] = False,
) -> None:
    """Make a workspace of invented children, check and count every return, and serve the site."""
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

    wanted = {"councils": councils, "seed": seed, "version": __version__}
    stamp = workspace / STAMP
    if stamp.is_file() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return
    _refuse_another(workspace, stamp, wanted)
    started = time.monotonic()
    store = returns.Store.open(workspace, create=True, synthetic=True)
    incoming = workspace / "incoming"
    with progress() as bar:
        inventing = bar.add_task("Inventing children", total=councils)

        def tell(done: int, total: int, _text: str) -> None:
            bar.update(inventing, completed=done, total=total)

        manifest = synthetic.write(
            incoming, councils=councils, first_year=2019, last_year=2025, seed=seed, progress=tell
        )
        loading = bar.add_task(
            "Loading, checking and counting returns", total=len(manifest.returns)
        )
        # Fresh interpreters: a fork of a process that has used Polars may wait for ever.
        fresh = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(os.cpu_count() or 1, 8), mp_context=fresh) as pool:
            jobs = [
                pool.submit(_council, store.path, incoming, code, manifest.of_council(code))
                for code in manifest.councils
            ]
            for job in as_completed(jobs):
                bar.advance(loading, job.result())
    stamp.write_text(json.dumps(wanted), encoding="utf-8")
    to_people.print(
        f"Made {len(manifest.councils)} councils and {len(manifest.returns)} returns "
        f"in {time.monotonic() - started:.0f} seconds."
    )


def _refuse_another(workspace: Path, stamp: Path, wanted: dict[str, object]) -> None:
    if not (workspace / "workspace.json").is_file():
        return
    from whatworks import returns

    if not returns.Store.open(workspace).synthetic:
        raise CouldNot(
            f"{workspace} holds a council's own returns, and invented children must never be "
            f"mixed with them. Use 'whatworks serve --workspace {workspace}', or name another folder."
        )
    if stamp.is_file():
        raise CouldNot(
            f"{workspace} was made with {stamp.read_text(encoding='utf-8')}, "
            f"not {json.dumps(wanted)}. Name another folder with --workspace, or remove this one."
        )


def _council(path: Path, incoming: Path, code: str, kept: list[tuple[str, int, str]]) -> int:
    """Load, check and count one council's returns: (collection, year, folder) each."""
    from whatworks import measures, returns
    from whatworks.returns.checked import checked

    store = returns.Store.open(path)
    for collection, year, folder in kept:
        submission = returns.load(
            incoming / folder,
            store=store,
            council=code,
            year=year,
            collection=collection,
            by="whatworks up",
        )
        checked(store, submission)
    measures.cached(store, code)
    return len(kept)


def _serve(workspace: Path, port: int) -> None:
    os.environ["WHATWORKS_WORKSPACE"] = str(workspace.resolve())
    from whatworks.service import running

    people = running.prepare(workspace)
    results.print(f"\nThe site is at http://127.0.0.1:{port}/  (Ctrl+C stops it)\n")
    if people:
        results.print("Sign in as:")
        for person in people:
            results.print(f"  {person.role:<22} {person.email:<38} {person.password}", markup=False)
    try:
        running.serve(workspace, port=port)
    except running.CannotServe as error:
        raise CouldNot(str(error)) from error
