"""Files damaged at random: nothing but a ReturnsError escapes, and rows that were not hit survive.

200 cases in a normal run, 2,000 when WHATWORKS_PROVE is 1; each is told by its seed. What became
of the project's own files is also held to ``damaged_files.csv``, the committed table of the long
run (WHATWORKS_WRITE_PROOFS=1 writes it anew).
"""

from __future__ import annotations

import os
import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from whatworks.returns.model import PROBLEM_SCHEMA, ReadReturn, ReturnsError
from whatworks.returns.reading import parts_of, read
from whatworks.returns.typing import type_tables

TABLE = Path(__file__).with_name("damaged_files.csv")
HEADING = "first_seed,last_seed,files_refused,rows_read,problems"
BLOCK = 50
CASES = 2_000 if os.environ.get("WHATWORKS_PROVE") == "1" else 200

EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,URN\n" + "".join(
    f"{n:05},{1 + n % 28:02}/05/2023,S,C2,N{1 + n % 8},U4,PR1,{'03/03/2024' if n % 3 else ''},"
    f"{'E4A' if n % 3 else ''},{7_000_000 + n}\n"
    for n in range(60)
)
QUOTED = "".join(
    ",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in EPISODES.splitlines()
)
XML_903 = (
    "<?xml version='1.0' encoding='utf-8'?>\n<EXPSSDA903>"
    + "".join(
        f"<CHILD><HEADER><CHILDID>{n:05}</CHILDID><SEX>1</SEX><DOB>01/02/2010</DOB><UASC/>"
        "<AREVIEW><REVIEW>01/07/2023</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW></HEADER>"
        f"<EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><PL>U4</PL><DEC/></EPISODE></CHILD>\n"
        for n in range(40)
    )
    + "</EXPSSDA903>\n"
)
CIN = (
    "<Message><Header><CollectionDetails><Collection>CIN</Collection><ReferenceDate>2024-03-31"
    "</ReferenceDate></CollectionDetails><Source><LEA>301</LEA></Source></Header>\n<Children>\n"
    + "".join(
        f"<Child><ChildIdentifiers><LAchildID>{n:05}</LAchildID></ChildIdentifiers>"
        "<CINdetails><CINreferralDate>2023-05-06</CINreferralDate><Assessments>"
        "<AssessmentActualStartDate>2023-05-08</AssessmentActualStartDate>"
        "<FactorsIdentifiedAtAssessment><AssessmentFactors>2A</AssessmentFactors>"
        "</FactorsIdentifiedAtAssessment></Assessments></CINdetails></Child>\n"
        for n in range(40)
    )
    + "</Children></Message>\n"
)
OWN = {"episodes": EPISODES, "quoted": QUOTED, "903 xml": XML_903, "cin xml": CIN}


def read_whatever(path: Path) -> ReadReturn | None:
    """Read and type; None for a ReturnsError, whose text must be a sentence."""
    said = ""
    try:
        result = read(path, year=2024)
    except ReturnsError as error:
        said = str(error)
    if said:
        assert said.endswith("."), said
        return None
    typed, problems, _ = type_tables(
        result.tables, collection=result.collection, year=result.year, files=parts_of(result)
    )
    assert result.problems.schema == problems.schema == dict(PROBLEM_SCHEMA)
    for problem in pl.concat([result.problems, problems]).iter_rows(named=True):
        assert problem["problem"]
        assert problem["file"] is not None
        if problem["row"] is not None:
            assert 1 <= problem["row"] <= result.tables[problem["table"]].height
    for name, frame in typed.items():
        assert frame.height == result.tables[name].height
    return result


# --- the ways to damage a file -------------------------------------------------------------


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 50))):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def truncate(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def shuffle_lines(content: bytes, chance: random.Random) -> bytes:
    lines = content.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines)


def swap_tokens(content: bytes, chance: random.Random) -> bytes:
    tokens = re.split(rb"([,<>\"\r\n/ =]+)", content)
    for _ in range(chance.choice((1, 3, 20))):
        one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
        tokens[one], tokens[other] = tokens[other], tokens[one]
    return b"".join(tokens)


def double_a_part(content: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(content))
    end = min(len(content), start + chance.randrange(1, 400))
    return content[:end] + content[start:end] + content[end:]


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip_bytes,
    truncate,
    shuffle_lines,
    swap_tokens,
    double_a_part,
)


Outcome = tuple[int, int, int]
"""How many files were refused, and how many rows and problems the others had."""


def damage_and_read(files: list[bytes], cases: int, folder: Path) -> list[Outcome]:
    """Read that many damaged files; what became of each."""
    outcomes: list[Outcome] = []
    for seed in range(cases):
        chance = random.Random(seed)
        content = chance.choice(WAYS)(files[seed % len(files)], chance)
        path = folder / "damaged"
        path.write_bytes(content)
        try:
            result = read_whatever(path)
        except Exception as error:
            pytest.fail(f"seed {seed}: {type(error).__name__}: {error}")
        rows = sum(table.height for table in result.tables.values()) if result else 0
        outcomes.append((int(result is None), rows, result.problems.height if result else 0))
    return outcomes


