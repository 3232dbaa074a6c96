"""Sharing councils out among processes, and ending all of them when one cannot go on.

Workers are started as programs of their own and spoken to over pipes: nothing is forked, no
script of a user's needs a guard, and no port is opened.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from whatworks.synthetic import worker
from whatworks.synthetic.asked import CIN, Asked
from whatworks.synthetic.council import Written, write_council
from whatworks.synthetic.folder import Staging
from whatworks.synthetic.setting import Setting

Progress = Callable[[int, int, str], None]
"""Told of work done, of work in all, and in words; work is counted as ``weight`` does."""
_Pipes = tuple[IO[bytes], IO[bytes]]
WORTH_A_WORKER = 4000.0
"""Children looked after, summed over years, for each process: a process takes a second or so to
start, which less work would not win back."""
_CENSUS_OF_A_CHILD = 0.02
"""What a year of a child of the area costs in a full census, beside a year of one in care."""


class NotWritten(RuntimeError):
    """A council's returns could not be written, so nothing was."""


def weight(setting: Setting, asked: Asked) -> float:
    """How much work a council is, in years of a child looked after."""
    years = asked.years_of(setting)

    def of(known: dict[int, float]) -> float:
        return sum(known[min(max(year, min(known)), max(known))] for year in years)

    census = asked.need_share * _CENSUS_OF_A_CHILD if CIN in asked.collections else 0.0
    return of(setting.looked_after) + of(setting.population) * census


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def how_many(processes: int | None, chosen: Sequence[Setting], asked: Asked) -> int:
    """How many processes to work in: what was asked for, else as many as are worth it.

    Raises:
        ValueError: fewer than one was asked for, or workers where Python does not say how to
            start it (as inside some other programs).
    """
    if processes is not None and processes < 1:
        raise ValueError("processes is a whole number, 1 or more.")
    if processes is not None and processes > 1 and not sys.executable:
        raise ValueError("This Python does not know its own program: ask for processes=1.")
    if not sys.executable or processes == 1:
        return 1
    work = sum(weight(one, asked) for one in chosen)
    return min(len(chosen), processes or max(1, min(cores(), int(work / WORTH_A_WORKER))))


def write_councils(
    staging: Staging,
    chosen: Sequence[Setting],
    asked: Asked,
    *,
    processes: int,
    progress: Progress | None,
) -> Written:
    """Write every council, the largest first, so that no process is left with a long last one.

    Raises:
        NotWritten: a council could not be written; all work has been stopped.
    """
    order = sorted(chosen, key=lambda one: (-weight(one, asked), one.code))
    tell = _Tell(progress, order, asked)
    if processes == 1:
        return _alone(staging, order, asked, tell)
    with tempfile.TemporaryFile() as notes:
        crew = _Crew(staging, order, asked, notes)
        try:
            crew.start(processes)
            return crew.work(tell)
        finally:
            crew.stop()


class _Tell:
    """Tells of progress before the first council and after each."""

    def __init__(self, progress: Progress | None, order: Sequence[Setting], asked: Asked) -> None:
        self.progress = progress
        self.weights = {one.code: max(1, round(weight(one, asked))) for one in order}
        self.done: list[str] = []

    def working(self, *at: Setting) -> None:
        names = " and ".join(one.name for one in at)
        done, councils = len(self.done), len(self.weights)
        more = f"Inventing children of {names} ({done} of {councils} councils done)"
        self._tell(more if names else "Every council is written")

    def finished(self, one: Setting) -> None:
        self.done.append(one.code)

    def _tell(self, text: str) -> None:
        if self.progress:
            done = sum(self.weights[code] for code in self.done)
            self.progress(done, sum(self.weights.values()), text)


def _alone(staging: Staging, order: Sequence[Setting], asked: Asked, tell: _Tell) -> Written:
    total, plan = Written(), asked.plan()
    for setting in order:
        tell.working(setting)
        try:
            total += write_council(staging, setting, asked, plan)
        except Exception as error:
            raise _not_written(setting, f"{type(error).__name__}: {error}") from error
        tell.finished(setting)
    tell.working()
    return total


