"""The shapes in which programs see price indexes and increases."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contracts.domain.price_steps import Obstacle, amounts_of
from contracts.indexing import DueStep
from contracts.indexing_text import raise_text
from contracts.models import (
    ChangeEffect,
    Indexation,
    IndexationClause,
    IndexationKind,
    IndexBase,
    IndexTable,
    IndexValue,
)

CLAUSE = (
    "kind", "percent", "is_compound", "table", "base_month_on", "base_value", "lag_months",
    "cap_percent", "floor_percent", "decimals", "first_on", "every_months", "last_day_on",
)  # fmt: skip


class IndexSerializer(serializers.ModelSerializer[IndexTable]):
    """A published price index."""

    class Meta:
        model = IndexTable
        fields = ("id", "name", "source")


class IndexValueSerializer(serializers.ModelSerializer[IndexValue]):
    """The value of an index for a month, named by any of its days."""

    class Meta:
        model = IndexValue
        fields = ("month_on", "value")

    def validate_value(self, value: Decimal) -> Decimal:
        """Refuse what is not above nothing."""
        if value <= 0:
            raise serializers.ValidationError(_("The value of an index is above nothing."))
        return value


class IndexValuesSerializer(serializers.Serializer[Any]):
    """Values to be entered; a month that is there takes the new value."""

    values = IndexValueSerializer(many=True, allow_empty=False)


class ImportedSerializer(serializers.Serializer[Any]):
    """How many months are new, and how many have another value than before."""

    added = serializers.IntegerField()
    changed = serializers.IntegerField()


class BaseSerializer(serializers.ModelSerializer[IndexBase]):
    """The price of a day and the index's value from which a line's steps start anew."""

    class Meta:
        model = IndexBase
        fields = ("line", "starts_on", "month_on", "value")
        validators = ()


class ClauseSerializer(serializers.ModelSerializer[IndexationClause]):
    """How and when the prices of a contract rise: by a percentage or with an index."""

    bases = BaseSerializer(many=True, read_only=True)

    class Meta:
        model = IndexationClause
        fields = ("id", "contract", *CLAUSE, "bases")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for what the chosen kind needs and drop what the other would."""
        if self.instance is not None:
            attrs.pop("contract", None)
        kind = attrs.get("kind", getattr(self.instance, "kind", IndexationKind.PERCENT))
        if attrs.get("base_month_on"):
            attrs["base_month_on"] = attrs["base_month_on"].replace(day=1)
        if kind == IndexationKind.PERCENT:
            self._require(attrs, "percent", _("Say by how many percent prices rise."))
            return attrs | {
                "table": None, "base_month_on": None, "base_value": None, "lag_months": 0,
            }  # fmt: skip
        self._require(attrs, "table", _("Choose an index."))
        if self._given(attrs, "base_value") is None:
            attrs["base_value"] = self._published(attrs)
        said = _("Type the base value: the index has none for the base month.")
        self._require(attrs, "base_value", said)
        return attrs | {"percent": None, "is_compound": True}

    def _given(self, attrs: dict[str, Any], name: str) -> Any:  # noqa: ANN401  (any field)
        return attrs.get(name, getattr(self.instance, name, None))

    def _require(self, attrs: dict[str, Any], name: str, message: Any) -> None:  # noqa: ANN401  (a text, translated late)
        if self._given(attrs, name) is None:
            raise serializers.ValidationError({name: message})

    def _published(self, attrs: dict[str, Any]) -> Decimal | None:
        rows = IndexValue.objects.filter(
            table=self._given(attrs, "table"), month_on=self._given(attrs, "base_month_on")
        )
        return rows.values_list("value", flat=True).first()


class IndexationSerializer(serializers.ModelSerializer[Indexation]):
    """A step of a clause that was applied, or left out by decision, with its arithmetic."""

    class Meta:
        model = Indexation
        fields = (
            "id", "contract", "clause", "effective_on", "is_applied", "factor", "basis",
            "decided_at", "decided_by",
        )  # fmt: skip


class StepSerializer(serializers.Serializer[Any]):
    """Which step of a clause is meant."""

    clause = serializers.PrimaryKeyRelatedField(queryset=IndexationClause.objects.all())
    effective_on = serializers.DateField()


class ApplySerializer(StepSerializer):
    """The step to apply, and from when its prices count."""

    effect = serializers.ChoiceField(
        choices=ChangeEffect.choices, default=ChangeEffect.IMMEDIATE.value
    )


class UntilSerializer(serializers.Serializer[Any]):
    """Through which day, and of which contract."""

    until = serializers.DateField(required=False)
    contract = serializers.IntegerField(required=False)


class RaiseSerializer(serializers.Serializer[Any]):
    """What a step does to one line; ``obstacle`` says what stands in its way."""

    line = serializers.IntegerField()
    description = serializers.CharField()
    old = serializers.ListField(child=serializers.DecimalField(max_digits=14, decimal_places=4))
    new = serializers.ListField(child=serializers.DecimalField(max_digits=14, decimal_places=4))
    arithmetic = serializers.ListField(child=serializers.CharField())
    limit = serializers.CharField(allow_blank=True)
    obstacle = serializers.ChoiceField(choices=list(Obstacle))
    reason = serializers.CharField(allow_blank=True)
    monthly = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)


class DueStepSerializer(serializers.Serializer[Any]):
    """A step that nobody has decided yet, worked out line by line."""

    clause = serializers.IntegerField(source="clause.pk")
    contract = serializers.IntegerField(source="clause.contract_id")
    number = serializers.CharField(source="clause.contract.number")
    effective_on = serializers.DateField()
    month_on = serializers.DateField(allow_null=True)
    value = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    is_ready = serializers.BooleanField()
    monthly = serializers.DecimalField(max_digits=14, decimal_places=4)
    lines = serializers.SerializerMethodField()

    def get_lines(self, step: DueStep) -> list[dict[str, Any]]:
        """Return old price, new price and arithmetic of each line."""
        found = []
        for one in step.lines:
            told = raise_text(step, one)
            found.append(
                {
                    "line": one.line.pk,
                    "description": one.line.description,
                    "old": amounts_of(one.step.old),
                    "new": amounts_of(one.step.new),
                    "arithmetic": told.arithmetic,
                    "limit": told.limit,
                    "obstacle": one.step.obstacle.value,
                    "reason": told.obstacle,
                    "monthly": one.monthly,
                }
            )
        return list(RaiseSerializer(found, many=True).data)


class DueStepsSerializer(serializers.Serializer[Any]):
    """The steps that are due through a day; ``beyond`` counts the clauses that are not listed."""

    until = serializers.DateField()
    beyond = serializers.IntegerField()
    steps = DueStepSerializer(many=True)
