"""Councils shared among processes: the same bytes, and all or nothing when one cannot go on."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256

import pytest

from whatworks import synthetic
from whatworks.synthetic import crew, worker
from whatworks.synthetic.folder import MARK, STAGING

THREE = ["857", "816", "840"]


def make(out, **more):
    asked = {
        "councils": THREE,
        "first_year": 2024,
        "last_year": 2025,
        "errors": 0.01,
        "scale": 0.2,
        "need_share": 0.01,
    }
    return synthetic.write(out, **(asked | more))


def digest(out):
    total = sha256()
    for path in sorted(out.rglob("*")):
        if path.is_file():
            total.update(str(path.relative_to(out)).encode() + path.read_bytes())
    return total.hexdigest()


@pytest.fixture
def hired(monkeypatch):
    """The workers of a run, once they have been started."""
    found = []
    start = crew._Crew.start

    def noted(self, processes):
        start(self, processes)
        found.extend(self.workers)

    monkeypatch.setattr(crew._Crew, "start", noted)
    return found


def nothing_left(out, hired):
    assert len(hired) == 2
    assert all(one.process.poll() is not None for one in hired)
    assert [path.name for path in out.iterdir()] == [MARK]


def test_one_process_and_two_write_the_same_bytes(tmp_path, hired):
    alone, shared = tmp_path / "alone", tmp_path / "shared"
    told = []
    one = make(alone, processes=1)
    assert not hired
    two = make(shared, processes=2, progress=lambda *what: told.append(what))
    assert len(hired) == 2
    assert one.sha256 == two.sha256
    assert digest(alone) == digest(shared)
    assert [done for done, _, _ in told] == sorted({done for done, _, _ in told})
    assert (told[0][0], told[-1][0], len(told)) == (0, told[-1][1], 4)
    assert " and " in told[0][2]
    assert [one.process.wait() for one in hired] == [0, 0]


def test_councils_stand_in_the_order_asked_for_though_the_largest_is_begun_first(tmp_path):
    begun = []
    manifest = make(tmp_path, progress=lambda _done, _total, text: begun.append(text))
    assert ["Durham" in begun[0], "Rutland" in begun[2]] == [True, True]
    assert list(dict.fromkeys(one.council for one in manifest.returns)) == THREE


def test_a_killed_worker_ends_the_run_and_names_its_council(tmp_path, hired):
    def kill(done, _total, _text):
        if not done:
            hired[0].process.kill()

    with pytest.raises(synthetic.NotWritten, match=r"County Durham \(840\) could not be written"):
        make(tmp_path, processes=2, progress=kill)
    nothing_left(tmp_path, hired)


def test_a_council_that_cannot_be_written_ends_the_run_and_is_named(tmp_path, hired):
    def in_the_way(done, _total, _text):
        if not done:  # the smallest council is not begun yet
            (tmp_path / STAGING / "857").write_text("a file where a folder must be")

    with pytest.raises(synthetic.NotWritten, match=r"Rutland \(857\).*Error: ") as told:
        make(tmp_path, processes=2, progress=in_the_way)
    assert "Traceback" in told.value.__notes__[0]
    nothing_left(tmp_path, hired)


def test_alone_it_is_named_too(tmp_path):
    def in_the_way(_done, _total, text):
        if "2 of 3" in text:
            (tmp_path / STAGING / "857").write_text("a file where a folder must be")

    with pytest.raises(synthetic.NotWritten, match=r"Rutland \(857\).*Error: "):
        make(tmp_path, processes=1, progress=in_the_way)
    assert [path.name for path in tmp_path.iterdir()] == [MARK]


def test_an_interruption_stops_all_workers_and_keeps_what_was_there_before(tmp_path, hired):
    before = make(tmp_path, councils=["857"])

    def interrupted(done, _total, _text):
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path, processes=2, progress=interrupted)
    assert all(one.process.poll() is not None for one in hired)
    assert not (tmp_path / STAGING).exists()
    assert synthetic.Manifest.open(tmp_path) == before


def test_a_worker_whose_master_is_gone_ends_by_itself():
    left = subprocess.run(
        [sys.executable, "-m", worker.__name__], input=b"", capture_output=True, check=False
    )
    assert (left.returncode, left.stdout) == (worker.ABANDONED, b"")


@pytest.mark.parametrize("processes", [0, -1])
def test_fewer_than_one_process_is_refused(tmp_path, processes):
    with pytest.raises(ValueError, match="1 or more"):
        make(tmp_path / "region", processes=processes)
    assert not (tmp_path / "region").exists()


def test_little_work_is_done_in_one_process_and_much_in_all(monkeypatch):
    def processes(councils, asked=None):
        chosen = crew_settings(councils)
        return crew.how_many(asked, chosen, wanted(councils))

    monkeypatch.setattr(crew, "cores", lambda: 4)
    assert processes(["857"]) == 1
    assert processes(["857", "816"]) == 1
    assert processes("all") == 4
    assert processes(["857", "816"], 2) == 2
    assert processes(["857"], 8) == 1


def crew_settings(councils):
    from whatworks.synthetic.setting import choose, settings

    return settings(choose(councils))


def wanted(councils):
    from whatworks.synthetic.asked import asked

    return asked(
        councils,
        (2019, 2025),
        1,
        formats=("csv",),
        collections=("ssda903",),
        practices="none",
        errors=0,
        scale=1,
        need_share=0,
    )


def test_a_manifest_opened_again_is_the_same_and_says_when_it_was_replaced(tmp_path):
    first = make(tmp_path, councils=["857"])
    again = synthetic.Manifest.open(tmp_path)
    assert again == first
    assert again.facts() == first.facts()
    assert again.returns == first.returns
    assert len(first.files) == first.n_files
    assert sum(one.size for one in first.files) == first.n_bytes
    assert len(first.returns) == first.n_returns
    late = make(tmp_path, councils=["857"])
    make(tmp_path, councils=["857"], seed=2)
    with pytest.raises(ValueError, match="replaced since"):
        _ = late.files
    with pytest.raises(ValueError, match="holds no manifest"):
        synthetic.Manifest.open(tmp_path / "857")
