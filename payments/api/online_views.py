"""Payment online, for programs."""

from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from payments.api.online_serializers import (
    OnlinePaymentSerializer,
    SettleSerializer,
    StripeEventSerializer,
)
from payments.models import OnlinePayment, StripeEvent
from payments.operations.settle_event import (
    CheckoutRefused,
    Decision,
    PaymentRefused,
    settle_event,
)


class OnlinePaymentViewSet(viewsets.ReadOnlyModelViewSet[OnlinePayment]):
    """Payments online: list, read. They are begun in the portal."""

    queryset = OnlinePayment.objects.all()
    serializer_class = OnlinePaymentSerializer
    filterset_fields = ("invoice", "state", "payment")
    portal_permission = "accounts.use_portal_invoices"

    def get_queryset(self) -> QuerySet[OnlinePayment]:
        """Return what this person may see."""
        return OnlinePayment.objects.visible_to(cast(User, self.request.user))


class StripeEventViewSet(viewsets.ReadOnlyModelViewSet[StripeEvent]):
    """Messages of Stripe: list, read, settle what a person has to look at."""

    queryset = StripeEvent.objects.all()
    serializer_class = StripeEventSerializer
    filterset_fields = ("state", "kind", "online_payment", "intent_id")
    action_permissions = {"settle": "payments.change_stripeevent"}

    def get_queryset(self) -> QuerySet[StripeEvent]:
        """Return what this person may see."""
        return StripeEvent.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=SettleSerializer, responses=StripeEventSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str | None = None) -> Response:
        """Book what came as it came, or note that it is dealt with."""
        found = self.get_object()
        serializer = SettleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with telling(CheckoutRefused, PaymentRefused):
            settle_event(
                event_id=found.pk,
                decision=Decision(**serializer.validated_data),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(self.get_object()).data)
