"""One council's return of about 1,000 children: how many CPU seconds to check, load and measure?

Target: under 2 CPU seconds after start-up. Prints a table; the first run of each step pays for
imports and is shown apart.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from whatworks import measures, returns, synthetic

COUNCIL, YEAR, RUNS = "316", 2024, 7


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> int:
    """Print CPU seconds for each step."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        synthetic.write(out / "made", councils=[COUNCIL], first_year=YEAR, last_year=YEAR, seed=1)
        source = out / "made" / COUNCIL / "ssda903" / str(YEAR)
        children = returns.read(source, year=YEAR).tables["Header"].height
        steps: dict[str, list[float]] = {"check": [], "load": [], "measures": [], "all three": []}
        for run in range(RUNS):
            store = returns.Store.open(out / f"kept{run}", create=True, synthetic=True)
            taken = [
                _cpu(lambda: returns.check(source, year=YEAR, council=COUNCIL)),
                _cpu(lambda s=store: returns.load(source, store=s, year=YEAR, council=COUNCIL)),
                _cpu(lambda s=store: measures.run(s, council=COUNCIL)),
            ]
            for name, seconds in zip(steps, [*taken, sum(taken)], strict=True):
                steps[name].append(seconds)
    sys.stdout.write(f"{children:,} children, {RUNS} runs; CPU seconds\n")
    sys.stdout.write(f"{'step':<12}{'first run':>12}{'median of the rest':>22}\n")
    for name, seconds in steps.items():
        sys.stdout.write(f"{name:<12}{seconds[0]:>12.2f}{median(seconds[1:]):>22.2f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
