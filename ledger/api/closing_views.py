"""Closed periods, for programs."""

from typing import Any, cast

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.models import Closing, ClosingKind
from billing.operations.close_period import ClosingRefused, Ending
from clients.models import LegalEntity
from core.api.refusals import telling
from ledger.closing import close_books


class ClosingSerializer(serializers.ModelSerializer[Closing]):
    """A closed period; ``totals`` by currency, those named perpetual since the first document."""

    totals = serializers.DictField(child=serializers.DictField(child=serializers.CharField()))

    class Meta:
        model = Closing
        fields = (
            "id",
            "legal_entity",
            "kind",
            "starts_on",
            "last_day_on",
            "totals",
            "recorded_at",
        )
        read_only_fields = fields


class NewClosingSerializer(serializers.Serializer[Any]):
    """Which period is closed, by its last day."""

    legal_entity = serializers.PrimaryKeyRelatedField(queryset=LegalEntity.objects.all())
    kind = serializers.ChoiceField(choices=ClosingKind.choices)
    last_day_on = serializers.DateField()


class ClosingViewSet(viewsets.ReadOnlyModelViewSet[Closing]):
    """Closed periods: list, read, close the next one."""

    queryset = Closing.objects.all()
    serializer_class = ClosingSerializer
    filterset_fields = ("legal_entity", "kind", "last_day_on")

    @extend_schema(request=NewClosingSerializer, responses={201: ClosingSerializer})
    def create(self, request: Request) -> Response:
        """Close a period for good."""
        asked = NewClosingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        entity = values["legal_entity"]
        with telling(ClosingRefused):
            done = close_books(
                entity=entity,
                ending=Ending(values["kind"], values["last_day_on"]),
                today=timezone.localdate(timezone=entity.zone),
                actor=cast(User, request.user),
            )
        return Response(self.get_serializer(done).data, status=201)