def _not_written(setting: Setting, why: str) -> NotWritten:
    return NotWritten(
        f"The returns of {setting.name} ({setting.code}) could not be written: {why}. "
        "Nothing was kept of the others either."
    )


class _Worker:
    """One process, and the council that it is at."""

    def __init__(self, notes: IO[bytes], heard: queue.SimpleQueue[tuple[_Worker, Any]]) -> None:
        self.at: Setting | None = None
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", worker.__name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=notes,
            env=_environment(),
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        # Both are there: they were asked for as pipes.
        self.orders, self.answers = cast(_Pipes, (self.process.stdin, self.process.stdout))
        self.heard = heard
        self.ear = threading.Thread(target=self._hear, daemon=True)
        self.ear.start()

    def _hear(self) -> None:
        with self.answers:
            for line in self.answers:
                if line.endswith(b"\n"):  # the last words of a dying process may be cut off
                    self.heard.put((self, json.loads(line)))
        self.heard.put((self, None))

    def tell(self, order: dict[str, Any]) -> None:
        """Say one thing; a worker that has died is heard of by itself."""
        with suppress(OSError):
            self.orders.write(json.dumps(order).encode() + b"\n")
            self.orders.flush()

    def end(self) -> None:
        """Wait for a process that has been told to stop, or stopped; not for ever."""
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.ear.join()
        with suppress(OSError):
            self.orders.close()


class _Crew:
    """All workers of one run."""

    def __init__(
        self, staging: Staging, order: Sequence[Setting], asked: Asked, notes: IO[bytes]
    ) -> None:
        self.staging, self.asked, self.notes = staging, asked, notes
        self.left, self.n = list(reversed(order)), len(order)
        self.workers: list[_Worker] = []
        self.heard: queue.SimpleQueue[tuple[_Worker, Any]] = queue.SimpleQueue()

    def start(self, processes: int) -> None:
        setup = {"asked": self.asked.as_dict(), "staging": str(self.staging.path.resolve())}
        for _ in range(processes):
            one = _Worker(self.notes, self.heard)
            self.workers.append(one)
            one.tell(setup)
            self._next(one)

    def _next(self, one: _Worker) -> None:
        one.at = self.left.pop() if self.left else None
        one.tell({"council": one.at.code} if one.at else {worker.STOP: True})

    def work(self, tell: _Tell) -> Written:
        total = Written()
        for _ in range(self.n):
            tell.working(*(one.at for one in self.workers if one.at))
            one, council, answer = self._hear()
            if "failed" in answer:
                error = _not_written(council, answer["failed"])
                error.add_note(answer["trace"])
                raise error
            total += Written(**answer["written"])
            tell.finished(council)
            self._next(one)
        tell.working()
        return total

    def _hear(self) -> tuple[_Worker, Setting, dict[str, Any]]:
        while True:
            try:
                # Not for ever at once: on Windows nothing interrupts a wait without an end.
                one, answer = self.heard.get(timeout=0.5)
            except queue.Empty:
                continue
            if one.at is None:
                continue  # it was told to stop, and has
            if answer is None:
                raise _not_written(one.at, self._why_it_ended(one.process))
            return one, one.at, answer

    def _why_it_ended(self, process: subprocess.Popen[bytes]) -> str:
        code = process.wait()
        self.notes.seek(0)
        last = self.notes.read()[-2000:].decode(errors="replace").strip().rpartition("\n")[2]
        how = f"was killed by signal {-code}" if code < 0 else f"ended with {code}"
        memory = ", as happens where memory runs out" if code == -9 else ""
        return f"the process {how}{memory}" + (f" ({last})" if last else "")

    def stop(self) -> None:
        for one in self.workers:
            if one.at is not None:
                one.process.terminate()
        for one in self.workers:
            one.end()


def _environment() -> dict[str, str]:
    """The same Python for a worker, and the same copy of this package."""
    home = Path(__file__).resolve().parents[2]
    if {"site-packages", "dist-packages"} & set(home.parts):
        return dict(os.environ)
    paths = [str(home), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
