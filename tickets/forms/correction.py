"""What is typed to take billed minutes back."""

from django import forms
from django.utils.translation import gettext_lazy


class TakeBackForm(forms.Form):
    """How many minutes were not owed, and why."""

    minutes = forms.IntegerField(label=gettext_lazy("Minutes to take back"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Why they are not owed"), max_length=200)
