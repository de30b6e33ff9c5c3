"""What is left of hours, and what was drawn from them, for programs."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.hours_serializers import ClientHoursSerializer, HourDrawSerializer
from billing.models import Charge, Claim
from billing.queries.balances import HoursBalance, balances_of
from clients.models import Client, LegalEntity
from contracts.models import Allowance, PrepaidBlock

PORTAL = "accounts.use_portal_invoices"


class HourBalanceViewSet(viewsets.GenericViewSet[Client]):
    """What clients have left of included and prepaid hours today, client by client."""

    queryset = Client.objects.all()
    serializer_class = ClientHoursSerializer
    filterset_fields = ("id", "code")
    portal_permission = PORTAL

    def get_queryset(self) -> QuerySet[Client]:
        """Return the clients with hours whose money this person may see."""
        clients = Client.objects.with_money_visible_to(cast(User, self.request.user))
        own = OuterRef("pk")
        allowances = Allowance.objects.filter(contract__client=own)
        blocks = PrepaidBlock.objects.filter(client=own)
        return clients.filter(Exists(allowances) | Exists(blocks)).order_by("pk")

    @extend_schema(responses=ClientHoursSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return a page of clients with their hours."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._hours_of(page or []))

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Return the hours of one client."""
        return Response(self._hours_of([self.get_object()])[0])

    def _hours_of(self, clients: Sequence[Client]) -> Sequence[dict[str, Any]]:
        entity = LegalEntity.objects.current()
        today = timezone.localdate(timezone=entity.zone)
        by_client: dict[int, list[HoursBalance]] = {}
        for balance in balances_of(clients, entity, today):
            by_client.setdefault(balance.client.pk, []).append(balance)
        rows = [
            {
                "client": client.pk,
                "currency": client.currency,
                "through_on": today,
                "hours": by_client.get(client.pk, []),
            }
            for client in clients
        ]
        return list(ClientHoursSerializer(rows, many=True).data)


class HourDrawViewSet(viewsets.ReadOnlyModelViewSet[Charge]):
    """Each piece of work that live charges paid for with hours, with its ticket and invoice."""

    queryset = Charge.objects.all()
    serializer_class = HourDrawSerializer
    filterset_fields = ("client", "ticket", "invoice", "claims__allowance", "claims__drawn_block")
    portal_permission = PORTAL

    def get_queryset(self) -> QuerySet[Charge]:
        """Return what this person may see."""
        drawing = Claim.objects.filter(
            Q(allowance__isnull=False) | Q(drawn_block__isnull=False),
            charge=OuterRef("pk"),
            released_at=None,
        )
        charges = Charge.objects.visible_to(cast(User, self.request.user))
        return charges.filter(Exists(drawing)).prefetch_related("claims").order_by("-pk")
