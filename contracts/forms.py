"""What can be typed about contracts, and what is wrong with it."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, TaxCode, WorkType
from clients.models import Client
from contracts.models import BillingTiming, Contract, LineUnit
from contracts.operations._line_rules import NewLine

MAX_LINES = 30
BACKWARD = _("a day already billed is set right by a line of its own on the next invoice")
DAY_ORDER = _("The last day comes before the first.")


def quantity_field() -> forms.DecimalField:
    """Return a field for how many."""
    return forms.DecimalField(
        label=_("Quantity"), min_value=0, max_digits=12, decimal_places=4, initial=Decimal(1)
    )


def price_field(*, required: bool = True) -> forms.DecimalField:
    """Return a field for what one costs a month."""
    return forms.DecimalField(
        label=_("Monthly unit price"),
        min_value=0,
        max_digits=14,
        decimal_places=4,
        required=required,
        help_text=_("without VAT"),
    )


class CoverageField(forms.ModelMultipleChoiceField[WorkType]):
    """The work types that the fixed price includes."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(
            queryset=WorkType.objects.filter(is_active=True),
            label=_("Included work"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("time of these types costs nothing more while the contract runs"),
            **kwargs,
        )


class ContractForm(forms.ModelForm[Contract]):
    """Who is promised what, from when on."""

    class Meta:
        model = Contract
        fields = ["client", "number", "name", "starts_on", "last_day_on", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def clean_number(self) -> str:
        """Refuse the number of another contract, in whatever letters."""
        number = str(self.cleaned_data["number"]).strip()
        others = Contract.objects.exclude(pk=self.instance.pk)
        if others.filter(number__iexact=number).exists():
            raise ValidationError(_("Another contract has this number."))
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order beside the day, not above the form."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("starts_on"), cleaned.get("last_day_on")
        if first and last and last < first:
            self.add_error("last_day_on", DAY_ORDER)
        return cleaned


class NewContractForm(ContractForm):
    """A contract as it is first written down, with what it includes."""

    coverage = CoverageField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["client"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = Client.objects.current()


class ContractFactsForm(forms.ModelForm[Contract]):
    """What may be reworded without changing what is owed."""

    class Meta:
        model = Contract
        fields = ["name", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 5})}


class LineForm(forms.Form):
    """One recurring service; a product from the catalog fills in what is left empty."""

    product = forms.ModelChoiceField(
        label=_("Product"),
        queryset=Product.objects.recurring(),
        required=False,
        help_text=_("fills in description and price where they are empty"),
    )
    description = forms.CharField(label=_("Description"), max_length=200, required=False)
    quantity = quantity_field()
    unit = forms.ChoiceField(label=_("Priced per"), choices=LineUnit.choices, initial=LineUnit.FLAT)
    unit_price = price_field(required=False)
    timing = forms.ChoiceField(
        label=_("Billed"), choices=BillingTiming.choices, initial=BillingTiming.ADVANCE
    )
    tax_code = forms.ChoiceField(
        label=_("Tax code"), choices=TaxCode.choices, initial=TaxCode.STANDARD
    )
    starts_on = forms.DateField(
        label=_("First day"), required=False, help_text=_("empty: with the contract")
    )
    last_day_on = forms.DateField(
        label=_("Last day"), required=False, help_text=_("empty: with the contract")
    )

    def clean(self) -> dict[str, Any]:
        """Take description and price from the product, and refuse a line without either."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        product = cleaned.get("product")
        if product is not None:
            cleaned["description"] = cleaned.get("description") or product.name
            if cleaned.get("unit_price") is None and not self.has_error("unit_price"):
                cleaned["unit_price"] = product.price
        if not cleaned.get("description"):
            self.add_error("description", _("Say what is billed, or choose a product."))
        if cleaned.get("unit_price") is None and not self.has_error("unit_price"):
            self.add_error("unit_price", _("Say what it costs, or choose a product."))
        first, last = cleaned.get("starts_on"), cleaned.get("last_day_on")
        if first and last and last < first:
            self.add_error("last_day_on", DAY_ORDER)
        return cleaned

    def line(self) -> NewLine:
        """Return the line as the operations take it."""
        given = dict(self.cleaned_data)
        product = given.pop("product")
        return NewLine(product_id=product.pk if product else None, **given)


class LineFormSet(BaseFormSet[LineForm]):
    """The first lines of a contract; those left untouched do not count."""

    def lines(self) -> list[NewLine]:
        """Return the lines that were filled in."""
        return [form.line() for form in self.forms if form.has_changed()]


LINES = cast(
    "type[LineFormSet]",
    formset_factory(LineForm, formset=LineFormSet, extra=1, max_num=MAX_LINES),
)


class VersionForm(forms.Form):
    """Another quantity or price from a day on."""

    starts_on = forms.DateField(label=_("From"), help_text=BACKWARD)
    quantity = quantity_field()
    unit_price = price_field()


class LineEndForm(forms.Form):
    """The last day of one line."""

    last_day_on = forms.DateField(
        label=_("Last day"),
        required=False,
        help_text=_("inclusive; empty: as long as the contract"),
    )


class ContractEndForm(forms.Form):
    """The last day of a contract, and why."""

    last_day_on = forms.DateField(label=_("Last day"), help_text=_("inclusive"))
    reason = forms.CharField(label=_("Why it ends"), max_length=200)


class CoverageForm(forms.Form):
    """Which work the fixed price includes."""

    work_types = CoverageField()
