"""Fields that this room's forms are made of: a day in three boxes, and an amount."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

NO_CHILD = "Do not write anything about a child or family."


class DayInput(forms.MultiWidget):
    """Day, month and year in a box each. (Its name tells the template what it is.)"""

    def __init__(self) -> None:
        super().__init__([forms.TextInput(), forms.TextInput(), forms.TextInput()])

    def decompress(self, value: date | None) -> list[Any]:
        """A day as its three numbers."""
        return [value.day, value.month, value.year] if value else ["", "", ""]


class DayField(forms.Field):
    """A day that exists, between two others; ``name`` begins what is said of a wrong one."""

    widget = DayInput

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        self.name = name
        self.after: date | None = None
        self.last: date | None = None
        super().__init__(**kwargs)

    def clean(self, value: Any) -> date:
        """The three boxes as a day. Raises ValidationError."""
        parts = [str(part or "").strip() for part in value or []]
        if not any(parts):
            raise ValidationError(f"Enter {self.name[:1].lower()}{self.name[1:]}")
        try:
            day, month, year = (int(part) for part in parts)
            found = date(year, month, day)
        except (ValueError, OverflowError):  # a year of many digits overflows
            raise ValidationError(f"{self.name} must be a real date, such as 27 3 2028") from None
        if self.after is not None and found <= self.after:
            raise ValidationError(f"{self.name} must be after today")
        if self.last is not None and found > self.last:
            raise ValidationError(
                f"{self.name} must be {self.last.day} {self.last:%B %Y} or before"
            )
        return found


class AmountField(forms.FloatField):
    """A number of nought or more, to a tenth at most; a percent sign may stand behind it."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, name: str, **kwargs: Any) -> None:
        self.name = name
        super().__init__(**kwargs)

    def clean(self, value: Any) -> float | None:
        """The number; None where the box was left empty. Raises ValidationError."""
        text = str(value or "").strip().removesuffix("%").strip().replace(",", "")
        if not text:
            return None
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not 0 <= found < 1e7:
            raise ValidationError(f"{self.name} must be a number, such as 22 or 18.5")
        if round(found, 1) != found:
            raise ValidationError(f"{self.name} can have one figure after the point at most")
        return found


def words(
    label: str, *, hint: str, missing: str = "", rows: int = 4, most: int = 4_000
) -> forms.CharField:
    """A box for free text at the level of the council; it may stay empty without ``missing``."""
    return forms.CharField(
        label=label,
        help_text=f"{hint} {NO_CHILD}",
        widget=forms.Textarea(attrs={"rows": rows}),
        required=bool(missing),
        max_length=most,
        error_messages={
            "required": missing,
            "max_length": f"{label} must be {most:,} characters or fewer",
        },
    )
