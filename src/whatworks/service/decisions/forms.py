"""What people fill in when they decide, withdraw a decision, or write down what was learned."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from whatworks.returns import period_of
from whatworks.returns.period import year_of
from whatworks.rollout import Practice
from whatworks.rollout.judging import PER
from whatworks.service.common import formats
from whatworks.service.common.actions import Aim
from whatworks.service.decisions.actions import BEWARE, last_review
from whatworks.service.decisions.fields import AmountField, DayField, words
from whatworks.service.decisions.figures import CouncilFigures
from whatworks.service.decisions.models import Choice, Decision, LearningEntry
from whatworks.service.decisions.offering import Offered, offered
from whatworks.service.decisions.showing import written

YEARS_AHEAD = 4
HINTS: Mapping[str, str] = {
    "adopt": "Make it the council’s way of working. Needs targets.",
    "pilot": "Try it in one place or with some families first. Needs targets.",
    "wait": "Not now. Say below what you are waiting for.",
    "stop": "Stop using it, or decide against it.",
}


class DecideForm(forms.Form):
    """A decision with its reason, the day it is looked at again, and a pair of targets."""

    choice = forms.ChoiceField(
        label="What do you decide?",
        choices=Choice.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you decide"},
    )
    why = words("Why?", hint="What speaks for it and against it here.", missing="Say why")
    review_on = DayField(name="The day of the review", label="When do you look at it again?")
    outcome_measure = forms.ChoiceField(label="Outcome measure", required=False)
    outcome_wanted = AmountField(
        name="The outcome target",
        label="Target",
        required=False,
        help_text="The value to reach, in the unit of the table. It cannot be worse than now.",
    )
    safety_measure = forms.ChoiceField(label="Safety measure", required=False)
    safety_wanted = AmountField(
        name="The safety limit",
        label="Limit",
        required=False,
        help_text="The value not to go beyond. Leave it empty to mean: no worse than now.",
    )
    by_year = forms.TypedChoiceField(
        label="In which year’s return?",
        required=False,
        coerce=int,
        empty_value=None,
        help_text="The first full year after a change is the first that can show it.",
    )
    despite = forms.BooleanField(
        label="I have read why this practice is rated “Beware”, and what harm it may do",
        required=False,
    )
    despite_why = words(
        "Why use it all the same?", hint="What you will do so that no child comes to harm.", rows=3
    )
    instead_of = forms.CharField(required=False, widget=forms.HiddenInput)
    known = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        practice: Practice,
        figures: CouncilFigures,
        seen: Mapping[str, Any],
        before: Decision | None,
        today: date,
        **kwargs: Any,
    ) -> None:
        self.seen, self.before = seen, before
        self.offered = {one.measure.name: one for one in offered(practice, figures)}
        started = {
            "by_year": year_of(today) + 1,
            "instead_of": before.public_id if before else "",
            "known": digest(seen),
        }
        super().__init__(*args, initial=started, **kwargs)
        for role in ("outcome", "safety"):
            self.fields[f"{role}_measure"].choices = [
                (name, one.measure.title)
                for name, one in sorted(self.offered.items(), key=lambda item: not item[1].known)
                if role in one.role
            ]
        own = next((name for name in practice.safety if name in self.offered), None)
        self._start(practice.outcomes, "outcome_measure", taken=None)
        self._start(
            (own,) if own else (), "safety_measure", taken=self.initial.get("outcome_measure")
        )
        newest = [one.now.year for one in self.offered.values() if one.known and one.now]
        first = max(newest, default=year_of(today) - 1) + 1
        self.fields["by_year"].choices = [
            (year, _year(year, today))
            for year in range(first, max(first, year_of(today)) + YEARS_AHEAD)
        ]
        day = self.fields["review_on"]
        day.after, day.last = today, last_review(today)
        day.help_text = (
            f"For example, 27 3 {today.year + 1}. At the latest {formats.date(day.last)}."
        )
        if not self.beware:
            del self.fields["despite"], self.fields["despite_why"]

    def _start(self, wished: Sequence[str], name: str, taken: str | None) -> None:
        """Choose beforehand: the practice's own measure if it has a figure, else one that has."""
        values = [value for value, _ in self.fields[name].choices if value != taken]
        known = [value for value in values if self.offered[value].known]
        best = [value for value in wished if value in known] or known or values
        if best:
            self.initial[name] = best[0]

    @property
    def beware(self) -> bool:
        """Whether the practice is rated so that its use needs a reason of its own."""
        return self.seen["verdict"] == BEWARE

    def clean(self) -> dict[str, Any]:
        """What belongs together: targets with a choice that uses the practice."""
        given = super().clean()
        if given.get("known") != digest(self.seen):
            self.add_error(
                "choice",
                "What is known of this practice changed since you opened this page. "
                "Read it again below, then decide",
            )
        if given.get("instead_of") != (self.before.public_id if self.before else ""):
            self.add_error(
                "choice",
                "Somebody decided about this practice since you opened this page. "
                "Read that decision first",
            )
        if given.get("choice") and Choice(given["choice"]).uses:
            self._check_targets(given)
            if self.beware and not given.get("despite"):
                self.add_error("despite", "Confirm that you have read why it is rated “Beware”")
            if self.beware and not given.get("despite_why"):
                self.add_error("despite_why", "Say why it is used although it is rated “Beware”")
        # So that a form sent again is one of what its reader has now seen.
        self.data = self.data.copy()
        self.data["known"] = digest(self.seen)
        self.data["instead_of"] = self.before.public_id if self.before else ""
        return given

    def _check_targets(self, given: dict[str, Any]) -> None:
        if given.get("outcome_wanted") is None and "outcome_wanted" not in self.errors:
            self.add_error("outcome_wanted", "Enter the value that the outcome is to reach")
        if given.get("by_year") is None and "by_year" not in self.errors:
            self.add_error("by_year", "Choose the year whose return is to show it")
        for role in ("outcome", "safety"):
            one = self.offered.get(given.get(f"{role}_measure") or "")
            field = f"{role}_measure"
            if field in self.errors:
                continue
            if one is None:
                self.add_error(field, f"Choose a measure for the {role} target")
            elif not one.known:
                self.add_error(
                    field,
                    f"There is no figure yet of “{one.measure.title}”. Choose another, or "
                    "load the return that it is counted from",
                )
            else:
                self._check_value(role, one, given)
        if given.get("outcome_measure") and given["outcome_measure"] == given.get("safety_measure"):
            self.add_error("safety_measure", "Choose another measure than for the outcome")

    def _check_value(self, role: str, one: Offered, given: dict[str, Any]) -> None:
        now, wanted, field = one.now, given.get(f"{role}_wanted"), f"{role}_wanted"
        if now is None or now.value is None or wanted is None:
            return
        lower = one.direction == "lower"
        if wanted > PER.get(one.measure.kind, wanted):
            self.add_error(field, f"There cannot be {written(wanted)} {one.unit}")
            return
        if role == "outcome":
            worst, what = round(now.value, 1), "it is now"
        else:
            end = now.high if lower else now.low
            worst = round(now.value if end is None else end, 1)
            what = "the end of the range that is likely now"
        if wanted > worst if lower else wanted < worst:
            side = "more" if lower else "less"
            name = self.fields[field].label.lower()
            self.add_error(
                field, f"The {name} of {written(wanted)} is {side} than {what}: {written(worst)}"
            )

    def aims(self) -> tuple[Aim, Aim] | None:
        """The pair of targets; None for a choice that has none."""
        given = self.cleaned_data
        if not Choice(given["choice"]).uses:
            return None
        return self._aim("outcome"), self._aim("safety")

    def _aim(self, role: str) -> Aim:
        given = self.cleaned_data
        one = self.offered[given[f"{role}_measure"]]
        now, wanted = one.now, given[f"{role}_wanted"]
        if now is None or now.value is None:
            raise LookupError("a target starts from a figure")
        return Aim(
            measure=one.measure.name,
            direction=one.direction,
            wanted=round(now.value, 1) if wanted is None else wanted,
            by_year=given["by_year"],
            baseline_year=now.year,
            baseline_value=now.value,
            baseline_low=now.low,
            baseline_high=now.high,
        )


