"""Reminders, holds, promises, notes and calls."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from collecting.models import (
    ContactNote,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
    ReminderPlan,
    SentStatement,
)
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_rows import portal as of_portal
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
NOON = datetime(2026, 4, 1, 12, tzinfo=UTC)
SEE = "collecting.view_paymentpromise"
REMINDERS = "collecting.view_remindernotice"
WRITES = ("GET", "POST")


def _plan_row(_world: World) -> ReminderPlan:
    return ReminderPlan.objects.get_or_create(name="Patient")[0]


def _plan(world: World) -> Kwargs:
    return {"pk": _plan_row(world).pk}


def _notice(world: World) -> Kwargs:
    notice = ReminderNotice.objects.get_or_create(
        client=world.company, plan=_plan_row(world), level=1, decided_at=NOON
    )[0]
    return {"pk": notice.pk}


def _hold(world: World) -> Kwargs:
    person = world.cast["accountant"]
    hold = ReminderHold.objects.get_or_create(
        client=world.company, reason="Wait", defaults={"held_at": NOON, "held_by": person}
    )[0]
    return {"pk": hold.pk}


def _promise(world: World) -> Kwargs:
    facts = {
        "amount": Decimal(1),
        "currency": "EUR",
        "pay_by_on": date(2026, 5, 1),
        "made_on": NOON.date(),
        "made_at": NOON,
        "taken_by": world.cast["accountant"],
    }
    return {"pk": PaymentPromise.objects.get_or_create(client=world.company, defaults=facts)[0].pk}


def _note(world: World) -> Kwargs:
    facts = {"body": "Called", "written_at": NOON, "author": world.cast["accountant"]}
    return {"pk": ContactNote.objects.get_or_create(client=world.company, defaults=facts)[0].pk}


def _statement(world: World) -> Kwargs:
    days = {"first_on": date(2026, 1, 1), "last_on": date(2026, 3, 31)}
    facts = days | {"asked_at": NOON, "asked_by": world.cast["accountant"]}
    return {"pk": SentStatement.objects.get_or_create(client=world.company, defaults=facts)[0].pk}


def _asks_for_client(world: World) -> Kwargs:
    return {"client": world.company.pk}


def _client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _invoice(world: World) -> Kwargs:
    return {"invoice_pk": world.invoice.pk}


ROWS: dict[str, Row] = {
    "collecting:calls": page(SEE),
    "collecting:client": page(SEE, _client),
    "collecting:of-client": page(SEE, _client),
    "collecting:client-terms": action("collecting.change_collectingterms", _client),
    "collecting:client-hold": action("collecting.add_reminderhold", _client),
    "collecting:client-promise": action("collecting.add_paymentpromise", _client),
    "collecting:client-note": action("collecting.add_contactnote", _client),
    "collecting:client-remind": action("collecting.add_remindernotice", _client),
    "collecting:promise-withdraw": action("collecting.change_paymentpromise", _promise),
    "collecting:reminders": page(REMINDERS),
    "collecting:preview": page(REMINDERS),
    "collecting:reminder": page(REMINDERS, _notice),
    "collecting:of-invoice": page(REMINDERS, _invoice),
    "collecting:invoice-hold": form("collecting.add_reminderhold", _invoice),
    "collecting:hold-lift": action("collecting.change_reminderhold", _hold),
    "collecting:plans": page("collecting.view_reminderplan"),
    "collecting:plan-create": form("collecting.add_reminderplan"),
    "collecting:plan-edit": form("collecting.change_reminderplan", _plan),
    "collecting:statement": page("collecting.view_sentstatement", _client),
    "collecting:statement-pdf": page("collecting.view_sentstatement", _client),
    "collecting:statement-send": action("collecting.add_sentstatement", _client),
    "portal:statement": of_portal("accounts.use_portal_invoices"),
    "portal:statement-pdf": of_portal("accounts.use_portal_invoices"),
    "api:account-statement-list": noun("collecting.sentstatement", methods=WRITES),
    "api:account-statement-detail": noun("collecting.sentstatement", _statement),
    "api:account-statement-of-client": Row(
        "api", {"GET": "collecting.view_sentstatement"}, asks=_asks_for_client
    ),
    "api:reminder-plan-list": noun("collecting.reminderplan", methods=WRITES),
    "api:reminder-plan-detail": noun("collecting.reminderplan", _plan, ("GET", "PUT")),
    "api:reminder-list": noun("collecting.remindernotice", methods=WRITES),
    "api:reminder-detail": noun("collecting.remindernotice", _notice),
    "api:reminder-preview": noun("collecting.remindernotice"),
    "api:reminder-hold-list": noun("collecting.reminderhold", methods=WRITES),
    "api:reminder-hold-detail": noun("collecting.reminderhold", _hold),
    "api:reminder-hold-lift": deed("collecting.change_reminderhold", _hold),
    "api:payment-promise-list": noun("collecting.paymentpromise", methods=WRITES),
    "api:payment-promise-detail": noun("collecting.paymentpromise", _promise),
    "api:payment-promise-withdraw": deed("collecting.change_paymentpromise", _promise),
    "api:contact-note-list": noun("collecting.contactnote", methods=WRITES),
    "api:contact-note-detail": noun("collecting.contactnote", _note),
    "api:collecting-terms-list": noun("collecting.collectingterms", methods=WRITES),
    "api:call-list": noun("collecting.paymentpromise"),
}
