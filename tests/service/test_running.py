"""Preparing a workspace and serving it, as the command line does: in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from whatworks.service import running

PREPARE = (
    "import sys, json; from pathlib import Path; from whatworks.service import running;"
    "people = running.prepare(Path(sys.argv[1]));"
    "print(json.dumps([[p.role, p.organisation, p.email, p.password] for p in people]))"
)
SERVE = (
    "import sys; from pathlib import Path; from whatworks.service import running;"
    "running.serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
)
ENV = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith("WHATWORKS_") and name != "DJANGO_SETTINGS_MODULE"
}


def make(folder: Path, *, synthetic: bool) -> Path:
    (folder / "workspace.json").write_text(json.dumps({"synthetic": synthetic}))
    (folder / "councils" / "301").mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("running"), synthetic=True)


@pytest.fixture(scope="module")
def first(workspace: Path) -> list[list[str]]:
    """The sign-ins that preparing the workspace for the first time gave."""
    return prepare(workspace)


def prepare(workspace: Path) -> list[list[str]]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", PREPARE, str(workspace)],
        env=ENV,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_preparing_makes_everything_and_preparing_again_keeps_it(
    workspace: Path, first: list[list[str]]
) -> None:
    assert len(first) == 4
    assert (workspace / "service.sqlite3").is_file()
    assert list((workspace / "static" / "built").glob("main.*.css"))
    secret = (workspace / "service-secret.key").read_text()
    second = prepare(workspace)
    assert [person[:3] for person in first] == [person[:3] for person in second]
    assert (workspace / "service-secret.key").read_text() == secret
    held = (workspace / "service.sqlite3").read_bytes()
    for person in first + second:
        assert person[3].encode() not in held, "a password is kept in clear"


def test_where_children_may_be_real_there_are_no_demo_people(tmp_path: Path) -> None:
    assert prepare(make(tmp_path, synthetic=False)) == []


@pytest.mark.usefixtures("first")
def test_serving_answers_and_stops_whole(workspace: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(workspace), str(port)],
        env=ENV,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        assert _answer(port, process) == b'{"ok": true'
    finally:
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors
    # The web server and the worker were in the same process group: nobody is left in it.
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def _answer(port: int, process: subprocess.Popen[bytes]) -> bytes:
    for _ in range(600):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5) as answer:
                return answer.read()[:11]
        except OSError:
            assert process.poll() is None
            time.sleep(0.1)
    raise AssertionError("the site did not answer within a minute")


def test_a_port_that_is_taken_is_told_plainly(workspace: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(running.CannotServe, match=f"port {port}.*--port"):
            running.serve(workspace, port=port)
