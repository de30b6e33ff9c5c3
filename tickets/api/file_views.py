"""Files of tickets, for programs."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request

from accounts.models import User
from tickets.models import Attachment
from tickets.serving import serve


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file that came with a note; its content is at ``content/``."""

    class Meta:
        model = Attachment
        fields = ("id", "ticket", "note", "name", "content_type", "size", "sha256", "added_at")


class AttachmentViewSet(viewsets.ReadOnlyModelViewSet[Attachment]):
    """Files that came with replies, notes and mails: list, read, download."""

    queryset = Attachment.objects.all()
    serializer_class = AttachmentSerializer
    filterset_fields = ("ticket", "note")
    portal_permission = "accounts.use_portal"

    def get_queryset(self) -> QuerySet[Attachment]:
        """Return what this person may see."""
        return Attachment.objects.visible_to(cast(User, self.request.user))

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def content(self, request: Request, pk: str | None = None) -> HttpResponseBase:
        """Give out the file itself."""
        return serve(self.get_object())
