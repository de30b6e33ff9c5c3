"""What is charged, for programs."""

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, HttpResponse
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
from billing.api.cancel_serializers import CancelledSerializer, CancelSerializer
from billing.api.einvoice_serializers import RuleCheckSerializer
from billing.dry_run import as_plain, try_clients
from billing.einvoice.files import download_of
from billing.einvoice.missing import NotElectronic
from billing.models import (
    BillingRun,
    Charge,
    ClientHold,
    HeldItem,
    Invoice,
    RunOutcome,
)
from billing.operations.ask_checks import ask_checks
from billing.operations.cancel_invoice import CancelNotPossible, cancel_invoice
from billing.operations.discard_draft import NotADraft, discard_draft
from billing.operations.hold_drafts import hold_drafts
from billing.operations.issue_invoices import issue_invoices
from billing.operations.park_client import park_client
from billing.operations.redraft import ClientHeld, redraft
from billing.operations.release_client import release_client
from billing.operations.release_drafts import release_drafts
from billing.operations.set_schedule import set_schedule
from billing.operations.start_run import RunNotStartable, start_run
from billing.proforma import NoProforma, render_proforma
from billing.queries.orders import with_spending
from billing.queries.schedule import the_schedule
from clients.models import LegalEntity, PurchaseOrder
from core.api.refusals import Refused, telling

INVOICES_OF_PORTAL = "accounts.use_portal_invoices"


class BillingRunViewSet(viewsets.ReadOnlyModelViewSet[BillingRun]):
    """Billing runs: list, read, start. A run works on in the background; read it to see how far."""

    queryset = BillingRun.objects.all()
    serializer_class = serializers.BillingRunSerializer
    filterset_fields = ("as_of_on", "state", "scheduled_on")
    action_permissions = {
        "dry_run": "billing.view_billingrun",
        "schedule": "billing.add_billingrun",
    }

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

    @extend_schema(request=serializers.DryRunSerializer, responses=serializers.TriedSerializer)
    @action(detail=False, methods=["post"], url_path="dry-run")
    def dry_run(self, request: Request) -> Response:
        """Say what a run would do for the named clients, 500 at most, and write nothing."""
        values = _checked(serializers.DryRunSerializer(data=request.data))
        entity = LegalEntity.objects.current()
        tried = try_clients(values["clients"], entity, values["as_of_on"])
        return Response([as_plain(one) for one in tried])

    @extend_schema(responses=serializers.RunProofSerializer(many=True))
    @action(detail=True, methods=["get"])
    def proof(self, request: Request, pk: str | None = None) -> Response:
        """Return where all evidence of the run's clients had gone when it was over."""
        proofs = self.get_object().proofs.all()
        return Response(serializers.RunProofSerializer(proofs, many=True).data)

    @extend_schema(
        methods=["PUT"],
        request=serializers.ScheduleSerializer,
        responses=serializers.ScheduleSerializer,
    )
    @extend_schema(methods=["GET"], responses=serializers.ScheduleSerializer)
    @action(detail=False, methods=["get", "put"])
    def schedule(self, request: Request) -> Response:
        """Read or set the day and hour from which the firm bills by itself."""
        if request.method == "PUT":
            values = _checked(serializers.ScheduleSerializer(data=request.data))
            now = timezone.localtime(timezone=LegalEntity.objects.current().zone)
            set_schedule(now=now, **values)
        return Response(serializers.ScheduleSerializer(the_schedule()).data)


