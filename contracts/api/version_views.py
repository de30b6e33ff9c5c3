"""What lines of contracts cost from which day on, for programs: read, correct, take back."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from contracts.api.serializers import VersionOfLineSerializer, tiers_given
from contracts.models import LineVersion
from contracts.operations._line_rules import LineNotAcceptable
from contracts.operations.correct_version import correct_version
from contracts.operations.withdraw_version import withdraw_version
from core.api.refusals import telling

SEE = "contracts.view_contractline"
CHANGE = "contracts.change_contractline"


class LineVersionViewSet(viewsets.ReadOnlyModelViewSet[LineVersion]):
    """Quantities and prices of lines by day: list, read, correct, take back.

    A change from a day on is made at the line (``contract-lines/{id}/change/``).
    """

    queryset = LineVersion.objects.all()
    serializer_class = VersionOfLineSerializer
    filterset_fields = ("line", "line__contract", "line__contract__client")
    action_permissions = {"list": SEE, "retrieve": SEE, "partial_update": CHANGE, "destroy": CHANGE}

    def get_queryset(self) -> QuerySet[LineVersion]:
        """Return what this person may see."""
        return LineVersion.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=VersionOfLineSerializer, responses=VersionOfLineSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Put it right as if it had been entered like this; billed days follow as corrections."""
        version = self.get_object()
        given = VersionOfLineSerializer(version, data=request.data, partial=True)
        given.is_valid(raise_exception=True)
        values: dict[str, Any] = {
            "starts_on": version.starts_on,
            **tiers_given(dict(given.validated_data)),
        }
        with telling(LineNotAcceptable):
            corrected = correct_version(version_id=version.pk, **values)
        return Response(self.get_serializer(corrected).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take a change back; the price before it holds on."""
        version = self.get_object()
        with telling(LineNotAcceptable):
            withdraw_version(version_id=version.pk)
        return Response(status=204)
