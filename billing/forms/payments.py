"""Recording a payment, of one invoice or across several."""

from collections.abc import Iterable
from decimal import Decimal

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.domain.spread import in_turn
from billing.models import Invoice, PaymentMethod, ReversalReason
from billing.operations.record_payment import Receipt
from billing.operations.refund_credit import Payout
from billing.operations.reverse_payment import Withdrawal
from billing.standing import balance_of
from clients.forms.chooser import ClientChoiceField
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
    accepts_repeat = forms.BooleanField(
        label=_("It came twice: record it all the same"),
        required=False,
        widget=forms.HiddenInput,
    )

    def ask_whether_twice(self, warning: str) -> None:
        """Warn that the same was recorded before, and let the person say that it came twice."""
        self.add_error(None, warning)
        self.fields["accepts_repeat"].widget = forms.CheckboxInput()

    @property
    def is_meant_twice(self) -> bool:
        """Whether the person said that the same money came once more."""
        return bool(self.cleaned_data["accepts_repeat"])

    def receipt(self) -> Receipt:
        """Return what came in."""
        data = self.cleaned_data
        return Receipt(data["received_on"], data["amount"], data["method"], data["reference"])


class InvoicePaymentForm(ReceiptForm):
    """The payment of one invoice."""


class SharesForm(forms.Form):
    """How much of some money pays which of a client's open invoices."""

    def __init__(self, *args: object, invoices: Iterable[Invoice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        self.invoices = {f"invoice_{invoice.pk}": invoice for invoice in invoices}
        for name, invoice in self.invoices.items():
            self.fields[name] = _share_of(invoice)

    @property
    def shares(self) -> list[forms.BoundField]:
        """The fields of the invoices, the oldest first."""
        return [self[name] for name in self.invoices]

    def spread(self, amount: Decimal) -> None:
        """Spread an amount over the oldest invoices where nothing was said."""
        if any(self.cleaned_data.get(name) for name in self.invoices):
            return
        open_rests = {i.pk: balance_of(i) for i in self.invoices.values()}
        spread = in_turn(amount, open_rests.items())
        self.cleaned_data.update({f"invoice_{pk}": share for pk, share in spread.items()})

    def allocations(self) -> dict[int, Decimal]:
        """Return how much of it pays which invoice."""
        shares = {invoice.pk: self.cleaned_data.get(n) for n, invoice in self.invoices.items()}
        return {pk: share for pk, share in shares.items() if share}


class PaymentForm(SharesForm, ReceiptForm):
    """A payment spread over a client's open invoices; what is left stays on the account."""

    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), widget=forms.HiddenInput
    )

    def __init__(self, *args: object, client: Client, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        chosen = self.fields["client"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = Client.objects.filter(pk=client.pk)
        chosen.initial = client

    def clean(self) -> dict[str, object]:
        """Spread the amount over the oldest invoices where nothing was said."""
        super().clean()
        amount = self.cleaned_data.get("amount")
        if isinstance(amount, Decimal):
            self.spread(amount)
        return self.cleaned_data


class CreditForm(SharesForm):
    """What a client's credit is to pay; left empty, the oldest invoices first."""


class RefundForm(forms.Form):
    """Credit that goes back to a client."""

    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal("0.01"), max_digits=DIGITS, decimal_places=2
    )
    paid_on = forms.DateField(label=_("Paid on"), widget=forms.DateInput(attrs={"type": "date"}))
    method = forms.ChoiceField(label=_("Method"), choices=PaymentMethod.choices)
    reference = forms.CharField(label=_("Reference"), max_length=140, required=False)
    currency = forms.CharField(max_length=3, widget=forms.HiddenInput)

    def payout(self) -> Payout:
        """Return what went back."""
        return Payout(**self.cleaned_data)


class WithdrawalForm(forms.Form):
    """Why something recorded does not count, and from when on."""

    reason = forms.ChoiceField(label=_("Reason"), choices=ReversalReason.choices)
    reversed_on = forms.DateField(
        label=_("Reversed on"), widget=forms.DateInput(attrs={"type": "date"})
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def withdrawal(self) -> Withdrawal:
        """Return what was said."""
        return Withdrawal(**self.cleaned_data)


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

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.none())

    def __init__(self, *args: object, clients: QuerySet[Client], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on to Django
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = clients
