"""Sending a return in: what is kept, what is refused, and what is left behind."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from whatworks import ledger, measures
from whatworks.service.common.models import Person
from whatworks.service.common.permissions import RoleName
from whatworks.service.config import environment
from whatworks.service.returns_desk import jobs, uploads
from whatworks.service.returns_desk.models import Job, Outcome, Stage

pytestmark = pytest.mark.django_db


def left_behind(desk: Any) -> list[Path]:
    folder = desk.store.path / "councils" / "301" / "uploads"
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_csv_set_is_kept_checked_and_counted(desk: Any, files: Any) -> None:
    job = desk.send(*files.csv_set())
    assert (job.stage, job.outcome, job.percent) == (Stage.DONE, Outcome.KEPT, 100)
    (submission,) = desk.store.submissions("301")
    assert job.submission == submission.id
    assert (submission.collection, submission.year) == ("ssda903", 2024)
    assert dict(submission.n_rows) == {"Header": 2, "Episodes": 3}
    assert submission.received_by == f"person:{desk.person.public_id}"
    council = desk.store.path / "councils" / "301"
    assert list((council / "reports").glob("*.zip"))
    assert list((council / "measures").glob("*.parquet"))
    assert left_behind(desk) == []


def test_xml_and_zips_are_kept_too(desk: Any, files: Any) -> None:
    assert desk.send(files.upload("r.xml", files.xml)).outcome == Outcome.KEPT
    assert desk.send(files.upload("cin.xml", files.cin)).outcome == Outcome.KEPT
    zipped = files.zip(a_csv=files.header, b_csv=files.episodes)
    assert desk.send(zipped).outcome == Outcome.REPLACED
    kept = desk.store.submissions("301", current=False)
    assert [(s.collection, s.year, s.current) for s in kept] == [
        ("cin", 2024, True),
        ("ssda903", 2024, False),
        ("ssda903", 2024, True),
    ]


def test_the_year_that_is_chosen_is_used(desk: Any, files: Any) -> None:
    desk.send(*files.csv_set(), year="2025")
    assert [s.year for s in desk.store.submissions("301")] == [2025]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("notes.csv", "a,b\n1,2\n", "notes.csv"),
        ("empty.csv", "", "empty.csv: The file is empty."),
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "photo.csv"),
        ("broken.zip", b"PK\x03\x04" + bytes(40), "cut short"),
        ("bomb.xml", '<!DOCTYPE a [<!ENTITY b "c">]><Message>&b;</Message>', "bomb.xml"),
    ],
)
def test_what_is_no_return_is_refused_in_words_and_nothing_is_hurt(
    desk: Any, files: Any, name: str, content: str | bytes, said: str
) -> None:
    desk.send(*files.csv_set())
    before = desk.store.submissions("301", current=False)
    job = desk.send(files.upload(name, content))
    assert (job.stage, job.outcome, job.submission) == (Stage.COULD_NOT, Outcome.REFUSED, "")
    page = desk.page("returns_job", job=job.public_id)
    assert said in page
    assert "Nothing that was kept before has changed." in page
    assert desk.store.submissions("301", current=False) == before
    assert [path.name for path in left_behind(desk)] == ["why.txt"]
    assert stat.S_IMODE(left_behind(desk)[0].stat().st_mode) == 0o600


def test_another_councils_census_is_refused(desk: Any, files: Any) -> None:
    job = desk.send(files.upload("cin.xml", files.cin.replace("<LEA>301", "<LEA>316")))
    assert job.outcome == Outcome.REFUSED
    page = desk.page("returns_job", job=job.public_id)
    assert "council 316" in page
    assert "council 301" in page
    assert desk.store.submissions(current=False) == []


def test_two_collections_at_once_are_refused(desk: Any, files: Any) -> None:
    job = desk.send(files.upload("a.xml", files.xml), files.upload("b.xml", files.cin))
    assert "Send one at a time." in desk.page("returns_job", job=job.public_id)


def test_the_same_files_again_change_nothing(desk: Any, files: Any) -> None:
    desk.send(*files.csv_set())
    job = desk.send(*files.csv_set())
    assert job.outcome == Outcome.SAME
    assert "nothing was changed" in desk.page("returns_job", job=job.public_id)
    assert len(desk.store.submissions("301", current=False)) == 1


def test_files_of_a_return_that_was_replaced_do_not_bring_it_back(desk: Any, files: Any) -> None:
    desk.send(*files.csv_set())
    desk.send(*files.csv_set(files.episodes.replace("2024-02-30", "2024-02-28")))
    job = desk.send(*files.csv_set())
    assert job.outcome == Outcome.SAME
    assert "a later one has taken its place" in desk.page("returns_job", job=job.public_id)


def test_a_resubmission_says_what_it_takes_the_place_of(desk: Any, files: Any) -> None:
    first = desk.send(*files.csv_set())
    mended = desk.send(*files.csv_set(files.episodes.replace("2024-02-30", "2024-02-28")))
    assert mended.outcome == Outcome.REPLACED
    page = desk.page("returns_job", job=mended.public_id)
    assert "It takes the place of the return received" in page
    assert f"from {desk.person.name}" in page
    assert desk.address("returns_report", submission=first.submission) in page
    assert "has taken the place of this one" in desk.page(
        "returns_report", submission=first.submission
    )
    listed = desk.page("returns_desk")
    assert desk.address("returns_report", submission=first.submission) in listed


def test_no_file_is_asked_for_again(desk: Any) -> None:
    answer = desk.client.post(desk.address("returns_send"), {"year": "2024"})
    assert answer.status_code == 422
    assert "Choose the files of the return" in answer.content.decode()
    assert Job.objects.count() == 0


def test_the_page_says_what_may_be_sent(desk: Any) -> None:
    page = desk.page("returns_send")
    assert "Up to 50 files, together up to" in page
    assert 'multiple="multiple"' in page
    assert "named after the year it ends in" in page


def test_what_is_sent_waits_in_the_councils_own_folder(
    desk: Any, files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = {}

    def look(job: Job, place: uploads.Place) -> None:
        seen.update({p.name: stat.S_IMODE(p.stat().st_mode) for p in place.files()})
        assert place.path.parent == desk.store.path / "councils" / "301" / "uploads"

    monkeypatch.setattr(jobs, "_carry_out", look)
    desk.send(files.upload("../../odd\\name.csv", files.header))
    assert seen == {"name.csv": 0o600}


def test_a_return_that_lacks_what_the_one_before_had_says_so(desk: Any, files: Any) -> None:
    desk.send(*files.csv_set())
    job = desk.send(files.upload("header.csv", files.header), year="2024")
    page = desk.page("returns_job", job=job.public_id)
    assert "The earlier return had rows of Episodes" in page


def test_a_year_unlike_the_dates_is_said_before_anything_else(desk: Any, files: Any) -> None:
    job = desk.send(*files.csv_set(), year="2021")
    sentence = "By its dates the return looks like that of"
    assert sentence in desk.page("returns_job", job=job.public_id)
    assert sentence in desk.page("returns_report", submission=job.submission)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("a.csv", "a.csv"),
        ("..", "file"),
        ("", "file"),
        ("C:\\x\\y.csv", "y.csv"),
        ("new\nline", "new?line"),
    ],
)
def test_names_of_files_are_made_plain(given: str, plain: str) -> None:
    assert uploads.plain_name(given) == plain


def test_long_names_keep_their_end() -> None:
    short = uploads.plain_name("ü" * 300 + ".csv")
    assert short.endswith(".csv")
    assert len(short.encode()) <= 240


def test_a_fault_of_ours_is_told_as_one_and_the_files_are_removed(
    desk: Any, files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError(files.first)

    monkeypatch.setattr(jobs.returns, "read", fail)
    job = desk.send(*files.csv_set())
    assert job.outcome == Outcome.FAILED
    page = desk.page("returns_job", job=job.public_id)
    assert "not with your files" in page
    assert files.first not in page
    assert left_behind(desk) == []


def test_a_return_that_was_kept_stays_kept_if_counting_fails(
    desk: Any, files: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(measures, "cached", fail)
    job = desk.send(*files.csv_set())
    assert (job.stage, job.outcome) == (Stage.DONE, Outcome.KEPT_UNCHECKED)
    assert "The return itself is safe." in desk.page("returns_job", job=job.public_id)
    assert len(desk.store.submissions("301")) == 1


def unfinished(desk: Any, stage: Stage) -> Job:
    organisation = desk.person.current_roles[0].organisation
    return Job.objects.create(
        organisation=organisation, sent_by=desk.person, n_files=2, n_bytes=5, stage=stage
    )


def test_progress_is_shown_with_and_without_scripts(desk: Any) -> None:
    job = unfinished(desk, Stage.KEEPING)
    page = desk.page("returns_job", job=job.public_id)
    assert '<progress id="progress" class="ww-progress" max="100" value="40">' in page
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    assert 'data-watch="3"' in page
    assert "Keeping the return" in page
    still = desk.client.get(desk.address("returns_job", job=job.public_id) + "?still=1").content
    assert b"refresh" not in still
    assert b"data-watch" not in still
    job.stage = Stage.DONE
    job.save()
    assert "refresh" not in desk.page("returns_job", job=job.public_id)


def test_a_job_that_died_says_so(desk: Any) -> None:
    job = unfinished(desk, Stage.READING)
    Job.objects.update(moved_at=timezone.now() - timedelta(hours=1))
    assert "The work stopped before it was done" in desk.page("returns_job", job=job.public_id)
    assert "Stopped before it was done" in desk.page("returns_desk")


def test_what_a_job_that_died_left_is_removed_by_the_next(desk: Any, files: Any) -> None:
    job = unfinished(desk, Stage.READING)
    waiting = unfinished(desk, Stage.WAITING)
    for one in (job, waiting):
        uploads.place("301", one.public_id).receive(files.csv_set())
    Job.objects.filter(pk=job.pk).update(moved_at=timezone.now() - timedelta(hours=1))
    desk.send(*files.csv_set())
    assert {path.parts[-4] for path in left_behind(desk)} == {waiting.public_id}


def test_a_job_is_carried_out_once(desk: Any, files: Any) -> None:
    job = desk.send(*files.csv_set())
    moved = job.moved_at
    jobs.read_return.call(job.public_id)
    job.refresh_from_db()
    assert job.moved_at == moved


def test_another_councils_job_is_not_shown(
    desk: Any,
    region: Any,
    person_with: Callable[..., Person],
    signed_in: Callable[[Person], Client],
) -> None:
    job = unfinished(desk, Stage.READING)
    stranger = signed_in(person_with(RoleName.COUNCIL_ANALYST, at=region.theirs))
    assert stranger.get(f"/councils/302/returns/jobs/{job.public_id}/").status_code == 404
    assert stranger.get(f"/councils/301/returns/jobs/{job.public_id}/").status_code == 403


def test_sending_and_reading_are_in_the_services_ledger(desk: Any, files: Any) -> None:
    job = desk.send(*files.csv_set())
    events = [e for e in ledger.events(connection.connection) if e.kind.startswith("return_")]
    assert [(e.kind, e.subject, e.data["job"]) for e in events] == [
        ("return_sent", "council:301", job.public_id),
        ("return_read", "council:301", job.public_id),
    ]
    assert events[1].data["submission"] == job.submission


def test_uploads_arrive_on_the_workspaces_own_disk(tmp_path: Path) -> None:
    folder = environment.arriving(tmp_path)
    assert folder.parent == tmp_path
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name, age in (("old", 2), ("new", 0)):
        (folder / name).touch()
        os.utime(folder / name, (time.time() - age * environment.DAY,) * 2)
    environment.arriving(tmp_path)
    assert [path.name for path in folder.iterdir()] == ["new"]
