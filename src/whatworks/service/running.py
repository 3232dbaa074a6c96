"""Preparing a workspace's service and running it: what the command line calls."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from whatworks.service.common.demo import DemoSignIn

SETTINGS = "whatworks.service.config.settings"


class CannotServe(Exception):
    """The site cannot be served; the text says why and what to do."""


def set_up(workspace: Path) -> None:
    """Point Django at this workspace. Once a process: a second workspace needs a second process."""
    os.environ["WHATWORKS_WORKSPACE"] = str(workspace.resolve())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def prepare_database(workspace: Path) -> None:
    """Bring the database of a workspace up to date."""
    set_up(workspace)
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


def prepare(workspace: Path) -> list[DemoSignIn]:
    """Bring the database and the static files of a workspace up to date.

    Returns demo sign-ins (role, organisation, email, password) where every child is invented,
    otherwise none. Takes a second or two, and may be called again at any time.
    """
    prepare_database(workspace)
    from django.core.management import call_command

    from whatworks.service.common.demo import also_at, create_demo
    from whatworks.service.config.environment import is_synthetic

    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    if not is_synthetic(workspace):
        return []
    people = create_demo(workspace)
    from whatworks.service.loop.example import council_to_show

    shown = council_to_show()
    if shown is not None:
        also_at(shown)
    return people


def serve(
    workspace: Path, *, port: int = 8000, host: str = "127.0.0.1", worker: bool = True
) -> None:
    """Serve a prepared workspace until interrupted, with one process for work in the background.

    Both are started as fresh interpreters: a process forked from one that has used Polars may
    wait for ever for a lock that nobody holds. Raises CannotServe if the port is taken.
    """
    check_port(host, port)
    environment = {
        **os.environ,
        "WHATWORKS_WORKSPACE": str(workspace.resolve()),
        "DJANGO_SETTINGS_MODULE": SETTINGS,
    }
    commands = [_site(host, port), *([_background()] if worker else [])]
    processes = []
    before = signal.signal(signal.SIGTERM, _as_interrupt)
    try:
        processes += [subprocess.Popen(command, env=environment) for command in commands]
        # Whichever ends first takes the other with it: half a service is worse than none.
        while all(process.poll() is None for process in processes):
            time.sleep(0.2)
    except KeyboardInterrupt:
        pass
    finally:
        for process in processes:
            _stop(process)
        signal.signal(signal.SIGTERM, before)


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def check_port(host: str, port: int) -> None:
    """Raises CannotServe if another program has the port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CannotServe(
                f"The site cannot use port {port} on {host} ({problem.strerror}). "
                "Choose another with --port."
            ) from problem


def _site(host: str, port: int) -> list[str]:
    options = {"host": host, "port": port, "interface": "wsgi", "workers": 1, "blocking-threads": 4}
    named = [part for name, value in options.items() for part in (f"--{name}", str(value))]
    quiet = ["--no-ws", "--log-level", "warning", "--respawn-failed-workers"]
    return [
        sys.executable,
        "-m",
        "granian",
        *named,
        *quiet,
        "whatworks.service.config.wsgi:application",
    ]


def _background() -> list[str]:
    return [
        sys.executable,
        "-m",
        "django",
        "db_worker",
        "-v",
        "0",
        "--interval",
        "0.5",
        "--no-startup-delay",
    ]


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