def readable(outcomes: list[Outcome]) -> int:
    return sum(1 - refused for refused, _, _ in outcomes)


def in_blocks(outcomes: list[Outcome]) -> list[str]:
    """The outcomes of each 50 seeds in one line of the table."""
    lines = []
    for first in range(0, len(outcomes), BLOCK):
        sums = [sum(part) for part in zip(*outcomes[first : first + BLOCK], strict=True)]
        lines.append(",".join(str(n) for n in (first, first + BLOCK - 1, *sums)))
    return lines


def test_no_exception_escapes_from_damaged_files(tmp_path):
    outcomes = damage_and_read([text.encode() for text in OWN.values()], CASES, tmp_path)
    assert readable(outcomes) > CASES // 4, "most damage leaves something to read"
    lines = in_blocks(outcomes)
    if os.environ.get("WHATWORKS_WRITE_PROOFS") == "1":
        TABLE.write_text("\n".join([HEADING, *lines]) + "\n")
    assert lines == TABLE.read_text().splitlines()[1 : 1 + len(lines)]


def test_no_exception_escapes_from_damaged_samples(tmp_path, samples):
    files = []
    for name in ("episodes", "header", "reviews", "oc2", "missing", "sw_episodes", "uasc"):
        lines = (samples / f"ssda903_peer_fake/{name}.csv").read_bytes().splitlines(keepends=True)
        files.append(b"".join(lines[:40]))
    xml = (samples / "ssda903_peer_fake/fake_903.xml").read_bytes()
    files.append(xml[: xml.index(b"</CHILD>", 20_000) + 8] + b"</EXPSSDA903>")
    files.append((samples / "cin_peer_fake/CIN_Census_2024.xml").read_bytes())
    files.append((samples / "liia/BAR_cin_2022.xml").read_bytes())
    assert readable(damage_and_read(files, CASES, tmp_path)) > CASES // 4


# --- what was not hit survives -------------------------------------------------------------


def rows_of(result: ReadReturn | None, table: str) -> Counter[tuple[object, ...]]:
    return Counter() if result is None else Counter(result.tables[table].rows())


@pytest.mark.parametrize("name", ["episodes", "quoted"])
def test_a_changed_byte_of_csv_hurts_its_own_line_alone(tmp_path, name):
    content = OWN[name].encode()
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    whole = read(path, year=2024).tables["Episodes"].rows()
    body = content.index(b"\n") + 1
    for seed in range(CASES // 4):
        chance = random.Random(seed)
        at = chance.randrange(body, len(content))
        new = chance.choice([n for n in range(256) if n not in b"\r\n"] + [ord('"')] * 50)
        if content[at] in b"\r\n":
            continue
        path.write_bytes(content[:at] + bytes([new]) + content[at + 1 :])
        hit = content[:at].count(b"\n") - 1
        left = rows_of(read_whatever(path), "Episodes")
        lost = Counter(whole[:hit] + whole[hit + 1 :]) - left
        assert not lost, f"seed {seed}: byte {at} changed to {new}"
        assert left.total() == len(whole), f"seed {seed}: a row was lost or made"


@pytest.mark.parametrize("name", ["episodes", "quoted"])
def test_csv_cut_short_keeps_every_line_before_the_cut(tmp_path, name):
    content = OWN[name].encode()
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    whole = read(path, year=2024).tables["Episodes"].rows()
    body = content.index(b"\n") + 1
    for seed in range(CASES // 8):
        cut = random.Random(seed).randrange(body, len(content))
        path.write_bytes(content[:cut])
        before = content[:cut].count(b"\n") - 1
        assert read_whatever(path).tables["Episodes"].rows()[:before] == whole[:before], seed


@pytest.mark.parametrize(
    ("name", "table", "end"),
    [("903 xml", "Episodes", b"</CHILD>"), ("cin xml", "AssessmentFactorsList", b"</Child>")],
)
def test_xml_cut_short_keeps_every_child_before_the_cut(tmp_path, name, table, end):
    content = OWN[name].encode()
    path = tmp_path / "a.xml"
    path.write_bytes(content)
    whole = read(path, year=2024).tables[table].rows()
    first = content.index(end) + len(end)
    for seed in range(CASES // 8):
        cut = random.Random(seed).randrange(first, len(content))
        path.write_bytes(content[:cut])
        result = read_whatever(path)
        before = content[:cut].count(end)
        assert result.tables[table].rows()[:before] == whole[:before], f"seed {seed}"
        if cut < len(content.rstrip()):
            assert result.problems.filter(pl.col("row").is_null()).height == 1, f"seed {seed}"
