"""Both ways in, from a clean clone with an empty home directory: `make up` and `pip install .`.

These install everything anew, so they belong to `make prove`.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [
    pytest.mark.prove,
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a git checkout can be cloned"),
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clean") / "whatworks"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    kept = {key: os.environ[key] for key in ("PATH", "LANG") if key in os.environ}
    # Where packages come from is the machine's business, not the home directory's.
    kept |= {
        key: value for key, value in os.environ.items() if key.startswith(("PIP_", "npm_config_"))
    }
    return {**kept, "HOME": str(home)}


def _served(command: list[str], folder: Path, env: dict[str, str], port: int) -> str:
    """Start the site, fetch its front page, stop it; what it printed comes back."""
    with (folder / "printed.txt").open("w+") as printed:
        running = subprocess.Popen(
            command,
            cwd=folder,
            env=env,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            for _ in range(600):
                assert running.poll() is None, (folder / "printed.txt").read_text()
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                        assert page.status == 200
                        assert b"invented" in page.read()
                        break
                except OSError:
                    time.sleep(0.5)
            else:
                pytest.fail("the site did not answer in five minutes")
        finally:
            os.killpg(running.pid, 15)
            running.wait(timeout=30)
    return (folder / "printed.txt").read_text()


def test_make_up_works_from_a_clean_clone(clone: Path, empty_home: dict[str, str]) -> None:
    port = _free_port()
    printed = _served(
        ["make", "up", "COUNCILS=2", f"PORT={port}", f"PYTHON={sys.executable}"],
        clone,
        empty_home,
        port,
    )
    assert f"http://127.0.0.1:{port}/" in printed
    assert re.search(r"analyst.*@", printed, re.IGNORECASE)


def test_pip_install_then_whatworks_up_works(
    clone: Path, empty_home: dict[str, str], tmp_path: Path
) -> None:
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    pip = str(tmp_path / "venv/bin/pip")
    subprocess.run(
        [pip, "install", "--quiet", str(clone)], env=empty_home, check=True, cwd=tmp_path
    )
    port = _free_port()
    command = str(tmp_path / "venv/bin/whatworks")
    printed = _served(
        [command, "up", "--councils", "2", "--port", str(port)], tmp_path, empty_home, port
    )
    assert f"http://127.0.0.1:{port}/" in printed
