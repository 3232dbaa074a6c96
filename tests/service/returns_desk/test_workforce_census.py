"""The workforce census at the desk: sent in, reported, and its workers' records kept private."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from whatworks.service.returns_desk.models import Outcome

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "XQ7731000001", "XQ7731000002"
CENSUS = f"""<Message>
 <Header><CollectionDetails><Collection>CSWW</Collection><Year>2024</Year>
  <ReferenceDate>2024-09-30</ReferenceDate></CollectionDetails>
  <Source><SourceLevel>L</SourceLevel><LEA>301</LEA></Source></Header>
 <LALevelVacancies><NumberOfVacancies>2.5</NumberOfVacancies><NoAgencyFTE>0</NoAgencyFTE>
  <NoAgencyHeadcount>0</NoAgencyHeadcount></LALevelVacancies>
 <CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>{NUMBER}</SWENo><FTE>1.7</FTE>
  <PersonBirthDate>1971-02-28</PersonBirthDate><QualInst>One</QualInst></CSWWWorker>
 <CSWWWorker><AgencyWorker>0</AgencyWorker><SWENo>{OTHER}</SWENo><FTE>0.8</FTE>
  <RoleStartDate>2020-01-01</RoleStartDate></CSWWWorker>
</Message>
"""


def test_it_is_kept_counted_and_reported_by_social_worker(
    desk: Any, files: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    job = desk.send(files.upload("any.xml", CENSUS))
    assert job.outcome == Outcome.KEPT
    (submission,) = desk.store.submissions("301", "csww")
    assert (submission.year, submission.collection) == (2024, "csww")
    front = desk.page("returns_desk")
    assert "Workforce census, social workers on 30 September" in front
    report = desk.page("returns_report", submission=submission.id)
    assert "Report: Workforce census, 2024" in report
    assert "1 October 2023 to 30 September 2024" in report
    assert "what to put right for each social worker" in report
    for page in (front, report, caplog.text):
        assert NUMBER not in page
        assert "1971-02-28" not in page

    desk.give_purpose()
    listed = desk.page("returns_children", submission=submission.id)
    assert "Of 2 social workers in this return" in listed
    (name, *_) = re.findall(rf'{submission.id}/children/([^/"]+)/"[^>]*>{NUMBER}', listed)
    worker = desk.page("returns_child", submission=submission.id, child=name)
    assert f"Social worker {NUMBER}" in worker
    assert OTHER not in worker
    assert "Qualifications" in worker
    rows = desk.page("returns_rule_rows", submission=submission.id, rule="WW50")
    assert "1.7" in rows


def test_another_councils_workforce_is_refused(desk: Any, files: Any) -> None:
    job = desk.send(files.upload("any.xml", CENSUS.replace("<LEA>301", "<LEA>316")))
    assert job.outcome == Outcome.REFUSED
    assert desk.store.submissions(current=False) == []
