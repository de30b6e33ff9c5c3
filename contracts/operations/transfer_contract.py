"""Let a contract go on at another client."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client
from contracts.events import tell_promises_changed
from contracts.indexing import undecided_days, with_parts
from contracts.models import BlockUnit, Contract, EndKind, IndexationClause
from contracts.operations._ending import lock_contract, require_not_transferred
from contracts.operations._transfer import (
    ONE_DAY,
    Move,
    copied,
    move_blocks,
    move_clauses,
    move_lines,
    move_terms,
)
from core.display import day_text


class TransferNotPossible(Exception):
    """The contract cannot go on at that client; ``field`` names what must change."""

    def __init__(self, message: str, field: str = "first_day") -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic(durable=True)
def transfer_contract(
    *,
    contract_id: int,
    client_id: int,
    first_day: date,
    number: str,
    blocks_moved: Mapping[int, Decimal] | None = None,
) -> Contract:
    """End a contract the day before and let a new one begin that says the same.

    Lines with their prices to come, coverage, hours, weights, increases, pauses and terms go along;
    of each prepaid block so much goes along as ``blocks_moved`` says, without being billed again.
    What went along is no longer there for work of before, so that no hour can be used twice.
    Lines that count devices, people or sites count those of the other client. Tickets stay.

    :raises TransferNotPossible: the other client trades in another currency, the number is taken,
        the day is not within the contract, an increase before it is undecided, or more is to go
        along than a block of this contract holds
    :raises ContractNotEndable: it was transferred before
    :raises HoursDrawn: a block paid for work on or after the day, or for so much that less is left
    """
    old_client = Contract.objects.values_list("client", flat=True).get(pk=contract_id)
    both = Client.objects.select_for_update(no_key=True).filter(pk__in=[old_client, client_id])
    clients = {one.pk: one for one in both.order_by("pk")}
    old = lock_contract(contract_id)
    _require_transferable(old, clients[client_id], first_day, number)
    _require_in_blocks(old, blocks_moved or {})
    new = _successor(old, clients[client_id], first_day, number)
    reason = _("Goes on as %(number)s at %(client)s") % {"number": number, "client": new.client}
    move = Move(old, new, first_day)
    lines = move_lines(move)
    move_terms(move)
    move_clauses(move, lines)
    move_blocks(move, blocks_moved or {})
    _end(old, first_day, reason)
    tell_promises_changed(old_client, client_id)
    return new


def _end(old: Contract, first_day: date, reason: str) -> None:
    last_day = first_day - ONE_DAY
    old.last_day_on, old.end_kind, old.end_reason = last_day, EndKind.TRANSFERRED, reason[:200]
    old.notice_received_on = None
    old.save(update_fields=["last_day_on", "end_kind", "end_reason", "notice_received_on"])


def _require_transferable(old: Contract, client: Client, first_day: date, number: str) -> None:
    require_not_transferred(old)
    if client.pk == old.client_id:
        raise TransferNotPossible(_("The contract is this client's already."), "client")
    if client.currency != old.client.currency:
        raise TransferNotPossible(
            _("%(client)s trades in %(currency)s: prices cannot go along.")
            % {"client": client, "currency": client.currency},
            "client",
        )
    if Contract.objects.filter(number__iexact=number).exists():
        raise TransferNotPossible(_("Another contract has this number."), "number")
    if first_day <= old.starts_on or first_day not in old.term:
        raise TransferNotPossible(
            _("Contract %(number)s must be in force on %(day)s and the day before.")
            % {"number": old.number, "day": day_text(first_day)}
        )
    _require_decided(old, first_day)


def _require_decided(old: Contract, first_day: date) -> None:
    for clause in with_parts(IndexationClause.objects.filter(contract=old)):
        waiting = undecided_days(clause, first_day - ONE_DAY)
        if waiting:
            raise TransferNotPossible(
                _("Decide the increase of %(contract)s on %(day)s first.")
                % {"contract": old.number, "day": day_text(waiting[0])}
            )


def _require_in_blocks(old: Contract, moved: Mapping[int, Decimal]) -> None:
    blocks = {one.pk: one for one in old.prepaid_blocks.filter(cancelled_on=None)}
    for pk, quantity in moved.items():
        block = blocks.get(pk)
        if block is None:
            raise TransferNotPossible(_("This block is not one of the contract."), "blocks")
        if not 0 <= quantity <= block.quantity:
            raise TransferNotPossible(_("No more can move than the block holds."), "blocks")
        if block.unit == BlockUnit.INCIDENTS and quantity != int(quantity):
            raise TransferNotPossible(_("Incidents are counted in whole numbers."), "blocks")


def _successor(old: Contract, client: Client, first_day: date, number: str) -> Contract:
    made: Contract = copied(
        old,
        client=client,
        number=number,
        starts_on=first_day,
        anchor_on=old.counted_from,
        transferred_from=old,
        site=None,
        purchase_order=None,
    )
    return made
