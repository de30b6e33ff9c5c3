"""Writing down what a client promises to pay, and by when."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.operations._drafting import lock_clients
from collecting.models import PaymentPromise
from collecting.operations._terms import CollectingRefused

__all__ = ["CollectingRefused", "Promised", "take_promise"]


@dataclass(frozen=True, slots=True)
class Promised:
    """How much, by when; in the client's currency unless another is named."""

    amount: Decimal
    pay_by_on: date
    note: str = ""
    currency: str = ""


@transaction.atomic(durable=True)
def take_promise(
    *, client_id: int, promised: Promised, today: date, actor: User, now: datetime
) -> PaymentPromise:
    """Keep a promise; until its day the oldest invoices are not asked for up to its amount.

    :raises CollectingRefused: it is of nothing, or for a day that has passed
    """
    [client] = lock_clients([client_id])
    if promised.amount <= 0:
        raise CollectingRefused(_("A promise is of more than nothing."))
    if promised.pay_by_on < today:
        raise CollectingRefused(_("The promised day has passed already."))
    return PaymentPromise.objects.create(
        client=client,
        amount=promised.amount,
        currency=promised.currency or client.currency,
        pay_by_on=promised.pay_by_on,
        note=promised.note.strip(),
        made_on=today,
        made_at=now,
        taken_by=actor,
    )
