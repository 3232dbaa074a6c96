"""Forms that every room shares."""

from django import forms

from whatworks.service.common.purpose import Purpose


class PurposeForm(forms.Form):
    """Why somebody reads pages about single children."""

    purpose = forms.ChoiceField(
        label="Why do you need to see these records?",
        widget=forms.RadioSelect,
        choices=[(purpose.value, purpose.label) for purpose in Purpose],
        error_messages={"required": "Choose why you need to see these records"},
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
