"""How long does one effect take, with its p and its interval, by councils and arrangements?

    python bench/effect.py

CPU seconds of ``rollout.natural_experiment.estimate`` on panels of invented rates.
"""

from __future__ import annotations

import sys
import time
from datetime import date

import numpy as np

from whatworks.rollout.natural_experiment import Panel, estimate

CASES = ((12, 5, 999), (12, 5, 9_999), (40, 12, 9_999), (150, 40, 9_999))


def panel(councils: int) -> Panel:
    """Seven years of rates of so many councils."""
    rng = np.random.default_rng(councils)
    size = rng.uniform(2e4, 2e5, councils)[:, None] * np.ones(7)
    level = rng.normal(np.log(30e-4), 0.3, (councils, 1))
    counts = rng.poisson(size * np.exp(level + rng.normal(0, 0.1, (councils, 7))))
    codes = tuple(str(300 + i) for i in range(councils))
    return Panel(
        "started_rate",
        codes,
        tuple(range(2019, 2026)),
        counts.astype(float),
        size,
        share=False,
        submissions={},
        missing={},
    )


def seconds(councils: int, adopters: int, arrangements: int) -> float:
    """CPU seconds of one estimate."""
    made = panel(councils)
    adopted = {code: date(2021 + i % 3, 4, 1) for i, code in enumerate(made.councils[:adopters])}
    begun = time.process_time()
    estimate(made, adopted, practice="bench", arrangements=arrangements)
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    sys.stdout.write("councils adopters arrangements CPU-s\n")
    for case in CASES:
        took = min(seconds(*case) for _ in range(3))
        sys.stdout.write(f"{case[0]:>8} {case[1]:>8} {case[2]:>12} {took:>5.2f}\n")


if __name__ == "__main__":
    main()
