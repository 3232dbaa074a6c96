"""Filing a study: one transaction, one event."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from whatworks import evidence
from whatworks.evidence import Study, WrongStudy
from whatworks.service.common import events, workspace
from whatworks.service.evidence.models import FiledStudy


@transaction.atomic
def file_study(*, study: Study, by: str) -> FiledStudy:
    """Put a study into the library. The same again changes nothing and records nothing.

    A study of the same id that says something else takes the older one's place. Raises
    ValidationError for a study that cannot be right, has the id of a published one, or was counted
    from invented children and does not say so.
    """
    _refuse(study)
    digest = study.digest()
    current = FiledStudy.objects.filter(study_id=study.id, superseded_at__isnull=True).first()
    if current is not None and current.digest == digest:
        return current
    if current is not None:
        current.superseded_at = timezone.now()
        current.save(update_fields=["superseded_at"])
    filed = FiledStudy.objects.create(
        study_id=study.id,
        practice=study.practice,
        kind=study.kind,
        content=study.as_dict(),
        digest=digest,
        filed_by=by,
    )
    if current is not None:
        current.superseded_by = filed
        current.save(update_fields=["superseded_by"])
    data = {"digest": digest, "invented": study.invented, "newer": current is not None}
    events.record("study_filed", by=by, subject=f"study:{study.id}", data=data)
    return filed


@transaction.atomic
def retire_study(*, study_id: str, why: str, by: str) -> None:
    """Let a study count no longer, with the reason; it stays readable. Twice changes nothing."""
    current = FiledStudy.objects.filter(study_id=study_id, superseded_at__isnull=True).first()
    if current is None:
        return
    current.superseded_at = timezone.now()
    current.save(update_fields=["superseded_at"])
    events.record("study_retired", by=by, subject=f"study:{study_id}", data={"why": why[:300]})


def _refuse(study: Study) -> None:
    try:
        evidence.check(study)
    except WrongStudy as problem:
        raise ValidationError(str(problem)) from problem
    if any(one.id == study.id for one in evidence.shelf()):
        raise ValidationError(f"A published study has the id {study.id}. Give this one another.")
    if study.provenance.submissions and workspace.synthetic() and not study.invented:
        raise ValidationError(
            f"{study.id} was counted from invented children and does not say so. "
            "Mark it as invented."
        )
