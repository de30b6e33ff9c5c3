"""Checklists of tickets, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from tickets.models import ChecklistItem, Ticket
from tickets.operations.add_to_checklist import add_to_checklist
from tickets.operations.remove_checklist_item import remove_checklist_item
from tickets.operations.tick_checklist_item import tick_checklist_item
from tickets.refusals import Refusal


class ChecklistItemSerializer(serializers.ModelSerializer[ChecklistItem]):
    """A point of a ticket's checklist; ``is_done`` ticks it off."""

    is_done = serializers.BooleanField(default=False)

    class Meta:
        model = ChecklistItem
        fields = ("id", "ticket", "text", "position", "is_done", "done_at", "done_by")
        read_only_fields = ("position", "done_at", "done_by")


class TickSerializer(serializers.Serializer[Any]):
    """Whether the point is done."""

    is_done = serializers.BooleanField()


class ChecklistItemViewSet(viewsets.ModelViewSet[ChecklistItem]):
    """Points of checklists: list, read, add, tick off, take out."""

    queryset = ChecklistItem.objects.all()
    serializer_class = ChecklistItemSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = ("ticket",)

    def get_queryset(self) -> QuerySet[ChecklistItem]:
        """Return what this person may see."""
        return ChecklistItem.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Add a point after those that are there."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values, user = serializer.validated_data, cast(User, request.user)
        with telling(Refusal, Ticket.DoesNotExist):
            [item] = add_to_checklist(
                ticket_id=values["ticket"].pk, texts=[values["text"]], actor=user
            )
        if values["is_done"]:
            item = tick_checklist_item(
                item_id=item.pk, is_done=True, actor=user, now=timezone.now()
            )
        return Response(self.get_serializer(item).data, status=201)

    @extend_schema(request=TickSerializer, responses=ChecklistItemSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Tick the point off, or open it again."""
        found = self.get_object()
        said = TickSerializer(data=request.data)
        said.is_valid(raise_exception=True)
        item = tick_checklist_item(
            item_id=found.pk,
            is_done=said.validated_data["is_done"],
            actor=cast(User, request.user),
            now=timezone.now(),
        )
        return Response(self.get_serializer(item).data)

    def perform_destroy(self, instance: ChecklistItem) -> None:
        """Take the point out."""
        remove_checklist_item(item_id=instance.pk, actor=cast(User, self.request.user))
