"""Disputing a line, answering, and ending a dispute."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Charge
from collecting.models import DisputeGround
from collecting.operations.open_dispute import Objection
from core.display import money_text

LONGEST = 10_000
TEXT = forms.Textarea(attrs={"rows": 4})


class ObjectionForm(forms.Form):
    """What is wrong with a line."""

    ground = forms.ChoiceField(
        label=_("What is wrong?"), choices=[("", "—"), *DisputeGround.choices]
    )
    body = forms.CharField(
        label=_("In your own words"),
        max_length=LONGEST,
        widget=TEXT,
        help_text=_("for instance which day, which device, what was agreed"),
    )

    def objection(self) -> Objection:
        """Return what was said."""
        data = self.cleaned_data
        return Objection(ground=DisputeGround(data["ground"]), body=data["body"])


class NewDisputeForm(ObjectionForm):
    """Which line of an invoice a client does not accept, and what is wrong with it."""

    line = forms.TypedChoiceField(label=_("Line"), coerce=int)
    field_order = ("line", "ground", "body")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        lines: Iterable[Charge],
        currency: str,
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        choices: list[tuple[int | str, str]] = [("", "—")]
        choices += [
            (line.pk, f"{line.description} · {money_text(line.amount, currency)}") for line in lines
        ]
        self.fields["line"].choices = choices  # type: ignore[attr-defined]  # a choice field
        self.fields["body"].label = _("What the client says")
        self.fields["body"].help_text = _("the client reads it too")


class MessageForm(forms.Form):
    """Something said to the other side."""

    body = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=TEXT)


class ReleaseForm(forms.Form):
    """Why the line stands as it was invoiced."""

    answer = forms.CharField(
        label=_("Answer to the client"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("why the line stands; it goes by mail"),
    )


class ConcessionForm(forms.Form):
    """How much of the line is credited, and why."""

    amount = forms.DecimalField(
        label=_("Amount without tax"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        help_text=_("empty: all that is left of the line"),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("as the client reads it on the credit note")
    )
    issued_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    answer = forms.CharField(
        label=_("Answer to the client"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = today
