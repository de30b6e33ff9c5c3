"""The books."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from billing.models import Closing, Export, WriteOff
from ledger.models import Account, AccountRule, Book, Entry
from ledger.posting import bring_up_to_date
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]


def _company(world: World) -> Kwargs:
    return {"pk": world.invoice.legal_entity_id}


def _invoice(world: World) -> Kwargs:
    return {"pk": world.invoice.pk}


def _write_off(world: World) -> Kwargs:
    loss, _ = WriteOff.objects.get_or_create(
        invoice=world.invoice, amount=1, written_off_on=date(2026, 5, 4), reason="Lost"
    )
    return {"pk": loss.pk}


def _closing(world: World) -> Kwargs:
    entity = world.invoice.legal_entity
    days: dict[str, Any] = {"starts_on": date(2020, 1, 1), "last_day_on": date(2020, 1, 31)}
    closing, _ = Closing.objects.get_or_create(legal_entity=entity, kind="month", **days)
    return {"pk": closing.pk}


def _export(world: World) -> Kwargs:
    entity = world.invoice.legal_entity
    days: dict[str, Any] = {"starts_on": date(2026, 1, 1), "last_day_on": date(2026, 12, 31)}
    file: dict[str, Any] = {"kind": "fec", "file_name": "FEC.txt", "sha256": "0" * 64}
    export, _ = Export.objects.get_or_create(legal_entity=entity, **days, **file)
    return {"pk": export.pk}


def _opened(world: World) -> None:
    bring_up_to_date(world.invoice.legal_entity, date(2026, 5, 20))


def _entry(world: World) -> Kwargs:
    _opened(world)
    return {"pk": Entry.objects.earliest("pk").pk}


def _account(world: World) -> Kwargs:
    _opened(world)
    return {"pk": Account.objects.earliest("pk").pk}


def _rule(world: World) -> Kwargs:
    _opened(world)
    return {"pk": AccountRule.objects.earliest("pk").pk}


def _book(world: World) -> Kwargs:
    _opened(world)
    return {"pk": Book.objects.earliest("pk").pk}


def _none(_world: World) -> Kwargs:
    return {}


LIST, CHANGE = ("GET", "POST"), ("GET", "PUT", "PATCH")
ROWS: dict[str, Row] = {
    "ledger:exports": Row("desk", {"GET": "billing.view_export", "POST": "billing.add_export"}),
    "ledger:archive-export": action("billing.add_export"),
    "api:book-export-archive": deed("billing.add_export", _none),
    "ledger:journal-export": action("billing.add_export"),
    "api:book-export-journal": deed("billing.add_export", _none),
    "api:book-export-list": noun("billing.export"),
    "api:book-export-detail": noun("billing.export", _export),
    "api:book-export-fec": deed("billing.add_export", _none),
    "ledger:closings": Row("desk", {"GET": "billing.view_closing", "POST": "billing.add_closing"}),
    "ledger:closing": page("billing.view_closing", _closing),
    "api:closing-list": noun("billing.closing", methods=LIST),
    "api:closing-detail": noun("billing.closing", _closing),
    "billing:invoice-write-off": form("billing.add_writeoff", _invoice),
    "api:write-off-list": noun("billing.writeoff", methods=LIST),
    "api:write-off-detail": noun("billing.writeoff", _write_off),
    "ledger:entries": page("ledger.view_entry"),
    "ledger:entry": page("ledger.view_entry", _entry),
    "ledger:balance": page("ledger.view_entry"),
    "ledger:of-document": page("ledger.view_entry", _invoice),
    "ledger:vat": page("ledger.view_entry"),
    "ledger:vat-documents": page("ledger.view_entry"),
    "api:vat-report-list": deed("ledger.view_entry", _none, "GET"),
    "api:vat-report-documents": deed("ledger.view_entry", _none, "GET"),
    "ledger:post": action("ledger.add_entry"),
    "ledger:charts": page("ledger.view_account"),
    "ledger:chart": page("ledger.view_account", _company),
    "ledger:begin": action("ledger.add_account", _company),
    "ledger:account-create": form("ledger.add_account", _company),
    "ledger:account": form("ledger.change_account", _account),
    "ledger:rule-create": form("ledger.add_accountrule", _company),
    "ledger:rule": form("ledger.change_accountrule", _rule),
    "ledger:book": form("ledger.change_book", _book),
    "api:ledger-entry-list": noun("ledger.entry"),
    "api:ledger-entry-detail": noun("ledger.entry", _entry),
    "api:ledger-account-list": noun("ledger.account", methods=LIST),
    "api:ledger-account-detail": noun("ledger.account", _account, CHANGE),
    "api:account-rule-list": noun("ledger.accountrule", methods=LIST),
    "api:account-rule-detail": noun("ledger.accountrule", _rule, CHANGE),
    "api:ledger-book-list": noun("ledger.book"),
    "api:ledger-book-detail": noun("ledger.book", _book, CHANGE),
    "api:trial-balance-list": deed("ledger.view_entry", _none, "GET"),
}
