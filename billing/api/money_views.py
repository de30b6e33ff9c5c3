"""Money that came and went, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.api import money_serializers as serializers
from billing.models import Allocation, Payment, Refund
from billing.operations.allocate_credit import allocate_credit
from billing.operations.free_excess import free_excess
from billing.operations.record_payment import PaymentRefused, Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.release_allocation import release_allocation
from billing.operations.reverse_payment import Withdrawal, reverse_payment
from billing.operations.reverse_refund import reverse_refund
from billing.queries.ageing import ageing
from clients.models import LegalEntity
from core.api.refusals import telling

INVOICES_OF_PORTAL = "accounts.use_portal_invoices"


class PaymentViewSet(viewsets.ReadOnlyModelViewSet[Payment]):
    """Payments: list, read, record, use what is left of one, reverse."""

    queryset = Payment.objects.all()
    serializer_class = serializers.PaymentSerializer
    filterset_fields = ("client", "received_on", "method", "reference")
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {
        "allocate": "billing.add_allocation",
        "reverse": "billing.add_reversal",
    }

    def get_queryset(self) -> QuerySet[Payment]:
        """Return what this person may see."""
        payments = Payment.objects.visible_to(cast(User, self.request.user)).with_rest()
        return payments.select_related("reversal").prefetch_related("allocations")

    @extend_schema(responses={201: serializers.PaymentSerializer})
    def create(self, request: Request) -> Response:
        """Record money that came in and what it pays; the same twice only where it is said so."""
        values = _checked(self.get_serializer(data=request.data))
        shares = {share["invoice"].pk: share["amount"] for share in values.pop("allocations")}
        client, accepts_repeat = values.pop("client"), values.pop("accepts_repeat")
        with telling(PaymentRefused):
            payment = record_payment(
                client_id=client.pk,
                receipt=Receipt(**values),
                allocations=shares,
                actor=cast(User, request.user),
                accepts_repeat=accepts_repeat,
            )
        return Response(self._read(payment), status=201)

    @extend_schema(request=serializers.SharesSerializer)
    @action(detail=True, methods=["post"])
    def allocate(self, request: Request, pk: str | None = None) -> Response:
        """Pay invoices with what is left of a payment."""
        payment = self.get_object()
        shares = serializers.SharesSerializer(data=request.data)
        _checked(shares)
        with telling(PaymentRefused):
            allocate_credit(
                client_id=payment.client_id,
                allocations=shares.shares(),
                actor=cast(User, request.user),
                payment_id=payment.pk,
            )
        return Response(self._read(payment))

    @extend_schema(request=serializers.ReversalSerializer)
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str | None = None) -> Response:
        """Let a payment count no more; what it paid is open again."""
        payment = self.get_object()
        values = _checked(serializers.ReversalSerializer(data=request.data))
        with telling(PaymentRefused):
            reverse_payment(
                payment_id=payment.pk,
                withdrawal=Withdrawal(**values),
                actor=cast(User, request.user),
            )
        return Response(self._read(payment))

    def _read(self, payment: Payment) -> Any:  # noqa: ANN401  (what DRF calls data)
        return self.get_serializer(self.get_queryset().get(pk=payment.pk)).data


class AllocationViewSet(viewsets.ReadOnlyModelViewSet[Allocation]):
    """What payments are used for, releases among them: list, read, release."""

    queryset = Allocation.objects.all()
    serializer_class = serializers.AllocationSerializer
    filterset_fields = ("payment", "invoice", "refund")
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {
        "release": "billing.change_allocation",
        "free_excess": "billing.change_allocation",
    }

    def get_queryset(self) -> QuerySet[Allocation]:
        """Return what this person may see."""
        return Allocation.objects.visible_to(cast(User, self.request.user)).order_by("pk")

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str | None = None) -> Response:
        """Take back what a payment pays by a counter-entry, which is returned."""
        allocation = self.get_object()
        with telling(PaymentRefused):
            release_allocation(allocation_id=allocation.pk, note="", actor=cast(User, request.user))
        entry = self.get_queryset().get(releases=allocation)
        return Response(self.get_serializer(entry).data)

    @extend_schema(request=serializers.ExcessSerializer, responses=serializers.FreedSerializer)
    @action(detail=False, methods=["post"], url_path="free-excess")
    def free_excess(self, request: Request) -> Response:
        """Make credit of what an invoice got beyond what it asks for."""
        invoice = _checked(serializers.ExcessSerializer(data=request.data))["invoice"]
        with telling(PaymentRefused):
            amount = free_excess(invoice_id=invoice.pk, actor=cast(User, request.user))
        return Response(serializers.FreedSerializer({"amount": amount}).data)


class RefundViewSet(viewsets.ReadOnlyModelViewSet[Refund]):
    """Credit that was paid back: list, read, record, reverse."""

    queryset = Refund.objects.all()
    serializer_class = serializers.RefundSerializer
    filterset_fields = ("client", "paid_on", "method")
    portal_permission = INVOICES_OF_PORTAL
    action_permissions = {"reverse": "billing.add_reversal"}

    def get_queryset(self) -> QuerySet[Refund]:
        """Return what this person may see."""
        refunds = Refund.objects.visible_to(cast(User, self.request.user))
        return refunds.select_related("reversal")

    @extend_schema(responses={201: serializers.RefundSerializer})
    def create(self, request: Request) -> Response:
        """Record that credit went back to a client."""
        values = _checked(self.get_serializer(data=request.data))
        client = values.pop("client")
        with telling(PaymentRefused):
            refund = refund_credit(
                client_id=client.pk, payout=Payout(**values), actor=cast(User, request.user)
            )
        return Response(self.get_serializer(refund).data, status=201)

    @extend_schema(request=serializers.ReversalSerializer)
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str | None = None) -> Response:
        """Let a refund count no more; its money is credit again."""
        refund = self.get_object()
        values = _checked(serializers.ReversalSerializer(data=request.data))
        with telling(PaymentRefused):
            reverse_refund(
                refund_id=refund.pk,
                withdrawal=Withdrawal(**values),
                actor=cast(User, request.user),
            )
        return Response(self.get_serializer(self.get_object()).data)


class AgeingViewSet(viewsets.GenericViewSet[Payment]):
    """What clients owe today by how late it is."""

    queryset = Payment.objects.all()
    serializer_class = serializers.AgedSerializer
    pagination_class = None

    @extend_schema(responses=serializers.AgedSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return every client that owes something, those who owe most first."""
        today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
        rows = ageing(cast(User, request.user), today)
        return Response(serializers.AgedSerializer(rows, many=True).data)


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
