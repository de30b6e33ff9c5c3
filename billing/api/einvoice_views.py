"""Electronic invoices, for programs."""

from typing import cast

from django.db.models import QuerySet
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.einvoice_serializers import PlatformEventSerializer, RuleCheckSerializer
from billing.models import PlatformEvent, RuleCheck
from billing.operations.record_platform_status import StatusRefused, record_platform_status
from core.api.refusals import telling


class RuleCheckViewSet(viewsets.ReadOnlyModelViewSet[RuleCheck]):
    """Checks of documents against the official rules, the latest first, with their findings."""

    queryset = RuleCheck.objects.all()
    serializer_class = RuleCheckSerializer
    filterset_fields = ("invoice",)

    def get_queryset(self) -> QuerySet[RuleCheck]:
        """Return what this person may see."""
        return RuleCheck.objects.visible_to(cast(User, self.request.user))


class PlatformEventViewSet(viewsets.ReadOnlyModelViewSet[PlatformEvent]):
    """Statuses of documents at the platform: list, read, record."""

    queryset = PlatformEvent.objects.all()
    serializer_class = PlatformEventSerializer
    filterset_fields = ("invoice", "status")

    def get_queryset(self) -> QuerySet[PlatformEvent]:
        """Return what this person may see."""
        return PlatformEvent.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Record a status; the same once more changes nothing."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        invoice = values.pop("invoice")
        values.setdefault("reason", "")
        with telling(StatusRefused):
            event = record_platform_status(
                invoice_id=invoice.pk, actor=cast(User, request.user), **values
            )
        return Response(self.get_serializer(event).data, status=201)
