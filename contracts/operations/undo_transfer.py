"""Take the transfer of a contract back, as long as nothing rests on it."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from clients.models import Client
from contracts.events import tell_promises_changed
from contracts.models import Contract, EndKind
from contracts.operations._ending import ENDING, lock_contract
from contracts.operations._hours import refusing_drawn

OF_BLOCK = ("last_day_on", "moved_quantity", "tops_up")


class TransferNotUndoable(Exception):
    """Something rests on the contract that goes on elsewhere, so it stays."""


@transaction.atomic(durable=True)
def undo_transfer(*, contract_id: int) -> Contract:
    """Delete the contract that goes on elsewhere; the one before it has its end of before again.

    What had gone along of prepaid blocks is here again. What was agreed there since goes with it.

    :raises TransferNotUndoable: it came from no other client, something is billed under it or on a
        draft, tickets or work name it, hours were sold under it, or it was transferred again
    :raises HoursDrawn: hours that went along have paid for work
    """
    both = Q(contracts=contract_id) | Q(contracts__transferred_to=contract_id)
    clients = Client.objects.filter(pk__in=Client.objects.filter(both).values("pk"))
    list(clients.select_for_update(no_key=True).order_by("pk"))
    new = lock_contract(contract_id)
    if new.transferred_from_id is None:
        raise TransferNotUndoable(
            _("%(number)s did not come from another client.") % {"number": new.number}
        )
    old = lock_contract(new.transferred_from_id)
    _delete(new)
    _restore(old, _said_before("ContractEvent", old, end_kind=EndKind.TRANSFERRED), ENDING)
    for block in old.prepaid_blocks.filter(moved_quantity__gt=0).select_for_update():
        before = _said_before("PrepaidBlockEvent", block, moved_quantity__gt=0)
        with refusing_drawn():
            _restore(block, before, OF_BLOCK)
    tell_promises_changed(old.client_id, new.client_id)
    return old


def _delete(new: Contract) -> None:
    """Delete a contract with all that was agreed in it."""
    if new.prepaid_blocks.filter(billed_elsewhere=False).exists():
        raise TransferNotUndoable(
            _("A prepaid block was sold under %(number)s: it stays.") % {"number": new.number}
        )
    try:
        with transaction.atomic():
            for block in new.prepaid_blocks.all():
                with refusing_drawn():
                    block.delete()
            new.delete()
    except ProtectedError as error:
        raise TransferNotUndoable(_what_rests_on(new, error)) from error


def _what_rests_on(new: Contract, error: ProtectedError) -> str:
    kinds = {type(row) for row in error.protected_objects}
    told = {"number": new.number}
    if Contract in kinds:
        return _("%(number)s was transferred again: undo that first.") % told
    if any(kind._meta.app_label == "billing" for kind in kinds):
        return _("%(number)s is billed, or on a draft: discard the draft first.") % told
    return _("Tickets or work name %(number)s: it stays.") % told


def _said_before(event: str, row: Any, **since: Any) -> Any:  # noqa: ANN401  (a row of any kind)
    """Return what the audit trail says of the row before it said so for the first time of late.

    :raises TransferNotUndoable: the trail does not reach back so far
    """
    events = apps.get_model("contracts", event).objects.filter(pgh_obj_id=row.pk)
    before = events.exclude(**since).order_by("-pgh_id").first()
    if before is None:
        raise TransferNotUndoable(_("What was agreed before the transfer is not known any more."))
    return before


def _restore(row: Any, before: Any, fields: tuple[str, ...]) -> None:  # noqa: ANN401  (any kind)
    for name in fields:
        setattr(row, name, getattr(before, name))
    row.save(update_fields=fields)
