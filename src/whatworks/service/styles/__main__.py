"""``python -m whatworks.service.styles``: build the stylesheet if it is out of date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from whatworks.service.styles.build import StylesError, build

ROOT = Path(__file__).resolve().parents[4]


def main(arguments: list[str] | None = None) -> int:
    """Build, and say in one line what was done. Returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m whatworks.service.styles", description=main.__doc__
    )
    parser.add_argument("--force", action="store_true", help="build even if nothing has changed")
    parser.add_argument("--dev", action="store_true", help="also fetch what the browser tests need")
    chosen = parser.parse_args(arguments)
    try:
        built = build(ROOT, force=chosen.force, with_tests=chosen.dev)
    except StylesError as problem:
        sys.stderr.write(f"{problem}\n")
        return 2
    sys.stderr.write("The styles were built.\n" if built else "The styles are up to date.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
