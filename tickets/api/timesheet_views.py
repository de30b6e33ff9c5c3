"""Days of timesheets, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from tickets.models import TimesheetDay
from tickets.operations.approve_days import approve_days
from tickets.operations.return_days import return_days
from tickets.operations.submit_days import submit_days
from tickets.refusals import Refusal

LOGS, APPROVES = "tickets.add_timeentry", "tickets.approve_timesheetday"


class TimesheetDaySerializer(serializers.ModelSerializer[TimesheetDay]):
    """A day that was handed in; post the ``day`` to hand one's own in."""

    class Meta:
        model = TimesheetDay
        fields = (
            "id",
            "person",
            "day",
            "status",
            "submitted_at",
            "decided_by",
            "decided_at",
            "reason",
        )
        read_only_fields = (
            "person",
            "status",
            "submitted_at",
            "decided_by",
            "decided_at",
            "reason",
        )


class ReturnReasonSerializer(serializers.Serializer[Any]):
    """Why a day is returned."""

    reason = serializers.CharField(max_length=300)


class TimesheetDayViewSet(viewsets.GenericViewSet[TimesheetDay], mixins.ListModelMixin):
    """Days handed in: list, read, submit one's own, approve, return."""

    queryset = TimesheetDay.objects.all()
    serializer_class = TimesheetDaySerializer
    filterset_fields = ("person", "day", "status")
    action_permissions = {
        "list": LOGS,
        "retrieve": LOGS,
        "create": LOGS,
        "approve": APPROVES,
        "give_back": APPROVES,
    }

    def get_queryset(self) -> QuerySet[TimesheetDay]:
        """Return one's own days, to those who approve everybody's."""
        return TimesheetDay.objects.visible_to(cast(User, self.request.user))

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Read one day."""
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses={201: TimesheetDaySerializer})
    def create(self, request: Request) -> Response:
        """Hand in a day of one's own; one that was handed in stays so."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        day, actor = serializer.validated_data["day"], cast(User, request.user)
        with telling(Refusal):
            submit_days(days=[day], actor=actor, now=timezone.now())
        row = get_object_or_404(self.get_queryset(), person=actor, day=day)
        return Response(self.get_serializer(row).data, status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str | None = None) -> Response:
        """Approve it with all that was logged on it."""
        row, actor = self.get_object(), cast(User, request.user)
        approve_days(day_ids=[row.pk], actor=actor, now=timezone.now())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ReturnReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def give_back(self, request: Request, pk: str | None = None) -> Response:
        """Return it with a reason."""
        row, actor = self.get_object(), cast(User, request.user)
        serializer = ReturnReasonSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with telling(Refusal):
            return_days(
                day_ids=[row.pk],
                reason=serializer.validated_data["reason"],
                actor=actor,
                now=timezone.now(),
            )
        return Response(self.get_serializer(self.get_object()).data)
