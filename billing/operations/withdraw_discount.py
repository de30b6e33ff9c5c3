"""Taking a discount off a draft again."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Discount, Invoice
from billing.operations._by_hand import add_up
from billing.operations._drafting import NotADraft, lock_draft

__all__ = ["DiscountGone", "NotADraft", "withdraw_discount"]


class DiscountGone(Exception):
    """Somebody took the discount off before; the message says so."""


@transaction.atomic(durable=True)
def withdraw_discount(*, discount_id: int) -> Invoice:
    """Charge the full price again, as long as the draft is not issued.

    :raises NotADraft: it has been issued
    :raises DiscountGone: the discount is not there any more
    """
    found = Discount.objects.filter(pk=discount_id).values_list("invoice_id", flat=True).first()
    if found is None:
        raise DiscountGone(_("This discount is gone already."))
    draft = lock_draft(found)
    Discount.objects.filter(pk=discount_id).delete()
    add_up(draft)
    return draft
