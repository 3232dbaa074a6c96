"""What happens to jobs: one transaction each, and an event where something was decided."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from whatworks.returns import Store, Submission
from whatworks.service.common import events
from whatworks.service.common.models import Organisation, Person
from whatworks.service.returns_desk.models import Job, Outcome, Stage


@transaction.atomic
def send_return(
    *,
    organisation: Organisation,
    person: Person,
    n_files: int,
    n_bytes: int,
    year: int | None = None,
    as_at: date | None = None,
    invented: bool = False,
) -> Job:
    """Note that files were sent. The work itself is enqueued once they lie where it finds them."""
    job = Job.objects.create(
        organisation=organisation,
        sent_by=person,
        n_files=n_files,
        n_bytes=n_bytes,
        year=year,
        as_at=as_at,
        invented=invented,
    )
    _record("return_sent", job, by=events.person(person), n_files=n_files, n_bytes=n_bytes)
    return job


@transaction.atomic
def move_job(job: Job, stage: Stage) -> None:
    """Note how far the work has come, for the page that shows it."""
    job.stage = stage
    job.save(update_fields=["stage", "moved_at"])


@transaction.atomic
def end_job(job: Job, outcome: Outcome, *, by: str, submission: str = "") -> None:
    """Note how the work ended."""
    kept = outcome not in {Outcome.REFUSED, Outcome.FAILED}
    job.stage = Stage.DONE if kept else Stage.COULD_NOT
    job.outcome, job.submission = outcome, submission
    job.save(update_fields=["stage", "outcome", "submission", "moved_at"])
    _record("return_read", job, by=by, outcome=outcome.value, submission=submission or None)


@transaction.atomic
def use_again(
    *, store: Store, organisation: Organisation, person: Person, submission: Submission
) -> Submission:
    """Make a replaced return count again, as a new submission; the council's own ledger tells it
    too. Raises StoreError."""
    by = events.person(person)
    kept = store.use_again(submission, by=by)
    events.record(
        "return_used_again",
        by=by,
        subject=f"council:{organisation.council_code}",
        data={"submission": kept.id, "again_of": kept.again_of, "replaces": kept.supersedes},
    )
    return kept


def _record(kind: str, job: Job, *, by: str, **data: object) -> None:
    subject = f"council:{job.organisation.council_code}"
    events.record(kind, by=by, subject=subject, data={"job": job.public_id, **data})
