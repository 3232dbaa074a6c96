"""Reading several files of one return: folders, zips and lists."""

from __future__ import annotations

import zipfile

from whatworks.returns.reading import parts_of, place_of, read
from whatworks.returns.typing import type_tables

from .samples import EPISODES, HEADER, ROWS, codes, put


def test_a_folder_and_a_zip_give_what_their_files_give(tmp_path):
    folder = tmp_path / "set"
    folder.mkdir()
    put(folder, "e.csv", EPISODES + ROWS)
    put(folder, "h.csv", HEADER)
    put(folder, "Thumbs.db", b"\x00\x01")
    with zipfile.ZipFile(tmp_path / "set.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(folder / "e.csv", "../../etc/e.csv")
        archive.write(folder / "h.csv", "C:\\x\\h.csv")
        archive.writestr("__MACOSX/._h.csv", b"\x00\x05")
    before = sorted(tmp_path.rglob("*"))
    one, other, listed = (
        read(folder),
        read(tmp_path / "set.zip"),
        read([folder / "h.csv", folder / "e.csv"]),
    )
    for name in ("Header", "Episodes"):
        assert one.tables[name].equals(other.tables[name])
        assert one.tables[name].equals(listed.tables[name])
    assert "system_file" in codes(one) & codes(other)
    assert {file.name for file in other.files} == {"set.zip/e.csv", "set.zip/h.csv"}
    assert set(other.paths.values()) == {
        f"{tmp_path / 'set.zip'}::../../etc/e.csv",
        f"{tmp_path / 'set.zip'}::C:\\x\\h.csv",
    }
    assert sorted(tmp_path.rglob("*")) == before, "nothing of a zip is written to disk"


def test_two_files_of_a_table_are_put_together_and_rows_can_be_traced(tmp_path):
    first = put(tmp_path, "a.csv", EPISODES + ROWS)
    second = put(tmp_path, "b.csv", EPISODES + "003,07/07/2023,S,C2,N1,U4,PR1,,,,,,\nshort,bad\n")
    result, again = read([first, second]), read([second, first])
    frame = result.tables["Episodes"]
    assert frame.equals(again.tables["Episodes"])
    assert sorted(frame["CHILD"]) == ["001", "002", "003", "short"]
    for row, child in enumerate(frame["CHILD"], 1):
        file, own = place_of(result, "Episodes", row)
        lines = (tmp_path / file).read_text().splitlines()
        assert lines[own].split(",")[0] == child
    short = frame["CHILD"].to_list().index("short") + 1
    assert result.problems.select("file", "row").rows() == [("b.csv", short)]
    _, problems, _ = type_tables(
        result.tables, collection="ssda903", year=2024, files=parts_of(result)
    )
    assert problems.select("file", "row", "value").rows() == [("b.csv", short, "bad")]


def test_the_same_file_twice_is_used_once(tmp_path):
    put(tmp_path, "a.csv", EPISODES + ROWS)
    put(tmp_path, "b.csv", EPISODES + ROWS)
    result = read(tmp_path)
    assert result.tables["Episodes"].height == 2
    assert [(n.file, n.text) for n in result.notes if n.code == "same_file_again"] == [
        ("b.csv", "The same file as a.csv; it was used once.")
    ]


def test_files_of_the_same_name_are_told_apart_by_their_folders(tmp_path):
    for team, child in (("east", "001"), ("west", "002")):
        (tmp_path / team).mkdir()
        put(tmp_path / team, "e.csv", f"CHILD,DECOM,LS\n{child},01/05/2023,C2\n")
        put(tmp_path / team, "other.csv", f"x {team}\n")
    paths = [path for team in ("east", "west") for path in sorted((tmp_path / team).iterdir())]
    result = read([*paths, paths[0]])
    assert [file.name for file in result.files] == ["east/e.csv", "west/e.csv"]
    assert result.tables["Episodes"].height == 2
    assert result.problems["file"].to_list() == ["east/other.csv", "west/other.csv"]
    assert "same_file_again" in codes(result)


def test_a_file_that_is_not_a_return_does_not_stop_the_others(tmp_path):
    put(tmp_path, "a.csv", EPISODES + ROWS)
    put(tmp_path, "notes.txt", "milk, eggs\n")
    (tmp_path / "inner").mkdir()
    result = read(tmp_path)
    assert list(result.tables) == ["Episodes"]
    assert result.problems.select("file", "table", "row").rows() == [("notes.txt", None, None)]
    assert result.problems["problem"][0].startswith("Its first line does not name the columns")
    assert "inner_folders" in codes(result)
