"""Appointments, leave and one's calendar feed, for programs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import Refused, refusal, telling
from tickets.calendar_feed import address_of
from tickets.domain.scheduling import Booking
from tickets.models import Appointment, CalendarFeed, Leave, Ticket
from tickets.operations.book_appointment import book_appointment
from tickets.operations.cancel_appointment import cancel_appointment
from tickets.operations.enter_leave import enter_leave
from tickets.operations.make_feed import make_feed
from tickets.operations.move_appointment import move_appointment
from tickets.operations.remove_leave import remove_leave
from tickets.operations.revoke_feed import revoke_feed
from tickets.refusals import Refusal, SlotConflicts

MAY_FEED = "tickets.view_appointment"


class AppointmentSerializer(serializers.ModelSerializer[Appointment]):
    """When somebody works on a ticket.

    Where something stands against the time, the answer is 409 and names it in ``fields.accepted``;
    send exactly these names as ``accepted`` to book all the same. With ``seen``, the ``revision``
    that was read, a change made meanwhile is refused instead of overwritten.
    """

    accepted = serializers.ListField(
        child=serializers.CharField(max_length=40), write_only=True, required=False
    )
    seen = serializers.IntegerField(min_value=0, write_only=True, required=False)

    class Meta:
        model = Appointment
        fields = (
            "id", "ticket", "technician", "starts_at", "ends_at", "note", "booked_by", "revision",
            "changed_at", "cancelled_at", "accepted", "seen",
        )  # fmt: skip
        read_only_fields = ("booked_by", "revision", "changed_at", "cancelled_at")


class LeaveSerializer(serializers.ModelSerializer[Leave]):
    """When one of the firm's people is away: one's own, or anybody's to those who plan."""

    class Meta:
        model = Leave
        fields = ("id", "person", "starts_at", "ends_at", "reason")


class CalendarFeedSerializer(serializers.ModelSerializer[CalendarFeed]):
    """One's own calendar feed; ``address`` is told once, when it is made."""

    address = serializers.CharField(read_only=True, required=False)

    class Meta:
        model = CalendarFeed
        fields = ("id", "made_at", "address")
        read_only_fields = ("made_at",)


