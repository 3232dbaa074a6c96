"""Solve the dependencies anew and write them with hashes, and with no download addresses."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {
    "base": ["pyproject.toml", "requirements/build.in"],
    "dev": ["pyproject.toml", "requirements/build.in", "--extra", "dev", "--extra", "postgres"],
    "node": ["requirements/node.in"],
    "spark": ["pyproject.toml", "--extra", "spark"],
}


def main() -> int:
    """Write each lock; those after the first are held to the versions of the first."""
    for name, sources in LOCKS.items():
        held = [] if name in ("base", "node") else ["--constraint", "requirements/base.txt"]
        command = [
            *(sys.executable, "-m", "uv", "pip", "compile", "--quiet"),
            *("--generate-hashes", "--no-emit-index-url", "--no-header"),
            *("--universal", "--python-version", "3.11"),
            *sources,
            *held,
            *("--output-file", f"requirements/{name}.txt"),
        ]
        subprocess.run(command, cwd=ROOT, check=True)
        sys.stderr.write(f"wrote requirements/{name}.txt\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
