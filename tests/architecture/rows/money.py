"""Payments, credit, refunds."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, noun, page, portal
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


def _refund(world: World) -> Kwargs:
    return {"pk": world.refund.pk}


ROWS: dict[str, Row] = {
    "billing:payment": page("billing.view_payment", _payment),
    "billing:payment-reverse": action("billing.add_reversal", _payment),
    "billing:allocation-release": action("billing.change_allocation", _allocation),
    "billing:account": page("billing.view_payment", _of_client),
    "billing:account-allocate": action("billing.add_allocation", _of_client),
    "billing:account-refund": action("billing.add_refund", _of_client),
    "billing:refund-reverse": action("billing.add_reversal", _refund),
    "billing:invoice-credit": action("billing.add_allocation", _invoice),
    "portal:payments": portal(MONEY),
    "api:payment-allocate": deed("billing.add_allocation", _payment),
    "api:payment-reverse": deed("billing.add_reversal", _payment),
    "api:allocation-list": noun("billing.allocation", portal=MONEY),
    "api:allocation-detail": noun("billing.allocation", _allocation, portal=MONEY),
    "api:allocation-release": deed("billing.change_allocation", _allocation),
    "api:refund-list": noun("billing.refund", methods=("GET", "POST"), portal=MONEY),
    "api:refund-detail": noun("billing.refund", _refund, portal=MONEY),
    "api:refund-reverse": deed("billing.add_reversal", _refund),
}
