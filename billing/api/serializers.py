"""The shapes in which programs see what is charged."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from billing.explain import explain
from billing.explain_outcome import explain_outcome
from billing.models import (
    BillingRun,
    BillingSchedule,
    Charge,
    ClientHold,
    HeldItem,
    Invoice,
    RunOutcome,
    RunProof,
    TaxLine,
)
from clients.models import Client, PurchaseOrder

DRY_RUN_AT_MOST = 500


class ChargeSerializer(serializers.ModelSerializer[Charge]):
    """One priced fact: amount = quantity x unit_price / price_base, rounded half up."""

    explanation = serializers.SerializerMethodField()

    class Meta:
        model = Charge
        fields = (
            "id",
            "client",
            "invoice",
            "position",
            "kind",
            "treatment",
            "description",
            "starts_on",
            "last_day_on",
            "quantity",
            "unit",
            "unit_price",
            "price_base",
            "amount",
            "list_amount",
            "tax_category",
            "tax_rate",
            "ticket",
            "contract",
            "purchase_order",
            "cost_centre",
            "credits",
            "reduces",
            "reach",
            "discount",
            "explanation",
        )

    def get_explanation(self, charge: Charge) -> str:
        """Return the sentence that explains the amount, in the reader's language."""
        return explain(charge)


class TaxLineSerializer(serializers.ModelSerializer[TaxLine]):
    """The tax of one rate."""

    class Meta:
        model = TaxLine
        fields = ("category", "rate", "base", "tax")


class InvoiceSerializer(serializers.ModelSerializer[Invoice]):
    """An invoice or credit note; ``balance`` is what is still owed on an issued invoice.

    Amounts of a credit note are positive; it lowers the balance of the invoice it ``corrects``.
    What was paid beyond that becomes the client's credit. An invoice that bills the evidence of a
    cancelled one again ``replaces`` it.
    """

    is_cancelled = serializers.BooleanField(read_only=True)
    credited = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    written_off = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    balance = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)

    class Meta:
        model = Invoice
        fields: tuple[str, ...] = (
            "id",
            "client",
            "run",
            "document_kind",
            "corrects",
            "replaces",
            "is_cancelled",
            "reason",
            "status",
            "as_of_on",
            "number",
            "issued_on",
            "due_on",
            "currency",
            "tax_situation",
            "purchase_order",
            "covering_order",
            "group_label",
            "held_reason",
            "net",
            "tax",
            "total",
            "credited",
            "written_off",
            "balance",
            "hash",
        )


class InvoiceDetailSerializer(InvoiceSerializer):
    """An invoice with its lines, its tax and, once issued, its frozen parties and mentions."""

    lines = serializers.SerializerMethodField()
    tax_lines = TaxLineSerializer(many=True)

    class Meta(InvoiceSerializer.Meta):
        fields = (
            *InvoiceSerializer.Meta.fields,
            "seller",
            "buyer",
            "mentions",
            "tax_lines",
            "lines",
        )

    def get_lines(self, invoice: Invoice) -> list[dict[str, Any]]:
        """Return the printed lines in their order."""
        printed = [charge for charge in invoice.charges.all() if charge.position is not None]
        return list(ChargeSerializer(printed, many=True).data)


class NewRunSerializer(serializers.Serializer[Any]):
    """A run to be started: as of a day, for all clients or those named."""

    as_of_on = serializers.DateField()
    clients = serializers.PrimaryKeyRelatedField(
        many=True, required=False, queryset=Client.objects.all()
    )
    issues_drafts = serializers.BooleanField(default=False)


class BillingRunSerializer(serializers.ModelSerializer[BillingRun]):
    """A billing run and how far it is."""

    class Meta:
        model = BillingRun
        fields = (
            "id",
            "as_of_on",
            "state",
            "issues_drafts",
            "scheduled_on",
            "proved_at",
            "client_count",
            "started_at",
            "finished_at",
            "started_by",
        )


