"""How much memory reading a census of 100 MB takes.

    python bench/cin_memory.py [--megabytes 100]

Writes a census of invented children of that size, reads it in a process of its own and prints the
highest resident memory of that process beside the same of one that only imports the reader.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

LIMIT_MB = 300

_READ = """
import json, resource, sys, time
from whatworks.returns.reading import read
started, rows = time.process_time(), {}
if sys.argv[1:]:
    rows = {name: frame.height for name, frame in read(sys.argv[1]).tables.items()}
unit = 1024 if sys.platform != "darwin" else 1024 * 1024
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
print(json.dumps({"peak": peak, "seconds": time.process_time() - started, "rows": rows}))
"""


def write_census(path: Path, megabytes: float, seed: int = 1) -> int:
    """Write a census of about that size; returns how many children it has."""
    chance = random.Random(seed)  # noqa: S311  (invented children, not secrets)
    children, written = 0, 0
    with path.open("w", encoding="utf-8") as out:
        out.write(
            "<Message><Header><CollectionDetails><Collection>CIN</Collection><Year>2024</Year>"
            "<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails><Source>"
            "<SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>\n<Children>\n"
        )
        while written < megabytes * 1_000_000:
            children += 1
            written += out.write(_child(children, chance))
        out.write("</Children></Message>\n")
    return children


def _child(number: int, chance: random.Random) -> str:
    def day(first: int, last: int) -> str:
        year, month, date = (
            chance.randint(first, last),
            chance.randint(1, 12),
            chance.randint(1, 28),
        )
        return f"{year}-{month:02}-{date:02}"

    details = "".join(
        f"""    <CINdetails>
      <CINreferralDate>{day(2021, 2023)}</CINreferralDate>
      <ReferralSource>1A</ReferralSource>
      <PrimaryNeedCode>N{chance.randint(1, 8)}</PrimaryNeedCode>
      <Assessments>
        <AssessmentActualStartDate>{day(2023, 2023)}</AssessmentActualStartDate>
        <AssessmentAuthorisationDate>{day(2023, 2023)}</AssessmentAuthorisationDate>
        <FactorsIdentifiedAtAssessment>
          <AssessmentFactors>2A</AssessmentFactors>
          <AssessmentFactors>4B</AssessmentFactors>
        </FactorsIdentifiedAtAssessment>
      </Assessments>
      <ReferralNFA>0</ReferralNFA>
      <ChildProtectionPlans>
        <CPPstartDate>{day(2023, 2023)}</CPPstartDate>
        <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
        <LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>
        <NumberOfPreviousCPP>0</NumberOfPreviousCPP>
        <Reviews><CPPreviewDate>{day(2023, 2023)}</CPPreviewDate></Reviews>
      </ChildProtectionPlans>
    </CINdetails>
"""
        for _ in range(chance.randint(1, 3))
    )
    return f"""  <Child>
    <ChildIdentifiers>
      <LAchildID>INVENTED{number:08}</LAchildID>
      <UPN>A{chance.randrange(10**12):012}</UPN>
      <PersonBirthDate>{day(2006, 2022)}</PersonBirthDate>
      <GenderCurrent>{chance.randint(1, 2)}</GenderCurrent>
    </ChildIdentifiers>
    <ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
{details}  </Child>
"""


def measure(*paths: str) -> dict[str, object]:
    """Read in a process of its own; its peak resident memory (MB), CPU seconds and row counts."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, *paths], capture_output=True, text=True, check=True
    )
    return dict(json.loads(done.stdout))


def main() -> int:
    """Print the table; 1 if reading went over the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=100)
    wanted = parser.parse_args().megabytes
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "census.xml"
        children = write_census(path, wanted)
        size = path.stat().st_size / 1_000_000
        nothing, all_of_it = measure(), measure(str(path))
    rows = all_of_it["rows"]
    total = sum(rows.values()) if isinstance(rows, dict) else 0
    lines = [
        ("size of the file", f"{size:,.0f} MB"),
        ("children", f"{children:,}"),
        ("rows read, all tables", f"{total:,}"),
        ("CPU time", f"{all_of_it['seconds']:.1f} s"),
        ("peak memory, reader loaded", f"{nothing['peak']:,.0f} MB"),
        ("peak memory, file read", f"{all_of_it['peak']:,.0f} MB (limit {LIMIT_MB} MB)"),
    ]
    for name, value in lines:
        sys.stdout.write(f"{name:<28} {value}\n")
    return int(float(str(all_of_it["peak"])) > LIMIT_MB)


if __name__ == "__main__":
    sys.exit(main())
