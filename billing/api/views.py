"""What is charged, for programs."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.api import serializers
from billing.models import BillingRun, Charge, Invoice, Payment, RunOutcome
from billing.operations.discard_draft import NotADraft, discard_draft
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.operations.redraft import ClientHeld, redraft
from billing.operations.start_run import RunNotStartable, start_run
from core.api.refusals import Refused, telling

INVOICES_OF_PORTAL = "accounts.use_portal_invoices"


class BillingRunViewSet(viewsets.ReadOnlyModelViewSet[BillingRun]):
    """Billing runs: list, read, start. A run works on in the background; read it to see how far."""

    queryset = BillingRun.objects.all()
    serializer_class = serializers.BillingRunSerializer
    filterset_fields = ("as_of_on", "state")

    def get_queryset(self) -> QuerySet[BillingRun]:
        """Return what this person may see."""
        return BillingRun.objects.visible_to(cast(User, self.request.user))

    @extend_schema(
        request=serializers.NewRunSerializer, responses={202: serializers.BillingRunSerializer}
    )
    def create(self, request: Request) -> Response:
        """Start a run, or return the one of that day and those clients that is still at work."""
        values = _checked(serializers.NewRunSerializer(data=request.data))
        if values["issues_drafts"] and not request.user.has_perm("billing.issue_invoice"):
            self.permission_denied(request)
        clients = values.pop("clients", None)
        with telling(RunNotStartable):
            run = start_run(
                client_ids=None if clients is None else [client.pk for client in clients],
                actor=cast(User, request.user),
                **values,
            )
        return Response(self.get_serializer(run).data, status=202)


class RunOutcomeViewSet(viewsets.ReadOnlyModelViewSet[RunOutcome]):
    """What runs did, client by client: drafted, nothing due, or held with the reason."""

    queryset = RunOutcome.objects.all()
    serializer_class = serializers.RunOutcomeSerializer
    filterset_fields = ("run", "client", "outcome")

    def get_queryset(self) -> QuerySet[RunOutcome]:
        """Return what this person may see."""
        return RunOutcome.objects.visible_to(cast(User, self.request.user)).with_invoices()


class InvoiceViewSet(viewsets.ReadOnlyModelViewSet[Invoice]):
    """Drafts and issued invoices: list, read with lines, issue, refresh, discard, download."""

    queryset = Invoice.objects.all()
    serializer_class = serializers.InvoiceSerializer
    filterset_fields = ("client", "status", "number", "run", "issued_on", "due_on")
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {
        "issue": "billing.issue_invoice",
        "refresh": "billing.delete_invoice",
        "discard": "billing.delete_invoice",
    }

    def get_queryset(self) -> QuerySet[Invoice]:
        """Return what this person may see, with its lines where one is read."""
        invoices = Invoice.objects.visible_to(cast(User, self.request.user)).with_balance()
        if self.action == "list":
            return invoices
        lines = Charge.objects.printed().order_by("position")
        return invoices.prefetch_related("tax_lines", Prefetch("charges", lines))

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """Show lines where one invoice is read."""
        if self.action == "list":
            return serializers.InvoiceSerializer
        return serializers.InvoiceDetailSerializer

    @extend_schema(request=serializers.IssueSerializer)
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str | None = None) -> Response:
        """Give a draft its number and freeze it."""
        draft = self.get_object()
        values = _checked(serializers.IssueSerializer(data=request.data))
        today = timezone.localdate(timezone=draft.legal_entity.zone)
        result = issue_invoices(
            invoice_ids=[draft.pk],
            issued_on=values.get("issued_on", today),
            actor=cast(User, request.user),
        )
        for refusal in result.refused:
            raise Refused(refusal.reason)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def refresh(self, request: Request, pk: str | None = None) -> Response:
        """Make a draft afresh as of the same day; empty when nothing is due any more."""
        draft = self.get_object()
        with telling(NotADraft, ClientHeld):
            fresh = redraft(invoice_id=draft.pk)
        if fresh is None:
            return Response(status=204)
        return Response(self.get_serializer(self.get_queryset().get(pk=fresh.pk)).data)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str | None = None) -> Response:
        """Throw a draft away; what was on it is due again."""
        draft = self.get_object()
        with telling(NotADraft):
            discard_draft(invoice_id=draft.pk, actor=cast(User, request.user))
        return Response(status=204)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str | None = None) -> FileResponse:
        """Download the PDF of an issued invoice."""
        invoice = self.get_object()
        document = invoice.documents.filter(kind="pdf").first()
        if document is None:
            raise Refused("There is no PDF yet: a worker makes it once the invoice is issued.")
        return FileResponse(document.file.open("rb"), filename=f"{invoice.number}.pdf")


class ChargeViewSet(viewsets.ReadOnlyModelViewSet[Charge]):
    """Priced facts: invoice lines, and work that was settled for nothing."""

    queryset = Charge.objects.all()
    serializer_class = serializers.ChargeSerializer
    filterset_fields = ("client", "invoice", "kind", "treatment", "ticket", "contract")
    portal_permission = INVOICES_OF_PORTAL

    def get_queryset(self) -> QuerySet[Charge]:
        """Return what this person may see."""
        return Charge.objects.visible_to(cast(User, self.request.user))


class PaymentViewSet(viewsets.ReadOnlyModelViewSet[Payment]):
    """Payments: list, read, record."""

    queryset = Payment.objects.all()
    serializer_class = serializers.PaymentSerializer
    filterset_fields = ("client", "received_on", "method", "reference")
    portal_permission = INVOICES_OF_PORTAL

    def get_queryset(self) -> QuerySet[Payment]:
        """Return what this person may see."""
        payments = Payment.objects.visible_to(cast(User, self.request.user))
        return payments.prefetch_related("allocations")

    @extend_schema(responses={201: serializers.PaymentSerializer})
    def create(self, request: Request) -> Response:
        """Record money that came in and what it pays."""
        values = _checked(self.get_serializer(data=request.data))
        shares = {share["invoice"].pk: share["amount"] for share in values.pop("allocations")}
        client = values.pop("client")
        with telling(PaymentRefused):
            payment = record_payment(
                client_id=client.pk,
                receipt=Receipt(**values),
                allocations=shares,
                actor=cast(User, request.user),
            )
        return Response(self.get_serializer(payment).data, status=201)


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
