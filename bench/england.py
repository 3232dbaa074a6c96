"""How long all of England takes to write, how much memory and disk.

    python bench/england.py [--processes 2] [--years 7] [--only region]

Writes SSDA903 and the workforce census of every council, then full-size CIN censuses of the
synthetic region, each in a process of its own, and prints for both what it took. Peak memory is
that of the first process and, beside it, of the largest worker; at most the first and all workers
together are held at one time. Targets: England in 10 minutes and 4 GB, the region's CIN in 2
minutes, on two cores.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

_WRITE = """
import json, resource, sys, time
from whatworks import synthetic
asked = json.loads(sys.argv[2])
started = time.monotonic()
made = synthetic.write(sys.argv[1], **asked)
unit = 1024 if sys.platform != "darwin" else 1024 * 1024
who = {"self": resource.RUSAGE_SELF, "workers": resource.RUSAGE_CHILDREN}
used = {name: resource.getrusage(one) for name, one in who.items()}
print(json.dumps({
    "wall": time.monotonic() - started,
    "cpu": sum(one.ru_utime + one.ru_stime for one in used.values()),
    "first": used["self"].ru_maxrss / unit,
    "worker": used["workers"].ru_maxrss / unit,
    "councils": len(made.councils), "returns": made.n_returns, "bytes": made.n_bytes,
}))
"""


def measure(out: Path, asked: dict[str, object]) -> dict[str, float]:
    """Write into a folder in a process of its own; what it took."""
    done = subprocess.run(
        [sys.executable, "-c", _WRITE, str(out), json.dumps(asked)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return {name: float(value) for name, value in json.loads(done.stdout).items()}


def main() -> int:
    """Print the table; 1 if a limit was passed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--years", type=int, default=7, help="the last so many to 2025")
    parser.add_argument("--only", choices=("england", "region"))
    told = parser.parse_args()
    shared: dict[str, object] = {
        "first_year": 2026 - told.years,
        "last_year": 2025,
        "processes": told.processes,
    }
    england = {"councils": "all", "collections": ["ssda903", "csww"]}
    region = {"councils": 12, "collections": ["cin"], "need_share": 1.0}
    runs = {
        "england": ("SSDA903 and CSWW, England", shared | england, 600),
        "region": ("CIN, full size, 12 councils", shared | region, 120),
    }
    sys.stdout.write(f"{told.years} years, {told.processes} processes\n")
    sys.stdout.write(
        f"{'':<30}{'councils':>9}{'returns':>9}{'MB':>8}{'CPU s':>8}{'wall s':>8}"
        f"{'first MB':>10}{'worker MB':>11}\n"
    )
    passed = False
    for name, (title, asked, limit) in runs.items():
        if told.only not in (None, name):
            continue
        with tempfile.TemporaryDirectory() as folder:
            took = measure(Path(folder) / "out", asked)
        sys.stdout.write(
            f"{title:<30}{took['councils']:>9,.0f}{took['returns']:>9,.0f}"
            f"{took['bytes'] / 1e6:>8,.0f}{took['cpu']:>8,.0f}{took['wall']:>8,.0f}"
            f"{took['first']:>10,.0f}{took['worker']:>11,.0f}\n"
        )
        most = took["first"] + told.processes * took["worker"]
        sys.stdout.write(f"  limit {limit} s, 4,000 MB; at most {most:,.0f} MB at one time\n")
        passed = passed or took["wall"] > limit or most > 4000
    return int(passed)


if __name__ == "__main__":
    sys.exit(main())
