"""What people fill in at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from whatworks.returns import period_of
from whatworks.returns.period import end_of_month
from whatworks.service.common import formats
from whatworks.service.returns_desk.years import FIRST_YEAR, month_words, months, this_year


class FileInput(forms.FileInput):
    """Several files at once. (Its name tells the templates what it is.)"""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files. An empty one is left to the reader, which names it."""

    widget = FileInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file checked as a single one would be."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in given or [None]]


ACCEPTED = ".csv,.xml,.zip,text/csv,text/xml,application/zip"
WORKBOOK = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _files(label: str, accept: str) -> FilesField:
    return FilesField(
        label=label,
        widget=FileInput(attrs={"accept": accept}),
        allow_empty_file=True,
        max_length=255,
        error_messages={
            "required": f"Choose {label[0].lower()}{label[1:]}",
            "max_length": "The name of one of the files is too long: shorten it",
        },
    )


class FilesForm(forms.Form):
    """What any sender says, and on a site of invented people, that those sent are invented."""

    invented = forms.BooleanField(
        label="Everybody in these files is invented",
        help_text="Files that this software made are known without it.",
        required=False,
    )

    def __init__(self, *args: Any, synthetic: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not synthetic:
            del self.fields["invented"]


class SendForm(FilesForm):
    """The files of one return, and its collection year where the files do not say."""

    files = _files("The files of the return", ACCEPTED)
    year = forms.TypedChoiceField(
        label="Collection year",
        help_text="It runs from 1 April to 31 March and is named after the year it ends in; the "
        "workforce census is of 30 September of the year it is named after. Choose one only if "
        "the files are of part of a year, or if the year is found out wrongly.",
        required=False,
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose a collection year from the list"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(this_year() + 1, FIRST_YEAR - 1, -1)
        self.fields["year"].choices = [
            ("", "Find it out from the files"),
            *((str(year), f"{year}: {_span(year)}") for year in years),
        ]


class SendMonthForm(FilesForm):
    """Lists as they stood on a day: which month, and the day if it was not the month's last."""

    files = _files("The files of the month", f"{ACCEPTED},{WORKBOOK}")
    month = forms.ChoiceField(
        label="Month",
        help_text="The month that the lists tell of. A later one of the same month takes the "
        "place of the one before; other months stay.",
        error_messages={
            "required": "Choose the month that the lists tell of",
            "invalid_choice": "Choose a month from the list",
        },
    )
    day = forms.IntegerField(
        label="Day of that month on which the lists were made",
        help_text="A number such as 15. Leave it blank for the last day of the month.",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Enter the day as a number, such as 15"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].choices = [("", "Choose a month"), *months()]

    def clean(self) -> dict[str, Any]:
        """Settle the day itself, as ``as_at``."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("month") and "day" in cleaned:
            last = end_of_month(cleaned["month"])
            day = cleaned["day"] or last.day
            if 1 <= day <= last.day:
                cleaned["as_at"] = last.replace(day=day)
            else:
                self.add_error("day", f"{month_words(last)} has days 1 to {last.day}")
        return cleaned


class FindChildForm(forms.Form):
    """A child, or social worker, by the number in the return.

    Sent as a form, so that it is in no address. ``person`` is what to call whom it is about.
    """

    child = forms.CharField(
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, person: str = "child", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["child"]
        field.label = f"Find a {person} by the number in the return"
        field.error_messages["required"] = f"Enter the {person}’s number as it is in the return"


def _span(year: int) -> str:
    first, last = period_of("ssda903", year)
    return f"{formats.date(first)} to {formats.date(last)}"
