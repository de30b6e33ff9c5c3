"""Take a prepaid block back before it is billed or used."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import PrepaidBlock
from contracts.operations._hours import HoursNotAcceptable, lock_block, refusing_drawn
from core.display import day_text


@transaction.atomic(durable=True)
def cancel_block(*, block_id: int, cancelled_on: date) -> PrepaidBlock:
    """Mark a block as cancelled: it is neither billed nor drawn from any more.

    :raises HoursDrawn: its sale is on an invoice, or work has been paid for with it
    :raises HoursNotAcceptable: it has been cancelled before
    """
    block = lock_block(block_id)
    if block.cancelled_on is not None:
        raise HoursNotAcceptable(
            _("It was cancelled on %(day)s.") % {"day": day_text(block.cancelled_on)}
        )
    block.cancelled_on = cancelled_on
    with refusing_drawn():
        block.save(update_fields=["cancelled_on"])
    return block
