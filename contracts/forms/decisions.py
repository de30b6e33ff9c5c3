"""Which decisions are listed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.decisions import KINDS

MONTHS = [(3, _("next 3 months")), (6, _("next 6 months")), (12, _("next 12 months"))]
USUAL_MONTHS = 6


class DecisionsForm(forms.Form):
    """By kind, by account manager, and how far ahead."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("All kinds")), *KINDS.items()]
    )
    manager = forms.ModelChoiceField(
        label=_("Account manager"),
        required=False,
        queryset=User.objects.staff(),
        empty_label=_("All account managers"),
    )
    months = forms.TypedChoiceField(
        label=_("How far ahead"), required=False, choices=MONTHS, coerce=int, empty_value=None
    )
