"""The shapes in which programs see contracts."""

from typing import Any

from rest_framework import serializers

from catalog.models import WorkType
from contracts.models import Contract, ContractLine, LineVersion


class LineVersionSerializer(serializers.ModelSerializer[LineVersion]):
    """Quantity and monthly unit price of a line from a day on."""

    class Meta:
        model = LineVersion
        fields = ("id", "starts_on", "quantity", "unit_price")


class ContractLineSerializer(serializers.ModelSerializer[ContractLine]):
    """A recurring service of a contract with all its versions."""

    versions = LineVersionSerializer(many=True, read_only=True)

    class Meta:
        model = ContractLine
        fields = (
            "id",
            "contract",
            "product",
            "description",
            "unit",
            "timing",
            "starts_on",
            "last_day_on",
            "billed_through_on",
            "tax_code",
            "versions",
        )


class ContractSerializer(serializers.ModelSerializer[Contract]):
    """A contract with its lines and the work types it covers; notes are for the firm only."""

    lines = ContractLineSerializer(many=True, read_only=True)
    covers = serializers.SerializerMethodField()

    class Meta:
        model = Contract
        fields = (
            "id",
            "client",
            "number",
            "name",
            "starts_on",
            "last_day_on",
            "end_reason",
            "notes",
            "lines",
            "covers",
        )

    def get_fields(self) -> dict[str, Any]:
        """Leave internal notes out for people who are not the firm's own."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and not getattr(request.user, "is_firm_staff", False):
            fields.pop("notes")
        return fields

    def get_covers(self, contract: Contract) -> list[int]:
        """Return the ids of the work types that cost nothing more."""
        return [rule.work_type_id for rule in contract.coverage.all()]


class NewLineSerializer(serializers.ModelSerializer[ContractLine]):
    """A recurring service to be added, with its first quantity and price."""

    quantity = serializers.DecimalField(max_digits=12, decimal_places=4)
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)
    starts_on = serializers.DateField(required=False, allow_null=True)

    class Meta:
        model = ContractLine
        fields = (
            "product",
            "description",
            "unit",
            "timing",
            "starts_on",
            "last_day_on",
            "billed_through_on",
            "tax_code",
            "quantity",
            "unit_price",
        )


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
    """What may be reworded on a running contract."""

    class Meta:
        model = Contract
        fields = ("name", "notes")


class ContractEndSerializer(serializers.Serializer[Any]):
    """The last day of a contract, inclusive; empty lets it run on."""

    last_day_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class CoverageSerializer(serializers.Serializer[Any]):
    """The work types that a contract covers from now on."""

    covers = serializers.PrimaryKeyRelatedField(many=True, queryset=WorkType.objects.all())


class LineEndSerializer(serializers.Serializer[Any]):
    """The last day of a line, inclusive; empty lets it run on."""

    last_day_on = serializers.DateField(allow_null=True)
