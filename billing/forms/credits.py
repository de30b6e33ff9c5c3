"""Crediting an invoice: all of it, some lines, or an amount."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.domain.credits import Asked, Corrected, Creditable, Wish
from billing.models import Charge, Unit

ALL, LINES, AMOUNT = "all", "lines", "amount"
DIGITS = 14


@dataclass(frozen=True)
class LineFields:
    """A line of the invoice with the two fields in which to say how much of it is credited."""

    charge: Charge
    left: Creditable
    quantity: forms.BoundField
    amount: forms.BoundField


class CreditForm(forms.Form):
    """How much is credited, why, and on which day."""

    how = forms.ChoiceField(
        label=_("What is credited"),
        choices=[
            (ALL, _("all that is left of the invoice")),
            (LINES, _("some of its lines")),
            (AMOUNT, _("an amount, spread over its lines")),
        ],
        widget=forms.RadioSelect,
        initial=ALL,
    )
    amount = forms.DecimalField(
        label=_("Amount without tax"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=DIGITS,
        decimal_places=2,
        help_text=_("spread over what is left of the lines; tax is added at their rates"),
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("as the client reads it on the credit note")
    )
    issued_on = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        corrected: Corrected,
        charges: dict[int, Charge],
        today: date,
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issued_on"].initial = today
        self._lines = [line for line in corrected.lines if line.amount_left]
        self._charges = charges
        for line in self._lines:
            self.fields[f"quantity_{line.id}"] = _quantity(line)
            self.fields[f"amount_{line.id}"] = _amount()

    def lines(self) -> Iterator[LineFields]:
        """Yield the lines of which something is left, with their fields."""
        for line in self._lines:
            yield LineFields(
                self._charges[line.id],
                line,
                self[f"quantity_{line.id}"],
                self[f"amount_{line.id}"],
            )

    def clean(self) -> dict[str, Any]:
        """Refuse figures that the choice above them would pass over."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        how, wishes = data.get("how"), list(self._wishes())
        if how != AMOUNT and data.get("amount"):
            self.add_error("how", _("An amount is typed: choose it here, or empty it."))
        if how == AMOUNT and not data.get("amount") and not self.has_error("amount"):
            self.add_error("amount", _("How much is credited?"))
        if how != LINES and wishes:
            self.add_error("how", _("A line is filled in: choose lines here, or empty it."))
        if how == LINES and not wishes and not self.errors:
            self.add_error("how", _("Say at a line how much of it is credited."))
        return data

    def asked(self) -> Asked:
        """Return what is to be credited."""
        return Asked(self.cleaned_data["amount"], tuple(self._wishes()))

    def _wishes(self) -> Iterator[Wish]:
        for line in self._lines:
            quantity = self.cleaned_data.get(f"quantity_{line.id}")
            amount = self.cleaned_data.get(f"amount_{line.id}")
            if quantity is not None or amount is not None:
                yield Wish(line.id, quantity, amount)


def _quantity(line: Creditable) -> forms.DecimalField:
    label = _("Minutes") if line.unit == Unit.MINUTE else _("Quantity")
    return forms.DecimalField(label=label, required=False, max_digits=12, decimal_places=4)


def _amount() -> forms.DecimalField:
    return forms.DecimalField(
        label=_("Amount without tax"), required=False, max_digits=DIGITS, decimal_places=2
    )
