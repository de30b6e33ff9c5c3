"""Runs, drafts, invoices, payments."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def _run(world: World) -> Kwargs:
    return {"pk": world.run.pk}


def _draft(world: World) -> Kwargs:
    return {"pk": world.draft.pk}


def _invoice(world: World) -> Kwargs:
    return {"pk": world.invoice.pk}


def _of_client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _about_ticket(world: World) -> Kwargs:
    return {"ticket": world.ticket.pk}


def _about_a_form(world: World) -> Kwargs:
    return {"effect_client": world.company.pk, "effect_of": "/contracts/new/"}


def _entry(world: World) -> Kwargs:
    return {"pk": world.time_entry.pk}


def _no_contract(_world: World) -> Kwargs:
    return {"payer": "none"}


def _ticket(world: World) -> Kwargs:
    return {"ticket_pk": world.ticket.pk}


def _order(world: World) -> Kwargs:
    return {"pk": world.order.pk}


def _proof(world: World) -> Kwargs:
    return {"pk": world.run.pk, "subject": "minutes", "place": "billed"}


ROWS: dict[str, Row] = {
    "billing:dry-run": page("billing.view_billingrun"),
    "billing:schedule": form("billing.add_billingrun"),
    "billing:run-proof": page("billing.view_billingrun", _proof),
    "billing:drafts-refresh": action("billing.delete_invoice"),
    "billing:drafts-discard": action("billing.delete_invoice"),
    "billing:drafts-hold": action("billing.delete_invoice"),
    "billing:drafts-release": action("billing.delete_invoice"),
    "billing:holds": page("billing.view_clienthold"),
    "billing:client-park": form("billing.add_clienthold", _of_client),
    "billing:holds-release": action("billing.change_clienthold"),
    "billing:orders": page("clients.view_purchaseorder"),
    "billing:order-create": form("clients.add_purchaseorder"),
    "billing:order": page("clients.view_purchaseorder", _order),
    "billing:order-edit": form("clients.change_purchaseorder", _order),
    "billing:runs": page("billing.view_billingrun"),
    "billing:run": page("billing.view_billingrun", _run),
    "billing:run-create": form("billing.add_billingrun"),
    "billing:drafts": page("billing.view_invoice"),
    "billing:drafts-issue": action("billing.issue_invoice"),
    "billing:draft-discard": action("billing.delete_invoice", _draft),
    "billing:draft-refresh": action("billing.delete_invoice", _draft),
    "billing:invoices": page("billing.view_invoice"),
    "billing:of-client": page("billing.view_invoice", _of_client),
    "billing:invoice": page("billing.view_invoice", _invoice),
    "billing:invoice-pay": action("billing.add_payment", _invoice),
    "billing:invoice-check": action("billing.add_rulecheck", _invoice),
    "billing:invoice-cii": page("billing.view_invoice", _invoice),
    "billing:invoice-ubl": page("billing.view_invoice", _invoice),
    "billing:invoice-pdf": page("billing.view_invoice", _invoice),
    "billing:upcoming": page("billing.view_charge", _of_client),
    "billing:effect": action("billing.view_charge", posts=_about_a_form),
    "billing:what-if": page("billing.view_charge"),
    "billing:decisions": page("tickets.change_timeentry"),
    "billing:decide": action("tickets.change_timeentry", _entry, posts=_no_contract),
    "billing:unbilled": page("billing.view_charge"),
    "billing:payments": page("billing.view_payment"),
    "billing:payment-create": form("billing.add_payment"),
    "billing:forecast-time": page("tickets.add_timeentry", asks=_about_ticket),
    "billing:forecast-part": page("tickets.add_timeentry", asks=_about_ticket),
    "billing:forecast-flat": page("tickets.add_timeentry", asks=_about_ticket),
    "billing:ticket-money": page("tickets.view_ticket", _ticket),
    "billing:outbox": page("billing.view_outboxmessage"),
    "billing:outbox-retry": action("billing.change_outboxmessage"),
}
