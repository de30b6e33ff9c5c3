"""The lists of the catalog."""

from datetime import date

import django_filters
from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from catalog.models import (
    Product,
    Rate,
    RateCard,
    TaxRate,
    TravelZone,
    TravelZonePrice,
    WorkRole,
    WorkType,
)
from catalog.models.product import ProductKind
from clients.choices import country_name
from core.listing import Column, Empty, Listing


class ProductFilter(django_filters.FilterSet):
    """By how a product is sold and whether it still is."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ProductKind.choices)
    is_active = django_filters.ChoiceFilter(
        label=_("State"), choices=[("True", _("on sale")), ("False", _("no longer sold"))]
    )

    class Meta:
        model = Product
        fields = ["kind", "is_active"]


PRODUCTS = Listing[Product](
    name="products",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("kind", _("Kind"), lambda product: product.get_kind_display(), sort="kind"),
        Column("price", _("Price"), kind="money", sort="price", phone="side"),
        Column(
            "cost", _("Cost"), kind="money", sort="cost", permission="accounts.view_costs",
            phone="hidden",
        ),
        Column(
            "tax_code", _("Tax"), lambda product: product.get_tax_code_display(), phone="hidden"
        ),
        Column(
            "state",
            _("State"),
            lambda product: __("on sale") if product.is_active else __("no longer sold"),
            sort="is_active",
            cell="catalog/cells.html#product_state",
        ),
    ],
    order="name",
    search=["name", "code"],
    filters=ProductFilter,
    empty=Empty(
        _("No products yet"),
        _("Add the parts you sell, the jobs at a flat rate, and the services billed by the month."),
        "package",
        "catalog:product-create",
        _("New product"),
        "catalog.add_product",
    ),
)  # fmt: skip

WORK_TYPES = Listing[WorkType](
    name="work-types",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("tax_code", _("Tax"), lambda work_type: work_type.get_tax_code_display()),
        Column("ledger_account", _("Ledger account"), phone="hidden"),
        Column("after_hours_type", _("Outside business hours"), phone="hidden"),
        Column("position", _("Position"), kind="number", sort="position", phone="hidden"),
        Column(
            "state",
            _("State"),
            lambda work_type: __("in use") if work_type.is_active else __("no longer used"),
            sort="is_active",
            cell="catalog/cells.html#product_state",
            phone="side",
        ),
    ],
    order="position",
    empty=Empty(
        _("No work types yet"),
        _("A work type is a kind of work with its own hourly rate, such as remote or on site."),
        "tools",
        "catalog:work-type-create",
        _("New work type"),
        "catalog.add_worktype",
    ),
)


WORK_ROLES = Listing[WorkRole](
    name="work-roles",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("people", _("People"), kind="number", sort="people"),
        Column("position", _("Position"), kind="number", sort="position", phone="hidden"),
        Column(
            "state",
            _("State"),
            lambda role: __("in use") if role.is_active else __("no longer used"),
            sort="is_active",
            cell="catalog/cells.html#product_state",
            phone="side",
        ),
    ],
    order="position",
    empty=Empty(
        _("No work roles yet"),
        _("With roles an hour of a senior technician can cost more than one of a technician."),
        "users-group",
        "catalog:work-role-create",
        _("New work role"),
        "catalog.add_workrole",
    ),
)

TRAVEL_ZONES = Listing[TravelZone](
    name="travel-zones",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("price", _("A journey, today"), kind="money", sort="price", phone="side"),
        Column("position", _("Position"), kind="number", sort="position", phone="hidden"),
        Column(
            "state",
            _("State"),
            lambda zone: __("in use") if zone.is_active else __("no longer used"),
            sort="is_active",
            cell="catalog/cells.html#product_state",
        ),
    ],
    order="position",
    empty=Empty(
        _("No travel zones yet"),
        _("In a zone each journey costs a fixed price instead of the time on the road."),
        "map-pin",
        "catalog:travel-zone-create",
        _("New travel zone"),
        "catalog.add_travelzone",
    ),
)


def zones_with_price(zones: QuerySet[TravelZone], day: date) -> QuerySet[TravelZone]:
    """Add what a journey into each zone costs that day."""
    holding = TravelZonePrice.objects.filter(
        Q(last_day_on__isnull=True) | Q(last_day_on__gte=day),
        zone=OuterRef("pk"),
        starts_on__lte=day,
    )
    return zones.annotate(price=Subquery(holding.values("price")[:1]))


def cards_with_counts(cards: QuerySet[RateCard]) -> QuerySet[RateCard]:
    """Add how many work types each card prices."""
    counted = (
        Rate.objects.filter(rate_card=OuterRef("pk"))
        .order_by()
        .values("rate_card")
        .annotate(n=Count("work_type", distinct=True))
        .values("n")
    )
    return (
        cards.select_related("client")
        .annotate(priced=Coalesce(Subquery(counted), Value(0), output_field=IntegerField()))
        .order_by(F("client__name").asc(nulls_first=True), "pk")
    )


RATE_CARDS = Listing[RateCard](
    name="rate-cards",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column(
            "client",
            _("Client"),
            lambda card: card.client.name if card.client else __("the firm's own"),
            cell="catalog/cells.html#card_owner",
        ),
        Column("priced", _("Work types"), kind="number", sort="priced", phone="side"),
    ],
    search=["name", "client__name", "client__code"],
    empty=Empty(
        _("No rate card yet"),
        _("The firm's own card says what an hour costs; a client's card overrides it."),
        "clock-hour-4",
        "catalog:rate-card-create",
        _("New rate card"),
        "catalog.add_ratecard",
    ),
)

TAX_RATES = Listing[TaxRate](
    name="tax-rates",
    columns=[
        Column("country", _("Country"), lambda rate: country_name(rate.country), sort="country"),
        Column("tax_code", _("Tax code"), lambda rate: rate.get_tax_code_display()),
        Column("rate", _("Rate"), kind="percent", sort="rate", phone="side"),
        Column("starts_on", _("From"), kind="day", sort="starts_on"),
        Column("last_day_on", _("Through"), kind="day", sort="last_day_on"),
    ],
    order="",
    empty=Empty(
        _("No tax rates yet"),
        _("Without the rate of the firm's country no invoice can be made."),
        "receipt-tax",
        "catalog:tax-rate-set",
        _("Enter a tax rate"),
        "catalog.add_taxrate",
    ),
)
