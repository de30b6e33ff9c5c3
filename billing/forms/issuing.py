"""The day on which drafts are issued."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.display import day_text


class IssueForm(forms.Form):
    """The date that the invoices will bear: today or earlier, never later."""

    issued_on = forms.DateField(
        label=_("Date of the invoices"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: object, today: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        self.today = today
        self.fields["issued_on"].initial = today

    def clean_issued_on(self) -> date:
        """Refuse a date to come: it would bar every earlier one for good."""
        day: date = self.cleaned_data["issued_on"]
        if day > self.today:
            raise ValidationError(
                _("An invoice cannot be dated after today, %(today)s.")
                % {"today": day_text(self.today)}
            )
        return day
