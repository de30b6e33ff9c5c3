"""Recording a payment, of one invoice or across several."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, PaymentMethod
from billing.operations.record_payment import Receipt
from billing.standing import balance_of
from clients.models import Client
from core.display import day_text, money_text

DIGITS = 14


class ReceiptForm(forms.Form):
    """Money as it came."""

    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal("0.01"), max_digits=DIGITS, decimal_places=2
    )
    received_on = forms.DateField(
        label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    method = forms.ChoiceField(label=_("Method"), choices=PaymentMethod.choices)
    reference = forms.CharField(label=_("Reference"), max_length=140, required=False)

    def receipt(self) -> Receipt:
        """Return what came in."""
        data = self.cleaned_data
        return Receipt(data["received_on"], data["amount"], data["method"], data["reference"])


class InvoicePaymentForm(ReceiptForm):
    """The payment of one invoice."""


class PaymentForm(ReceiptForm):
    """A payment spread over a client's open invoices; what is left stays on the account."""

    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), widget=forms.HiddenInput
    )

    def __init__(
        self, *args: object, client: Client, invoices: Iterable[Invoice], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        chosen = self.fields["client"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = Client.objects.filter(pk=client.pk)
        chosen.initial = client
        self.invoices = {f"invoice_{invoice.pk}": invoice for invoice in invoices}
        for name, invoice in self.invoices.items():
            self.fields[name] = _share_of(invoice)

    def clean(self) -> dict[str, object]:
        """Spread the amount over the oldest invoices where nothing was said."""
        data: dict[str, object] = super().clean() or self.cleaned_data
        shares = {name: data.get(name) for name in self.invoices}
        amount = data.get("amount")
        if isinstance(amount, Decimal) and not any(shares.values()):
            data.update(self._oldest_first(amount))
        return data

    def _oldest_first(self, amount: Decimal) -> dict[str, Decimal]:
        spread = {}
        for name, invoice in self.invoices.items():
            spread[name] = min(amount, balance_of(invoice))
            amount -= spread[name]
        return spread

    def allocations(self) -> dict[int, Decimal]:
        """Return how much of it pays which invoice."""
        shares = {invoice.pk: self.cleaned_data.get(n) for n, invoice in self.invoices.items()}
        return {pk: share for pk, share in shares.items() if share}


def _share_of(invoice: Invoice) -> forms.DecimalField:
    balance = money_text(balance_of(invoice), invoice.currency)
    day = day_text(invoice.due_on) if invoice.due_on else ""
    return forms.DecimalField(
        label=invoice.number,
        help_text=_("%(balance)s open, due %(day)s") % {"balance": balance, "day": day},
        min_value=Decimal(0),
        required=False,
        max_digits=DIGITS,
        decimal_places=2,
    )


class ClientChoiceForm(forms.Form):
    """Whose payment it is."""

    client = forms.ModelChoiceField(label=_("Client"), queryset=Client.objects.none())

    def __init__(self, *args: object, clients: QuerySet[Client], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = clients
