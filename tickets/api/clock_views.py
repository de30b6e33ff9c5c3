"""Clocks, verdicts, warnings and kept promises, for programs."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from tickets.api.clock_serializers import (
    AttainmentSerializer,
    ClockSerializer,
    GroupSerializer,
    StretchSerializer,
    VerdictSerializer,
    WarningSerializer,
)
from tickets.forms.attainment import VerdictFilter
from tickets.models import ClockStretch, SLAVerdict, SLAWarning, TicketClock
from tickets.queries.attainment import GroupBy, attainment
from tickets.queries.promises import firm_zone


class TicketClockViewSet(viewsets.ReadOnlyModelViewSet[TicketClock]):
    """What is promised for tickets, and what their clocks show."""

    queryset = TicketClock.objects.all()
    serializer_class = ClockSerializer
    filterset_fields = ("ticket", "policy", "source", "is_paused")

    def get_queryset(self) -> QuerySet[TicketClock]:
        """Return what this person may see."""
        found: QuerySet[TicketClock] = TicketClock.objects.visible_to(
            cast(User, self.request.user)
        ).order_by("pk")
        return found


class ClockStretchViewSet(viewsets.ReadOnlyModelViewSet[ClockStretch]):
    """The stretches that clocks are read from."""

    queryset = ClockStretch.objects.all()
    serializer_class = StretchSerializer
    filterset_fields = ("ticket", "is_paused")

    def get_queryset(self) -> QuerySet[ClockStretch]:
        """Return what this person may see."""
        found: QuerySet[ClockStretch] = ClockStretch.objects.visible_to(
            cast(User, self.request.user)
        )
        return found.select_related("version")


class VerdictViewSet(viewsets.ReadOnlyModelViewSet[SLAVerdict]):
    """How promises were kept."""

    queryset = SLAVerdict.objects.all()
    serializer_class = VerdictSerializer
    filterset_class = VerdictFilter

    def get_queryset(self) -> QuerySet[SLAVerdict]:
        """Return what this person may see."""
        found: QuerySet[SLAVerdict] = SLAVerdict.objects.visible_to(cast(User, self.request.user))
        return found


class WarningViewSet(viewsets.ReadOnlyModelViewSet[SLAWarning]):
    """Who was warned of what."""

    queryset = SLAWarning.objects.all()
    serializer_class = WarningSerializer
    filterset_fields = ("ticket", "kind", "percent", "person", "state")

    def get_queryset(self) -> QuerySet[SLAWarning]:
        """Return what this person may see."""
        found: QuerySet[SLAWarning] = SLAWarning.objects.visible_to(cast(User, self.request.user))
        return found


class AttainmentViewSet(viewsets.GenericViewSet[SLAVerdict]):
    """How often promises were kept, counted by month, client, contract, board or technician."""

    queryset = SLAVerdict.objects.all()
    serializer_class = AttainmentSerializer
    filterset_class = VerdictFilter
    pagination_class = None

    def get_queryset(self) -> QuerySet[SLAVerdict]:
        """Return what this person may see."""
        user = cast(User, self.request.user)
        found: QuerySet[SLAVerdict] = SLAVerdict.objects.visible_to(user).counted()
        return found

    @extend_schema(parameters=[GroupSerializer], responses=AttainmentSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Count the verdicts that the filters leave."""
        wanted = GroupSerializer(data=request.query_params)
        wanted.is_valid(raise_exception=True)
        rows = attainment(
            self.filter_queryset(self.get_queryset()),
            GroupBy(wanted.validated_data["by"]),
            firm_zone(),
        )
        return Response(AttainmentSerializer(rows, many=True).data)
