"""That an answer was used: where, by which organisation, on which day. Never whose answer."""

from __future__ import annotations

from django.db import models


class AnswerUse(models.Model):
    """How often the answers to one question were used at one place on one day.

    ``reader`` is the code of the council whose people read it, 'centre', or '' where the service
    itself reckoned with it.
    """

    ask = models.CharField(max_length=40)
    question = models.CharField(max_length=40)
    place = models.CharField(max_length=40)
    reader = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    times = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-day", "ask", "question", "place", "reader")
        constraints = (
            models.UniqueConstraint(
                name="a_use_is_counted_in_one_row",
                fields=("ask", "question", "place", "reader", "day"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.ask}.{self.question} at {self.place} on {self.day}"
