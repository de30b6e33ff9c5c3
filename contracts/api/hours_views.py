"""Included and prepaid hours, for programs: what was agreed and sold."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from catalog.models import WorkType
from contracts.api.hours_serializers import (
    AllowanceFactsSerializer,
    AllowanceSerializer,
    AllowanceTermsSerializer,
    BlockFactsSerializer,
    LastDaySerializer,
    PrepaidBlockSerializer,
    WeightSerializer,
    WeightsSerializer,
)
from contracts.models import Allowance, DrawWeight, PrepaidBlock
from contracts.operations._hours import HoursNotAcceptable, NewAllowance, NewBlock
from contracts.operations.add_allowance import add_allowance
from contracts.operations.cancel_block import cancel_block
from contracts.operations.change_allowance import change_allowance
from contracts.operations.end_allowance import end_allowance
from contracts.operations.remove_allowance import remove_allowance
from contracts.operations.sell_block import sell_block
from contracts.operations.set_draw_weights import Weight, set_draw_weights
from core.api.refusals import telling

CHANGE = "contracts.change_allowance"
CHANGE_BLOCK = "contracts.change_prepaidblock"
PORTAL = "accounts.use_portal_invoices"


class AllowanceViewSet(viewsets.ReadOnlyModelViewSet[Allowance]):
    """Hours a month: list, read, agree, change from a month on, rename, end, remove if undrawn."""

    queryset = Allowance.objects.all()
    serializer_class = AllowanceSerializer
    filterset_fields = ("contract", "contract__client")
    portal_permission = PORTAL
    action_permissions = dict.fromkeys(("change", "end", "partial_update", "destroy"), CHANGE)

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        found = Allowance.objects.visible_to(cast(User, self.request.user))
        return found.prefetch_related("work_types")

    @extend_schema(responses={201: AllowanceSerializer})
    def create(self, request: Request) -> Response:
        """Let a contract include hours every month."""
        values = _checked(AllowanceSerializer(data=request.data))
        contract = values.pop("contract")
        with telling(HoursNotAcceptable):
            made = add_allowance(contract_id=contract.pk, allowance=_terms(values))
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=AllowanceTermsSerializer, responses={201: AllowanceSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str | None = None) -> Response:
        """Let other hours follow from a month on from which nothing was drawn."""
        allowance = self.get_object()
        values = _checked(AllowanceTermsSerializer(data=request.data))
        with telling(HoursNotAcceptable):
            made = change_allowance(allowance_id=allowance.pk, terms=_terms(values))
        return Response(self.get_serializer(made).data, status=201)

    @extend_schema(request=AllowanceFactsSerializer, responses=AllowanceSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Rename hours, or say when to warn."""
        allowance = self.get_object()
        facts = AllowanceFactsSerializer(allowance, data=request.data, partial=True)
        facts.is_valid(raise_exception=True)
        return Response(self.get_serializer(facts.save()).data)

    @extend_schema(request=LastDaySerializer, responses=AllowanceSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str | None = None) -> Response:
        """Set the last day of the hours."""
        allowance = self.get_object()
        values = _checked(LastDaySerializer(data=request.data))
        with telling(HoursNotAcceptable):
            ended = end_allowance(allowance_id=allowance.pk, **values)
        return Response(self.get_serializer(ended).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Remove hours from which nothing was ever drawn."""
        allowance = self.get_object()
        with telling(HoursNotAcceptable):
            remove_allowance(allowance_id=allowance.pk)
        return Response(status=204)


class PrepaidBlockViewSet(viewsets.ReadOnlyModelViewSet[PrepaidBlock]):
    """Prepaid blocks: list, read, sell, warn, cancel while neither billed nor drawn from."""

    queryset = PrepaidBlock.objects.all()
    serializer_class = PrepaidBlockSerializer
    filterset_fields = ("client", "contract", "unit")
    portal_permission = PORTAL
    action_permissions = dict.fromkeys(("cancel", "partial_update"), CHANGE_BLOCK)

    def get_queryset(self) -> QuerySet[PrepaidBlock]:
        """Return what this person may see."""
        found = PrepaidBlock.objects.visible_to(cast(User, self.request.user))
        return found.prefetch_related("work_types")

    @extend_schema(responses={201: PrepaidBlockSerializer})
    def create(self, request: Request) -> Response:
        """Sell a block; the next billing run puts it on an invoice, once."""
        values = _checked(PrepaidBlockSerializer(data=request.data))
        client, contract = values.pop("client"), values.pop("contract", None)
        product = values.pop("product", None)
        block = NewBlock(
            contract_id=contract.pk if contract else None,
            product_id=product.pk if product else None,
            work_type_ids=_ids(values.pop("work_types", [])),
            **values,
        )
        with telling(HoursNotAcceptable):
            sold = sell_block(client_id=client.pk, block=block)
        return Response(self.get_serializer(sold).data, status=201)

    @extend_schema(request=BlockFactsSerializer, responses=PrepaidBlockSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Say when to warn about a block, and whether another one follows by itself."""
        facts = BlockFactsSerializer(self.get_object(), data=request.data, partial=True)
        facts.is_valid(raise_exception=True)
        return Response(self.get_serializer(facts.save()).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str | None = None) -> Response:
        """Take a sale back."""
        block = self.get_object()
        with telling(HoursNotAcceptable):
            cancelled = cancel_block(block_id=block.pk, cancelled_on=timezone.localdate())
        return Response(self.get_serializer(cancelled).data)


class DrawWeightViewSet(viewsets.ReadOnlyModelViewSet[DrawWeight]):
    """How much work counts when it draws from a contract's hours: list, read, set them all."""

    queryset = DrawWeight.objects.all()
    serializer_class = WeightSerializer
    filterset_fields = ("contract",)

    def get_queryset(self) -> QuerySet[Any]:
        """Return what this person may see."""
        return DrawWeight.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=WeightsSerializer, responses=WeightsSerializer)
    def create(self, request: Request) -> Response:
        """Let exactly these weights count for the contract from now on."""
        values = _checked(WeightsSerializer(data=request.data))
        weights = [
            Weight(row["factor"], _pk(row.get("work_type")), _pk(row.get("work_role")))
            for row in values["weights"]
        ]
        with telling(HoursNotAcceptable):
            set_draw_weights(contract_id=values["contract"].pk, weights=weights)
        return Response(WeightsSerializer(values).data)


def _terms(values: dict[str, Any]) -> NewAllowance:
    return NewAllowance(work_type_ids=_ids(values.pop("work_types", [])), **values)


def _ids(types: list[WorkType]) -> list[int]:
    return [one.pk for one in types]


def _pk(thing: Any) -> int | None:  # noqa: ANN401  (a work type or a role)
    return thing.pk if thing else None


def _checked(serializer: serializers.BaseSerializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
