"""Tickets, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from catalog.models import Category
from core.api.refusals import telling
from tickets.api import serializers
from tickets.api.desk_views import DeskActions
from tickets.api.ticket_filter import ApiTicketFilter
from tickets.models import Note, ServiceBoard, Ticket, TicketStatus
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.edit_ticket import TicketChanges, edit_ticket
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.operations.write_note import write_note
from tickets.refusals import Refusal

REFERENCES = ("client", "board", "category", "contact", "site", "asset", "sla_policy", "template")


def _by_id(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values with the objects they refer to named by id."""
    return {
        f"{name}_id" if name in REFERENCES else name: getattr(value, "pk", value)
        if name in REFERENCES
        else value
        for name, value in values.items()
    }


class ServiceBoardViewSet(viewsets.ReadOnlyModelViewSet[ServiceBoard]):
    """Service boards."""

    queryset = ServiceBoard.objects.all()
    serializer_class = serializers.ServiceBoardSerializer


class TicketStatusViewSet(viewsets.ReadOnlyModelViewSet[TicketStatus]):
    """The states a ticket can be in."""

    queryset = TicketStatus.objects.all()
    serializer_class = serializers.TicketStatusSerializer


class CategoryViewSet(viewsets.ReadOnlyModelViewSet[Category]):
    """What tickets are about."""

    queryset = Category.objects.all()
    serializer_class = serializers.CategorySerializer


class TicketViewSet(DeskActions, viewsets.ReadOnlyModelViewSet[Ticket]):
    """Tickets: list, read, open, change, assign, move to another status."""

    queryset = Ticket.objects.all()
    serializer_class = serializers.TicketSerializer
    filterset_class = ApiTicketFilter
    portal_permission = "accounts.use_portal"

    def get_queryset(self) -> QuerySet[Ticket]:
        """Return what this person may see."""
        return Ticket.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Open a ticket."""
        values = _checked(self.get_serializer(data=request.data))
        user = cast(User, request.user)
        values.pop("status", None)
        assignee = values.pop("assignee", None)
        new = NewTicket(assignee_id=assignee.pk if assignee else None, **_by_id(values))
        with telling(Refusal):
            ticket = open_ticket(new=new, actor=user, now=timezone.now())
        return Response(self.get_serializer(ticket).data, status=201)

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change properties, the person or the status of a ticket."""
        ticket = self.get_object()
        values = _checked(self.get_serializer(ticket, data=request.data, partial=True))
        user = cast(User, request.user)
        status, now = values.pop("status", None), timezone.now()
        values.pop("template", None)
        with telling(Refusal):
            if "assignee" in values:
                person = values.pop("assignee")
                assign_ticket(
                    ticket_id=ticket.pk,
                    assignee_id=person.pk if person else None,
                    actor=user,
                    now=now,
                )
            if values:
                changes = cast(TicketChanges, _by_id(values))
                edit_ticket(ticket_id=ticket.pk, changes=changes, actor=user, now=now)
            if status is not None:
                change_status(ticket_id=ticket.pk, status_id=status.pk, actor=user, now=now)
        return Response(self.get_serializer(self.get_object()).data)


class NoteViewSet(mixins.CreateModelMixin, viewsets.ReadOnlyModelViewSet[Note]):
    """Replies and internal notes: list, read, write."""

    queryset = Note.objects.all()
    serializer_class = serializers.NoteSerializer
    filterset_fields = ("ticket", "is_public")
    portal_permission = "accounts.use_portal"

    def get_queryset(self) -> QuerySet[Note]:
        """Return what this person may see."""
        return Note.objects.visible_to(cast(User, self.request.user))

    @extend_schema(responses={201: serializers.NoteSerializer})
    def create(self, request: Request) -> Response:
        """Write on a ticket."""
        values = _checked(self.get_serializer(data=request.data))
        with telling(Refusal, Ticket.DoesNotExist):
            note = write_note(
                ticket_id=values["ticket"].pk,
                body=values["body"],
                is_public=values.get("is_public", True),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(note).data, status=201)


def _checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
