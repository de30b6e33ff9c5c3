"""What a person decides about who pays for work."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_CONTRACT = "none"


class DecisionForm(forms.Form):
    """Which contract pays, for this entry or for all work on its ticket."""

    payer = forms.CharField(max_length=20)
    whole_ticket = forms.BooleanField(required=False, label=_("for the whole ticket"))

    def clean_payer(self) -> str:
        """Take a contract's key, or the word for none."""
        payer = str(self.cleaned_data["payer"])
        if payer != NO_CONTRACT and not payer.isdecimal():
            raise forms.ValidationError(_("Choose a contract, or the client’s rates."))
        return payer

    def chosen(self) -> dict[str, Any]:
        """Return the choice as the operation takes it."""
        payer = self.cleaned_data["payer"]
        if payer == NO_CONTRACT:
            return {"choice": "none"}
        return {"choice": "contract", "contract_id": int(payer)}
