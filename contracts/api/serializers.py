"""The shapes in which programs see contracts."""

from decimal import Decimal
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.models import WorkType
from contracts.domain.price import Tier
from contracts.models import (
    Contract,
    ContractLine,
    CoverageRule,
    LineVersion,
    PlanRevision,
)

TERM_FIELDS = (
    "product", "description", "unit", "rhythm_months", "anchor", "timing", "stub_rule",
    "proration", "pricing", "quantity_rule", "counts", "count_kind", "count_role", "count_group",
    "tax_code", "is_indexed",
)  # fmt: skip
PLACE_FIELDS = ("count_site", "site", "cost_centre", "purchase_order", "anchor_on")
PRICE_FIELDS = ("quantity", "unit_price", "included_quantity", "overage_price", "tiers")


class TierSerializer(serializers.Serializer[Any]):
    """Units up to and including a limit, or all further ones, at a price each."""

    up_to = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)

    def to_representation(self, instance: Any) -> Any:  # noqa: ANN401  (the serializer's signature)
        """Write a tier as it is kept."""
        return dict(instance)


def tiers_given(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with tiers as operations take them."""
    if values.get("tiers") is not None:
        values["tiers"] = [Tier(one["up_to"], one["unit_price"]) for one in values["tiers"]]
    return values


class LineVersionSerializer(serializers.ModelSerializer[LineVersion]):
    """Quantity and price of a line for a whole period, from a day on."""

    tiers = TierSerializer(many=True, required=False)

    class Meta:
        model = LineVersion
        fields: tuple[str, ...] = ("id", "starts_on", *PRICE_FIELDS, "effect", "reason")
        extra_kwargs = {name: {"required": False} for name in PRICE_FIELDS}


class VersionOfLineSerializer(LineVersionSerializer):
    """The same with its line."""

    class Meta(LineVersionSerializer.Meta):
        fields = ("id", "line", "starts_on", *PRICE_FIELDS, "effect", "reason")
        read_only_fields = ("line",)


class ContractLineSerializer(serializers.ModelSerializer[ContractLine]):
    """A recurring service of a contract with all its versions."""

    versions = LineVersionSerializer(many=True, read_only=True)

    class Meta:
        model = ContractLine
        fields = (
            "id",
            "contract",
            "plan_line",
            *TERM_FIELDS,
            *PLACE_FIELDS,
            "starts_on",
            "last_day_on",
            "billed_through_on",
            "versions",
        )


class CoverageRuleSerializer(serializers.ModelSerializer[CoverageRule]):
    """What a contract says about some work; of several rules that fit, the closest one counts."""

    class Meta:
        model = CoverageRule
        fields = (
            "id", "contract", "work_type", "category", "site", "asset_group", "effect",
            "hourly_rate", "starts_on", "last_day_on",
        )  # fmt: skip
        read_only_fields = ("contract", "last_day_on")
        validators: ClassVar[list[Any]] = []


FACT_FIELDS = (
    "notes", "sla_policy", "other_work", "site", "cost_centre", "purchase_order", "calendar",
    "minimum_minutes", "step_minutes", "grace_minutes", "rounding_scope", "rounding_order",
)  # fmt: skip
AGREED_TERM = ("renewal_kind", "term_months", "term_ends_on", "notice_days", "renewal_uplift")


class ContractSerializer(serializers.ModelSerializer[Contract]):
    """A contract with its lines and the work types it covers; notes are for the firm only."""

    lines = ContractLineSerializer(many=True, read_only=True)
    covers = serializers.SerializerMethodField()
    coverage = CoverageRuleSerializer(many=True, read_only=True)

    class Meta:
        model = Contract
        fields = (
            "id",
            "client",
            "number",
            "name",
            "starts_on",
            "last_day_on",
            "end_kind",
            "end_reason",
            "plan_revision",
            "transferred_from",
            *FACT_FIELDS,
            *AGREED_TERM,
            "lines",
            "covers",
            "coverage",
        )

    def get_fields(self) -> dict[str, Any]:
        """Leave notes and other clients' contracts out for people who are not the firm's own."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and not getattr(request.user, "is_firm_staff", False):
            fields.pop("notes")
            fields.pop("transferred_from")
        return fields

    def get_covers(self, contract: Contract) -> list[int]:
        """Return the ids of the work types that cost nothing more, without further conditions."""
        return [
            rule.work_type_id
            for rule in contract.coverage.all()
            if rule.work_type_id is not None and rule.is_simple
        ]


class NewLineSerializer(serializers.ModelSerializer[ContractLine]):
    """A recurring service to be added, with its first quantity and price."""

    quantity = serializers.DecimalField(max_digits=12, decimal_places=4)
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    included_quantity = serializers.DecimalField(
        max_digits=12, decimal_places=4, default=Decimal(0)
    )
    overage_price = serializers.DecimalField(max_digits=14, decimal_places=4, default=Decimal(0))
    tiers = TierSerializer(many=True, required=False)
    starts_on = serializers.DateField(required=False, allow_null=True)

    class Meta:
        model = ContractLine
        fields = (
            *TERM_FIELDS,
            *PLACE_FIELDS,
            "starts_on",
            "last_day_on",
            "billed_through_on",
            *PRICE_FIELDS,
        )


class LineTermsSerializer(serializers.ModelSerializer[ContractLine]):
    """How a line is sold; once it is billed, what its periods rest on stays."""

    class Meta:
        model = ContractLine
        fields = (*TERM_FIELDS, *PLACE_FIELDS)


class NewContractSerializer(serializers.ModelSerializer[Contract]):
    """A contract to be made, with its lines and the work types it covers."""

    lines = NewLineSerializer(many=True)
    covers = serializers.PrimaryKeyRelatedField(
        many=True, required=False, queryset=WorkType.objects.all()
    )

    class Meta:
        model = Contract
        fields = (
            "client",
            "number",
            "name",
            "starts_on",
            "last_day_on",
            "notes",
            "lines",
            "covers",
        )


class ContractTextsSerializer(serializers.ModelSerializer[Contract]):
    """What a contract says beside its lines, its coverage, its hours and its term."""

    class Meta:
        model = Contract
        fields = ("name", *FACT_FIELDS)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a site or an order of another client."""
        contract = self.instance
        if contract is None:
            return attrs
        for name in ("site", "purchase_order"):
            row = attrs.get(name)
            if row is not None and row.client_id != contract.client_id:
                raise serializers.ValidationError({name: _("This is not the client's.")})
        return attrs


class CoverageSerializer(serializers.Serializer[Any]):
    """The work types that a contract covers, from a day on or as if it had always been so."""

    covers = serializers.PrimaryKeyRelatedField(many=True, queryset=WorkType.objects.all())
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)


class MoveSerializer(serializers.Serializer[Any]):
    """From when on a contract follows a newer revision of its plan."""

    revision = serializers.PrimaryKeyRelatedField(queryset=PlanRevision.objects.all())
    effective_on = serializers.DateField()
    keeps_own_prices = serializers.BooleanField(default=True)


class EndRuleSerializer(serializers.Serializer[Any]):
    """The first day on which a rule no longer holds; empty: it never was right."""

    from_on = serializers.DateField(allow_null=True)


class LineEndSerializer(serializers.Serializer[Any]):
    """The last day of a line, inclusive; empty lets it run on."""

    last_day_on = serializers.DateField(allow_null=True)
