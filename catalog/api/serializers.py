"""The shapes in which programs see what is sold."""

from typing import Any

from rest_framework import serializers

from catalog.models import Product, Rate, RateCard, TaxRate, WorkType


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
        fields = ("id", "code", "name", "tax_code", "ledger_account", "position", "is_active")


class RateSerializer(serializers.ModelSerializer[Rate]):
    """What an hour costs from a day on."""

    class Meta:
        model = Rate
        fields = (
            "id",
            "rate_card",
            "work_type",
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
        fields = ("id", "name", "client", "rates")


class TaxRateSerializer(serializers.ModelSerializer[TaxRate]):
    """A country's rate of tax and its days."""

    class Meta:
        model = TaxRate
        fields = ("id", "country", "tax_code", "rate", "starts_on", "last_day_on")
