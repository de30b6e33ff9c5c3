"""The shapes in which programs see included and prepaid hours."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from contracts.models import Allowance, Contract, DrawWeight, PrepaidBlock

TERMS = (
    "name",
    "minutes",
    "starts_on",
    "last_day_on",
    "work_types",
    "overage_rate",
    "rollover",
    "cap_minutes",
    "age_months",
    "anchor",
    "prorates_stub",
    "low_balance_minutes",
)


class AllowanceSerializer(serializers.ModelSerializer[Allowance]):
    """Minutes a month that a contract includes; without work types for all it includes."""

    starts_on = serializers.DateField(required=False)

    class Meta:
        model = Allowance
        fields: tuple[str, ...] = ("id", "contract", *TERMS)


class AllowanceTermsSerializer(AllowanceSerializer):
    """Other terms, from the first day of a month on."""

    starts_on = serializers.DateField()

    class Meta(AllowanceSerializer.Meta):
        fields = TERMS


class AllowanceFactsSerializer(serializers.ModelSerializer[Allowance]):
    """What may be changed about hours at any time: their name, and when to warn."""

    class Meta:
        model = Allowance
        fields = ("name", "low_balance_minutes")


class LastDaySerializer(serializers.Serializer[Any]):
    """The last day, inclusive; empty lets it run as long as the contract."""

    last_day_on = serializers.DateField(allow_null=True)


class PrepaidBlockSerializer(serializers.ModelSerializer[PrepaidBlock]):
    """Hours (in minutes), money or incidents sold in advance; of no contract, or of one."""

    starts_on = serializers.DateField(required=False)

    class Meta:
        model = PrepaidBlock
        fields = (
            "id",
            "client",
            "contract",
            "product",
            "name",
            "unit",
            "quantity",
            "moved_quantity",
            "price",
            "tax_code",
            "work_types",
            "sold_on",
            "starts_on",
            "last_day_on",
            "low_balance",
            "tops_up",
            "follows",
            "billed_elsewhere",
            "cancelled_on",
        )
        read_only_fields = ("follows", "cancelled_on", "moved_quantity")


class BlockFactsSerializer(serializers.ModelSerializer[PrepaidBlock]):
    """What may be changed about a block after its sale: when to warn, and whether it tops up."""

    class Meta:
        model = PrepaidBlock
        fields = ("low_balance", "tops_up")

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        """Refuse a warning that makes no sense, as the page does."""
        block = self.instance
        assert isinstance(block, PrepaidBlock)  # noqa: S101  (it only changes what is sold)
        low = given.get("low_balance", block.low_balance)
        if low is not None and low >= block.quantity:
            raise serializers.ValidationError(
                {"low_balance": _("The warning must lie below what the block holds.")}
            )
        if low is None and given.get("tops_up", block.tops_up):
            raise serializers.ValidationError(
                {"low_balance": _("Say at how much left the next block is sold.")}
            )
        return given


class WeightSerializer(serializers.ModelSerializer[DrawWeight]):
    """How many minutes one minute of the work takes; without type and role, of all work."""

    class Meta:
        model = DrawWeight
        fields = ("work_type", "work_role", "factor")
        validators: tuple[Any, ...] = ()


class WeightsSerializer(serializers.Serializer[Any]):
    """All weights of a contract."""

    contract = serializers.PrimaryKeyRelatedField(queryset=Contract.objects.all())
    weights = WeightSerializer(many=True)
