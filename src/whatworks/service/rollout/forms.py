"""The form of what a council does now: for each need some rows, each one thing that is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from whatworks import rollout
from whatworks.service.rollout import reading
from whatworks.service.rollout.entries import Entry
from whatworks.service.rollout.models import Closeness, What

ROWS = 3
"""Rows that each need has at least."""
MOST_ROWS = 12
MEANWHILE = "Somebody saved this since you opened the page. Read what they saved before you save"
KNOWN = "known:"
"""Before the id of a practice in the list of choices."""

WORDS: Mapping[str, tuple[str, str]] = {
    "edge of care": (
        "Edge of care",
        "Families of whom a child may soon have to be looked after, before court is in question.",
    ),
    "pre-proceedings": (
        "Before court proceedings",
        "Families who have been told, or soon will be, that the council may go to court.",
    ),
    "return home": (
        "Return home",
        "Children who go home from care, and the year after.",
    ),
    "kinship": (
        "Relatives and friends as carers",
        "Finding relatives and friends who can care for a child, and helping those who do.",
    ),
    "exploitation": (
        "Exploitation",
        "Children who are used by others for crime or sex, or may be.",
    ),
    "leaving care": (
        "Leaving care",
        "Young people of 16 and over who are in care or have left it.",
    ),
}
"""Each need as pages call it, and what is meant."""


class RowForm(forms.Form):
    """One thing that is done about one need. An empty row says nothing."""

    choice = forms.CharField(required=False, label="What you do")
    other = forms.CharField(
        required=False,
        max_length=120,
        label="If something else, what is it called?",
        error_messages={"max_length": "Use 120 letters or fewer"},
    )
    since = forms.CharField(
        required=False,
        max_length=30,
        label="Since when?",
        help_text="Such as April 2021. A guess will do.",
    )
    reach = forms.CharField(
        required=False,
        max_length=30,
        label="Families or children a year",
        help_text="Such as 50 to 100.",
    )
    cost = forms.CharField(
        required=False, max_length=20, label="Cost a year", help_text="In pounds, such as 90,000."
    )
    closeness = forms.ChoiceField(
        required=False,
        label="As it is described?",
        help_text="On the practice’s own page.",
        choices=[("", "No answer"), *Closeness.choices],
    )
    stopped = forms.CharField(
        required=False, max_length=30, label="Stopped in", help_text="Such as June 2024."
    )
    why_stopped = forms.CharField(
        required=False,
        max_length=300,
        label="Why?",
        error_messages={"max_length": "Use 300 letters or fewer"},
    )

    def __init__(self, *args: Any, need: str, known: frozenset[str], **kwargs: Any) -> None:
        self.need, self.known = need, known
        super().__init__(*args, **kwargs)

    def clean_choice(self) -> str:
        """One of the choices, or nothing."""
        chosen = str(self.cleaned_data["choice"])
        free = {"", What.NOTHING, What.DONT_KNOW, What.OTHER}
        if chosen not in free and chosen.removeprefix(KNOWN) not in self.known:
            raise forms.ValidationError("Choose what you do from the list")
        return chosen

    def clean_since(self) -> date | None:
        """The month."""
        return self._month("since")

    def clean_stopped(self) -> date | None:
        """The month."""
        return self._month("stopped")

    def clean_reach(self) -> tuple[int | None, int | None]:
        """From, to."""
        return _read(reading.amounts, self.cleaned_data["reach"])

    def clean_cost(self) -> int | None:
        """Pounds."""
        return _read(reading.pounds, self.cleaned_data["cost"])

    def _month(self, name: str) -> date | None:
        found = _read(reading.month, self.cleaned_data[name])
        if found and found > timezone.localdate():
            raise forms.ValidationError("Enter a month that is not in the future")
        return found

    def clean(self) -> dict[str, Any]:
        """What holds between fields."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = told.get("choice", "")
        if "choice" in told and not chosen and self.filled:
            self.add_error("choice", "Choose what you do, or empty the rest of this row")
        if chosen in {What.NOTHING, What.DONT_KNOW} and self._says_more():
            self.add_error("choice", "Empty the rest of this row, or choose what you do")
        if chosen == What.OTHER and not told.get("other") and "other" not in self.errors:
            self.add_error("other", "Say what it is called")
        began, ended = told.get("since"), told.get("stopped")
        if began and ended and ended < began:
            self.add_error("stopped", "It cannot have stopped before it began")
        return told

    def _says_more(self) -> bool:
        return any(self[name].value() for name in self.fields if name != "choice")

    @property
    def filled(self) -> bool:
        """Whether anything stands in the row."""
        return any(self[name].value() for name in self.fields)

    @property
    def said_stopped(self) -> bool:
        """Whether the part about stopping is in use."""
        return any(self[name].value() or self[name].errors for name in ("stopped", "why_stopped"))

    @property
    def entry(self) -> Entry | None:
        """The row as it is recorded; None for an empty one."""
        told = self.cleaned_data
        chosen = told["choice"]
        if not chosen:
            return None
        if chosen in {What.NOTHING, What.DONT_KNOW}:
            return Entry(self.need, chosen)
        known = chosen.startswith(KNOWN)
        return Entry(
            need=self.need,
            what=What.PRACTICE if known else What.OTHER,
            practice=chosen.removeprefix(KNOWN) if known else "",
            other="" if known else told["other"],
            since=told["since"],
            reach_low=told["reach"][0],
            reach_high=told["reach"][1],
            cost=told["cost"],
            closeness=told["closeness"],
            stopped=told["stopped"],
            why_stopped=told["why_stopped"],
        )


