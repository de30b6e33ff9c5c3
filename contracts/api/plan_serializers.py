"""The shapes in which programs see managed plans."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from clients.models import Client
from contracts.api.serializers import PRICE_FIELDS, TERM_FIELDS, TierSerializer
from contracts.models import ManagedPlan, PlanAllowance, PlanCoverage, PlanLine, PlanRevision
from contracts.operations._plans import allowance_fields


class PlanLineSerializer(serializers.ModelSerializer[PlanLine]):
    """A line of a plan; a set-up fee is one that is billed once."""

    tiers = TierSerializer(many=True, required=False)
    quantity = serializers.DecimalField(max_digits=12, decimal_places=4, default=Decimal(1))

    class Meta:
        model = PlanLine
        fields = ("id", "revision", "position", *TERM_FIELDS, *PRICE_FIELDS)
        read_only_fields = ("revision", "position")


class PlanCoverageSerializer(serializers.ModelSerializer[PlanCoverage]):
    """What a plan says about some work."""

    class Meta:
        model = PlanCoverage
        fields = (
            "id", "revision", "work_type", "category", "asset_group", "effect", "hourly_rate",
        )  # fmt: skip
        read_only_fields = ("revision",)


class PlanAllowanceSerializer(serializers.ModelSerializer[PlanAllowance]):
    """Hours that a plan includes every month."""

    class Meta:
        model = PlanAllowance
        fields = ("id", "revision", *allowance_fields(), "work_types")
        read_only_fields = ("revision",)


class PlanRevisionSerializer(serializers.ModelSerializer[PlanRevision]):
    """What a plan promises; a published revision never changes."""

    lines = PlanLineSerializer(many=True, read_only=True)
    coverage = PlanCoverageSerializer(many=True, read_only=True)
    allowances = PlanAllowanceSerializer(many=True, read_only=True)

    class Meta:
        model = PlanRevision
        fields = (
            "id", "plan", "number", "published_on", "note", "sla_policy", "other_work",
            "renewal_kind", "term_months", "notice_days", "renewal_uplift", "lines", "coverage",
            "allowances",
        )  # fmt: skip
        read_only_fields = ("plan", "number", "published_on")


class ManagedPlanSerializer(serializers.ModelSerializer[ManagedPlan]):
    """A plan with the ids of its revisions."""

    revisions: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = ManagedPlan
        fields = ("id", "code", "name", "description", "is_active", "revisions")


class SaleLineSerializer(serializers.Serializer[Any]):
    """How much of a line is sold; without a quantity it is counted, or as the plan says."""

    line = serializers.PrimaryKeyRelatedField(queryset=PlanLine.objects.all())
    quantity = serializers.DecimalField(
        max_digits=12, decimal_places=4, required=False, allow_null=True, default=None
    )
    is_left_out = serializers.BooleanField(default=False)


class SaleSerializer(serializers.Serializer[Any]):
    """A contract to be made of a plan."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all())
    number = serializers.CharField(max_length=20)
    name = serializers.CharField(max_length=160)
    starts_on = serializers.DateField()
    notes = serializers.CharField(required=False, allow_blank=True, default="")
    lines = SaleLineSerializer(many=True, required=False)


class PublishSerializer(serializers.Serializer[Any]):
    """The day on which a revision goes on sale."""

    published_on = serializers.DateField()
