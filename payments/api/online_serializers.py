"""Payment online in the API."""

from rest_framework import serializers

from payments.models import OnlinePayment, StripeEvent


class OnlinePaymentSerializer(serializers.ModelSerializer[OnlinePayment]):
    """An amount of an invoice that a client went to pay online, and how far it is."""

    class Meta:
        model = OnlinePayment
        fields = (
            "id",
            "invoice",
            "amount",
            "currency",
            "state",
            "payment",
            "intent_id",
            "asked_at",
        )
        read_only_fields = fields


class StripeEventSerializer(serializers.ModelSerializer[StripeEvent]):
    """A message of Stripe, and what came of it."""

    class Meta:
        model = StripeEvent
        fields = (
            "id",
            "event_id",
            "kind",
            "happened_at",
            "received_at",
            "online_payment",
            "intent_id",
            "state",
            "said",
            "note",
            "settled_at",
            "settled_by",
        )
        read_only_fields = fields


class SettleSerializer(serializers.Serializer[StripeEvent]):
    """Book it by a day; without one, set it aside with a note of what was done."""

    booked_on = serializers.DateField(required=False, allow_null=True, default=None)
    note = serializers.CharField(required=False, default="", max_length=200, allow_blank=True)
