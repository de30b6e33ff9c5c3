"""Canned replies, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers, viewsets
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from tickets.domain.placeholders import unknown_places
from tickets.models import CannedReply


class CannedReplySerializer(serializers.ModelSerializer[CannedReply]):
    """An answer kept ready; ``is_mine`` keeps it for oneself."""

    is_mine = serializers.BooleanField(source="is_owned", default=False)

    class Meta:
        model = CannedReply
        fields = ("id", "title", "body", "is_mine")

    def validate_body(self, body: str) -> str:
        """Refuse places that nothing would fill.

        :raises serializers.ValidationError: there is one
        """
        if unknown := unknown_places(body):
            named = " ".join(f"{{{name}}}" for name in unknown)
            raise serializers.ValidationError(_("Nothing fills %(places)s.") % {"places": named})
        return body


class CannedReplyViewSet(viewsets.ModelViewSet[CannedReply]):
    """Canned replies: list, read, keep, change, throw away."""

    queryset = CannedReply.objects.all()
    serializer_class = CannedReplySerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet[CannedReply]:
        """Return what this person may use."""
        return CannedReply.objects.visible_to(cast(User, self.request.user))

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Keep a new one."""
        self._keep(serializer)

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        """Change one."""
        self._keep(serializer)

    def _keep(self, serializer: BaseSerializer[Any]) -> None:
        is_mine = serializer.validated_data.pop("is_owned", None)
        owner = {} if is_mine is None else {"owner": self.request.user if is_mine else None}
        serializer.save(**owner)
