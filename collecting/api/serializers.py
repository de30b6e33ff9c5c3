"""Disputes as programs read and write them."""

from typing import Any

from rest_framework import serializers

from billing.models import Charge
from collecting.models import Dispute, DisputeGround, DisputeMessage


class DisputeMessageSerializer(serializers.ModelSerializer[DisputeMessage]):
    """What one side said."""

    class Meta:
        model = DisputeMessage
        fields = ("id", "body", "is_from_client", "written_at")


class DisputeSerializer(serializers.ModelSerializer[Dispute]):
    """A disputed line; ``amount`` is what is left of it, tax included."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    messages = DisputeMessageSerializer(many=True, read_only=True)

    class Meta:
        model = Dispute
        fields = (
            "id",
            "invoice",
            "line",
            "ground",
            "state",
            "amount",
            "opened_at",
            "closed_at",
            "credit_note",
            "messages",
        )


class NewDisputeSerializer(serializers.Serializer[Any]):
    """The line that a client does not accept, and what is wrong with it."""

    line = serializers.PrimaryKeyRelatedField(queryset=Charge.objects.all())
    ground = serializers.ChoiceField(choices=DisputeGround.choices)
    body = serializers.CharField(max_length=10_000)


class AnswerSerializer(serializers.Serializer[Any]):
    """What is said to the client."""

    body = serializers.CharField(max_length=10_000)


class ConcessionSerializer(serializers.Serializer[Any]):
    """How much of the line is credited, without tax; without an amount all that is left."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)
    reason = serializers.CharField(max_length=200)
    issued_on = serializers.DateField(required=False)
    answer = serializers.CharField(max_length=10_000, required=False)
