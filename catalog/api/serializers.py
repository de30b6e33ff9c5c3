"""The shapes in which programs see what is sold."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.models import (
    Product,
    Rate,
    RateCard,
    RoleAssignment,
    TaxRate,
    TravelZone,
    TravelZonePrice,
    WorkRole,
    WorkType,
)


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A part, a recurring or a flat-rate service; its cost only for those who may see costs."""

    class Meta:
        model = Product
        fields = (
            "id",
            "code",
            "name",
            "kind",
            "price",
            "cost",
            "tax_code",
            "ledger_account",
            "is_active",
        )

    def get_fields(self) -> dict[str, Any]:
        """Leave the cost out for those who may not see what things cost the firm."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and not request.user.has_perm("accounts.view_costs"):
            fields.pop("cost")
        return fields


class WorkTypeSerializer(serializers.ModelSerializer[WorkType]):
    """A kind of work."""

    class Meta:
        model = WorkType
        fields = (
            "id", "code", "name", "tax_code", "ledger_account", "multiplier", "takes_surcharges",
            "after_hours_type", "position", "is_active",
        )  # fmt: skip

    def validate_after_hours_type(self, other: WorkType | None) -> WorkType | None:
        """Refuse the work type itself."""
        if other is not None and other == self.instance:
            raise serializers.ValidationError(_("Name another work type, or none."))
        return other


class RateSerializer(serializers.ModelSerializer[Rate]):
    """What an hour costs from a day on."""

    class Meta:
        model = Rate
        fields = (
            "id",
            "rate_card",
            "work_type",
            "work_role",
            "hourly_rate",
            "minimum_minutes",
            "step_minutes",
            "starts_on",
            "last_day_on",
        )


class RateCardSerializer(serializers.ModelSerializer[RateCard]):
    """The firm's rates, or what was agreed with one client."""

    rates = RateSerializer(many=True, read_only=True)

    class Meta:
        model = RateCard
        fields = (
            "id", "name", "client", "grace_minutes", "rounding_scope", "rounding_order", "rates",
        )  # fmt: skip


class TaxRateSerializer(serializers.ModelSerializer[TaxRate]):
    """A country's rate of tax and its days."""

    class Meta:
        model = TaxRate
        fields = ("id", "country", "tax_code", "rate", "starts_on", "last_day_on")


class WorkRoleSerializer(serializers.ModelSerializer[WorkRole]):
    """A role with rates of its own."""

    class Meta:
        model = WorkRole
        fields = ("id", "name", "position", "is_active")


class RoleAssignmentSerializer(serializers.ModelSerializer[RoleAssignment]):
    """The role in which a person usually works."""

    class Meta:
        model = RoleAssignment
        fields = ("id", "user", "work_role")


class ZonePriceSerializer(serializers.ModelSerializer[TravelZonePrice]):
    """What a journey into a zone costs from a day on."""

    class Meta:
        model = TravelZonePrice
        fields = ("id", "price", "starts_on", "last_day_on")
        read_only_fields = ("last_day_on",)


class TravelZoneSerializer(serializers.ModelSerializer[TravelZone]):
    """A zone in which each journey costs a fixed price, with its prices by day."""

    prices = ZonePriceSerializer(many=True, read_only=True)

    class Meta:
        model = TravelZone
        fields = ("id", "name", "position", "is_active", "prices")
