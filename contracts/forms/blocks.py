"""What can be typed about blocks of hours, money or incidents bought in advance."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, TaxCode
from clients.forms import chooser
from clients.forms.chooser import ClientChoiceField, typed_attrs
from clients.models import Client
from contracts.forms.hours import minutes_of, typed_hours, types_of_work
from contracts.forms.line_fields import Text, amount, choice, day, missing, word
from contracts.models import BlockUnit, Contract, PrepaidBlock
from contracts.operations._hours import NewBlock
from core.display import typed_number


class QuantityField(forms.CharField):
    """How much a block holds: hours, money or a number of incidents, as its unit says."""

    def __init__(self, label: Text, help_text: Text = "", *, required: bool = True) -> None:
        super().__init__(label=label, help_text=help_text, required=required, max_length=16)
        self.widget.attrs["inputmode"] = "decimal"


def quantity_of(typed: str, unit: str) -> Decimal:
    """Return what was typed in the block's unit; hours become minutes.

    :raises ValidationError: it is no such quantity
    """
    if unit == BlockUnit.MINUTES:
        return Decimal(minutes_of(typed))
    try:
        number = Decimal(typed.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        number = Decimal(-1)
    if not number.is_finite() or not 0 <= number < 10**8:
        raise ValidationError(_("Give a number, such as 5 or 450.50."))
    return number


def typed_quantity(quantity: Decimal | None, unit: str) -> str:
    """Return a quantity as one would type it."""
    if quantity is None:
        return ""
    return typed_hours(quantity) if unit == BlockUnit.MINUTES else typed_number(quantity)


class ContractChooser(forms.Select):
    """A list of contracts; a line for a number once the list would be too long."""

    @property
    def is_typed(self) -> bool:
        """Whether there are too many for a list."""
        contracts = cast("QuerySet[Contract]", cast(Any, self.choices).queryset)
        return contracts.order_by()[: chooser.FEW + 1].count() > chooser.FEW

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401  (what was chosen or typed)
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,  # noqa: ANN401  (Django's)
    ) -> SafeString:
        """Draw the list, or the line."""
        if not self.is_typed:
            return super().render(name, value, attrs, renderer)
        line = forms.TextInput({"autocomplete": "off", "placeholder": _("Number")})
        return line.render(name, self._written(value), typed_attrs(attrs), renderer)

    def _written(self, value: Any) -> str:  # noqa: ANN401  (what was chosen or typed)
        """Write a contract that was chosen by its number; what was typed stays as it is."""
        if not isinstance(value, int):
            return str(value or "")
        found = Contract.objects.filter(pk=value).values_list("number", flat=True).first()
        return found or ""


class ContractChoiceField(forms.ModelChoiceField[Contract]):
    """Contracts, each with whose it is; where they are many, a number as typed."""

    widget = ContractChooser

    def label_from_instance(self, contract: Contract) -> str:
        """Write number, title and client."""
        return f"{contract} – {contract.client.name}"

    def to_python(self, value: Any) -> Contract | None:  # noqa: ANN401  (what was sent)
        """Return the contract that was meant.

        :raises forms.ValidationError: no contract has this number
        """
        typed = str(value or "").strip()
        if not typed or not cast(ContractChooser, self.widget).is_typed:
            return super().to_python(value)
        contracts = cast("QuerySet[Contract]", self.queryset)
        found = contracts.filter(number__iexact=typed).first()
        if found is None:
            raise forms.ValidationError(gettext("No contract has this number."))
        return found


class BlockForm(forms.Form):
    """The sale of a block: to whom, how much, at what price, and for how long it can be used."""

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.none())
    contract = ContractChoiceField(
        label=_("Contract"),
        queryset=Contract.objects.none(),
        required=False,
        help_text=_("empty: for work that no contract covers"),
    )
    product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.filter(is_active=True),
        required=False,
        help_text=_("fills in name and price where they are empty"),
    )
    name = word(_("Name"), _("as it stands on the invoice: 10 hours of support"), 120)
    unit = choice(
        pgettext_lazy("a prepaid block", "Holds"), BlockUnit.choices, BlockUnit.MINUTES.value
    )
    quantity = QuantityField(
        _("How much"), _("hours as 10 or 7:30, money as 450.00, incidents as 5")
    )
    price = amount(_("Price"), _("without VAT, for all of it"))
    tax_code = choice(_("Tax code"), TaxCode.choices, TaxCode.STANDARD.value)
    sold_on = forms.DateField(label=_("Sold on"))
    starts_on = day(_("Valid from"), _("empty: from the sale on"))
    last_day_on = day(_("Valid through"), _("inclusive; empty: it does not expire"))
    work_types = types_of_work(_("none: for all types of work"))
    low_balance = QuantityField(
        _("Warn at"), _("so much left, in the same unit; empty: no warning"), required=False
    )
    tops_up = forms.BooleanField(
        label=_("Sell another one by itself when the warning is reached"), required=False
    )

    def __init__(self, *args: Any, clients: QuerySet[Client], **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        choices = {
            "client": clients,
            "contract": Contract.objects.filter(client__in=clients).select_related("client"),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Take name and price from the product, and read quantities in the block's unit."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        product = cleaned.get("product")
        if product is not None:
            cleaned["name"] = cleaned.get("name") or product.name
            if cleaned.get("price") is None and not self.has_error("price"):
                cleaned["price"] = product.price
        if not cleaned.get("name"):
            self.add_error("name", missing(_("Say what is sold, or choose a product.")))
        if cleaned.get("price") is None and not self.has_error("price"):
            self.add_error("price", missing(_("Say what it costs, or choose a product.")))
        read_quantities(self, ("quantity", "low_balance"), cleaned.get("unit", ""))
        return cleaned

    def new_block(self) -> NewBlock:
        """Return the sale as the operation takes it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "client"}
        contract, product = given.pop("contract"), given.pop("product")
        types = given.pop("work_types")
        return NewBlock(
            contract_id=contract.pk if contract else None,
            product_id=product.pk if product else None,
            work_type_ids=[one.pk for one in types],
            **given,
        )


