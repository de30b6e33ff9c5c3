"""Payment online."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from clients.models import LegalEntity
from core.secret_box import seal
from payments.models import OnlinePayment, StripeAccount, StripeEvent
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page, public
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
NOON = datetime(2026, 4, 8, 12, tzinfo=UTC)
BODY = {
    "object": "event",
    "id": "evt_1",
    "type": "checkout.session.completed",
    "created": 1775649600,
    "livemode": False,
    "data": {"object": {"object": "checkout.session", "id": "cs_1", "amount_total": 100}},
}


def account_of(_world: World) -> StripeAccount:
    """Return the firm's account, which listens."""
    facts = {"webhook_secret_sealed": seal("whsec_x")}
    entity = LegalEntity.objects.current()
    return StripeAccount.objects.get_or_create(legal_entity=entity, defaults=facts)[0]


def online_of(world: World) -> OnlinePayment:
    """Return what the company went to pay."""
    facts = {
        "account": account_of(world),
        "invoice": world.invoice,
        "amount": world.invoice.total,
        "currency": "EUR",
        "state": "expired",
        "asked_at": NOON,
    }
    return OnlinePayment.objects.get_or_create(key=UUID(int=1), defaults=facts)[0]


def event_of(world: World) -> StripeEvent:
    """Return a message that somebody has to look at."""
    facts = {
        "account": account_of(world),
        "kind": BODY["type"],
        "happened_at": NOON,
        "body": BODY,
        "state": "queued",
    }
    return StripeEvent.objects.get_or_create(event_id="evt_1", defaults=facts)[0]


def _entity(world: World) -> Kwargs:
    return {"entity_pk": account_of(world).legal_entity_id}


def _event(world: World) -> Kwargs:
    return {"pk": event_of(world).pk}


def _online(world: World) -> Kwargs:
    return {"pk": online_of(world).pk}


def _invoice(world: World) -> Kwargs:
    return {"pk": world.invoice.pk}


MONEY = "accounts.use_portal_invoices"
EVENT, CHANGE_EVENT = "payments.view_stripeevent", "payments.change_stripeevent"
ROWS: dict[str, Row] = {
    "online:payments": page("payments.view_onlinepayment"),
    "online:accounts": page("payments.change_stripeaccount"),
    "online:account": form("payments.change_stripeaccount", _entity),
    "online:events": page(EVENT),
    "online:event": page(EVENT, _event),
    "online:event-settle": action(CHANGE_EVENT, _event),
    "online:webhook": public(("POST",), _entity),
    "portal:invoice-pay": Row("portal", {"POST": MONEY}, _invoice),
    "api:online-payment-list": noun("payments.onlinepayment", portal=MONEY),
    "api:online-payment-detail": noun("payments.onlinepayment", _online, portal=MONEY),
    "api:stripe-event-list": noun("payments.stripeevent"),
    "api:stripe-event-detail": noun("payments.stripeevent", _event),
    "api:stripe-event-settle": deed(CHANGE_EVENT, _event),
}
