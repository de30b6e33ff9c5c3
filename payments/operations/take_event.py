"""Taking what Stripe tells: each message once, whatever order they come in."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from billing.wording import firm_language
from payments.domain.told import SESSION, Told
from payments.models import EventState, StripeAccount, StripeEvent
from payments.operations._checkouts import lock_account
from payments.operations._stripe_events import settle, settle_waiting


@transaction.atomic(durable=True)
def take_event(*, account_id: int, told: Told, body: Mapping[str, Any]) -> StripeEvent:
    """Keep a message and do what follows from it; told again, nothing follows.

    What came too early is done as soon as what it is about has been told.
    """
    account = lock_account(account_id)
    known = StripeEvent.objects.filter(event_id=told.event_id).first()
    if known is not None:
        return known
    event = StripeEvent.objects.create(
        account=account,
        event_id=told.event_id,
        kind=told.kind[:80],
        happened_at=told.happened_at,
        body=dict(body),
        intent_id=told.intent_id,
    )
    with translation.override(firm_language(account.legal_entity)):
        if told.is_live != account.is_live:
            event.state, event.said = EventState.QUEUED, _wrong_mode(account)
            event.save(update_fields=["state", "said"])
            return event
        settle(event, told)
        if told.thing == SESSION:
            settle_waiting(told.intent_id)
    return event


def _wrong_mode(account: StripeAccount) -> str:
    if account.is_live:
        return _("It is of a test, but the keys here are for real money.")
    return _("It is of real money, but the keys here are for tests.")
