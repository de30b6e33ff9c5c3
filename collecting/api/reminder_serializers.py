"""Reminders, promises and notes as programs read and write them."""

from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from rest_framework import serializers

from billing.models import Invoice
from clients.models import Client
from collecting.models import (
    CollectingTerms,
    ContactNote,
    NoticeLine,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
    ReminderPlan,
    ReminderStep,
    ReminderWords,
)
from collecting.operations.save_plan import PlanTerms


class ReminderStepSerializer(serializers.ModelSerializer[ReminderStep]):
    """How many days late a level is due."""

    class Meta:
        model = ReminderStep
        fields = ("level", "days")


class ReminderWordsSerializer(serializers.ModelSerializer[ReminderWords]):
    """Own words of a level in one language."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)

    class Meta:
        model = ReminderWords
        fields = ("level", "language", "words")


class ReminderPlanSerializer(serializers.ModelSerializer[ReminderPlan]):
    """A reminder plan; it is written as a whole."""

    steps = ReminderStepSerializer(many=True)
    words = ReminderWordsSerializer(many=True, required=False)

    class Meta:
        model = ReminderPlan
        fields = (
            "id",
            "name",
            "is_default",
            "grace_days",
            "days_between",
            "smallest_amount",
            "steps",
            "words",
        )
        # A plan that becomes the one for every client takes that from the other.
        extra_kwargs: ClassVar[dict[str, Any]] = {"is_default": {"validators": []}}

    def terms(self) -> PlanTerms:
        """Return what the plan is to say."""
        values = dict(self.validated_data)
        steps, words = values.pop("steps"), values.pop("words", [])
        return PlanTerms(
            **values,
            days={one["level"]: one["days"] for one in steps},
            words={(one["level"], one["language"]): one["words"] for one in words},
        )


class ReminderLineSerializer(serializers.ModelSerializer[NoticeLine]):
    """An invoice that a reminder asked for, or why it was left out."""

    class Meta:
        model = NoticeLine
        fields = ("invoice", "level", "amount", "left_out")


class ReminderSerializer(serializers.ModelSerializer[ReminderNotice]):
    """A reminder, sent, dropped or waiting."""

    lines = ReminderLineSerializer(many=True, read_only=True)

    class Meta:
        model = ReminderNotice
        fields = (
            "id",
            "client",
            "plan",
            "level",
            "decided_at",
            "sent_at",
            "dropped_at",
            "recipients",
            "subject",
            "body",
            "lines",
        )


class JudgedInvoiceSerializer(serializers.Serializer[Any]):
    """An overdue invoice today; ``left_out`` says why it is not asked for."""

    invoice = serializers.IntegerField(source="invoice.pk")
    balance = serializers.DecimalField(max_digits=14, decimal_places=2)
    amount = serializers.DecimalField(
        max_digits=14, decimal_places=2, source="verdict.amount", help_text="what would be asked"
    )
    level = serializers.IntegerField(source="verdict.level")
    left_out = serializers.CharField(source="verdict.reason", allow_null=True)


class ReminderPreviewSerializer(serializers.Serializer[Any]):
    """What a reminder sent to a client today would say; level 0 where none would go."""

    client = serializers.IntegerField(source="client.pk")
    plan = serializers.IntegerField(source="plan.pk", allow_null=True, default=None)
    level = serializers.IntegerField()
    invoices = JudgedInvoiceSerializer(many=True, source="judged")


class OfClientSerializer(serializers.Serializer[Any]):
    """Which client it is about."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all())


class ReminderHoldSerializer(serializers.ModelSerializer[ReminderHold]):
    """Why reminders stop, for a client or one invoice."""

    class Meta:
        model = ReminderHold
        fields = ("id", "client", "invoice", "reason", "last_day_on", "held_at", "lifted_at")


class NewReminderHoldSerializer(OfClientSerializer):
    """What is to be held back; without an invoice all of the client's."""

    invoice = serializers.PrimaryKeyRelatedField(
        queryset=Invoice.objects.all(), required=False, allow_null=True
    )
    reason = serializers.CharField(max_length=200)
    last_day_on = serializers.DateField(required=False, allow_null=True)


class PaymentPromiseSerializer(serializers.ModelSerializer[PaymentPromise]):
    """A promise to pay, and what came in of it."""

    state = serializers.ChoiceField(choices=["open", "kept", "broken", "withdrawn"], read_only=True)
    paid = serializers.DecimalField(
        max_digits=14, decimal_places=2, source="standing.paid", read_only=True
    )

    class Meta:
        model = PaymentPromise
        fields = (
            "id",
            "client",
            "amount",
            "currency",
            "pay_by_on",
            "note",
            "made_on",
            "state",
            "paid",
        )


class NewPaymentPromiseSerializer(OfClientSerializer):
    """How much is promised, and by when."""

    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01"))
    pay_by_on = serializers.DateField()
    note = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class ContactNoteSerializer(serializers.ModelSerializer[ContactNote]):
    """What was said with a client about money."""

    class Meta:
        model = ContactNote
        fields = ("id", "client", "body", "written_at", "author")


class NewContactNoteSerializer(OfClientSerializer):
    """What was said, and when to get in touch again."""

    body = serializers.CharField(max_length=5000)
    next_contact_on = serializers.DateField(required=False, allow_null=True, default=None)


class CollectingTermsSerializer(serializers.ModelSerializer[CollectingTerms]):
    """How one client is collected from; who has none follows the plan for every client."""

    class Meta:
        model = CollectingTerms
        fields = ("client", "plan", "gets_reminders", "next_contact_on")


class NewCollectingTermsSerializer(OfClientSerializer):
    """The plan of a client, or none at all, and the day of the next contact."""

    plan = serializers.PrimaryKeyRelatedField(
        queryset=ReminderPlan.objects.all(), required=False, allow_null=True, default=None
    )
    gets_reminders = serializers.BooleanField(default=True)
    next_contact_on = serializers.DateField(required=False, allow_null=True, default=None)


class CallSerializer(serializers.Serializer[Any]):
    """A client to be called about what is overdue in one currency, the heaviest first."""

    client = serializers.IntegerField(source="client.pk")
    currency = serializers.CharField()
    owed = serializers.DecimalField(max_digits=14, decimal_places=2)
    disputed = serializers.DecimalField(max_digits=14, decimal_places=2)
    days_late = serializers.IntegerField()
    weight = serializers.DecimalField(max_digits=18, decimal_places=2)
    next_contact_on = serializers.DateField(allow_null=True)
    last_note = serializers.CharField()
