"""Writing lines by hand: what is charged, for which days, and who agreed to it."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.by_hand import Written, faults_of
from billing.models import HandLine
from catalog.models import Product, TaxCode
from clients.forms.chooser import ClientChoiceField
from clients.models import Client, PurchaseOrder

MOST_LINES = 50
ROWS_AT_FIRST = 3
DIGITS = 12
LONGEST = HandLine._meta.get_field("description").max_length
LONGEST_REASON = HandLine._meta.get_field("reason").max_length


class ReasonForm(forms.Form):
    """Who agreed to the lines, for the firm to read later."""

    reason = forms.CharField(
        label=_("Why it is charged"),
        max_length=LONGEST_REASON,
        help_text=_("who agreed to it, and where that can be read; the client does not see this"),
    )


class ByHandForm(ReasonForm):
    """Whom the invoice is for, and by which order it is paid."""

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.none())
    purchase_order = forms.ModelChoiceField(
        label=_("Purchase order"),
        queryset=PurchaseOrder.objects.none(),
        required=False,
        help_text=_("an open order of this client"),
    )
    field_order = ["client", "purchase_order", "reason"]

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (Django's signature)
        clients: QuerySet[Client],
        orders: QuerySet[PurchaseOrder],
        **kwargs: Any,  # noqa: ANN401  (as above)
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("client", clients), ("purchase_order", orders)):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Refuse the order of another client beside the order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        client, order = cleaned.get("client"), cleaned.get("purchase_order")
        if client and order and order.client_id != client.pk:
            self.add_error("purchase_order", _("This order is another client's."))
        return cleaned


class HandLineForm(forms.Form):
    """One line: what a product says need not be typed."""

    product = forms.ModelChoiceField(
        label=_("Product"), queryset=Product.objects.none(), required=False
    )
    description = forms.CharField(label=_("Description"), max_length=LONGEST, required=False)
    quantity = forms.DecimalField(
        label=_("Quantity"), max_digits=DIGITS, decimal_places=4, required=False
    )
    unit_price = forms.DecimalField(
        label=_("Unit price"), max_digits=DIGITS, decimal_places=4, required=False
    )
    tax_code = forms.ChoiceField(
        label=_("Tax"),
        choices=cast(
            "list[tuple[str, str | Promise]]",
            [("", _("as the product, else standard rate")), *TaxCode.choices],
        ),
        required=False,
    )
    starts_on = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    last_day_on = forms.DateField(
        label=_("Through"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401  (Django's)
        super().__init__(*args, **kwargs)
        self._today = today
        field = self.fields["product"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Product.objects.filter(is_active=True).order_by("name")

    def clean(self) -> dict[str, Any]:
        """Say beside the field what is wrong with the line."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for fault in faults_of(self.line()):
                self.add_error(fault.field, fault.sentence)
        return cleaned

    def line(self) -> Written:
        """Return the line as it was typed; without days it is of today."""
        typed = self.cleaned_data
        quantity = typed["quantity"]
        return Written(
            product=typed["product"],
            description=typed["description"],
            quantity=Decimal(1) if quantity is None else quantity,
            unit_price=typed["unit_price"],
            tax_code=typed["tax_code"],
            starts_on=typed["starts_on"] or typed["last_day_on"] or self._today,
            last_day_on=typed["last_day_on"],
        )


class HandLineFormSet(BaseFormSet[HandLineForm]):
    """The lines of an invoice by hand; those left untouched do not count."""

    def lines(self) -> list[Written]:
        """Return the lines that were filled in."""
        return [form.line() for form in self.forms if form.has_changed()]


LINES = cast(
    "type[HandLineFormSet]",
    formset_factory(HandLineForm, formset=HandLineFormSet, extra=ROWS_AT_FIRST, max_num=MOST_LINES),
)


def said_by(line: HandLine) -> dict[str, object]:
    """Return what a line says, as its form shows it."""
    names = ("product", "description", "quantity", "unit_price", "tax_code")
    return {
        **{name: getattr(line, name) for name in names},
        "quantity": line.quantity.normalize(),
        "starts_on": line.starts_on,
        "last_day_on": line.last_day_on,
    }
