"""The lists of clients, contacts and assets."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.choices import country_name
from clients.models import Asset, Client, Contact, PortalScope
from clients.models.asset import AssetKind
from core.listing import Column, Empty, Listing

CURRENT, LOST = "current", "lost"


def _countries_in_use() -> list[tuple[str, str]]:
    codes = Client.objects.order_by("country").values_list("country", flat=True).distinct()
    return sorted(((code, country_name(code)) for code in codes), key=lambda pair: pair[1])


class ClientFilter(django_filters.FilterSet):
    """Current or lost, by country, by who looks after them."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=[(CURRENT, _("current")), (LOST, _("lost"))], method="by_state"
    )
    country = django_filters.ChoiceFilter(label=_("Country"), choices=_countries_in_use)
    account_manager = django_filters.ModelChoiceFilter(
        label=_("Account manager"), queryset=User.objects.staff()
    )

    class Meta:
        model = Client
        fields = ["state", "country", "account_manager"]

    def by_state(self, rows: QuerySet[Client], _name: str, value: str) -> QuerySet[Client]:
        """Keep the clients the firm has, or those it lost."""
        return rows.filter(lost_on__isnull=value == CURRENT)


def _client_state(client: Client) -> str:
    return __("lost") if client.is_lost else __("current")


CLIENTS = Listing[Client](
    name="clients",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("code", _("Code"), sort="code"),
        Column("city", _("Town"), sort="city"),
        Column(
            "country",
            _("Country"),
            lambda client: country_name(client.country),
            sort="country",
            phone="hidden",
        ),
        Column(
            "account_manager",
            _("Account manager"),
            sort=("account_manager__last_name", "account_manager__first_name"),
        ),
        Column(
            "client_since_on", _("Client since"), kind="day", sort="client_since_on", phone="hidden"
        ),
        Column(
            "state",
            _("State"),
            _client_state,
            sort="lost_on",
            cell="clients/cells.html#client_state",
            phone="side",
        ),
        Column("vat_number", _("VAT number"), phone="hidden"),
    ],
    order="name",
    search=["name", "code", "city", "vat_number", "registration_number"],
    filters=ClientFilter,
    empty=Empty(
        _("No clients yet"),
        _("Add the first one by hand, or import your list from a spreadsheet."),
        "building",
        "clients:client-create",
        _("New client"),
        "clients.add_client",
    ),
)


class OfClientFilter(django_filters.FilterSet):
    """Rows of one client, whom the address names."""

    client = django_filters.NumberFilter(label=_("Client"), widget=forms.HiddenInput)


class ContactFilter(OfClientFilter):
    """By what they see in the portal."""

    portal = django_filters.ChoiceFilter(
        label=_("Portal"),
        choices=[*PortalScope.choices, ("none", _("no access"))],
        method="by_portal",
    )

    class Meta:
        model = Contact
        fields = ["portal", "client"]

    def by_portal(self, rows: QuerySet[Contact], _name: str, value: str) -> QuerySet[Contact]:
        """Keep the contacts with that access."""
        return rows.filter(portal_scope="" if value == "none" else value)


CONTACTS = Listing[Contact](
    name="contacts",
    columns=[
        Column("name", _("Name"), str, link=True, sort=("last_name", "first_name")),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("email", _("E-mail address"), sort="email"),
        Column("phone", _("Phone")),
        Column("site", _("Site"), "site.name", sort="site__name", phone="hidden"),
        Column(
            "portal",
            _("Portal"),
            lambda contact: contact.get_portal_scope_display(),
            sort="portal_scope",
            cell="clients/cells.html#portal_scope",
            phone="side",
        ),
    ],
    order="name",
    search=["first_name", "last_name", "email", "phone", "client__name", "client__code"],
    filters=ContactFilter,
    empty=Empty(_("No contacts yet"), _("Open a client to add the people you talk to."), "users"),
)


class AssetFilter(OfClientFilter):
    """By kind."""

    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=AssetKind.choices)

    class Meta:
        model = Asset
        fields = ["kind", "client"]


def _kind(asset: Any) -> str:  # noqa: ANN401  (the display method is made by Django)
    return str(asset.get_kind_display())


ASSETS = Listing[Asset](
    name="assets",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("kind", _("Kind"), _kind, sort="kind"),
        Column("serial_number", _("Serial number"), sort="serial_number"),
        Column("operating_system", _("Operating system"), sort="operating_system", phone="hidden"),
        Column("site", _("Site"), "site.name", sort="site__name", phone="hidden"),
        Column("contact", _("Used by"), sort=("contact__last_name", "contact__first_name")),
        Column("warranty_ends_on", _("Warranty until"), kind="day", sort="warranty_ends_on"),
        Column("covered_until_on", _("Looked after until"), kind="day", sort="covered_until_on"),
    ],
    order="name",
    search=["name", "serial_number", "operating_system", "client__name"],
    filters=AssetFilter,
    empty=Empty(
        _("No assets yet"), _("Open a client to add the devices you look after."), "device-laptop"
    ),
)
