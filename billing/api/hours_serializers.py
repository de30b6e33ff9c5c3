"""The shapes in which programs see balances of hours and what was drawn."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billing.explain import explain
from billing.hours import STANDINGS
from billing.models import Charge, Claim
from billing.queries.balances import HoursBalance
from contracts.models import BlockUnit


def _quantity(**kwargs: Any) -> serializers.DecimalField:  # noqa: ANN401  (the field's arguments)
    return serializers.DecimalField(max_digits=14, decimal_places=4, **kwargs)


class MonthBalanceSerializer(serializers.Serializer[Any]):
    """One month: carried_in + granted = drawn + expired + left."""

    starts_on = serializers.DateField(source="period.start")
    last_day_on = serializers.DateField(source="period.last_day")
    carried_in = _quantity()
    granted = _quantity()
    drawn = _quantity()
    expired = _quantity()
    left = _quantity()


class HoursBalanceSerializer(serializers.Serializer[Any]):
    """An allowance or a block as it stands after the day; minutes, money or incidents by unit.

    Drawn and left count issued, drafted and open work; ``open_drawn`` is on no document yet.
    """

    kind = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="row.pk")
    name = serializers.CharField(source="row.name")
    contract = serializers.IntegerField(source="row.contract_id", allow_null=True)
    unit = serializers.ChoiceField(choices=BlockUnit.choices)
    state = serializers.ChoiceField(source="standing.code", choices=STANDINGS)
    at_hand = _quantity()
    drawn = _quantity()
    open_drawn = _quantity()
    left = _quantity()
    warns_at = _quantity(source="threshold", allow_null=True)
    usable_through_on = serializers.DateField(source="usable_through", allow_null=True)
    months = MonthBalanceSerializer(source="statement.months", many=True)

    @extend_schema_field(serializers.ChoiceField(choices=["allowance", "prepaid_block"]))
    def get_kind(self, balance: HoursBalance) -> str:
        """Return what it is."""
        return "prepaid_block" if balance.is_block else "allowance"


class ClientHoursSerializer(serializers.Serializer[Any]):
    """All hours of a client, those long over too."""

    client = serializers.IntegerField()
    currency = serializers.CharField()
    through_on = serializers.DateField()
    hours = HoursBalanceSerializer(many=True)


class HourDrawSerializer(serializers.ModelSerializer[Charge]):
    """Work that hours paid for; negative where it was given back."""

    worked_on = serializers.DateField(source="starts_on")
    quantity = serializers.SerializerMethodField()
    allowance = serializers.SerializerMethodField()
    month_on = serializers.SerializerMethodField()
    prepaid_block = serializers.SerializerMethodField()
    explanation = serializers.SerializerMethodField()

    class Meta:
        model = Charge
        fields = (
            "id",
            "client",
            "ticket",
            "invoice",
            "worked_on",
            "quantity",
            "allowance",
            "month_on",
            "prepaid_block",
            "explanation",
        )

    @extend_schema_field(_quantity())
    def get_quantity(self, charge: Charge) -> str:
        """Return what was taken: minutes, money or incidents."""
        return str(_claim(charge).drawn_quantity)

    def get_allowance(self, charge: Charge) -> int | None:
        """Return the allowance it was taken from."""
        return _claim(charge).allowance_id

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_month_on(self, charge: Charge) -> str | None:
        """Return the first day of the month that granted it."""
        month = _claim(charge).bucket_on
        return month.isoformat() if month else None

    def get_prepaid_block(self, charge: Charge) -> int | None:
        """Return the block it was taken from."""
        return _claim(charge).drawn_block_id

    def get_explanation(self, charge: Charge) -> str:
        """Return the sentence that explains it, in the reader's language."""
        return explain(charge)


def _claim(charge: Charge) -> Claim:
    """Return the claim that draws; a piece of work lays one claim."""
    return next(iter(charge.claims.all()))
