"""A person's decision about what Stripe told."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.operations._payments import PaymentRefused
from payments.domain.told import read
from payments.models import CheckoutState, EventState, StripeEvent
from payments.operations._checkouts import CheckoutRefused, lock_account
from payments.operations._stripe_events import accept, settle_waiting

__all__ = ["CheckoutRefused", "Decision", "PaymentRefused", "settle_event"]


@dataclass(frozen=True, slots=True)
class Decision:
    """Book it by a day, or (without a day) set it aside; with a note why."""

    booked_on: date | None = None
    note: str = ""


@transaction.atomic(durable=True)
def settle_event(*, event_id: int, decision: Decision, actor: User, now: datetime) -> StripeEvent:
    """Book what came as it came, or note that it is dealt with.

    :raises CheckoutRefused: somebody settled it, or it cannot be booked from here
    :raises PaymentRefused: the books do not take it
    """
    account_id = StripeEvent.objects.values_list("account_id", flat=True).get(pk=event_id)
    lock_account(account_id)
    event = StripeEvent.objects.select_related("online_payment").get(pk=event_id)
    if not event.is_queued:
        raise CheckoutRefused(_("This has been settled already."))
    if decision.booked_on is not None:
        accept(event, read(event.body), decision.booked_on)
    elif not decision.note.strip():
        raise CheckoutRefused(_("Say what was done about it."))
    else:
        _let_go(event)
    event.state, event.note = EventState.SETTLED, decision.note.strip()[:200]
    event.settled_at, event.settled_by = now, actor
    event.save(update_fields=["state", "note", "settled_at", "settled_by"])
    settle_waiting(event.intent_id)
    return event


def _let_go(event: StripeEvent) -> None:
    """Let the invoice be paid again where its money was dealt with otherwise."""
    online = event.online_payment
    if online is not None and online.state == CheckoutState.QUEUED:
        online.state = CheckoutState.FAILED
        online.save(update_fields=["state"])
