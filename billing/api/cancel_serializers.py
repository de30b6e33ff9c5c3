"""Cancelling an invoice, as programs ask for it and are told of it."""

from typing import Any

from rest_framework import serializers

from billing.api.serializers import InvoiceSerializer


class CancelSerializer(serializers.Serializer[Any]):
    """Why an invoice is cancelled, on which day, and whether its evidence is drafted again."""

    reason = serializers.CharField(max_length=200)
    cancelled_on = serializers.DateField(required=False)
    drafts_again = serializers.BooleanField()


class CancelledSerializer(serializers.Serializer[Any]):
    """What came of it: ``credit_note`` is empty where nothing was left to take back."""

    credit_note = InvoiceSerializer(allow_null=True)
    drafts = InvoiceSerializer(many=True)
