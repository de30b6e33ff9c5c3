"""Which ticket another one has to do with."""

from django import forms
from django.utils.translation import gettext_lazy

from tickets.models import LinkKind


class LinkForm(forms.Form):
    """How this ticket stands to another one, named by its number."""

    kind = forms.ChoiceField(
        label=gettext_lazy("This ticket"), choices=LinkKind.choices, initial=LinkKind.RELATED
    )
    number = forms.CharField(
        label=gettext_lazy("Number of the other ticket"),
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "T1234", "autocomplete": "off"}),
    )


class MergeForm(forms.Form):
    """The ticket that another one goes on in, named by its number."""

    number = forms.CharField(
        label=gettext_lazy("Goes on in"),
        max_length=20,
        widget=forms.TextInput(attrs={"placeholder": "T1234", "autocomplete": "off"}),
    )
