"""A load that is killed, at whatever moment, leaves all of itself or nothing.

Loads run in a process of their own and are killed with SIGKILL at random moments spread over the
time that a load takes, and also, one by one, just before each write, rename, sync and removal.
"""

from __future__ import annotations

import importlib.util
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from polars.testing import assert_frame_equal

from whatworks.returns.model import Submission
from whatworks.returns.store import Store
from whatworks.returns.verifying import verify_workspace

pytestmark = pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")

SCRIPT = Path(__file__).with_name("store_loader.py")
KILLS = 100


class Loader:
    """The process that loads on command."""

    def __init__(self, sent: Path) -> None:
        self.sent = str(sent)
        self.process = subprocess.Popen(
            [sys.executable, "-W", "ignore", str(SCRIPT)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"POLARS_MAX_THREADS": "1"},
        )

    def start(self, workspace: Path, *salts: str, step: int = 0, linger: bool = False) -> None:
        """Begin to load. step: die before that step. linger: when done, wait to be killed."""
        commands = [
            {"workspace": str(workspace), "sent": self.sent, "salt": salt}
            | {"step": step, "linger": linger}
            for salt in salts
        ]
        assert self.process.stdin
        self.process.stdin.write(json.dumps(commands) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout
        heard: dict[str, Any] = json.loads(self.process.stdout.readline())
        return heard

    def hear_until_ended(self) -> list[dict[str, Any]]:
        heard = [self.hear()]
        while "ended" not in heard[-1]:
            heard.append(self.hear())
        return heard


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is one: killing is the same there, and waiting is shorter."""
    memory = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it)
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as made:
        yield Path(made)


@pytest.fixture
def loader(tmp_path: Path) -> Iterator[Loader]:
    sent = tmp_path / "sent"
    sent.mkdir()
    made = Loader(sent)
    yield made
    assert made.process.stdin
    assert made.process.stdout
    made.process.stdin.close()
    assert made.process.wait(10) == 0
    made.process.stdout.close()


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("store_loader", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def new_workspace(path: Path) -> Path:
    return Store.open(path, create=True, synthetic=True).path


def check_all_or_nothing(
    script: ModuleType, workspace: Path, sent: Path, salt: str, before: list[Submission]
) -> bool:
    """Everything sound; the load wholly there or wholly absent; the next one works and clears up.

    Returns whether the load that was killed is there.
    """
    store = Store.open(workspace)
    places = verify_workspace(workspace)
    assert all(place.ok for place in places), [place.problems for place in places]
    after = store.submissions(current=False)
    assert [one.id for one in after[: len(before)]] == [one.id for one in before]
    assert len(after) - len(before) in {0, 1}
    read, typed = script.a_return(sent, salt)
    there = len(after) > len(before)
    if there:
        for name, frame in store.tables(after[-1]).items():
            assert_frame_equal(frame, typed[name])
        for name, frame in store.text_tables(after[-1]).items():
            assert_frame_equal(frame, read.tables[name])
        for sha256, path in read.paths.items():
            assert store.original(after[-1], sha256) == Path(path).read_bytes()
    _, already_stored = script.load(str(workspace), str(sent), salt)
    assert already_stored == there
    if there:
        script.load(str(workspace), str(sent), f"{salt} and then")
    (place,) = verify_workspace(workspace)
    assert (place.ok, place.sealed, place.notes) == (True, True, ())
    assert place.n_submissions == len(before) + 1 + there
    return there


def test_a_load_killed_at_any_moment_is_there_wholly_or_not_at_all(
    tmp_path: Path, loader: Loader, script: ModuleType
) -> None:
    sent = tmp_path / "sent"
    durations = []
    workspace = new_workspace(tmp_path / "measured")
    for number in range(5):
        loader.start(workspace, f"whole {number}")
        durations.append(next(h["took"] for h in loader.hear_until_ended() if "took" in h))
    usual = statistics.median(durations)
    rng = random.Random(903)
    there, finished = 0, 0
    for number in range(KILLS):
        if number % 4 == 0:
            workspace = new_workspace(tmp_path / f"workspace {number}")
        before = Store.open(workspace).submissions(current=False)
        moment = rng.uniform(0, usual * 1.2)
        loader.start(workspace, f"killed {number}", linger=True)
        pid = loader.hear()["ready"]
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        heard = loader.hear_until_ended()
        assert heard[-1]["ended"] == [signal.SIGKILL]
        finished += "id" in heard[0]
        there += check_all_or_nothing(script, workspace, sent, f"killed {number}", before)
    # The moments were spread over the whole load: some were early, some late.
    assert 0 < there < KILLS
    assert finished < KILLS


@pytest.mark.parametrize("first", [True, False], ids=["first load", "resubmission"])
def test_a_load_that_dies_before_any_step_is_there_wholly_or_not_at_all(
    tmp_path: Path, loader: Loader, script: ModuleType, first: bool
) -> None:
    sent = tmp_path / "sent"
    outcomes = []
    step = 0
    while True:
        step += 1
        workspace = new_workspace(tmp_path / f"workspace {step}")
        if not first:
            script.load(str(workspace), str(sent), "before")
        before = Store.open(workspace).submissions(current=False)
        loader.start(workspace, "dies", step=step)
        if loader.hear_until_ended()[-1]["ended"] == [0]:
            break
        outcomes.append(check_all_or_nothing(script, workspace, sent, "dies", before))
    assert len(outcomes) > 15
    assert outcomes == sorted(outcomes), "once there, always there"
    assert True in outcomes, "the last steps come after the commit"


def test_four_processes_may_load_at_once(tmp_path: Path, loader: Loader) -> None:
    workspace = new_workspace(tmp_path / "workspace")
    for turn in range(5):
        loader.start(workspace, *[f"turn {turn} load {number}" for number in range(4)])
        assert loader.hear_until_ended()[-1]["ended"] == [0, 0, 0, 0]

    kept = Store.open(workspace).submissions(current=False)
    (place,) = verify_workspace(workspace)

    assert len(kept) == 20
    assert [one.supersedes for one in kept] == [None, *[one.id for one in kept[:-1]]]
    assert [one.superseded_by for one in kept] == [*[one.id for one in kept[1:]], None]
    assert (place.ok, place.n_events, place.notes) == (True, 21, ())


def test_four_processes_loading_the_same_files_keep_them_once(
    tmp_path: Path, loader: Loader
) -> None:
    workspace = new_workspace(tmp_path / "workspace")
    for turn in range(5):
        loader.start(workspace, *[f"turn {turn}"] * 4)
        heard = loader.hear_until_ended()
        assert not [one for one in heard if "error" in one]
        results = [one["already_stored"] for one in heard if "already_stored" in one]
        assert sorted(results) == [False, True, True, True]
    (place,) = verify_workspace(workspace)
    assert (place.ok, place.n_submissions, place.notes) == (True, 5, ())
