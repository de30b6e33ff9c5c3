"""Mandates, batches and direct debits, as programs read and write them."""

from typing import Any

from rest_framework import serializers

from clients.models import Client, LegalEntity, Mandate, MandateScheme
from payments.models import DebitBatch, DirectDebit
from payments.return_words import RETURN_WORDS
from payments.standing import standing_of, standing_of_debit


class MandateSerializer(serializers.ModelSerializer[Mandate]):
    """What a client signed; the number of their account is never given out whole."""

    class Meta:
        model = Mandate
        fields = (
            "id",
            "client",
            "legal_entity",
            "reference",
            "scheme",
            "is_one_off",
            "signed_on",
            "debtor",
            "iban_masked",
            "bic",
            "notice_days",
            "last_collected_on",
            "lapses_on",
            "ended_on",
            "end_reason",
            "end_note",
        )


class SignSerializer(serializers.Serializer[Any]):
    """What stands on the paper that the client signed."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.none())
    legal_entity = serializers.PrimaryKeyRelatedField(
        queryset=LegalEntity.objects.all(), required=False
    )
    iban = serializers.CharField(max_length=42)
    bic = serializers.CharField(max_length=11, required=False, allow_blank=True)
    debtor = serializers.CharField(max_length=70, required=False, allow_blank=True)
    reference = serializers.CharField(max_length=35, required=False, allow_blank=True)
    signed_on = serializers.DateField()
    scheme = serializers.ChoiceField(choices=MandateScheme.choices, default=MandateScheme.CORE)
    notice_days = serializers.IntegerField(min_value=1, max_value=90, default=14)
    is_one_off = serializers.BooleanField(default=False)


class EndMandateSerializer(serializers.Serializer[Any]):
    """When and why the client revoked a mandate."""

    ended_on = serializers.DateField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class DirectDebitSerializer(serializers.ModelSerializer[DirectDebit]):
    """What is collected for one invoice."""

    state = serializers.SerializerMethodField()
    collect_on = serializers.DateField(source="batch.collect_on", read_only=True)

    class Meta:
        model = DirectDebit
        fields = (
            "id",
            "batch",
            "invoice",
            "mandate",
            "amount",
            "collect_on",
            "sequence",
            "end_to_end_id",
            "state",
            "payment",
            "bank_entry",
            "returned_on",
            "return_code",
            "return_note",
            "released_at",
        )

    def get_state(self, debit: DirectDebit) -> str:
        """Say how far it is: made, sent, booked, returned or released."""
        return standing_of_debit(debit).code


class DebitBatchSerializer(serializers.ModelSerializer[DebitBatch]):
    """The direct debits of one file for the bank."""

    state = serializers.SerializerMethodField()

    class Meta:
        model = DebitBatch
        fields = (
            "id",
            "legal_entity",
            "reference",
            "scheme",
            "collect_on",
            "debit_count",
            "total",
            "state",
            "file_sha256",
            "made_at",
            "sent_at",
            "cancelled_at",
        )

    def get_state(self, batch: DebitBatch) -> str:
        """Say how far it is: made, sent, booked, returned, cancelled or refused."""
        return standing_of(batch).code


class WhichSerializer(serializers.Serializer[Any]):
    """Which direct debits are looked for."""

    legal_entity = serializers.PrimaryKeyRelatedField(
        queryset=LegalEntity.objects.all(), required=False
    )
    scheme = serializers.ChoiceField(choices=MandateScheme.choices, default=MandateScheme.CORE)
    collect_on = serializers.DateField()


class MakeBatchSerializer(WhichSerializer):
    """What a batch is to collect, and when."""

    invoices = serializers.ListField(
        child=serializers.IntegerField(), allow_empty=False, max_length=2000
    )


class DebitProposalSerializer(serializers.Serializer[Any]):
    """An invoice that a day could collect, or why not."""

    invoice = serializers.IntegerField(source="invoice.pk")
    mandate = serializers.IntegerField(source="mandate.pk", allow_null=True, default=None)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2)
    disputed = serializers.DecimalField(max_digits=14, decimal_places=2)
    is_announced = serializers.BooleanField()
    came_back = serializers.CharField()
    reason = serializers.CharField()


class CancelBatchSerializer(serializers.Serializer[Any]):
    """Whether the bank refused the whole file; a batch that it has is not let go otherwise."""

    bank_refused_it = serializers.BooleanField(default=False)


class BookBatchSerializer(serializers.Serializer[Any]):
    """When the bank booked a batch."""

    booked_on = serializers.DateField()


class ReturnSerializer(serializers.Serializer[Any]):
    """What the bank said when it sent one back."""

    returned_on = serializers.DateField()
    code = serializers.ChoiceField(
        choices=sorted(RETURN_WORDS), required=False, allow_blank=True, default=""
    )
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
