"""Bank accounts and lines of statements, as programs read and write them."""

from typing import Any

from rest_framework import serializers

from billing.api.money_serializers import ShareSerializer
from billing.models import BankAccount, BankEntry, BankStatement, Payment
from clients.models import Client


class BankAccountSerializer(serializers.ModelSerializer[BankAccount]):
    """An account of the firm."""

    class Meta:
        model = BankAccount
        fields = ("id", "name", "iban", "currency", "csv_mapping")
        read_only_fields = ("csv_mapping",)


class StatementFileSerializer(serializers.Serializer[Any]):
    """A file of the bank."""

    file = serializers.FileField()


class BankStatementSerializer(serializers.ModelSerializer[BankStatement]):
    """A file that was read, with how many of its lines were new."""

    class Meta:
        model = BankStatement
        fields = ("id", "account", "file_name", "kind", "line_count", "new_count", "imported_at")


class BankEntrySerializer(serializers.ModelSerializer[BankEntry]):
    """A line of a statement, and what became of it."""

    class Meta:
        model = BankEntry
        fields = (
            "id",
            "account",
            "statement",
            "booked_on",
            "amount",
            "currency",
            "name",
            "iban",
            "text",
            "bank_reference",
            "is_return",
            "return_code",
            "payment",
            "reversal",
            "set_aside_at",
        )


class ProposedShareSerializer(serializers.Serializer[Any]):
    """An invoice that a proposal pays."""

    invoice = serializers.IntegerField()
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)


class ProposalSerializer(serializers.Serializer[Any]):
    """Whose money a line may be, what it may pay, and what that rests on."""

    client = serializers.IntegerField()
    reason = serializers.CharField()
    confidence = serializers.CharField()
    allocations = ProposedShareSerializer(many=True)


class BookSerializer(serializers.Serializer[Any]):
    """Whose money a line is and what it pays; a rest is credit."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all())
    allocations = ShareSerializer(many=True)


class TakeBackSerializer(serializers.Serializer[Any]):
    """The payment that the bank took back."""

    payment = serializers.PrimaryKeyRelatedField(queryset=Payment.objects.all())
