"""Followers of tickets, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from tickets.models import Ticket, TicketFollower
from tickets.operations.add_follower import add_follower
from tickets.operations.remove_follower import remove_follower
from tickets.refusals import Refusal


class TicketFollowerSerializer(serializers.ModelSerializer[TicketFollower]):
    """Somebody who follows a ticket: either ``person``, a colleague, or ``contact``."""

    class Meta:
        model = TicketFollower
        fields = ("id", "ticket", "person", "contact", "source", "added_by", "added_at")
        read_only_fields = ("source", "added_by", "added_at")
        validators: list[Any] = []  # who follows already goes on doing so

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """See that exactly one of the two is named."""
        if bool(attrs.get("person")) == bool(attrs.get("contact")):
            raise serializers.ValidationError("Name either a person or a contact.")
        return attrs


class TicketFollowerViewSet(
    mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[TicketFollower]
):
    """Followers: list, read, add, take off."""

    queryset = TicketFollower.objects.all()
    serializer_class = TicketFollowerSerializer
    filterset_fields = ("ticket", "person", "contact")

    def get_queryset(self) -> QuerySet[TicketFollower]:
        """Return what this person may see."""
        return TicketFollower.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Let a colleague or a contact of the client follow a ticket."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        person, contact = values.get("person"), values.get("contact")
        with telling(Refusal, Ticket.DoesNotExist):
            row = add_follower(
                ticket_id=values["ticket"].pk,
                person_id=person.pk if person else None,
                contact_id=contact.pk if contact else None,
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(row).data, status=201)

    def perform_destroy(self, instance: TicketFollower) -> None:
        """Take the follower off."""
        remove_follower(follower_id=instance.pk, actor=cast(User, self.request.user))
