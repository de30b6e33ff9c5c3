"""Statements of account over the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from clients.models import Client, LegalEntity
from collecting.api.reminder_serializers import OfClientSerializer
from collecting.api.reminder_views import checked, user_of
from collecting.models import SentStatement
from collecting.operations.send_statement import CollectingRefused, send_statement
from collecting.queries.statements import CurrencyStatement, statements_of
from core.api.refusals import telling

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class SentStatementSerializer(serializers.ModelSerializer[SentStatement]):
    """A statement of account that was sent."""

    class Meta:
        model = SentStatement
        fields = ("id", "client", "first_on", "last_on", "asked_at", "recipients")


class StatementSpanSerializer(OfClientSerializer):
    """Whose account, from which day through which."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse days that are not in order."""
        if attrs["last_on"] < attrs["first_on"]:
            raise serializers.ValidationError({"last_on": "The last day lies before the first."})
        return attrs


class StatementLineSerializer(serializers.Serializer[Any]):
    """A document, payment or credit, and what was owed after it."""

    day = serializers.DateField(source="move.day")
    kind = serializers.CharField(source="move.kind")
    text = serializers.CharField(source="move.text")
    amount = serializers.DecimalField(source="move.amount", **MONEY)
    balance = serializers.DecimalField(**MONEY)


class AccountStatementSerializer(serializers.Serializer[Any]):
    """A client's account in one currency; ``ages`` go from not due to over 90 days late."""

    currency = serializers.CharField()
    opening = serializers.DecimalField(source="statement.opening", **MONEY)
    lines = StatementLineSerializer(source="statement.lines", many=True)
    closing = serializers.DecimalField(source="statement.closing", **MONEY)
    credit = serializers.DecimalField(source="statement.credit", **MONEY)
    ages = serializers.ListField(source="statement.parts", child=serializers.DecimalField(**MONEY))


class StatementViewSet(viewsets.ReadOnlyModelViewSet[SentStatement]):
    """Statements of account: those that were sent, sending one, and reading an account."""

    queryset = SentStatement.objects.all()
    serializer_class = SentStatementSerializer
    filterset_fields = ("client",)

    def get_queryset(self) -> QuerySet[SentStatement]:
        """Return what this person may see."""
        return SentStatement.objects.visible_to(user_of(self.request))

    @extend_schema(request=StatementSpanSerializer, responses={201: SentStatementSerializer})
    def create(self, request: Request) -> Response:
        """Send a statement to its client."""
        values = checked(StatementSpanSerializer(data=request.data))
        with telling(CollectingRefused):
            sent = send_statement(
                client_id=values["client"].pk,
                first_on=values["first_on"],
                last_on=values["last_on"],
                actor=user_of(request),
                now=timezone.now(),
            )
        return Response(self.get_serializer(sent).data, status=201)

    @extend_schema(
        parameters=[StatementSpanSerializer],
        responses=AccountStatementSerializer(many=True),
        filters=False,
    )
    @action(detail=False, url_path="of-client", pagination_class=None)
    def of_client(self, request: Request) -> Response:
        """Read a client's account over some days, currency by currency."""
        values = checked(StatementSpanSerializer(data=request.query_params))
        visible = Client.objects.with_money_visible_to(user_of(request))
        client = get_object_or_404(visible, pk=values["client"].pk)
        zone = LegalEntity.objects.current().zone
        found: list[CurrencyStatement] = statements_of(
            client, values["first_on"], values["last_on"], zone
        )
        return Response(AccountStatementSerializer(found, many=True).data)
