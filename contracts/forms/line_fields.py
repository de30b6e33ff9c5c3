"""The fields of a line with their worked examples."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, TaxCode
from clients.models import Client
from clients.models.asset import AssetKind
from contracts.models import (
    BillingAnchor,
    BillingRhythm,
    BillingTiming,
    CountedThing,
    LineUnit,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

TIERS = 6
Text: TypeAlias = "str | _StrPromise"
# What somebody typed, as opposed to choices that were left as they stand.
TYPED = (
    "product", "description", "quantity", "unit_price", "included_quantity", "overage_price",
)  # fmt: skip


def choice(label: Text, choices: Any, default: Any, help_text: Text = "") -> forms.Field:  # noqa: ANN401  (Django's choices)
    """Return a select; what is not sent is the default."""
    kind: Any = type(default)
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=kind,
        initial=default,
        empty_value=default,
        required=False,
        help_text=help_text,
    )


def amount(label: Text, help_text: Text = "", **kwargs: Any) -> forms.DecimalField:  # noqa: ANN401  (the field's arguments)
    """Return a field for a price or a quantity."""
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_digits=14,
        decimal_places=4,
        required=False,
        help_text=help_text,
        **kwargs,
    )


def day(label: Text, help_text: Text = "") -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, required=False, help_text=help_text)


def word(label: Text, help_text: Text = "", length: int = 60) -> forms.CharField:
    """Return a field for a few words."""
    return forms.CharField(label=label, max_length=length, required=False, help_text=help_text)


def missing(sentence: Text) -> ValidationError:
    """Return what is said beside a field that must not stay empty."""
    return ValidationError(sentence, code="required")


def sold_fields() -> dict[str, forms.Field]:
    """Return how a service is sold: what, at what price, by what quantity, in what rhythm."""
    return {**_what(), **_price(), **_counted(), **_rhythm(), **_rare()}


def _what() -> dict[str, forms.Field]:
    return {
        "product": forms.ModelChoiceField(
            label=_("Product"),
            queryset=Product.objects.recurring(),
            required=False,
            help_text=_("fills in description and price where they are empty"),
        ),
        "description": word(
            _("Description"), _("as it stands on the invoice: Care for workstations"), 200
        ),
    }


def _price() -> dict[str, forms.Field]:
    return {
        "pricing": choice(
            _("Pricing"),
            Pricing.choices,
            Pricing.PER_UNIT.value,
            _(
                "30 devices at 30.00 up to 25 and 28.00 beyond: by volume 30 × 28.00 = 840.00, "
                "graduated 25 × 30.00 + 5 × 28.00 = 890.00"
            ),
        ),
        "unit": choice(_("Priced per"), LineUnit.choices, LineUnit.FLAT.value),
        "quantity": amount(_("Quantity"), initial=Decimal(1)),
        "unit_price": amount(
            _("Unit price"), _("without VAT, for a whole period: 1,200.00 a quarter is 1,200.00")
        ),
        "included_quantity": amount(
            _("Included quantity"),
            _("500.00 with 20 devices, each further one 20.00: 23 devices cost 560.00"),
        ),
        "overage_price": amount(_("Price of each further one")),
    }


def _counted() -> dict[str, forms.Field]:
    return {
        "counts": choice(
            _("Quantity comes from"),
            [("", _("what is typed here")), *CountedThing.choices],
            "",
            _("counted: 11 laptops on 1 April, one more on the 16th, and April costs 11.5"),
        ),
        "count_kind": choice(
            _("Only devices of kind"), [("", _("all kinds")), *AssetKind.choices], ""
        ),
        "count_group": word(_("Only devices of group"), _("as the devices say it; empty: all")),
        "count_role": word(_("Only people with role"), _("as the contacts say it; empty: all")),
        "quantity_rule": choice(
            _("Changes of quantity"),
            QuantityRule.choices,
            QuantityRule.DAILY.value,
            _(
                "two more on 16 April at 30.00: by day 30.00 for April, as counted on the billing "
                "day nothing, the highest 60.00, from the next period on nothing until May"
            ),
        ),
    }


def _rhythm() -> dict[str, forms.Field]:
    return {
        "rhythm_months": choice(
            _("Rhythm"),
            BillingRhythm.choices,
            BillingRhythm.MONTHLY.value,
            _("a set-up fee is billed once, on the line's first day"),
        ),
        "timing": choice(
            _("Billed"),
            BillingTiming.choices,
            BillingTiming.ADVANCE.value,
            _("April in advance: with the run of 1 April; in arrears: of 1 May"),
        ),
    }


def _rare() -> dict[str, forms.Field]:
    return {
        "anchor": choice(
            _("Periods"),
            BillingAnchor.choices,
            BillingAnchor.CALENDAR.value,
            _("start on 15 March: 1 – 30 April, or from the contract's day 15 March – 14 April"),
        ),
        "stub_rule": choice(
            _("First days cost"),
            StubRule.choices,
            StubRule.PRORATED.value,
            _(
                "start on 16 April at 30.00: 15.00 at once, 45.00 with May, 30.00 for a whole "
                "period, or nothing"
            ),
        ),
        "proration": choice(
            _("Part of a period"),
            Proration.choices,
            Proration.ACTUAL_DAYS.value,
            _("10 days of February at 28.00: 10.00 by its days, 9.33 by 30"),
        ),
        "tax_code": choice(_("Tax code"), TaxCode.choices, TaxCode.STANDARD.value),
        "is_indexed": forms.BooleanField(
            label=_("Follows price increases"),
            required=False,
            initial=True,
            help_text=_("an increase of 3 % makes 30.00 into 30.90; off: it stays 30.00"),
        ),
    }


def tier_fields() -> dict[str, forms.Field]:
    """Return the rows of a list of tiers."""
    found: dict[str, forms.Field] = {}
    for n in range(TIERS):
        found[f"tier_{n}_up_to"] = amount(_("Up to"))
        found[f"tier_{n}_price"] = amount(_("Price each"))
    return found


def placed_fields(client: Client) -> dict[str, forms.Field]:
    """Return where a line of the client's belongs: site, cost centre, order, first period."""
    sites = client.sites.all()
    return {
        "count_site": own_rows(_("Count only at site"), sites, _("empty: at all sites")),
        "site": own_rows(_("Site"), sites, _("for invoices by site; empty: the contract's")),
        "cost_centre": word(_("Cost centre"), _("empty: the contract's")),
        "purchase_order": own_rows(
            _("Purchase order"),
            client.purchase_orders.filter(is_closed=False),
            _("empty: the contract's"),
        ),
        "anchor_on": day(
            _("Periods counted from"),
            _("for periods from the contract's day; 31 January: 28 February, 31 March"),
        ),
        "billed_through_on": day(
            _("Billed elsewhere through"), _("the last day that another system has billed")
        ),
    }


def own_rows(label: Text, rows: QuerySet[Any], help_text: Text = "") -> forms.Field:
    """Return a select of what belongs to the client."""
    return forms.ModelChoiceField(label=label, queryset=rows, required=False, help_text=help_text)
