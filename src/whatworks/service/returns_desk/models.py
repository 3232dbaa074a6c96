"""Jobs: returns that were sent in and are being read. Counts and opaque names; never a child.

What a sender is told of a file that could not be read may name the file, and people name files
after children. So that sentence stays in the council's own folder (``uploads.py``).
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from whatworks.service.common.opaque import token

SILENT_FOR = timedelta(minutes=20)
"""A job that has not moved for this long has stopped with the machine that worked on it."""


class Stage(models.TextChoices):
    """How far a job has come, in order; the label is what people read."""

    WAITING = "waiting", "Waiting for its turn"
    READING = "reading", "Reading the files"
    KEEPING = "keeping", "Keeping the return"
    CHECKING = "checking", "Checking it by the rules of its year"
    COUNTING = "counting", "Counting the measures"
    DONE = "done", "Done"
    COULD_NOT = "could_not", "Could not be kept"


PERCENT = {
    Stage.WAITING: 0,
    Stage.READING: 10,
    Stage.KEEPING: 40,
    Stage.CHECKING: 55,
    Stage.COUNTING: 80,
    Stage.DONE: 100,
    Stage.COULD_NOT: 100,
}


class Outcome(models.TextChoices):
    """How a job ended."""

    KEPT = "kept", "Kept"
    REPLACED = "replaced", "Kept, in the place of an earlier one"
    SAME = "same", "Nothing was changed: these files are already kept"
    REFUSED = "refused", "Not kept"
    FAILED = "failed", "Stopped by a fault of this service"
    KEPT_UNCHECKED = "kept_unchecked", "Kept, but checking stopped by a fault of this service"


class Job(models.Model):
    """One sending of files by one person, read in the background."""

    public_id = models.CharField(max_length=24, unique=True, default=token, editable=False)
    organisation = models.ForeignKey("common.Organisation", on_delete=models.PROTECT)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    sent_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now=True)
    n_files = models.PositiveIntegerField()
    n_bytes = models.PositiveBigIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    as_at = models.DateField(null=True, blank=True)
    """The day that lists of a month tell of; none for a return of a whole year."""
    invented = models.BooleanField(default=False)
    """Whether the sender said that everybody in the files is invented."""
    stage = models.CharField(max_length=12, choices=Stage.choices, default=Stage.WAITING)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    submission = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ("-sent_at", "-pk")

    def __str__(self) -> str:
        return f"{self.public_id}: {self.stage}"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.stage in {Stage.DONE, Stage.COULD_NOT}

    @property
    def stopped(self) -> bool:
        """Whether it has been silent for so long that nothing more will happen."""
        return not self.ended and timezone.now() - self.moved_at > SILENT_FOR

    @property
    def percent(self) -> int:
        """How far it has come, roughly: each stage counts for about as long as it takes."""
        return PERCENT[Stage(self.stage)]
