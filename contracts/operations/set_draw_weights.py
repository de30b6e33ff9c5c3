"""Say how many minutes a minute of some work takes from a contract's hours."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, DrawWeight
from contracts.operations._hours import HoursNotAcceptable, lock_client


@dataclass(frozen=True)
class Weight:
    """What work of a type or by a role counts; without either, all work."""

    factor: Decimal
    work_type_id: int | None = None
    work_role_id: int | None = None


@transaction.atomic(durable=True)
def set_draw_weights(*, contract_id: int, weights: Iterable[Weight]) -> None:
    """Let exactly these weights count; hours already drawn stay drawn.

    :raises HoursNotAcceptable: a weight is nothing or less, or the same work has two
    """
    contract = Contract.objects.get(pk=contract_id)
    lock_client(contract.client_id)
    wanted = list(weights)
    if any(one.factor <= 0 for one in wanted):
        raise HoursNotAcceptable(_("A weight must be above nothing."), "factor")
    if len({(one.work_type_id, one.work_role_id) for one in wanted}) < len(wanted):
        raise HoursNotAcceptable(_("The same work is named twice."), "factor")
    contract.draw_weights.all().delete()
    for one in wanted:
        DrawWeight.objects.create(
            contract=contract,
            work_type_id=one.work_type_id,
            work_role_id=one.work_role_id,
            factor=one.factor,
        )
