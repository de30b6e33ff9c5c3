"""What can be typed about the service level of a client."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import SLAPolicy


class ClientSLAForm(forms.Form):
    """The service level of a client whose contracts name none."""

    policy = forms.ModelChoiceField(
        label=_("Service level"),
        queryset=SLAPolicy.objects.filter(is_active=True),
        required=False,
        empty_label=_("none of its own: what the board promises"),
    )
