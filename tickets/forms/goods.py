"""Parts and flat-rate services as people type them."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import Product
from core.display import money_text
from tickets.domain.work import FlatRatePerformed, PartTaken
from tickets.models import PartUsed


class ProductChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's class takes none at run time
    """A product with its price."""

    currency = "EUR"

    def label_from_instance(self, obj: Product) -> str:
        """Write name and price."""
        return f"{obj.name} · {money_text(obj.price, self.currency)}"


class PartForm(forms.Form):
    """A part of the catalog or in words of one's own; left empty, nothing was used.

    ``cleaned_data["part"]`` is what the operations take, None where it is empty.
    """

    product = ProductChoice(
        Product.objects.none(),
        label=gettext_lazy("Part"),
        required=False,
        empty_label=gettext_lazy("– in my own words –"),
    )
    description = forms.CharField(label=gettext_lazy("Description"), required=False, max_length=200)
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        min_value=Decimal("0.0001"),
        max_digits=12,
        decimal_places=4,
        initial=1,
    )
    unit_price = forms.DecimalField(
        label=gettext_lazy("Price of one"),
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=4,
    )
    used_on = forms.DateField(label=gettext_lazy("Used on"))
    is_billable = forms.BooleanField(label=gettext_lazy("Billable"), required=False, initial=True)

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        today: date,
        currency: str = "EUR",
        used: PartUsed | None = None,
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer the parts on sale, and the one that was used."""
        options.setdefault("prefix", "part")
        super().__init__(data, **options)
        self.used = used
        product = self.fields["product"]
        on_sale = Product.objects.parts()
        if used is not None and used.product_id:
            on_sale = Product.objects.filter(Q(pk=used.product_id) | Q(pk__in=on_sale))
        product.queryset = on_sale.order_by("name")  # type: ignore[attr-defined]  # a choice of a model
        product.currency = currency  # type: ignore[attr-defined]  # of our own choice
        self.fields["used_on"].initial = today
        for name in ("quantity", "used_on"):
            self.fields[name].required = used is not None or self.is_filled

    @property
    def is_filled(self) -> bool:
        """Whether a part was named."""
        return any(self[name].value() for name in ("product", "description", "unit_price"))

    def clean(self) -> dict[str, Any]:
        """Read the part as it was meant."""
        cleaned: dict[str, Any] = self.cleaned_data
        cleaned["part"] = None
        if self.errors or not (self.is_filled or self.used):
            return cleaned
        if cleaned["product"] is None and not cleaned["description"]:
            self.add_error("description", _("Choose a part or say what it was."))
        if cleaned["product"] is None and cleaned["unit_price"] is None:
            self.add_error("unit_price", _("Give the price of one."))
        if not self.errors:
            cleaned["part"] = PartTaken(
                product_id=cleaned["product"] and cleaned["product"].pk,
                description=cleaned["description"],
                quantity=cleaned["quantity"],
                unit_price=cleaned["unit_price"],
                used_on=cleaned["used_on"],
                is_billable=cleaned["is_billable"],
            )
        return cleaned


class FlatRateForm(forms.Form):
    """A flat-rate service; left empty, none was performed.

    ``cleaned_data["flat_rate"]`` is what the operations take, None where it is empty.
    """

    product = ProductChoice(
        Product.objects.none(),
        label=gettext_lazy("Flat-rate service"),
        required=False,
        empty_label=gettext_lazy("– none –"),
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        min_value=Decimal("0.0001"),
        max_digits=12,
        decimal_places=4,
        initial=1,
    )
    includes_time = forms.BooleanField(
        label=gettext_lazy("The time on this ticket is included"), required=False, initial=True
    )

    def __init__(
        self,
        data: Any = None,  # noqa: ANN401  (what a request holds)
        *,
        currency: str = "EUR",
        **options: Any,  # noqa: ANN401  (Django's own)
    ) -> None:
        """Offer the services on sale."""
        options.setdefault("prefix", "flat")
        super().__init__(data, **options)
        product = self.fields["product"]
        product.queryset = Product.objects.flat_rates().order_by("name")  # type: ignore[attr-defined]  # a choice of a model
        product.currency = currency  # type: ignore[attr-defined]  # of our own choice
        self.fields["quantity"].required = self.is_filled

    @property
    def is_filled(self) -> bool:
        """Whether a service was chosen."""
        return bool(self["product"].value())

    def clean(self) -> dict[str, Any]:
        """Read the service as it was meant."""
        cleaned: dict[str, Any] = self.cleaned_data
        cleaned["flat_rate"] = None
        if not self.errors and cleaned["product"] is not None:
            cleaned["flat_rate"] = FlatRatePerformed(
                product_id=cleaned["product"].pk,
                quantity=cleaned["quantity"],
                includes_time=cleaned["includes_time"],
            )
        return cleaned


class FlatRateEditForm(forms.Form):
    """How often a flat-rate service was performed, and at what price."""

    quantity = forms.DecimalField(
        label=gettext_lazy("Quantity"),
        min_value=Decimal("0.0001"),
        max_digits=12,
        decimal_places=4,
    )
    price = forms.DecimalField(
        label=gettext_lazy("Price of one"), min_value=0, max_digits=14, decimal_places=4
    )


def quantity_as_typed(quantity: Decimal) -> str:
    """Write a quantity for its field without the zeros the database keeps: 2, 1.5."""
    return f"{quantity.normalize():f}"


def price_as_typed(price: Decimal) -> str:
    """Write a price for its field, with two places at least: 109.90, 0.035."""
    places = max(2, -int(price.normalize().as_tuple().exponent))
    return f"{price:.{places}f}"
