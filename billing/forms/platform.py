"""What became of a document at the platform."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import PlatformStatus


class PlatformStatusForm(forms.Form):
    """A status that a person read on the platform's own site."""

    status = forms.ChoiceField(label=_("Status"), choices=PlatformStatus.choices)
    happened_on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        required=False,
        help_text=_("needed where it was rejected or refused"),
    )
