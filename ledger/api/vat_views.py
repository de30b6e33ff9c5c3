"""The tax report of a period, for programs."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import LegalEntity
from ledger.domain.vat import Basis
from ledger.models import Entry
from ledger.queries.vat import Report, unused_money, vat_report
from ledger.queries.vat_sources import Span
from ledger.queries.waiting import rate_words
from ledger.vat_lists import MovementRow, movements_of, rows_of

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class VatAskedSerializer(serializers.Serializer[Any]):
    """The days, both included, the company and the basis; ``row`` names one row of the report."""

    legal_entity = serializers.PrimaryKeyRelatedField(queryset=LegalEntity.objects.all())
    since = serializers.DateField()
    until = serializers.DateField()
    basis = serializers.ChoiceField(choices=[one.value for one in Basis], default=Basis.DUE.value)
    row = serializers.CharField(required=False, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse days that run backwards."""
        if attrs["until"] < attrs["since"]:
            words = _("The last day comes before the first.")
            raise serializers.ValidationError({"until": words})
        return attrs


class VatRowSerializer(serializers.Serializer[Any]):
    """What counts in one situation, at one rate, of goods or services."""

    row = serializers.CharField(source="part.sort.key")
    situation = serializers.CharField(source="part.sort.situation")
    rate = serializers.DecimalField(source="part.sort.rate", max_digits=5, decimal_places=2)
    is_goods = serializers.BooleanField(source="part.sort.is_goods")
    base = serializers.DecimalField(**MONEY)
    tax = serializers.DecimalField(**MONEY)


class VatMovementSerializer(VatRowSerializer):
    """What counts by one happening: ``why`` is issue, credit, payment, release or write_off."""

    day = serializers.DateField(source="movement.day")
    why = serializers.CharField(source="movement.why")
    document = serializers.IntegerField(source="movement.document.id")
    number = serializers.CharField(source="movement.document.number")
    client = serializers.IntegerField(source="movement.document.client_id")
    payment = serializers.IntegerField(source="movement.payment_id", allow_null=True)


class VatReportSerializer(serializers.Serializer[Any]):
    """The report: rows in ``currency``, what is left out, and money that pays no document yet."""

    currency = serializers.CharField(source="entity.currency")
    rows = VatRowSerializer(many=True)
    lacking = serializers.ListField(child=serializers.CharField())
    unused = serializers.DictField(child=serializers.DecimalField(**MONEY))


class VatReportViewSet(viewsets.GenericViewSet[Entry]):
    """What VAT counts in a period."""

    queryset = Entry.objects.none()
    serializer_class = VatMovementSerializer
    filterset_fields = ()
    action_permissions: ClassVar = {"list": "ledger.view_entry", "documents": "ledger.view_entry"}

    @extend_schema(parameters=[VatAskedSerializer], responses=VatReportSerializer, filters=False)
    def list(self, request: Request) -> Response:
        """Return what counts, by situation, rate, goods and services."""
        report, _row = self._report(request)
        said = {
            "entity": report.entity,
            "rows": rows_of(report),
            "lacking": [rate_words(one) for one in report.lacking],
            "unused": unused_money(report.entity, report.span),
        }
        return Response(VatReportSerializer(said).data)

    @extend_schema(
        parameters=[VatAskedSerializer], responses=VatMovementSerializer(many=True), filters=False
    )
    @action(detail=False)
    def documents(self, request: Request) -> Response:
        """Return the documents and payments of the report, or of one row of it."""
        report, row = self._report(request)
        found: Any = movements_of(report, row)
        page: list[MovementRow] = self.paginate_queryset(found) or []
        return self.get_paginated_response(VatMovementSerializer(page, many=True).data)

    def _report(self, request: Request) -> tuple[Report, str]:
        asked = VatAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        span = Span(values["since"], values["until"])
        report = vat_report(values["legal_entity"], span, Basis(values["basis"]))
        return report, values["row"]
