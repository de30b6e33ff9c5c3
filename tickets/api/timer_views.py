"""Timers, for programs: a person's own."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from catalog.models import WorkType
from core.api.refusals import telling
from tickets.api.serializers import TimeEntrySerializer
from tickets.domain.work import TimeWorked
from tickets.models import Ticket, Timer
from tickets.operations.discard_timer import discard_timer
from tickets.operations.log_timer import log_timer
from tickets.operations.park_timer import park_timer
from tickets.operations.resume_timer import resume_timer
from tickets.operations.start_timer import start_timer
from tickets.refusals import Refusal

MAY = "tickets.add_timeentry"


class TimerSerializer(serializers.ModelSerializer[Timer]):
    """Work that is measured: the stretches that are over, and since when it runs."""

    class Meta:
        model = Timer
        fields = ("id", "ticket", "note", "stretches", "running_since", "begun_at")
        read_only_fields = ("note", "stretches", "running_since", "begun_at")


class TimerToLogSerializer(serializers.Serializer[Any]):
    """What the time entry of a timer says; ``seconds`` are those that the program has seen."""

    ticket = serializers.PrimaryKeyRelatedField(queryset=Ticket.objects.all())
    work_type = serializers.PrimaryKeyRelatedField(queryset=WorkType.objects.all())
    seconds = serializers.IntegerField(min_value=0)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class TimerViewSet(
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.DestroyModelMixin,
    viewsets.GenericViewSet[Timer],
):
    """One's own timers: list, read, start, go on, park, log, discard."""

    queryset = Timer.objects.all()
    serializer_class = TimerSerializer
    action_permissions = dict.fromkeys(
        ("list", "retrieve", "create", "destroy", "resume", "park", "log"), MAY
    )

    def get_queryset(self) -> QuerySet[Timer]:
        """Return the person's own."""
        return Timer.objects.visible_to(cast(User, self.request.user))

    @extend_schema(responses={201: TimerSerializer})
    def create(self, request: Request) -> Response:
        """Measure from now on; what runs is parked."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        ticket = serializer.validated_data.get("ticket")
        with telling(Refusal, Ticket.DoesNotExist):
            timer = start_timer(
                ticket_id=ticket.pk if ticket else None,
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(timer).data, status=201)

    def perform_destroy(self, instance: Timer) -> None:
        """Throw it away; nothing is logged."""
        with telling(Refusal):
            discard_timer(timer_id=instance.pk, actor=cast(User, self.request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str | None = None) -> Response:
        """Go on with a parked timer."""
        timer, actor = self.get_object(), cast(User, request.user)
        with telling(Refusal):
            timer = resume_timer(timer_id=timer.pk, actor=actor, now=timezone.now())
        return Response(self.get_serializer(timer).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def park(self, request: Request, pk: str | None = None) -> Response:
        """Stop measuring for now."""
        timer, actor = self.get_object(), cast(User, request.user)
        with telling(Refusal):
            timer = park_timer(timer_id=timer.pk, actor=actor, now=timezone.now())
        return Response(self.get_serializer(timer).data)

    @extend_schema(request=TimerToLogSerializer, responses={201: TimeEntrySerializer})
    @action(detail=True, methods=["post"])
    def log(self, request: Request, pk: str | None = None) -> Response:
        """Make a time entry of a parked timer."""
        timer = self.get_object()
        serializer = TimerToLogSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        with telling(Refusal, Ticket.DoesNotExist):
            entry = log_timer(
                timer_id=timer.pk,
                ticket_id=given["ticket"].pk,
                work=TimeWorked(work_type_id=given["work_type"].pk, note=given["note"]),
                seconds_seen=given["seconds"],
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(TimeEntrySerializer(entry).data, status=201)
