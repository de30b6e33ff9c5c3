"""Correct how often a flat-rate service was performed, or at what price."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import FlatRateItem
from tickets.operations._evidence import refusing_billed, require_positive
from tickets.operations._tickets import lock_ticket, require_firm_staff
from tickets.refusals import PriceNegative


@transaction.atomic(durable=True)
def edit_flat_rate(*, item_id: int, quantity: Decimal, price: Decimal, actor: User) -> FlatRateItem:
    """Correct a flat-rate service that is not on an invoice.

    :raises Refusal: it has been billed, or quantity or price are not possible
    """
    require_firm_staff(actor)
    require_positive(quantity)
    if price < 0:
        raise PriceNegative(_("A price cannot be negative."), "price")
    item = FlatRateItem.objects.visible_to(actor).get(pk=item_id)
    lock_ticket(item.ticket_id, actor)
    item.quantity, item.price = quantity, price
    with refusing_billed():
        item.save(update_fields=["quantity", "price"])
    return item
