"""The shapes of electronic invoices for programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from billing.models import ExchangeRate, PlatformEvent, RuleCheck, SupplierInvoice
from clients.choices import clean_currency


class FindingSerializer(serializers.Serializer[Any]):
    """A rule that a document breaks."""

    rule_set = serializers.CharField()
    rule = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField()
    is_fatal = serializers.BooleanField()


class RuleCheckSerializer(serializers.ModelSerializer[RuleCheck]):
    """A check of a document against the official rules; without ``checked_at`` it waits."""

    findings = FindingSerializer(many=True)

    class Meta:
        model = RuleCheck
        fields = ("id", "invoice", "asked_at", "checked_at", "is_passed", "fault", "findings")


class PlatformEventSerializer(serializers.ModelSerializer[PlatformEvent]):
    """A status that a document took at the platform."""

    class Meta:
        model = PlatformEvent
        fields = ("id", "invoice", "status", "happened_on", "reason", "recorded_at")
        validators: ClassVar[list[Any]] = []  # a repeated status is answered, not refused


class ReceivedFileSerializer(serializers.Serializer[Any]):
    """A file that a supplier or the platform sent."""

    file = serializers.FileField()


class ReceivedLineSerializer(serializers.Serializer[Any]):
    """A line, its numbers as they stand in the file."""

    description = serializers.CharField()
    quantity = serializers.CharField()
    price = serializers.CharField()
    rate = serializers.CharField()
    net = serializers.CharField()


class SupplierInvoiceSerializer(serializers.ModelSerializer[SupplierInvoice]):
    """A supplier's invoice as its file says it."""

    lines = ReceivedLineSerializer(many=True)

    class Meta:
        model = SupplierInvoice
        fields = (
            "id",
            "number",
            "type_code",
            "supplier",
            "supplier_registration",
            "supplier_vat_number",
            "buyer",
            "is_for_us",
            "issued_on",
            "due_on",
            "currency",
            "net",
            "tax",
            "total",
            "due",
            "adds_up",
            "lines",
            "syntax",
            "file_name",
            "sha256",
            "received_at",
        )


class ExchangeRateSerializer(serializers.ModelSerializer[ExchangeRate]):
    """How much of a currency one euro buys from a day on."""

    class Meta:
        model = ExchangeRate
        fields = ("id", "currency", "valid_from_on", "rate")

    def validate_currency(self, code: str) -> str:
        """Refuse a currency that amounts cannot be kept in."""
        return clean_currency(code)
