"""Adding practices, recording what is done now, keeping effects: one transaction, one event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from whatworks import rollout
from whatworks.rollout.natural_experiment.effect import Effect
from whatworks.rollout.packaged import as_mapping
from whatworks.service.common import events
from whatworks.service.common.models import Organisation
from whatworks.service.rollout import entries as entering
from whatworks.service.rollout import keeping
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.models import DoneNow, KeptEffect, Practice, Stocktake

BY_ITSELF = "system:package"


class RecordedMeanwhile(ValidationError):
    """Somebody recorded what is done now since the page was opened."""

    def __init__(self) -> None:
        super().__init__("Somebody recorded this meanwhile. Read that record first.")


@transaction.atomic
def add_practice(*, practice: rollout.Practice, by: str) -> Practice:
    """Add a practice, or describe one anew that is here. The same again changes nothing."""
    row, told = _put(practice)
    if told:
        data = {"slug": practice.id, "invented": practice.invented}
        events.record(f"practice_{told}", by=by, subject=f"practice:{practice.id}", data=data)
    return row


@transaction.atomic
def seed_practices(*, by: str) -> int:
    """Add the package's own practices and describe anew those whose words changed; how many."""
    changed = {one.id: told for one in rollout.catalogue() if (told := _put(one)[1])}
    if changed:
        events.record("practices_seeded", by=by, subject="practices", data=changed)
    return len(changed)


def seed_after_migrating(*, using: str = DEFAULT_DB_ALIAS, **_signal: object) -> None:
    """Have the package's practices in every database; called after each migration."""
    tables = connections[using].introspection.table_names()
    if using == DEFAULT_DB_ALIAS and Practice._meta.db_table in tables:
        seed_practices(by=BY_ITSELF)


@transaction.atomic
def record_done_now(
    *,
    organisation: Organisation,
    entries: Sequence[Entry],
    by: str,
    instead_of: str | None = None,
) -> Stocktake:
    """Set down all that a council does now. It takes the place of what was recorded before.

    ``instead_of`` is the public id of the record that is to give way ('' for none): another one
    raises RecordedMeanwhile; None asks for no such care. Raises ValidationError with every
    sentence at once.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)  # one after the other
    before = Stocktake.objects.filter(organisation=organisation).first()
    if instead_of is not None and instead_of != (before.public_id if before else ""):
        raise RecordedMeanwhile
    rows = {row.slug: row for row in Practice.objects.all()}
    entering.check(entries, rows, timezone.localdate())
    stocktake = Stocktake.objects.create(organisation=organisation, recorded_by=by)
    DoneNow.objects.bulk_create(
        DoneNow(
            stocktake=stocktake,
            position=position,
            **{**asdict(one), "practice": rows.get(one.practice)},
        )
        for position, one in enumerate(entries)
    )
    events.record(
        "done_now_recorded",
        by=by,
        subject=f"council:{organisation.council_code}",
        data={"stocktake": stocktake.public_id, **entering.as_data(entries)},
    )
    return stocktake


@transaction.atomic
def keep_effects(*, practice_id: str, effects: Iterable[Effect], by: str) -> list[KeptEffect]:
    """Keep what a practice did, an effect for each measure; the newest of a measure is shown.

    An effect that is already the newest changes nothing. Earlier ones stay. Raises
    Practice.DoesNotExist for a practice that is not here.
    """
    practice = Practice.objects.get(slug=practice_id)
    kept, new = [], {}
    for effect in effects:
        told = keeping.as_values(effect)
        digest = keeping.digest_of(told)
        mine = KeptEffect.objects.filter(practice=practice, measure=effect.measure, current=True)
        row = mine.filter(digest=digest).first()
        if row is None:
            mine.update(current=False)
            row = KeptEffect.objects.create(
                practice=practice, measure=effect.measure, content=told, digest=digest, kept_by=by
            )
            new[effect.measure] = digest
        kept.append(row)
    if new:
        events.record("effects_kept", by=by, subject=f"practice:{practice_id}", data=new)
    return kept


@transaction.atomic
def retire_effects(*, practice_id: str, could_not: Mapping[str, str], by: str) -> int:
    """Let effects that can no longer be told stand no longer; they stay. How many there were.

    ``could_not``: measure -> why.
    """
    stale = KeptEffect.objects.filter(
        practice__slug=practice_id, current=True, measure__in=list(could_not)
    )
    gone = {row.measure: could_not[row.measure][:300] for row in stale}
    if gone:
        stale.update(current=False)
        events.record("effects_retired", by=by, subject=f"practice:{practice_id}", data=gone)
    return len(gone)


def _put(practice: rollout.Practice) -> tuple[Practice, str]:
    """The practice's row as described, and what was done: 'added', 'described_anew' or ''."""
    told = as_mapping(practice)
    row, made = Practice.objects.get_or_create(
        slug=practice.id, defaults={"definition": told, "invented": practice.invented}
    )
    if made:
        return row, "added"
    if row.definition == told:
        return row, ""
    row.definition, row.invented = told, practice.invented
    row.save(update_fields=["definition", "invented"])
    return row, "described_anew"
