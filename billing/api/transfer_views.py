"""Contracts that go on at another client, for programs."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.queries.blocks_left import BlockLeft, blocks_left
from clients.models import Client, LegalEntity
from contracts.models import Contract, PrepaidBlock
from contracts.operations._ending import ContractNotEndable
from contracts.operations._hours import HoursDrawn
from contracts.operations.transfer_contract import TransferNotPossible, transfer_contract
from contracts.operations.undo_transfer import TransferNotUndoable, undo_transfer
from core.api.refusals import telling

CHANGE = "contracts.change_contract"


class BlockLeftSerializer(serializers.Serializer[Any]):
    """What is left of a prepaid block, and what of it open work does not need."""

    block = serializers.IntegerField(source="block.pk")
    name = serializers.CharField(source="block.name")
    unit = serializers.CharField(source="block.unit")
    left = serializers.DecimalField(max_digits=12, decimal_places=4)
    open_drawn = serializers.DecimalField(max_digits=12, decimal_places=4)
    offered = serializers.DecimalField(max_digits=12, decimal_places=4)


class TransferableSerializer(serializers.Serializer[Any]):
    """A contract with what is left of its blocks to go along."""

    contract = serializers.IntegerField(source="pk")
    client = serializers.IntegerField(source="client_id")
    number = serializers.CharField()
    blocks = BlockLeftSerializer(many=True)


class MovedBlockSerializer(serializers.Serializer[Any]):
    """How much goes along of a block, in its own unit (hours in minutes)."""

    block = serializers.PrimaryKeyRelatedField(queryset=PrepaidBlock.objects.all())
    quantity = serializers.DecimalField(max_digits=12, decimal_places=4, min_value=Decimal(0))


class TransferSerializer(serializers.Serializer[Any]):
    """To whom and from when on; without ``blocks`` goes along what open work does not need."""

    contract = serializers.PrimaryKeyRelatedField(queryset=Contract.objects.all())
    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.current())
    first_day = serializers.DateField()
    number = serializers.CharField(max_length=20)
    blocks = MovedBlockSerializer(many=True, required=False)


class TransferredSerializer(serializers.ModelSerializer[Contract]):
    """The contract that follows, and the one it came from."""

    class Meta:
        model = Contract
        fields = ("id", "client", "number", "name", "starts_on", "transferred_from")


class TransferViewSet(viewsets.GenericViewSet[Contract]):
    """Transfers: read what could go along, let a contract go on at another client, undo that."""

    queryset = Contract.objects.all()
    serializer_class = TransferredSerializer
    action_permissions = {"create": CHANGE, "undo": CHANGE}

    def get_queryset(self) -> QuerySet[Contract]:
        """Return what this person may see."""
        found = Contract.objects.visible_to(cast(User, self.request.user))
        return found.select_related("client")

    @extend_schema(responses=TransferableSerializer)
    def retrieve(self, request: Request, pk: str | None = None) -> Response:
        """Return what is left of a contract's blocks; nothing is done."""
        contract = self.get_object()
        answer = {
            "pk": contract.pk,
            "client_id": contract.client_id,
            "number": contract.number,
            "blocks": _left(contract),
        }
        return Response(TransferableSerializer(answer).data)

    @extend_schema(request=TransferSerializer, responses={201: TransferredSerializer})
    def create(self, request: Request) -> Response:
        """End a contract the day before and let one that says the same begin elsewhere."""
        given = TransferSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        contract = values.pop("contract")
        moved = _moved(values.pop("blocks", None), contract)
        client = values.pop("client")
        with telling(TransferNotPossible, ContractNotEndable, HoursDrawn):
            made = transfer_contract(
                contract_id=contract.pk, client_id=client.pk, blocks_moved=moved, **values
            )
        return Response(TransferredSerializer(made).data, status=201)

    @extend_schema(request=None, responses={200: TransferredSerializer})
    @action(detail=True, methods=["post"])
    def undo(self, request: Request, pk: str | None = None) -> Response:
        """Delete the contract that goes on elsewhere and return the one that goes on again.

        Refused once something is billed under it, or tickets or work name it.
        """
        contract = self.get_object()
        with telling(TransferNotUndoable, HoursDrawn):
            old = undo_transfer(contract_id=contract.pk)
        return Response(TransferredSerializer(old).data)


def _left(contract: Contract) -> Sequence[BlockLeft]:
    entity = LegalEntity.objects.current()
    return blocks_left(contract, entity, timezone.localdate(timezone=entity.zone))


def _moved(given: Sequence[dict[str, Any]] | None, contract: Contract) -> dict[int, Decimal]:
    if given is None:
        return {one.block.pk: one.offered for one in _left(contract)}
    return {one["block"].pk: one["quantity"] for one in given}