def _read(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except reading.NotUnderstood as problem:
        raise forms.ValidationError(str(problem)) from problem


def initial_of(entry: Entry) -> dict[str, str]:
    """A recorded entry as it is typed."""
    return {
        "choice": f"{KNOWN}{entry.practice}" if entry.practice else entry.what,
        "other": entry.other,
        "since": reading.month_words(entry.since),
        "reach": reading.amounts_words(entry.reach_low, entry.reach_high),
        "cost": "" if entry.cost is None else f"{entry.cost:,}",
        "closeness": entry.closeness,
        "stopped": reading.month_words(entry.stopped),
        "why_stopped": entry.why_stopped,
    }


@dataclass(frozen=True)
class NeedPart:
    """The part of the form about one need."""

    need: str
    slug: str
    title: str
    meant: str
    rows: tuple[RowForm, ...]
    problems: tuple[str, ...]
    these: tuple[rollout.Practice, ...]
    others: tuple[rollout.Practice, ...]
    more: bool

    @property
    def first(self) -> RowForm:
        """The row that is always seen."""
        return self.rows[0]

    @property
    def may_add(self) -> bool:
        """Whether another row can be had."""
        return len(self.rows) < MOST_ROWS

    @property
    def open_rest(self) -> bool:
        """Whether the further rows are shown at once."""
        return self.more or any(row.filled or row.errors for row in self.rows[1:])


class DoneNowForm:
    """The whole form. ``more`` is the slug of a need that another row was asked for."""

    def __init__(
        self,
        practices: Sequence[rollout.Practice],
        *,
        data: Mapping[str, Any] | None = None,
        before: Sequence[Entry] = (),
        instead_of: str = "",
    ) -> None:
        """``instead_of`` is the public id of the record that holds now, '' for none."""
        self.now = instead_of
        self.instead_of = instead_of if data is None else str(data.get("instead_of", ""))
        self.meanwhile = False
        self.is_bound = data is not None
        self.more = str(data.get("more", "")) if data is not None else ""
        self._data = data
        self._known = frozenset(one.id for one in practices)
        self.parts = tuple(self._part(need, practices, before) for need in rollout.NEEDS)

    def _part(
        self, need: str, practices: Sequence[rollout.Practice], before: Sequence[Entry]
    ) -> NeedPart:
        slug, mine = slugify(need), [one for one in before if one.need == need]
        rows = tuple(
            RowForm(
                None if self.more else self._data,
                prefix=f"{slug}-{place}",
                initial=self._initial(f"{slug}-{place}", mine[place : place + 1]),
                need=need,
                known=self._known,
            )
            for place in range(self._how_many(slug, len(mine)))
        )
        fits = {one.id for one in practices if need in (one.need, *one.also_serves)}
        return NeedPart(
            need=need,
            slug=slug,
            title=WORDS[need][0],
            meant=WORDS[need][1],
            rows=rows,
            problems=self._problems(rows),
            these=tuple(one for one in practices if one.id in fits),
            others=tuple(one for one in practices if one.id not in fits),
            more=self.more == slug,
        )

    def _initial(self, prefix: str, recorded: Sequence[Entry]) -> dict[str, str]:
        """What stands in a row at first: what was typed so far, or what was recorded last time."""
        if self._data is not None:
            return {name: self._data.get(f"{prefix}-{name}", "") for name in RowForm.base_fields}
        return initial_of(recorded[0]) if recorded else {}

    def _how_many(self, slug: str, recorded: int) -> int:
        if self._data is None:
            return min(MOST_ROWS, max(ROWS, recorded + 1))
        shown = sum(f"{slug}-{place}-choice" in self._data for place in range(MOST_ROWS))
        return min(MOST_ROWS, max(ROWS, shown + (self.more == slug)))

    def _problems(self, rows: Sequence[RowForm]) -> tuple[str, ...]:
        """What holds between the rows of a need; nothing while another row is asked for."""
        if not self.is_bound or self.more:
            return ()
        chosen = [row["choice"].value() for row in rows if row["choice"].value()]
        alone = {What.NOTHING.value, What.DONT_KNOW.value} & set(chosen)
        if alone and len(chosen) > 1:
            return ("‘Nothing’ and ‘don’t know’ stand alone: take one or the other off",)
        known = [one for one in chosen if one.startswith(KNOWN)]
        if len(known) != len(set(known)):
            return ("You gave one practice twice: put it in one row",)
        return ()

    def is_valid(self) -> bool:
        """Whether it can be recorded. Only one that began from what holds now can be.

        One that did not is told so once: sent again, it is of somebody who has been told.
        """
        if self.is_bound and not self.more and self.instead_of != self.now:
            self.meanwhile, self.instead_of = bool(self.now), self.now
        return not self.errors

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Each error and the id of the field it is about."""
        if not self.is_bound or self.more:
            return []
        found: list[tuple[str, str]] = [(MEANWHILE, "meanwhile")] if self.meanwhile else []
        for part in self.parts:
            found += [
                (f"{part.title}: {text}", part.first["choice"].auto_id) for text in part.problems
            ]
            for row in part.rows:
                found += [
                    (f"{part.title}: {text}", row[name].auto_id)
                    for name, texts in row.errors.items()
                    for text in texts
                ]
        if not found and not self.entries:
            first = self.parts[0].first["choice"].auto_id
            return [("Answer for at least one need. Nothing and don’t know are answers", first)]
        return found

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What is recorded, once the rows are valid."""
        told = [row.entry for part in self.parts for row in part.rows if row.is_valid()]
        return tuple(one for one in told if one is not None)
