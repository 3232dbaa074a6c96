"""How many CPU seconds does it take to compare 150 councils?

Three questions: councils' own figures side by side, the same allowing for age group and sex, and
one published measure across England. The figures are made up here, so that what is timed is the
comparison and not the counting of returns. Prints a table; the first run pays for imports.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import product
from statistics import median

import numpy as np
import polars as pl

from whatworks import measures, reference

COUNCILS, YEAR, RUNS = 150, 2025, 7
NAME, BY = "three_or_more_placements", ("age_group", "sex")
AGES = ("Under 1 year", "1 to 4 years", "5 to 9 years", "10 to 15 years", "16 years and over")
SEXES = ("Male", "Female", "Not known")


def _cpu(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def _figures(rng: np.random.Generator) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows as ``measures.run`` gives them, for every council, and by group."""
    codes = reference.councils(YEAR)["code"].to_list()[:COUNCILS]
    keys = list(product(codes, AGES, SEXES))
    n = rng.integers(0, 120, len(keys)) * np.array([s != "Not known" for _, _, s in keys])
    groups = pl.DataFrame(keys, schema=["council", *BY], orient="row").with_columns(
        measure=pl.lit(NAME),
        year=pl.lit(YEAR),
        numerator=pl.Series(rng.binomial(n, 0.1), dtype=pl.Float64),
        denominator=pl.Series(n, dtype=pl.Float64),
    )
    whole = groups.group_by("measure", "council", "year").agg(
        pl.col("numerator", "denominator").sum()
    )
    return _valued(whole), _valued(groups)


def _valued(rows: pl.DataFrame) -> pl.DataFrame:
    value = pl.when(pl.col("denominator") > 0).then(100 * pl.col("numerator") / "denominator")
    return rows.with_columns(value=value, low=value, high=value, reason=pl.lit(None, pl.String))


def main() -> int:
    """Print CPU seconds for each question."""
    figures, groups = _figures(np.random.default_rng(1))
    questions: dict[str, Callable[[], object]] = {
        "side by side": lambda: measures.compared(figures, NAME, YEAR),
        "like with like": lambda: measures.compared(
            figures, NAME, YEAR, groups=groups, adjust=list(BY)
        ),
        "across England": lambda: measures.across(NAME, YEAR),
    }
    sys.stdout.write(f"{COUNCILS} councils, {RUNS} runs; CPU seconds\n")
    sys.stdout.write(f"{'question':<16}{'first run':>12}{'median of the rest':>22}\n")
    for name, work in questions.items():
        taken = [_cpu(work) for _ in range(RUNS)]
        sys.stdout.write(f"{name:<16}{taken[0]:>12.3f}{median(taken[1:]):>22.3f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
