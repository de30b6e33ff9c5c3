"""Credit notes, for programs."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.serializers import InvoiceDetailSerializer
from billing.domain.credits import Asked, Wish
from billing.models import Charge, DocumentKind, Invoice
from billing.operations.credit_invoice import CreditNotPossible, credit_invoice
from billing.rehearsal import rehearse
from core.api.refusals import telling

PERMISSION = "billing.issue_invoice"


class CreditedLineSerializer(serializers.Serializer[Any]):
    """A line of the invoice, and how much of it is credited; all of it where nothing is said."""

    line = serializers.IntegerField(source="line_id")
    quantity = serializers.DecimalField(max_digits=12, decimal_places=4, required=False)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)


class NewCreditNoteSerializer(serializers.Serializer[Any]):
    """What is credited: ``lines``, or an ``amount`` without tax, or else all that is left."""

    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all())
    reason = serializers.CharField(max_length=200)
    issued_on = serializers.DateField(required=False)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)
    lines = CreditedLineSerializer(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse two ways of saying how much."""
        if "amount" in attrs and "lines" in attrs:
            raise serializers.ValidationError({"amount": "Give lines or an amount, not both."})
        if attrs.get("lines") == []:
            raise serializers.ValidationError({"lines": "Name at least one line."})
        return attrs


class CreditNoteViewSet(viewsets.ReadOnlyModelViewSet[Invoice]):
    """Credit notes: list, read, try, issue."""

    queryset = Invoice.objects.all()
    serializer_class = InvoiceDetailSerializer
    filterset_fields = ("client", "corrects", "number", "issued_on")
    portal_permission = "accounts.use_portal_invoices"
    action_permissions = {"create": PERMISSION, "preview": PERMISSION}

    def get_queryset(self) -> QuerySet[Invoice]:
        """Return what this person may see, with its lines."""
        visible = Invoice.objects.visible_to(cast(User, self.request.user)).with_balance()
        lines = Charge.objects.printed().order_by("position")
        notes = visible.filter(document_kind=DocumentKind.CREDIT_NOTE)
        return notes.prefetch_related("tax_lines", Prefetch("charges", lines))

    @extend_schema(request=NewCreditNoteSerializer, responses={201: InvoiceDetailSerializer})
    def create(self, request: Request) -> Response:
        """Issue a credit note against an invoice."""
        values = _checked(request)
        with telling(CreditNotPossible):
            return Response(self._made(values), status=201)

    @extend_schema(request=NewCreditNoteSerializer, responses={200: InvoiceDetailSerializer})
    @action(detail=False, methods=["post"])
    def preview(self, request: Request) -> Response:
        """Return exactly what the credit note would say; nothing is written."""
        values = _checked(request)
        with telling(CreditNotPossible):
            return Response(rehearse(lambda: self._made(values), lambda: None).result)

    def _made(self, values: dict[str, Any]) -> Any:  # noqa: ANN401  (a serializer's data)
        user = cast(User, self.request.user)
        invoice = values["invoice"]
        wishes = tuple(Wish(**line) for line in values.get("lines", ()))
        note = credit_invoice(
            invoice_id=invoice.pk,
            asked=Asked(values.get("amount"), wishes),
            reason=values["reason"],
            issued_on=values.get("issued_on")
            or timezone.localdate(timezone=invoice.legal_entity.zone),
            actor=user,
        )
        return self.get_serializer(self.get_queryset().get(pk=note.pk)).data


def _checked(request: Request) -> dict[str, Any]:
    """Return what is asked for, of an invoice that this person may see."""
    serializer = NewCreditNoteSerializer(data=request.data)
    field: Any = serializer.fields["invoice"]
    field.queryset = Invoice.objects.visible_to(cast(User, request.user))
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
