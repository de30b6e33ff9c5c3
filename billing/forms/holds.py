"""Why something is held back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldForm(forms.Form):
    """The reason, which everybody sees who wonders why nothing goes out."""

    reason = forms.CharField(label=_("Held because"), max_length=200, strip=True)
