"""A folder is made whole or not at all, and nobody else's files are touched."""

from __future__ import annotations

import pytest

from whatworks import synthetic
from whatworks.synthetic.folder import MARK, STAGING, Folder, NotOurs


def make(out, text=b"one"):
    folder = Folder(out)
    digest, size = folder.write("816/cin/2024/cin.xml", text)
    folder.write("README.txt", b"invented")
    assert size == len(text)
    assert len(digest) == 64
    folder.write("manifest.json", b"{}")
    folder.finish()


def names(out):
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file())


def test_what_is_finished_is_all_there(tmp_path):
    make(tmp_path / "new" / "region")
    found = names(tmp_path / "new" / "region")
    assert found == [MARK, "816/cin/2024/cin.xml", "README.txt", "manifest.json"]


def test_a_second_time_replaces_the_first(tmp_path):
    make(tmp_path)
    folder = Folder(tmp_path)
    folder.write("857/cin/2024/cin.xml", b"two")
    folder.write("manifest.json", b"{}")
    folder.finish()
    assert names(tmp_path) == [MARK, "857/cin/2024/cin.xml", "manifest.json"]


def test_what_is_abandoned_leaves_the_first_as_it_was(tmp_path):
    make(tmp_path)
    folder = Folder(tmp_path)
    folder.write("816/cin/2024/cin.xml", b"half")
    folder.abandon()
    assert (tmp_path / "816/cin/2024/cin.xml").read_bytes() == b"one"
    assert not (tmp_path / STAGING).exists()


def test_what_was_killed_midway_is_cleared_away(tmp_path):
    killed = Folder(tmp_path)
    killed.write("816/cin/2024/cin.xml", b"half")
    assert not (tmp_path / "manifest.json").exists()
    make(tmp_path)
    assert (tmp_path / "816/cin/2024/cin.xml").read_bytes() == b"one"
    assert not (tmp_path / STAGING).exists()


@pytest.mark.parametrize("other", ["notes.txt", "816/header.csv", "manifest.json"])
def test_a_folder_of_somebody_elses_is_refused_and_left_alone(tmp_path, other):
    (tmp_path / other).parent.mkdir(exist_ok=True)
    (tmp_path / other).write_text("theirs")
    with pytest.raises(NotOurs, match="not made here"):
        synthetic.write(tmp_path, councils=["857"])
    assert names(tmp_path) == [other]


def test_a_file_added_to_ours_is_not_lost(tmp_path):
    make(tmp_path)
    (tmp_path / "my notes.txt").write_text("mine")
    with pytest.raises(NotOurs, match=r"my notes\.txt"):
        Folder(tmp_path)
    assert (tmp_path / "my notes.txt").read_text() == "mine"
    assert (tmp_path / "816/cin/2024/cin.xml").read_bytes() == b"one"


def test_a_file_in_the_way_is_refused(tmp_path):
    (tmp_path / "region").write_text("a file")
    with pytest.raises(NotOurs, match="is a file"):
        Folder(tmp_path / "region")


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"councils": 0}, "ask for 1 to"),
        ({"councils": 154}, "ask for 1 to"),
        ({"councils": "some"}, "'all'"),
        ({"councils": ["999"]}, "'999'"),
        ({"councils": []}, "No council"),
        ({"first_year": 2016}, "2017 to 2026"),
        ({"first_year": 2025, "last_year": 2024}, "not after the last"),
        ({"formats": ["pdf"]}, "csv, xml"),
        ({"formats": []}, "csv, xml"),
        ({"seed": -1}, "seed"),
        ({"errors": 0.9}, "errors runs"),
        ({"scale": 0.0}, "scale is above"),
        ({"need_share": 1.5}, "need_share"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(tmp_path, asked, why):
    with pytest.raises(ValueError, match=why):
        synthetic.write(tmp_path / "region", **asked)
    assert not (tmp_path / "region").exists()


def test_the_region_is_one_of_each_kind_and_fewer_councils_are_its_first():
    twelve = synthetic.choose(12)
    assert twelve == list(synthetic.REGION)
    assert synthetic.choose(3) == twelve[:3]
    today = synthetic.choose(153)
    assert set(today) < set(synthetic.choose("all"))  # some have ended since
    assert synthetic.choose(153)[:12] == twelve
    assert len(set(synthetic.choose(153))) == 153
