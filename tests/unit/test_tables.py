"""The primitives over one small fixture with 29 February, December, nulls and tied dates.

Each is run in its Polars fast path, in its general form, and (`make prove`) on Spark: all three
must give the same answer, which is written down here once.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from whatworks import tables as t
from whatworks.tables import conforming, frames, primitives, windows

D = date
FIRST, LEAP, LAST = D(2020, 1, 1), D(2020, 2, 29), D(2020, 12, 31)
MARCH = D(2020, 3, 1)

ROWS = pl.DataFrame(
    {
        "CHILD": ["a", "a", "a", "b", None, None, "a"],
        "START": [FIRST, LEAP, LEAP, LAST, FIRST, FIRST, None],
        "END": [D(2020, 1, 31), D(2020, 3, 1), None, None, FIRST, None, D(2020, 5, 5)],
        "ROW": [1, 2, 3, 4, 5, 6, 7],
    }
)
HEADER = pl.DataFrame(
    {
        "CHILD": ["a", "a", "b", None, "c"],
        "DOB": [D(2004, 2, 29), D(2003, 1, 1), None, D(2000, 1, 1), D(1999, 1, 1)],
        "SEX": ["F", "M", "F", "M", "M"],
    }
)


def neighbours(rows: Any, _header: Any) -> Any:
    return t.neighbours(
        rows, by="CHILD", order=["START", "ROW"], next="START", previous=["END", "ROW"]
    )


def islands(rows: Any, _header: Any) -> Any:
    return t.islands(rows, by="CHILD", start="START", end="END", name="PERIOD")


def islands_with_a_gap(rows: Any, _header: Any) -> Any:
    return t.islands(rows, by="CHILD", start="START", end="END", gap_days=29, name="PERIOD")


def latest_version(rows: Any, _header: Any) -> Any:
    return t.latest_version(rows, by="CHILD", order=["START", "ROW"])


def as_of(rows: Any, _header: Any) -> Any:
    return t.as_of(rows, on=D(2020, 3, 1), start="START", end="END")


def in_each(rows: Any, _header: Any) -> Any:
    return t.in_each(rows, {2020: (MARCH, LAST)}, start="START", end="END")


def conformed(rows: Any, _header: Any) -> Any:
    kinds = {"NONE": nw.String, "YEAR": nw.Int64, "ROW": nw.Int64}
    return t.conformed(rows, kinds, {"YEAR": 2020})


def as_of_with_the_last_day(rows: Any, _header: Any) -> Any:
    return t.as_of(rows, on=D(2020, 3, 1), start="START", end="END", end_included=True)


def attach(rows: Any, header: Any) -> Any:
    return t.attach(rows, header, on="CHILD", columns=["DOB", "SEX"], prefix="H_")


def attach_in_order(rows: Any, header: Any) -> Any:
    return t.attach(rows, header, on="CHILD", columns="SEX", prefix="H_", order="SEX")


def dates(rows: Any, header: Any) -> Any:
    return t.with_columns(
        attach(rows, header),
        AGE=t.age_at("H_DOB", "START"),
        DAYS=t.days_between("START", "END"),
        MONTH_LATER=t.add_months("START", 1),
        YEAR_LATER=t.add_months("START", 12),
        ADULT=t.birthday("H_DOB", 18),
        MONTH=t.month_of("START") * 100,
        YEAR=t.year_of("START") + 1,
        LATE=t.any_of(t.col("START") > t.lit(LEAP), t.is_blank("CHILD")),
    )


def three_states(rows: Any, _header: Any) -> Any:
    known = t.with_columns(rows, END__unreadable=t.col("ROW") == 4)
    return t.with_columns(
        known,
        BLANK=t.is_blank("END", readable=False),
        BAD=t.unreadable("END"),
        BOTH=t.all_of(t.col("ROW") > 1, ~t.is_blank("CHILD")),
    )


EXPECTED: dict[Callable[[Any, Any], Any], dict[str, list[Any]]] = {
    neighbours: {
        "NEXT_START": [LEAP, LEAP, None, None, None, None, None],
        "PREV_END": [None, D(2020, 1, 31), D(2020, 3, 1), None, None, None, None],
        "PREV_ROW": [None, 1, 2, None, None, None, 3],
    },
    islands: {"PERIOD": [1, 2, 2, 1, None, None, None]},
    islands_with_a_gap: {"PERIOD": [1, 1, 1, 1, None, None, None]},
    latest_version: {"ROW": [3, 4, 5, 6]},
    as_of: {"ROW": [3, 6]},
    as_of_with_the_last_day: {"ROW": [2, 3, 6]},
    conformed: {
        "ROW": [1, 2, 3, 4, 5, 6, 7],
        "YEAR": [2020] * 7,
        "NONE": [None] * 7,
    },
    in_each: {"ROW": [3, 4, 6], "YEAR": [2020] * 3, "FIRST": [MARCH] * 3, "LAST": [LAST] * 3},
    attach: {
        "H_DOB": [D(2003, 1, 1)] * 3 + [None] * 3 + [D(2003, 1, 1)],
        "H_SEX": ["M", "M", "M", "F", None, None, "M"],
    },
    attach_in_order: {"H_SEX": ["F", "F", "F", "F", None, None, "F"]},
    dates: {
        "AGE": [17, 17, 17, None, None, None, None],
        "DAYS": [30, 1, None, None, 0, None, None],
        "MONTH_LATER": [
            D(2020, 2, 1),
            D(2020, 3, 29),
            D(2020, 3, 29),
            D(2021, 1, 31),
            D(2020, 2, 1),
            D(2020, 2, 1),
            None,
        ],
        "YEAR_LATER": [
            D(2021, 1, 1),
            D(2021, 2, 28),
            D(2021, 2, 28),
            D(2021, 12, 31),
            D(2021, 1, 1),
            D(2021, 1, 1),
            None,
        ],
        "ADULT": [D(2021, 1, 1)] * 3 + [None] * 3 + [D(2021, 1, 1)],
        "MONTH": [100, 200, 200, 1200, 100, 100, None],
        "YEAR": [2021, 2021, 2021, 2021, 2021, 2021, None],
        "LATE": [False, False, False, True, True, True, None],
    },
    three_states: {
        "BLANK": [False, False, True, False, False, True, False],
        "BAD": [False, False, False, True, False, False, False],
        "BOTH": [False, True, True, True, False, False, True],
    },
}
CASES = pytest.mark.parametrize("primitive", EXPECTED, ids=lambda f: f.__name__)


def _check(primitive: Callable[[Any, Any], Any], answer: Any) -> None:
    found = t.collect(answer).sort("ROW")
    expected = EXPECTED[primitive]
    assert found.select(list(expected)).to_dict(as_series=False) == expected
    assert not [c for c in found.columns if c.startswith("__")]


@CASES
def test_polars_frames(primitive: Callable[[Any, Any], Any]) -> None:
    answer = primitive(ROWS, HEADER)
    assert isinstance(answer, pl.DataFrame)
    _check(primitive, answer)


@CASES
def test_lazy_polars_frames(primitive: Callable[[Any, Any], Any]) -> None:
    answer = primitive(ROWS.lazy(), HEADER.lazy())
    assert isinstance(answer, pl.LazyFrame)
    _check(primitive, answer)


@CASES
def test_narwhals_frames(primitive: Callable[[Any, Any], Any]) -> None:
    answer = primitive(nw.from_native(ROWS), nw.from_native(HEADER))
    assert isinstance(answer, nw.DataFrame)
    _check(primitive, answer)


@CASES
def test_the_general_form(
    primitive: Callable[[Any, Any], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_fast_path(table: Any, *, polars: Any, general: Any) -> Any:
        return frames.like(table, general(frames.frame(table)))

    monkeypatch.setattr(primitives, "on_engine", without_fast_path)
    monkeypatch.setattr(windows, "on_engine", without_fast_path)
    monkeypatch.setattr(conforming, "on_engine", without_fast_path)
    _check(primitive, primitive(ROWS.lazy(), HEADER.lazy()))


@CASES
def test_the_order_of_rows_does_not_matter(primitive: Callable[[Any, Any], Any]) -> None:
    _check(primitive, primitive(ROWS.reverse(), HEADER.reverse()))


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """One local Spark session, for all that is proved on Spark."""
    sql = pytest.importorskip("pyspark.sql", reason="PySpark is an extra: whatworks[spark]")
    session = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "Europe/London")
        .config("spark.pyspark.python", sys.executable)
        .getOrCreate()
    )
    yield session
    session.stop()


def _to_spark(session: Any, rows: pl.DataFrame) -> nw.LazyFrame[Any]:
    kinds = {pl.Date(): "date", pl.Int64(): "bigint", pl.String(): "string"}
    schema = ", ".join(f"{name} {kinds[kind]}" for name, kind in rows.schema.items())
    wrapped: nw.LazyFrame[Any] = nw.from_native(session.createDataFrame(rows.rows(), schema))
    return wrapped


@pytest.mark.prove
@pytest.mark.filterwarnings("default")
@CASES
def test_spark(primitive: Callable[[Any, Any], Any], spark: Any) -> None:
    answer = primitive(_to_spark(spark, ROWS), _to_spark(spark, HEADER))
    _check(primitive, t.materialise(answer))


@pytest.mark.prove
@pytest.mark.filterwarnings("default")
def test_a_lake_reads_the_same_on_spark(spark: Any, tmp_path: Path) -> None:
    (tmp_path / "episodes").mkdir()
    ROWS.write_parquet(tmp_path / "episodes" / "part.parquet")
    by_polars = t.open_lake(tmp_path).table("episodes")
    by_spark = t.open_lake(tmp_path, engine="spark", session=spark).table("episodes")
    assert t.collect(by_spark).sort("ROW").equals(t.collect(by_polars).sort("ROW"))


# --- what the fixture does not show --------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (D(2004, 2, 29), D(2022, 2, 28), 17),
        (D(2004, 2, 29), D(2022, 3, 1), 18),
        (D(2004, 2, 29), D(2024, 2, 29), 20),
        (D(2004, 12, 31), D(2022, 12, 30), 17),
        (D(2004, 12, 31), D(2022, 12, 31), 18),
        (D(2004, 12, 31), D(2004, 12, 30), -1),
        (D(2004, 12, 31), None, None),
    ],
)
def test_age_in_completed_years(birth: date, on: date | None, years: int | None) -> None:
    rows = pl.DataFrame({"B": [birth], "ON": [on]}, schema={"B": pl.Date, "ON": pl.Date})
    assert t.with_columns(rows, AGE=t.age_at("B", "ON"))["AGE"].to_list() == [years]


def test_a_leap_day_birthday_is_on_the_first_of_march_in_other_years() -> None:
    rows = pl.DataFrame({"B": [D(2004, 2, 29)]})
    found = t.with_columns(rows, Y18=t.birthday("B", 18), Y20=t.birthday("B", 20))
    assert found.select("Y18", "Y20").row(0) == (D(2022, 3, 1), D(2024, 2, 29))


def test_an_end_before_its_start_does_not_break_a_run() -> None:
    rows = pl.DataFrame(
        {
            "K": ["a"] * 3,
            "S": [D(2020, 1, 10), D(2020, 1, 10), D(2020, 1, 11)],
            "E": [D(2020, 1, 1), D(2020, 1, 11), D(2020, 1, 12)],
        }
    )
    found = t.islands(rows, by="K", start="S", end="E", name="N")
    assert found["N"].to_list() == [1, 1, 1]


def test_a_long_row_holds_a_run_together() -> None:
    rows = pl.DataFrame(
        {
            "K": ["a"] * 3,
            "S": [D(2020, 1, 1), D(2020, 1, 5), D(2020, 6, 1)],
            "E": [D(2020, 12, 31), D(2020, 1, 6), D(2020, 6, 2)],
        }
    )
    assert t.islands(rows, by="K", start="S", end="E", name="N")["N"].to_list() == [1, 1, 1]


def test_attach_refuses_to_write_over_a_column() -> None:
    with pytest.raises(ValueError, match="already has DOB"):
        t.attach(HEADER, HEADER, on="CHILD", columns="DOB")


def test_materialise_keeps_the_kind_of_frame() -> None:
    assert isinstance(t.materialise(ROWS.lazy()), pl.DataFrame)
    assert isinstance(t.materialise(nw.from_native(ROWS.lazy())), nw.DataFrame)
    assert t.materialise(ROWS) is ROWS


def test_a_lake_of_folders_and_files(tmp_path: Path) -> None:
    (tmp_path / "episodes" / "year=2025").mkdir(parents=True)
    ROWS.write_parquet(tmp_path / "episodes" / "year=2025" / "part.parquet")
    HEADER.write_parquet(tmp_path / "header.parquet")
    (tmp_path / "empty").mkdir()
    lake = t.open_lake(tmp_path)
    assert lake.tables() == ["episodes", "header"]
    assert t.collect(lake.table("header")).equals(HEADER)
    assert t.collect(lake.table("episodes"))["year"].unique().to_list() == [2025]
    with pytest.raises(KeyError, match="no table 'reviews'; it has episodes, header"):
        lake.table("reviews")


def test_a_lake_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no lake"):
        t.open_lake(tmp_path / "nowhere")
    with pytest.raises(ValueError, match="'polars' or 'spark'"):
        t.open_lake(tmp_path, engine="duckdb")
    with pytest.raises(ValueError, match="SparkSession"):
        t.open_lake(tmp_path, engine="spark")


def test_rows_are_known_to_be_sorted_only_when_they_are() -> None:
    from whatworks.tables.sorting import is_sorted, sorted_by

    rows = pl.DataFrame({"a": ["x", "x", "y", None], "b": [1, None, 0, 5]})
    assert is_sorted(rows, ["a", "b"])
    assert sorted_by(rows, ["a", "b"]) is rows
    assert not is_sorted(rows.reverse(), ["a"])
    assert not is_sorted(pl.DataFrame({"a": ["x", "x"], "b": [None, 1]}), ["a", "b"])
    assert is_sorted(rows.clear(), ["a"])
    assert sorted_by(rows.reverse(), ["a", "b"]).equals(rows)


@pytest.mark.parametrize("known", [{}, {"YEAR": 2020}])
def test_columns_that_a_table_lacks_add_no_row(known: dict[str, int]) -> None:
    kinds = {"YEAR": nw.Int64, "OTHER": nw.String}
    assert t.conformed(ROWS, kinds, known).shape == (ROWS.height, 2)
    assert t.conformed(ROWS.clear(), kinds, known).shape == (0, 2)
