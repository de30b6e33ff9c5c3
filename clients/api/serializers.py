"""The shapes in which programs see the parties."""

from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from clients.choices import clean_currency
from clients.electronic import clean_electronic_address
from clients.models import Asset, Client, Contact, Site

ADDRESS = ("street", "postcode", "city", "country")


class ClientSerializer(serializers.ModelSerializer[Client]):
    """A client; internal notes are for the firm's people only."""

    class Meta:
        model = Client
        fields = (
            "id",
            "code",
            "name",
            "vat_number",
            "registration_number",
            "kind",
            "electronic_scheme",
            "electronic_address",
            *ADDRESS,
            "currency",
            "language",
            "payment_days",
            "invoice_email",
            "purchase_order",
            "requires_purchase_order",
            "invoice_grouping",
            "billing_day",
            "issues_without_review",
            "pays_by_direct_debit",
            "account_manager",
            "low_hours_readers",
            "client_since_on",
            "lost_on",
            "lost_reason",
            "notes",
        )

    def validate_currency(self, code: str) -> str:
        """Refuse a currency that amounts cannot be kept in."""
        return clean_currency(code)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse an electronic address that does not fit its kind."""
        if "electronic_address" in attrs or "electronic_scheme" in attrs:
            facts = {
                name: attrs.get(name, getattr(self.instance, name, ""))
                for name in ("electronic_scheme", "electronic_address", "registration_number")
            }
            try:
                attrs["electronic_address"] = clean_electronic_address(*facts.values())
            except DjangoValidationError as error:
                raise serializers.ValidationError({"electronic_address": error.messages}) from error
        return attrs


class SiteSerializer(serializers.ModelSerializer[Site]):
    """A place where a client works."""

    class Meta:
        model = Site
        fields = (
            "id",
            "client",
            "name",
            *ADDRESS,
            "time_zone",
            "cost_centre",
            "covered_since_on",
            "covered_until_on",
        )


class ContactSerializer(serializers.ModelSerializer[Contact]):
    """A person at a client; portal access is granted by the action of that name."""

    class Meta:
        model = Contact
        fields = (
            "id",
            "client",
            "site",
            "first_name",
            "last_name",
            "email",
            "phone",
            "role",
            "covered_since_on",
            "covered_until_on",
            "portal_scope",
        )
        read_only_fields = ("portal_scope",)

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Refuse a site of another client."""
        return same_client(self.instance, attrs, "site")


class AssetSerializer(serializers.ModelSerializer[Asset]):
    """A device of a client's."""

    class Meta:
        model = Asset
        fields = (
            "id",
            "client",
            "site",
            "contact",
            "name",
            "kind",
            "group",
            "serial_number",
            "operating_system",
            "warranty_ends_on",
            "covered_since_on",
            "covered_until_on",
        )

    def validate(self, attrs: dict[str, object]) -> dict[str, object]:
        """Refuse a site or a contact of another client."""
        return same_client(self.instance, attrs, "site", "contact")


def same_client(instance: object, attrs: dict[str, object], *names: str) -> dict[str, object]:
    """Return the values unless one of the named objects belongs to another client.

    :raises serializers.ValidationError: it does
    """
    client = attrs.get("client", getattr(instance, "client", None))
    for name in names:
        other = attrs.get(name, getattr(instance, name, None))
        if other is not None and getattr(other, "client_id", None) != getattr(client, "pk", None):
            raise serializers.ValidationError({name: "This belongs to another client."})
    return attrs
