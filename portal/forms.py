"""What a client's people may write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tickets.models import Priority


class NewTicketForm(forms.Form):
    """A call for help."""

    subject = forms.CharField(label=_("What is it about?"), max_length=200)
    description = forms.CharField(
        label=_("What happens, on which device, since when?"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    priority = forms.ChoiceField(
        label=_("How urgent is it?"), choices=Priority.choices, initial=Priority.NORMAL
    )


class ReplyForm(forms.Form):
    """An answer on a ticket."""

    body = forms.CharField(
        label=_("Your answer"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 4})
    )