class RunOutcomeSerializer(serializers.ModelSerializer[RunOutcome]):
    """What a run did for one client, with the keys of the invoices that it made."""

    invoices = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()

    class Meta:
        model = RunOutcome
        fields = (
            "id",
            "run",
            "client",
            "outcome",
            "reason",
            "invoices",
            "invoice_count",
            "net",
            "total",
            "held_count",
        )

    def get_reason(self, outcome: RunOutcome) -> str:
        """Return why the client, or a part of its work, is held, in the reader's language."""
        return explain_outcome(outcome)

    def get_invoices(self, outcome: RunOutcome) -> list[int]:
        """Return the keys of the invoices, in the order in which they were made."""
        documents: list[dict[str, int]] = getattr(outcome, "documents", [])
        return [one["id"] for one in documents]


class IssueSerializer(serializers.Serializer[Any]):
    """The date under which drafts are issued, today where it is left out."""

    issued_on = serializers.DateField(required=False)


class ReasonSerializer(serializers.Serializer[Any]):
    """Why something is held back."""

    reason = serializers.CharField(max_length=200)


class DryRunSerializer(serializers.Serializer[Any]):
    """The day as of which, and the clients for whom, a run is tried."""

    as_of_on = serializers.DateField()
    clients = serializers.PrimaryKeyRelatedField(
        many=True, queryset=Client.objects.all(), allow_empty=False
    )

    def validate_clients(self, clients: list[Client]) -> list[Client]:
        """Keep a single request quick."""
        if len(clients) > DRY_RUN_AT_MOST:
            raise serializers.ValidationError(_("At most 500 clients can be tried at once."))
        return clients


class TriedInvoiceSerializer(serializers.Serializer[Any]):
    """An invoice that would be drafted."""

    label = serializers.CharField()  # type: ignore[assignment]  # a field's own label is a text
    lines = serializers.IntegerField()
    net = serializers.DecimalField(max_digits=14, decimal_places=2)
    tax = serializers.DecimalField(max_digits=14, decimal_places=2)
    total = serializers.DecimalField(max_digits=14, decimal_places=2)


class TriedSerializer(serializers.Serializer[Any]):
    """What a run would do for a client."""

    client = serializers.IntegerField()
    code = serializers.CharField()
    outcome = serializers.CharField()
    reason = serializers.CharField()
    held = serializers.ListField(child=serializers.CharField())
    invoices = TriedInvoiceSerializer(many=True)


class RunProofSerializer(serializers.ModelSerializer[RunProof]):
    """A figure of the proof: so much of a subject has gone to a place, for a reason."""

    class Meta:
        model = RunProof
        fields = ("subject", "place", "reason", "pieces", "amount")


class ScheduleSerializer(serializers.ModelSerializer[BillingSchedule]):
    """When the firm bills by itself."""

    class Meta:
        model = BillingSchedule
        fields = ("is_on", "day", "hour", "done_through_on")
        read_only_fields = ("done_through_on",)
        extra_kwargs = {name: {"required": True} for name in ("is_on", "day", "hour")}


class ClientHoldSerializer(serializers.ModelSerializer[ClientHold]):
    """A client of whom nothing is billed for now."""

    class Meta:
        model = ClientHold
        fields = ("id", "client", "reason", "held_at", "held_by", "released_at", "released_by")
        read_only_fields = ("held_at", "held_by", "released_at", "released_by")


class HeldItemSerializer(serializers.ModelSerializer[HeldItem]):
    """A piece of evidence that a run left out, with the reason."""

    class Meta:
        model = HeldItem
        fields = (
            "id",
            "run",
            "client",
            "hold",
            "facts",
            "time_entry",
            "part_used",
            "flat_rate_item",
            "contract_line",
            "time_correction",
            "prepaid_block",
            "period_on",
            "minutes",
        )


class PurchaseOrderSerializer(serializers.ModelSerializer[PurchaseOrder]):
    """A client's order; spent and left are without tax."""

    issued = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    drafted = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)
    left = serializers.DecimalField(
        max_digits=14, decimal_places=2, read_only=True, allow_null=True
    )

    class Meta:
        model = PurchaseOrder
        fields = (
            "id",
            "client",
            "number",
            "starts_on",
            "last_day_on",
            "limit_amount",
            "is_closed",
            "notes",
            "issued",
            "drafted",
            "left",
        )