def digest(seen: Mapping[str, Any]) -> str:
    """A short name of all that was known, the day left aside."""
    told = json.dumps({**seen, "as_of": None}, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _year(year: int, today: date) -> str:
    first, last = period_of("ssda903", year)
    span = f"{year}: {formats.date(first)} to {formats.date(last)}"
    if last < today:
        return f"{span} (already over)"
    return f"{span} (already begun)" if first <= today else span


class WithdrawForm(forms.Form):
    """Why a decision is taken back."""

    why = words(
        "Why is it withdrawn?",
        hint="It stays readable, with this reason.",
        rows=2,
        missing="Say why the decision is withdrawn",
    )


class LearningForm(forms.Form):
    """One entry of the learning log."""

    question = words(
        "What did you want to know?",
        rows=2,
        missing="Write the question",
        hint="For example: do families still meet the same worker after six months?",
    )
    answer = words("What did you find out?", hint="Leave it empty while nobody knows.")
    decision = forms.ChoiceField(
        label="Which decision does it belong to?",
        required=False,
        error_messages={"invalid_choice": "Choose a decision from the list, or none"},
    )
    result = words("What came of it?", hint="What was done, and what changed.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, decisions: Sequence[Decision], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decisions = {one.public_id: one for one in decisions}
        self.meanwhile = False
        self.fields["decision"].choices = [
            ("", "None"),
            *(
                (
                    name,
                    f"{one.get_choice_display()}: {one.practice_name}, "
                    f"{formats.date(one.decided_on)}",
                )
                for name, one in self.decisions.items()
            ),
        ]

    def begin_again(self, latest: LearningEntry) -> None:
        """Have the form sent again be one of this version; what was typed stays."""
        self.meanwhile = True
        self.data = self.data.copy()
        self.data["version"] = str(latest.version)

    def given(self) -> dict[str, Any]:
        """What was written, in the words of the actions."""
        told = self.cleaned_data
        return {
            "question": told["question"],
            "answer": told["answer"],
            "decision": self.decisions.get(told["decision"]),
            "result": told["result"],
        }
