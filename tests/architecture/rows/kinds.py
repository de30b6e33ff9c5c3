"""Discounts on drafts and agreed ones, proformas, series of numbers."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from billing.models import AgreedDiscount, Discount, NumberSeries
from billing.operations.grant_discount import Concession, grant_discount
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun, page
from tests.architecture.access_world import World


def _draft(world: World) -> Mapping[str, Any]:
    return {"pk": world.draft.pk}


def _invoice(world: World) -> Mapping[str, Any]:
    return {"pk": world.invoice.pk}


def _discount(world: World) -> Mapping[str, Any]:
    if not Discount.objects.exists():
        concession = Concession("Loyal client", percent=Decimal(5))
        grant_discount(invoice_id=world.draft.pk, concession=concession, actor=None)
    return {"pk": Discount.objects.get().pk}


def _agreed(world: World) -> Mapping[str, Any]:
    found, _made = AgreedDiscount.objects.get_or_create(
        client=world.company,
        reason="Loyal client",
        defaults={"percent": Decimal(5), "starts_on": date(2026, 1, 1)},
    )
    return {"pk": found.pk}


def _series_to_set(world: World) -> Mapping[str, Any]:
    year = date.today().year + 1  # noqa: DTZ011  (the year after, whichever zone)
    return {"entity_pk": world.draft.legal_entity_id, "kind": "invoice", "year": year}


def _series(world: World) -> Mapping[str, Any]:
    found, _made = NumberSeries.objects.get_or_create(
        legal_entity=world.draft.legal_entity, document_kind="invoice", year=2090, prefix="F"
    )
    return {"pk": found.pk}


ROWS: dict[str, Row] = {
    "billing:series": page("billing.view_numberseries"),
    "billing:series-set": form("billing.change_numberseries", _series_to_set),
    "api:number-series-list": noun("billing.numberseries", methods=("GET", "POST")),
    "api:number-series-detail": noun("billing.numberseries", _series),
    "billing:draft-proforma": page("billing.view_invoice", _draft),
    # Whoever may read an issued invoice is told that it has no proforma; drafts are the firm's.
    "api:invoice-proforma": Row(
        "api",
        {"GET": "billing.view_invoice"},
        _invoice,
        answers=frozenset({409}),
        portal="accounts.use_portal_invoices",
    ),
    "billing:agreed-discounts": page("billing.view_agreeddiscount"),
    "billing:agreed-discount-create": form("billing.add_agreeddiscount"),
    "billing:agreed-discount": form("billing.change_agreeddiscount", _agreed),
    "billing:agreed-discount-remove": action("billing.delete_agreeddiscount", _agreed),
    "api:agreed-discount-list": noun("billing.agreeddiscount", methods=("GET", "POST")),
    "api:agreed-discount-detail": noun(
        "billing.agreeddiscount", _agreed, methods=("GET", "PATCH", "DELETE")
    ),
    "billing:draft-discount": form("billing.add_discount", _draft),
    "billing:discount-withdraw": action("billing.delete_discount", _discount),
    "api:discount-list": noun("billing.discount", methods=("GET", "POST")),
    "api:discount-detail": noun("billing.discount", _discount, methods=("GET", "DELETE")),
}
