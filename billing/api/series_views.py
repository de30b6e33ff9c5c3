"""Series of numbers, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.models import DocumentKind, NumberSeries
from billing.operations.set_series import SeriesRefused, set_series
from clients.models import LegalEntity
from core.api.refusals import telling


class NumberSeriesSerializer(serializers.ModelSerializer[NumberSeries]):
    """A series that gave numbers or was told how to begin; ``next_number`` comes next."""

    next_number = serializers.SerializerMethodField()

    class Meta:
        model = NumberSeries
        fields = (
            "id",
            "legal_entity",
            "document_kind",
            "year",
            "prefix",
            "last",
            "last_issued_on",
            "next_number",
        )

    def get_next_number(self, series: NumberSeries) -> str:
        """Return the number that the next document gets."""
        return f"{series.prefix}-{series.year}-{series.last + 1:05d}"


class NewSeriesSerializer(serializers.Serializer[Any]):
    """How the numbers of one company, kind and year begin."""

    legal_entity = serializers.PrimaryKeyRelatedField(queryset=LegalEntity.objects.all())
    document_kind = serializers.ChoiceField(choices=DocumentKind.choices)
    year = serializers.IntegerField(min_value=2000, max_value=9999)
    prefix = serializers.CharField(max_length=8)


class NumberSeriesViewSet(viewsets.ReadOnlyModelViewSet[NumberSeries]):
    """Series of numbers: list, read, say how one begins."""

    queryset = NumberSeries.objects.all()
    serializer_class = NumberSeriesSerializer
    filterset_fields = ("legal_entity", "document_kind", "year")
    http_method_names = ["get", "post", "head", "options"]

    def get_queryset(self) -> QuerySet[NumberSeries]:
        """Return all series: the firm's own people alone may read them."""
        visible = NumberSeries.objects.visible_to(cast(User, self.request.user))
        return visible.order_by("-year", "legal_entity", "document_kind")

    @extend_schema(request=NewSeriesSerializer, responses={201: NumberSeriesSerializer})
    def create(self, request: Request) -> Response:
        """Say how a series begins that has given no number yet."""
        serializer = NewSeriesSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        entity: LegalEntity = values.pop("legal_entity")
        this_year = timezone.localdate(timezone=entity.zone).year
        with telling(SeriesRefused):
            made = set_series(legal_entity_id=entity.pk, this_year=this_year, **values)
        return Response(self.get_serializer(made).data, status=201)
