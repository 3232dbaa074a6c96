"""Order of columns, rows and files, names of files and extra columns change nothing."""

from __future__ import annotations

import random
from pathlib import Path

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from whatworks.returns.model import ROW
from whatworks.returns.reading import parts_of, read
from whatworks.returns.schema import tables
from whatworks.returns.typing import type_tables

TABLES = ("Header", "Episodes", "Reviews", "UASC", "OC2", "OC3", "Missing", "PrevPerm", "AD1")
VALUES = {
    "text": ["001", "A1", "", "é", "a,b", 'say "so"', "two\nlines"],
    "code": ["C2", "c2", "", "ZZ"],
    "date": ["01/05/2023", "2023-05-02", "", "31/02/2023", "9/9/2023"],
    "integer": ["1", "12.0", "", "x"],
    "postcode": ["AB1 2CD", ""],
}


@st.composite
def returns(draw) -> dict[str, list[dict[str, str]]]:
    """Records of some tables of the form."""
    chosen = draw(st.lists(st.sampled_from(TABLES), min_size=1, max_size=4, unique=True))
    drawn = {}
    for name in chosen:
        columns = [c for c in tables("ssda903", 2024)[name].columns if not c.derived]
        record = st.fixed_dictionaries({c.name: st.sampled_from(VALUES[c.kind]) for c in columns})
        rows = draw(st.lists(record, max_size=6))
        drawn[name] = [row | {"CHILD": f"K{n}"} for n, row in enumerate(rows)]
    return drawn


def write(folder: Path, name: str, records: list[dict[str, str]], columns: list[str]) -> Path:
    lines = [columns, *([record.get(column, "x") for column in columns] for record in records)]
    text = "".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\n" for line in lines
    )
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def typed(paths: list[Path]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    result = read(paths, collection="ssda903", year=2024)
    frames, problems, _ = type_tables(
        result.tables, collection="ssda903", year=2024, files=parts_of(result)
    )
    assert result.problems.filter(pl.col("problem") != "The row has nothing in it.").height == 0
    return frames, problems.drop("file")


@given(returns(), st.integers(0, 10_000))
@settings(max_examples=20)
def test_columns_files_names_and_extra_columns_change_nothing(tmp_path_factory, records, seed):
    folder, chance = tmp_path_factory.mktemp("r"), random.Random(seed)
    plain, other = [], []
    for n, (name, rows) in enumerate(records.items()):
        columns = [c.name for c in tables("ssda903", 2024)[name].columns if not c.derived]
        plain.append(write(folder, f"{n}.csv", rows, columns))
        mixed = [*columns, "OURS", "X Y"]
        chance.shuffle(mixed)
        other.append(write(folder, f"z{9 - n}.txt", rows, mixed))
    chance.shuffle(other)
    one, one_problems = typed(plain)
    two, two_problems = typed(other)
    assert one.keys() == two.keys()
    for name in one:
        assert_frame_equal(one[name], two[name])
    order = ["table", "column", "row"]
    assert_frame_equal(one_problems.sort(order), two_problems.sort(order))


@given(returns(), st.integers(0, 10_000))
@settings(max_examples=20)
def test_the_order_of_rows_changes_row_numbers_alone(tmp_path_factory, records, seed):
    folder, chance = tmp_path_factory.mktemp("r"), random.Random(seed)
    plain, other = [], []
    for n, (name, rows) in enumerate(records.items()):
        columns = [c.name for c in tables("ssda903", 2024)[name].columns if not c.derived]
        plain.append(write(folder, f"{n}.csv", rows, columns))
        other.append(write(folder, f"s{n}.csv", chance.sample(rows, len(rows)), columns))
    one, _ = typed(plain)
    two, _ = typed(other)
    for name in one:
        assert_frame_equal(one[name].drop(ROW).sort("CHILD"), two[name].drop(ROW).sort("CHILD"))


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=6, max_size=12), st.integers(0, 10_000))
@settings(max_examples=15)
def test_a_table_in_several_files_is_the_same_in_any_order_of_them(tmp_path_factory, split, seed):
    folder, chance = tmp_path_factory.mktemp("r"), random.Random(seed)
    columns = ["CHILD", "DECOM", "LS"]
    parts = {
        part: [
            {"CHILD": f"K{n}", "DECOM": "01/05/2023", "LS": "C2"}
            for n, own in enumerate(split)
            if own == part
        ]
        for part in sorted(set(split))
    }
    one = [write(folder, f"{part}.csv", rows, columns) for part, rows in parts.items()]
    two = [write(folder, f"{9 - n}.txt", rows, columns) for n, rows in enumerate(parts.values())]
    chance.shuffle(two)
    first, second = typed(one)[0]["Episodes"], typed(two)[0]["Episodes"]
    assert_frame_equal(first, second)
    assert sorted(first["CHILD"]) == sorted(f"K{n}" for n in range(len(split)))
