"""What people fill in about late payment: terms, rates, and what is claimed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.forms.chooser import ClientChoiceField
from clients.models import Client
from collecting.models import LateBasis, LateRate, LateTerms
from collecting.operations.set_late_terms import AgreedLate

DAY = forms.DateInput(attrs={"type": "date"})


class LateRateForm(forms.ModelForm[LateRate]):
    """The rate of a half-year; one that was entered before is put right."""

    class Meta:
        model = LateRate
        fields = ("kind", "starts_on", "percent")
        widgets = {"starts_on": DAY}

    def _get_validation_exclusions(self) -> set[str]:
        """Let a rate that was entered before be typed again: the operation puts it right."""
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return known | {"starts_on"}


class LateTermsForm(forms.ModelForm[LateTerms]):
    """What is agreed with all clients, or with one, about invoices from a day on."""

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.none(), required=False)

    class Meta:
        model = LateTerms
        fields = ("client", "starts_on", "basis", "number", "fee")
        widgets = {"starts_on": DAY}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:  # noqa: ANN401  (Django's)
        super().__init__(*args, **kwargs)
        field: Any = self.fields["client"]
        field.queryset = Client.objects.visible_to(user)
        field.help_text = _("empty: every client without terms of its own")

    def _get_validation_exclusions(self) -> set[str]:
        """Let terms that were entered before be typed again: the operation puts them right."""
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return known | {"starts_on"}

    def agreed(self) -> AgreedLate:
        """Return what is agreed."""
        typed = self.cleaned_data
        client = typed["client"]
        return AgreedLate(
            starts_on=typed["starts_on"],
            basis=LateBasis(typed["basis"]),
            number=typed["number"],
            fee=typed["fee"],
            client_id=client.pk if client else None,
        )


class LateThroughForm(forms.Form):
    """Through which day interest is counted."""

    through = forms.DateField(label=_("Through"), widget=DAY)
