"""Payments, credit, refunds."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page, portal
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
MONEY = "accounts.use_portal_invoices"


def _payment(world: World) -> Kwargs:
    return {"pk": world.payment.pk}


def _of_client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _invoice(world: World) -> Kwargs:
    return {"pk": world.invoice.pk}


def _allocation(world: World) -> Kwargs:
    return {"pk": world.allocation.pk}


def _nothing(_world: World) -> Kwargs:
    return {}


def _refund(world: World) -> Kwargs:
    return {"pk": world.refund.pk}


def _account(world: World) -> Kwargs:
    return {"pk": world.bank_account.pk}


def _entry(world: World) -> Kwargs:
    return {"pk": world.bank_entry.pk}


def _returned(world: World) -> Kwargs:
    return {"payment": world.payment.pk}


ROWS: dict[str, Row] = {
    "billing:payment": page("billing.view_payment", _payment),
    "billing:payment-reverse": action("billing.add_reversal", _payment),
    "billing:allocation-release": action("billing.change_allocation", _allocation),
    "billing:account": page("billing.view_payment", _of_client),
    "billing:account-allocate": action("billing.add_allocation", _of_client),
    "billing:account-refund": action("billing.add_refund", _of_client),
    "billing:refund-reverse": action("billing.add_reversal", _refund),
    "billing:invoice-credit": action("billing.add_allocation", _invoice),
    "billing:invoice-excess": action("billing.change_allocation", _invoice),
    "billing:ageing": page("billing.view_payment"),
    "api:ageing-list": noun("billing.payment"),
    "billing:bank-accounts": page("billing.view_bankentry"),
    "billing:bank-create": form("billing.add_bankaccount"),
    "billing:bank": page("billing.view_bankentry", _account),
    "billing:bank-edit": form("billing.change_bankaccount", _account),
    "billing:bank-read": action("billing.add_bankstatement", _account),
    "billing:bank-confirm": action("billing.add_payment", _account),
    "billing:bank-entry": page("billing.view_bankentry", _entry),
    "billing:bank-entry-book": action("billing.add_payment", _entry),
    "billing:bank-entry-return": action("billing.add_reversal", _entry, _returned),
    "billing:bank-entry-aside": action("billing.change_bankentry", _entry),
    "billing:bank-entry-reopen": action("billing.change_bankentry", _entry),
    "portal:payments": portal(MONEY),
    "api:payment-allocate": deed("billing.add_allocation", _payment),
    "api:payment-reverse": deed("billing.add_reversal", _payment),
    "api:allocation-list": noun("billing.allocation", portal=MONEY),
    "api:allocation-detail": noun("billing.allocation", _allocation, portal=MONEY),
    "api:allocation-release": deed("billing.change_allocation", _allocation),
    "api:allocation-free-excess": deed("billing.change_allocation", _nothing),
    "api:refund-list": noun("billing.refund", methods=("GET", "POST"), portal=MONEY),
    "api:refund-detail": noun("billing.refund", _refund, portal=MONEY),
    "api:refund-reverse": deed("billing.add_reversal", _refund),
    "api:bank-account-list": noun("billing.bankaccount", methods=("GET", "POST")),
    "api:bank-account-detail": noun("billing.bankaccount", _account, ("GET", "PATCH")),
    "api:bank-account-read": deed("billing.add_bankstatement", _account),
    "api:bank-entry-list": noun("billing.bankentry"),
    "api:bank-entry-detail": noun("billing.bankentry", _entry),
    "api:bank-entry-proposals": deed("billing.view_bankentry", _entry, "GET"),
    "api:bank-entry-book": deed("billing.add_payment", _entry),
    "api:bank-entry-take-back": deed("billing.add_reversal", _entry),
    "api:bank-entry-set-aside": deed("billing.change_bankentry", _entry),
    "api:bank-entry-reopen": deed("billing.change_bankentry", _entry),
}