class AppointmentViewSet(viewsets.ModelViewSet[Appointment]):
    """Appointments: list, read, book, move, cancel (by deleting)."""

    queryset = Appointment.objects.all()
    serializer_class = AppointmentSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = {
        "ticket": ["exact"],
        "technician": ["exact"],
        "starts_at": ["gte", "lt"],
        "ends_at": ["gt", "lte"],
        "cancelled_at": ["isnull"],
    }

    def get_queryset(self) -> QuerySet[Appointment]:
        """Return what this person may see."""
        return Appointment.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (DRF's own)
        """Book somebody for a ticket; what stands against it must be accepted by name."""
        return _or_conflicts(super().create, request, *args, **kwargs)

    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (DRF's own)
        """Move it; what stands against the new time must be accepted by name."""
        return _or_conflicts(super().update, request, *args, **kwargs)

    def perform_create(self, serializer: Any) -> None:  # noqa: ANN401  (a serializer of its own)
        """Book it."""
        given = serializer.validated_data
        with _telling():
            serializer.instance = book_appointment(
                ticket_id=given["ticket"].pk,
                booking=_booking(given),
                actor=cast(User, self.request.user),
                now=timezone.now(),
            )

    def perform_update(self, serializer: Any) -> None:  # noqa: ANN401  (a serializer of its own)
        """Move it; its ticket stays."""
        given = serializer.validated_data
        with _telling():
            serializer.instance = move_appointment(
                appointment_id=serializer.instance.pk,
                booking=_booking(given, serializer.instance),
                actor=cast(User, self.request.user),
                now=timezone.now(),
                seen=given.get("seen"),
            )

    def perform_destroy(self, instance: Appointment) -> None:
        """Cancel it; it stays, so that calendars are told."""
        with telling(Refusal):
            cancel_appointment(
                appointment_id=instance.pk,
                actor=cast(User, self.request.user),
                now=timezone.now(),
            )


class LeaveViewSet(viewsets.ModelViewSet[Leave]):
    """Leave: list, read, enter, change, remove."""

    queryset = Leave.objects.all()
    serializer_class = LeaveSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = {"person": ["exact"], "starts_at": ["lt"], "ends_at": ["gt"]}

    def get_queryset(self) -> QuerySet[Leave]:
        """Return what this person plans: their own, or everybody's."""
        return Leave.objects.visible_to(cast(User, self.request.user))

    def perform_create(self, serializer: Any) -> None:  # noqa: ANN401  (a serializer of its own)
        """Enter it."""
        serializer.instance = self._enter(serializer.validated_data, None)

    def perform_update(self, serializer: Any) -> None:  # noqa: ANN401  (a serializer of its own)
        """Change it."""
        serializer.instance = self._enter(serializer.validated_data, serializer.instance)

    def perform_destroy(self, instance: Leave) -> None:
        """Remove it."""
        with telling(Refusal):
            remove_leave(leave_id=instance.pk, actor=cast(User, self.request.user))

    def _enter(self, given: dict[str, Any], row: Leave | None) -> Leave:
        with telling(Refusal, Leave.DoesNotExist):
            return enter_leave(
                person_id=_said("person", given, row).pk,
                starts_at=_said("starts_at", given, row),
                ends_at=_said("ends_at", given, row),
                reason=_said("reason", given, row),
                actor=cast(User, self.request.user),
                leave_id=row.pk if row else None,
            )


class CalendarFeedViewSet(
    mixins.ListModelMixin, mixins.DestroyModelMixin, viewsets.GenericViewSet[CalendarFeed]
):
    """One's own calendar feed: look, make (which closes the old address), close."""

    queryset = CalendarFeed.objects.all()
    serializer_class = CalendarFeedSerializer
    action_permissions = dict.fromkeys(("list", "create", "destroy"), MAY_FEED)

    def get_queryset(self) -> QuerySet[CalendarFeed]:
        """Return the person's own."""
        return CalendarFeed.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=None, responses={201: CalendarFeedSerializer})
    def create(self, request: Request) -> Response:
        """Make an address; this answer is the only one that tells it."""
        with telling(Refusal):
            made = make_feed(actor=cast(User, request.user), now=timezone.now())
        told = {**self.get_serializer(made.feed).data, "address": address_of(made.token)}
        return Response(told, status=201)

    def perform_destroy(self, instance: CalendarFeed) -> None:
        """Close the address."""
        with telling(Refusal):
            revoke_feed(actor=cast(User, self.request.user))


def _said(name: str, given: dict[str, Any], row: Appointment | Leave | None) -> Any:  # noqa: ANN401  (the value of any field)
    """Return what was sent of a field, else what the row says."""
    return given[name] if name in given else getattr(row, name, None)


def _booking(given: dict[str, Any], row: Appointment | None = None) -> Booking:
    return Booking(
        technician_id=_said("technician", given, row).pk,
        starts_at=_said("starts_at", given, row),
        ends_at=_said("ends_at", given, row),
        note=_said("note", given, row) or "",
        accepted=frozenset(given.get("accepted", ())),
    )


@contextmanager
def _telling() -> Iterator[None]:
    """Turn refusals into answers; conflicts go on to be answered with their names."""
    try:
        yield
    except SlotConflicts:
        raise
    except (Refusal, Ticket.DoesNotExist) as error:
        raise Refused(str(error), getattr(error, "field", "")) from error


def _or_conflicts(
    deed: Callable[..., Response],
    request: Request,
    *args: Any,  # noqa: ANN401  (DRF's own)
    **kwargs: Any,  # noqa: ANN401  (DRF's own)
) -> Response:
    """Answer 409 with the names of the conflicts, as they must be accepted."""
    try:
        return deed(request, *args, **kwargs)
    except SlotConflicts as found:
        return refusal("conflict", str(found), fields={"accepted": found.keys})
