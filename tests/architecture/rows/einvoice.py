"""Electronic invoices: checks of the rules, statuses at the platform."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from billing.einvoice.files import xml_of
from billing.models import ExchangeRate, PlatformEvent, RuleCheck
from billing.operations.receive_supplier_invoice import receive_supplier_invoice
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World


def _check(world: World) -> Mapping[str, Any]:
    return {"pk": RuleCheck.objects.get_or_create(invoice=world.invoice)[0].pk}


def _invoice(world: World) -> Mapping[str, Any]:
    return {"pk": world.invoice.pk}


def _event(world: World) -> Mapping[str, Any]:
    day = {"happened_on": world.invoice.issued_on}
    found, _made = PlatformEvent.objects.get_or_create(
        invoice=world.invoice, status="deposited", defaults=day
    )
    return {"pk": found.pk}


def _received(world: World) -> Mapping[str, Any]:
    xml = xml_of(world.invoice, "cii")
    taken = receive_supplier_invoice(file_name="invoice.xml", content=xml, actor=None)
    return {"pk": taken.invoice.pk}


def _rate(_world: World) -> Mapping[str, Any]:
    day = date(2026, 3, 1)
    found, _made = ExchangeRate.objects.get_or_create(
        currency="USD", valid_from_on=day, defaults={"rate": Decimal("1.0856")}
    )
    return {"pk": found.pk}


ROWS: dict[str, Row] = {
    "api:rule-check-list": noun("billing.rulecheck"),
    "billing:supplier-invoices": page("billing.view_supplierinvoice"),
    "billing:supplier-invoice-receive": form("billing.add_supplierinvoice"),
    "billing:supplier-invoice": page("billing.view_supplierinvoice", _received),
    "billing:supplier-invoice-file": page("billing.view_supplierinvoice", _received),
    "api:supplier-invoice-list": noun("billing.supplierinvoice", methods=("GET", "POST")),
    "api:supplier-invoice-detail": noun("billing.supplierinvoice", _received),
    "api:supplier-invoice-file": deed("billing.view_supplierinvoice", _received, "GET"),
    "billing:exchange-rates": page("billing.view_exchangerate"),
    "billing:exchange-rate-create": form("billing.add_exchangerate"),
    "billing:exchange-rate-edit": form("billing.change_exchangerate", _rate),
    "api:exchange-rate-list": noun("billing.exchangerate", methods=("GET", "POST")),
    "api:exchange-rate-detail": noun("billing.exchangerate", _rate, ("GET", "PATCH")),
    "billing:invoice-platform": action("billing.add_platformevent", _invoice),
    "api:platform-event-list": noun("billing.platformevent", methods=("GET", "POST")),
    "api:platform-event-detail": noun("billing.platformevent", _event),
    "api:rule-check-detail": noun("billing.rulecheck", _check),
}
