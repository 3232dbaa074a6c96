"""What people fill in at the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from whatworks.returns import period_of
from whatworks.service.common import formats
from whatworks.service.returns_desk.years import FIRST_YEAR, this_year


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


class SendForm(forms.Form):
    """The files of one return, and its collection year where the files do not say."""

    files = FilesField(
        label="The files of the return",
        widget=FileInput(attrs={"accept": ".csv,.xml,.zip,text/csv,text/xml,application/zip"}),
        allow_empty_file=True,
        max_length=255,
        error_messages={
            "required": "Choose the files of the return",
            "max_length": "The name of one of the files is too long: shorten it",
        },
    )
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
