"""Make sure that a Chromium is here for the browser tests, or say plainly what to install."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The browser named in WHATWORKS_CHROMIUM, or the first one on the path."""
    named = os.environ.get("WHATWORKS_CHROMIUM")
    if named:
        return named if shutil.which(named) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _install() -> None:
    for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run(
            ["apt-get", *step],
            check=False,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def main() -> int:
    """Exit 0 with a browser here, else 1 with one line."""
    if find():
        return 0
    if "WHATWORKS_CHROMIUM" not in os.environ and os.geteuid() == 0 and shutil.which("apt-get"):
        sys.stderr.write("Installing Chromium for the browser tests ...\n")
        _install()
        if find():
            return 0
    sys.stderr.write(
        "The browser tests need Chromium: install it (Debian: apt install chromium) "
        "or name one in WHATWORKS_CHROMIUM.\n"
    )
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
