"""Money that came and went, as programs read and write it."""

from typing import Any

from rest_framework import serializers

from billing.models import Allocation, Invoice, Payment, Refund, Reversal


class ReversalSerializer(serializers.ModelSerializer[Reversal]):
    """Why and from when on a payment or a refund does not count."""

    class Meta:
        model = Reversal
        fields = ("reason", "reversed_on", "note", "recorded_at")
        read_only_fields = ("recorded_at",)


class AllocationSerializer(serializers.ModelSerializer[Allocation]):
    """The part of a payment that pays an invoice; a counter-entry is below nothing."""

    class Meta:
        model = Allocation
        fields = ("id", "payment", "invoice", "refund", "amount", "releases", "recorded_at")
        read_only_fields = ("payment", "refund", "releases", "recorded_at")


class ExcessSerializer(serializers.Serializer[Any]):
    """The invoice that got more than it asks for."""

    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all())


class FreedSerializer(serializers.Serializer[Any]):
    """How much credit it gave."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2)


class ShareSerializer(serializers.Serializer[Any]):
    """How much of some money pays which invoice."""

    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all())
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)


class SharesSerializer(serializers.Serializer[Any]):
    """What some money is to pay."""

    allocations = ShareSerializer(many=True)

    def shares(self) -> dict[int, Any]:
        """Return the amounts by invoice."""
        return {one["invoice"].pk: one["amount"] for one in self.validated_data["allocations"]}


class PaymentSerializer(serializers.ModelSerializer[Payment]):
    """Money received, with the invoices it pays and what of it is the client's credit."""

    allocations = AllocationSerializer(many=True)
    rest = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    reversal = ReversalSerializer(read_only=True)
    accepts_repeat = serializers.BooleanField(
        write_only=True, default=False, help_text="record it though the same is recorded already"
    )

    class Meta:
        model = Payment
        fields = (
            "id",
            "client",
            "received_on",
            "amount",
            "currency",
            "method",
            "reference",
            "recorded_at",
            "rest",
            "reversal",
            "allocations",
            "accepts_repeat",
        )
        read_only_fields = ("currency", "recorded_at")


class RefundSerializer(serializers.ModelSerializer[Refund]):
    """Credit that was paid back to a client."""

    reversal = ReversalSerializer(read_only=True)

    class Meta:
        model = Refund
        fields = (
            "id",
            "client",
            "paid_on",
            "amount",
            "currency",
            "method",
            "reference",
            "recorded_at",
            "reversal",
        )
        read_only_fields = ("currency", "recorded_at")


class AgedSerializer(serializers.Serializer[Any]):
    """What a client owes by how late it is, and what is to their credit.

    The parts: not due, up to 30 days late, up to 60, up to 90, and longer.
    """

    client = serializers.IntegerField(source="client.pk")
    currency = serializers.CharField(source="owed.currency")
    parts = serializers.ListField(
        source="owed.parts", child=serializers.DecimalField(max_digits=14, decimal_places=2)
    )
    total = serializers.DecimalField(max_digits=14, decimal_places=2, source="owed.total")
    credit = serializers.DecimalField(max_digits=14, decimal_places=2)
