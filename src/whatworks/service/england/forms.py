"""What people fill in to keep a group of councils."""

from __future__ import annotations

from typing import Any

from django import forms

from whatworks.service.common.models import Person
from whatworks.service.england.models import LONGEST_NAME, KeptGroup


class NameGroupForm(forms.Form):
    """The name under which a group is kept. ``other_than``: the group that is being renamed."""

    name = forms.CharField(
        label="Name of the group",
        max_length=LONGEST_NAME,
        error_messages={
            "required": "Enter a name for the group",
            "max_length": f"The name must be {LONGEST_NAME} characters or fewer",
        },
    )

    def __init__(
        self,
        *args: Any,
        person: Person | None = None,
        other_than: KeptGroup | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._person, self._renamed = person, other_than

    def clean_name(self) -> str:
        """The name with its spaces tidied; a renamed group may not take another's."""
        name = " ".join(self.cleaned_data["name"].split())
        if self._renamed is not None and (
            KeptGroup.objects.filter(person=self._person, name=name)
            .exclude(pk=self._renamed.pk)
            .exists()
        ):
            raise forms.ValidationError("Another group of yours has this name")
        return name
