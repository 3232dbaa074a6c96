"""The work behind an upload: read, keep, check, count. Its only argument is the job's name."""

from __future__ import annotations

from whatworks import measures, returns
from whatworks.reference import find_council
from whatworks.returns.checked import checked
from whatworks.returns.invented import refuse_mixing
from whatworks.returns.loading import READER_VERSION
from whatworks.returns.schema import CENSUSES
from whatworks.service.common import events, workspace
from whatworks.service.common.tasks import background
from whatworks.service.reconciling import touching
from whatworks.service.returns_desk import uploads
from whatworks.service.returns_desk.actions import end_job, move_job
from whatworks.service.returns_desk.models import Job, Outcome, Stage
from whatworks.service.returns_desk.uploads import Place

BY = "system:worker"


@background
def read_return(job_name: str) -> None:
    """Do the whole of a job, and remove what was sent however it ends."""
    job = Job.objects.select_related("organisation", "sent_by").get(public_id=job_name)
    if job.stage != Stage.WAITING:
        return
    place = uploads.place(str(job.organisation.council_code), job.public_id)
    try:
        _carry_out(job, place)
    finally:
        place.clear()


@background
def count_again(council: str) -> None:
    """Count a council's measures anew, so that the next page need not."""
    _count(council)


def _count(council: str) -> None:
    """What the next pages are made of, so that nobody waits for it there."""
    store = workspace.store()
    measures.cached(store, council)
    touching.touched(store, council)


def _carry_out(job: Job, place: Place) -> None:
    submission: returns.Submission | None = None
    try:
        submission = _keep(job, place)
        move_job(job, Stage.CHECKING)
        checked(workspace.store(), submission)
        move_job(job, Stage.COUNTING)
        _count(submission.council)
    except returns.ReturnsError as problem:
        if submission is None:
            place.explain(str(problem))
            end_job(job, Outcome.REFUSED, by=BY)
            return
        end_job(job, Outcome.KEPT_UNCHECKED, by=BY, submission=submission.id)
        raise
    except Exception:
        if submission is None:
            end_job(job, Outcome.FAILED, by=BY)
        else:
            end_job(job, Outcome.KEPT_UNCHECKED, by=BY, submission=submission.id)
        raise
    end_job(job, _outcome(submission), by=BY, submission=submission.id)


def _keep(job: Job, place: Place) -> returns.Submission:
    code = str(job.organisation.council_code)
    move_job(job, Stage.READING)
    found = returns.read(place.files(), year=job.year, council=code, as_at=job.as_at)
    refuse_another_council(found, code)
    refuse_mixing(found, synthetic=workspace.synthetic(), said=job.invented)
    move_job(job, Stage.KEEPING)
    return workspace.store().add(
        found, by=events.person(job.sent_by), reader_version=READER_VERSION
    )


def refuse_another_council(found: returns.ReadReturn, code: str) -> None:
    """Refuse a return that says it is another council's. Raises ReturnsError.

    SSDA903 does not say whose it is; a census names its council in its header.
    """
    header = found.tables.get("Header")
    if found.collection not in CENSUSES or header is None or "LEA" not in header.columns:
        return
    named = [find_council(text) for text in header["LEA"].drop_nulls()]
    for other in named:
        if other is not None and other.code != code:
            raise returns.ReturnsError(
                f"The census says that it is from {other.name} (council {other.code}), and "
                f"you are signed in for council {code}. Send your own council's census, or mend "
                "the council number (LEA) in the header of the file."
            )


def _outcome(submission: returns.Submission) -> Outcome:
    if submission.already_stored:
        return Outcome.SAME
    return Outcome.KEPT if submission.supersedes is None else Outcome.REPLACED