class ClientHoldViewSet(viewsets.ReadOnlyModelViewSet[ClientHold]):
    """Clients of whom nothing is billed for now: list, read, hold back, release."""

    queryset = ClientHold.objects.all()
    serializer_class = serializers.ClientHoldSerializer
    filterset_fields = {"client": ["exact"], "released_at": ["isnull"]}
    action_permissions = {"release": "billing.change_clienthold"}

    def get_queryset(self) -> QuerySet[ClientHold]:
        """Return what this person may see."""
        return ClientHold.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Hold a client back with a reason."""
        values = _checked(self.get_serializer(data=request.data))
        hold = park_client(
            client_id=values["client"].pk,
            reason=values["reason"],
            actor=cast(User, request.user),
        )
        return Response(self.get_serializer(hold).data, status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str | None = None) -> Response:
        """Bill the client again from the next run on."""
        hold = self.get_object()
        release_client(client_id=hold.client_id, actor=cast(User, request.user))
        return Response(self.get_serializer(self.get_object()).data)


class HeldItemViewSet(viewsets.ReadOnlyModelViewSet[HeldItem]):
    """Evidence that runs left out until a person decides, with the reason."""

    queryset = HeldItem.objects.all()
    serializer_class = serializers.HeldItemSerializer
    filterset_fields = ("run", "client", "hold")

    def get_queryset(self) -> QuerySet[HeldItem]:
        """Return what this person may see."""
        return HeldItem.objects.visible_to(cast(User, self.request.user))


class PurchaseOrderViewSet(viewsets.ModelViewSet[PurchaseOrder]):
    """Clients' purchase orders, with what is spent and left: list, read, enter, change."""

    queryset = PurchaseOrder.objects.all()
    serializer_class = serializers.PurchaseOrderSerializer
    filterset_fields = ("client", "number", "is_closed")
    http_method_names = ["get", "post", "patch", "head", "options"]

    def get_queryset(self) -> QuerySet[PurchaseOrder]:
        """Return what this person may see."""
        orders = PurchaseOrder.objects.visible_to(cast(User, self.request.user))
        return with_spending(orders)


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
        "hold": "billing.delete_invoice",
        "release": "billing.delete_invoice",
        "cancel": "billing.issue_invoice",
        "rule_check": "billing.add_rulecheck",
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

    @extend_schema(request=serializers.ReasonSerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str | None = None) -> Response:
        """Keep a draft from being issued, with the reason."""
        draft = self.get_object()
        values = _checked(serializers.ReasonSerializer(data=request.data))
        hold_drafts(invoice_ids=[draft.pk], actor=cast(User, request.user), **values)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str | None = None) -> Response:
        """Let a draft go that was on hold."""
        release_drafts(invoice_ids=[self.get_object().pk])
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=CancelSerializer, responses=CancelledSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Credit all that is left of an invoice, free its evidence, and draft that again if asked.

        A second cancel changes nothing and is answered with 409.
        """
        invoice = self.get_object()
        values = _checked(CancelSerializer(data=request.data))
        values.setdefault("cancelled_on", timezone.localdate(timezone=invoice.legal_entity.zone))
        with telling(CancelNotPossible):
            done = cancel_invoice(invoice_id=invoice.pk, actor=cast(User, request.user), **values)
        known = self.get_queryset().in_bulk(
            [one.pk for one in (done.credit_note, *done.drafts) if one]
        )
        note = known[done.credit_note.pk] if done.credit_note else None
        drafts = [known[draft.pk] for draft in done.drafts]
        answer = {"credit_note": note, "drafts": drafts}
        return Response(CancelledSerializer(answer).data)

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def pdf(self, request: Request, pk: str | None = None) -> FileResponse:
        """Download the PDF of an issued invoice."""
        invoice = self.get_object()
        document = invoice.documents.filter(kind="pdf").first()
        if document is None:
            raise Refused("There is no PDF yet: a worker makes it once the invoice is issued.")
        return FileResponse(document.file.open("rb"), filename=f"{invoice.number}.pdf")

    @extend_schema(responses={(200, "application/pdf"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def proforma(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Download the proforma of a draft: no invoice, no number."""
        with telling(NoProforma):
            return HttpResponse(render_proforma(self.get_object()), "application/pdf")

    @extend_schema(responses={(200, "application/xml"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def cii(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Download an issued document as UN/CEFACT CII, profile EN 16931."""
        return self._xml("cii")

    @extend_schema(responses={(200, "application/xml"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def ubl(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Download an issued document as UBL 2.1, profile EN 16931."""
        return self._xml("ubl")

    @extend_schema(request=None, responses={202: RuleCheckSerializer})
    @action(detail=True, methods=["post"], url_path="check", url_name="check")
    def rule_check(self, request: Request, pk: str | None = None) -> Response:
        """Have a worker check the document against the official rules; read ``rule-checks``."""
        invoice = self.get_object()
        if invoice.is_draft:
            raise Refused("A draft is no electronic invoice yet: issue it first.")
        ask_checks(invoice_ids=[invoice.pk], actor=cast(User, request.user))
        return Response(RuleCheckSerializer(invoice.rule_checks.all()[0]).data, status=202)

    def _xml(self, syntax: str) -> HttpResponse:
        found = self.get_object()
        if found.is_draft:
            raise Refused("A draft is no electronic invoice yet: issue it first.")
        with telling(NotElectronic):
            return download_of(found, syntax)


class ChargeViewSet(viewsets.ReadOnlyModelViewSet[Charge]):
    """Priced facts: invoice lines, and work that was settled for nothing."""

    queryset = Charge.objects.all()
    serializer_class = serializers.ChargeSerializer
    filterset_fields = ("client", "invoice", "kind", "treatment", "ticket", "contract")
    portal_permission = INVOICES_OF_PORTAL

    def get_queryset(self) -> QuerySet[Charge]:
        """Return what this person may see."""
        return Charge.objects.visible_to(cast(User, self.request.user))


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