def read_quantities(form: forms.Form, names: Iterable[str], unit: str) -> None:
    """Turn what was typed into quantities of the unit; what cannot be read is said beside it."""
    for name in names:
        typed = form.cleaned_data.get(name)
        if typed is None or isinstance(typed, Decimal):
            continue
        try:
            form.cleaned_data[name] = quantity_of(typed, unit) if typed else None
        except ValidationError as error:
            form.add_error(name, error)


class BlockFactsForm(forms.Form):
    """What may be changed about a block after its sale: when to warn, and whether it tops up."""

    low_balance = QuantityField(
        _("Warn at"), _("so much left, in the block's unit; empty: no warning"), required=False
    )
    tops_up = forms.BooleanField(
        label=_("Sell another one by itself when the warning is reached"), required=False
    )

    def __init__(self, *args: Any, block: PrepaidBlock, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.block = block

    def clean(self) -> dict[str, Any]:
        """Read the warning in the block's unit, and refuse one that makes no sense."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        read_quantities(self, ["low_balance"], self.block.unit)
        low = cleaned.get("low_balance")
        if low is not None and low >= self.block.quantity:
            self.add_error("low_balance", _("The warning must lie below what the block holds."))
        if low is None and cleaned.get("tops_up") and not self.has_error("low_balance"):
            self.add_error("low_balance", _("Say at how much left the next block is sold."))
        return cleaned

    def save(self) -> None:
        """Write both down."""
        self.block.low_balance = self.cleaned_data["low_balance"]
        self.block.tops_up = self.cleaned_data["tops_up"]
        self.block.save(update_fields=["low_balance", "tops_up"])
