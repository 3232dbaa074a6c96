"""Invented people and real ones are never mixed: what the upload page can know, it acts on."""

from __future__ import annotations

from typing import Any

import pytest

from whatworks.service.returns_desk.models import Outcome

pytestmark = pytest.mark.django_db
INVENTED = ("SYN0123BCD", "SYN9876XYZ")


def made_by_us(files: Any) -> list[Any]:
    """The set of files, its children numbered as the generator numbers them."""
    texts = (files.header, files.episodes)
    for ours, theirs in zip((files.first, files.second), INVENTED, strict=True):
        texts = tuple(text.replace(ours, theirs) for text in texts)
    return [files.upload(name, text) for name, text in zip("ab", texts, strict=True)]


@pytest.fixture
def real(store: Any) -> None:
    """The site says that it holds councils' own children."""
    (store.path / "workspace.json").write_text('{"format": 1, "synthetic": false}', "utf-8")


def test_where_children_are_invented_the_sender_says_so_or_the_files_show_it(
    desk: Any, files: Any
) -> None:
    unsaid = desk.send(*files.csv_set(), invented="")
    assert unsaid.outcome == Outcome.REFUSED
    text = desk.page("returns_job", job=unsaid.public_id)
    assert "nothing in the files says that theirs are" in text
    assert desk.store.submissions("301") == []
    assert desk.send(*files.csv_set()).outcome == Outcome.KEPT
    assert desk.send(*made_by_us(files), invented="").outcome == Outcome.REPLACED


def test_where_children_are_real_files_of_invented_ones_are_refused(
    desk: Any, files: Any, real: None
) -> None:
    assert "Everybody in these files is invented" not in desk.page("returns_send")
    job = desk.send(*made_by_us(files))
    assert job.outcome == Outcome.REFUSED
    text = desk.page("returns_job", job=job.public_id)
    assert "2 of 2 children in the files have numbers" in text
    assert not [number for number in INVENTED if number in text]
    assert desk.send(*files.csv_set()).outcome == Outcome.KEPT


def test_one_invented_child_among_real_ones_is_refused_too(
    desk: Any, files: Any, real: None
) -> None:
    more = files.episodes.replace(files.first, INVENTED[0])
    job = desk.send(*files.csv_set(more))
    assert job.outcome == Outcome.REFUSED
    assert "1 of 3 children" in desk.page("returns_job", job=job.public_id)
