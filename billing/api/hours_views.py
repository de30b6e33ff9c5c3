"""What is left of hours, and what was drawn from them, for programs."""

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.explain import explain
from billing.hours import STANDINGS
from billing.models import Charge, Claim
from billing.queries.balances import HoursBalance, balances_of
from clients.models import Client, LegalEntity
from contracts.models import Allowance, BlockUnit, PrepaidBlock

PORTAL = "accounts.use_portal_invoices"


def _quantity(**kwargs: Any) -> serializers.DecimalField:  # noqa: ANN401  (the field's arguments)
    return serializers.DecimalField(max_digits=14, decimal_places=4, **kwargs)


class MonthBalanceSerializer(serializers.Serializer[Any]):
    """One month: carried_in + granted = drawn + expired + left."""

    starts_on = serializers.DateField(source="period.start")
    last_day_on = serializers.DateField(source="period.last_day")
    carried_in = _quantity()
    granted = _quantity()
    drawn = _quantity()
    expired = _quantity()
    left = _quantity()


class HoursBalanceSerializer(serializers.Serializer[Any]):
    """An allowance or a block as it stands after the day; minutes, money or incidents by unit.

    Drawn and left count issued, drafted and open work; ``open_drawn`` is on no document yet.
    """

    kind = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="row.pk")
    name = serializers.CharField(source="row.name")
    contract = serializers.IntegerField(source="row.contract_id", allow_null=True)
    unit = serializers.ChoiceField(choices=BlockUnit.choices)
    state = serializers.ChoiceField(source="standing.code", choices=STANDINGS)
    at_hand = _quantity()
    drawn = _quantity()
    open_drawn = _quantity()
    left = _quantity()
    warns_at = _quantity(source="threshold", allow_null=True)
    usable_through_on = serializers.DateField(source="usable_through", allow_null=True)
    months = MonthBalanceSerializer(source="statement.months", many=True)

    @extend_schema_field(serializers.ChoiceField(choices=["allowance", "prepaid_block"]))
    def get_kind(self, balance: HoursBalance) -> str:
        """Return what it is."""
        return "prepaid_block" if balance.is_block else "allowance"


class ClientHoursSerializer(serializers.Serializer[Any]):
    """All hours of a client, those long over too."""

    client = serializers.IntegerField()
    currency = serializers.CharField()
    through_on = serializers.DateField()
    hours = HoursBalanceSerializer(many=True)


class HourDrawSerializer(serializers.ModelSerializer[Charge]):
    """Work that hours paid for; negative where it was given back."""

    worked_on = serializers.DateField(source="starts_on")
    quantity = serializers.SerializerMethodField()
    allowance = serializers.SerializerMethodField()
    month_on = serializers.SerializerMethodField()
    prepaid_block = serializers.SerializerMethodField()
    explanation = serializers.SerializerMethodField()

    class Meta:
        model = Charge
        fields = (
            "id",
            "client",
            "ticket",
            "invoice",
            "worked_on",
            "quantity",
            "allowance",
            "month_on",
            "prepaid_block",
            "explanation",
        )

    @extend_schema_field(_quantity())
    def get_quantity(self, charge: Charge) -> str:
        """Return what was taken: minutes, money or incidents."""
        return str(_claim(charge).drawn_quantity)

    def get_allowance(self, charge: Charge) -> int | None:
        """Return the allowance it was taken from."""
        return _claim(charge).allowance_id

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_month_on(self, charge: Charge) -> str | None:
        """Return the first day of the month that granted it."""
        month = _claim(charge).bucket_on
        return month.isoformat() if month else None

    def get_prepaid_block(self, charge: Charge) -> int | None:
        """Return the block it was taken from."""
        return _claim(charge).drawn_block_id

    def get_explanation(self, charge: Charge) -> str:
        """Return the sentence that explains it, in the reader's language."""
        return explain(charge)


class HourBalanceViewSet(viewsets.GenericViewSet[Client]):
    """What clients have left of included and prepaid hours today, client by client."""

    queryset = Client.objects.all()
    serializer_class = ClientHoursSerializer
    filterset_fields = ("id", "code")
    portal_permission = PORTAL

    def get_queryset(self) -> QuerySet[Client]:
        """Return the clients with hours whose money this person may see."""
        clients = Client.objects.with_money_visible_to(cast(User, self.request.user))
        own = OuterRef("pk")
        allowances = Allowance.objects.filter(contract__client=own)
        blocks = PrepaidBlock.objects.filter(client=own)
        return clients.filter(Exists(allowances) | Exists(blocks)).order_by("pk")

    @extend_schema(responses=ClientHoursSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return a page of clients with their hours."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self._hours_of(page or []))

    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Return the hours of one client."""
        return Response(self._hours_of([self.get_object()])[0])

    def _hours_of(self, clients: Sequence[Client]) -> "Sequence[dict[str, Any]]":
        entity = LegalEntity.objects.current()
        today = timezone.localdate(timezone=entity.zone)
        by_client: dict[int, list[HoursBalance]] = {}
        for balance in balances_of(clients, entity, today):
            by_client.setdefault(balance.client.pk, []).append(balance)
        rows = [
            {
                "client": client.pk,
                "currency": client.currency,
                "through_on": today,
                "hours": by_client.get(client.pk, []),
            }
            for client in clients
        ]
        return list(ClientHoursSerializer(rows, many=True).data)


class HourDrawViewSet(viewsets.ReadOnlyModelViewSet[Charge]):
    """Each piece of work that live charges paid for with hours, with its ticket and invoice."""

    queryset = Charge.objects.all()
    serializer_class = HourDrawSerializer
    filterset_fields = ("client", "ticket", "invoice", "claims__allowance", "claims__drawn_block")
    portal_permission = PORTAL

    def get_queryset(self) -> QuerySet[Charge]:
        """Return what this person may see."""
        drawing = Claim.objects.filter(
            Q(allowance__isnull=False) | Q(drawn_block__isnull=False),
            charge=OuterRef("pk"),
            released_at=None,
        )
        charges = Charge.objects.visible_to(cast(User, self.request.user))
        return charges.filter(Exists(drawing)).prefetch_related("claims").order_by("-pk")


def _claim(charge: Charge) -> Claim:
    """Return the claim that draws; a piece of work lays one claim."""
    return next(iter(charge.claims.all()))
