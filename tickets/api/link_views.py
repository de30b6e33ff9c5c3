"""Links between tickets and merges of tickets, for programs."""

from typing import cast

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework import mixins, serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from tickets.models import Ticket, TicketLink, TicketMerge
from tickets.operations.link_tickets import link_tickets
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.undo_merge import undo_merge
from tickets.operations.unlink_tickets import unlink_tickets
from tickets.refusals import Refusal


class TicketLinkSerializer(serializers.ModelSerializer[TicketLink]):
    """A ticket that has to do with another one of the same client, or is part of it."""

    class Meta:
        model = TicketLink
        fields = ("id", "ticket", "other", "kind", "made_by", "made_at")
        read_only_fields = ("made_by", "made_at")


class TicketLinkViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[TicketLink]):
    """Links between tickets: list, read, make, take away."""

    queryset = TicketLink.objects.all()
    serializer_class = TicketLinkSerializer
    filterset_fields = ("ticket", "other", "kind")

    def get_queryset(self) -> QuerySet[TicketLink]:
        """Return what this person may see."""
        return TicketLink.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Link two tickets."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        with telling(Refusal, Ticket.DoesNotExist):
            link = link_tickets(
                ticket_id=values["ticket"].pk,
                number=values["other"].number,
                kind=values.get("kind", "related"),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(link).data, status=201)

    def perform_destroy(self, instance: TicketLink) -> None:
        """Take the link away."""
        unlink_tickets(link_id=instance.pk, actor=cast(User, self.request.user))


class TicketMergeSerializer(serializers.ModelSerializer[TicketMerge]):
    """A ticket that goes on in another one; ``undone_at`` says when they were taken apart."""

    class Meta:
        model = TicketMerge
        fields = ("id", "ticket", "into", "merged_by", "merged_at", "undone_by", "undone_at")
        read_only_fields = ("merged_by", "merged_at", "undone_by", "undone_at")


class TicketMergeViewSet(mixins.DestroyModelMixin, viewsets.ReadOnlyModelViewSet[TicketMerge]):
    """Merges of tickets: list, read, merge, undo (which keeps the merge as undone)."""

    queryset = TicketMerge.objects.all()
    serializer_class = TicketMergeSerializer
    filterset_fields = ("ticket", "into")

    def get_queryset(self) -> QuerySet[TicketMerge]:
        """Return what this person may see."""
        return TicketMerge.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Let a ticket go on in another one."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        with telling(Refusal, Ticket.DoesNotExist):
            merge = merge_tickets(
                ticket_id=values["ticket"].pk,
                number=values["into"].number,
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(merge).data, status=201)

    def perform_destroy(self, instance: TicketMerge) -> None:
        """Take the two apart again."""
        actor = cast(User, self.request.user)
        undo_merge(merge_id=instance.pk, actor=actor, now=timezone.now())
