"""Cancelling an invoice: why, on which day, and whether its evidence is drafted again."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

ONLY, AGAIN = "only", "again"


class CancelForm(forms.Form):
    """Why the invoice is cancelled, and what becomes of its evidence."""

    then = forms.ChoiceField(
        label=_("And then"),
        choices=[
            (AGAIN, _("draft it again at once, with its work and contracts as they are now")),
            (ONLY, _("cancel only: its evidence is billed by the next run")),
        ],
        widget=forms.RadioSelect,
        initial=AGAIN,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("as the client reads it on the credit note")
    )
    cancelled_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        today: date,
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cancelled_on"].initial = today

    @property
    def drafts_again(self) -> bool:
        """Whether its evidence is drafted again at once."""
        return bool(self.cleaned_data["then"] == AGAIN)
