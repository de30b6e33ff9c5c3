"""Direct debits: mandates, batches, what came back."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import ContentFile

from billing.models import BankAccount
from clients.models import LegalEntity, Mandate
from core.secret_box import seal
from payments.models import DebitBatch, DirectDebit
from payments.tests.cast import NOW
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
MONEY = "accounts.use_portal_invoices"
READ_AND_ADD = ("GET", "POST")


def mandate_of(world: World) -> Mandate:
    """Return a mandate of the company."""
    facts = {
        "legal_entity": LegalEntity.objects.current(),
        "signed_on": date(2026, 1, 15),
        "debtor": "Alpha",
        "iban_sealed": seal("FR7630006000011234567890189"),
        "iban_masked": "FR76 •••• 0189",
        "document": ContentFile(b"%PDF-1.7", "mandate.pdf"),
    }
    return Mandate.objects.get_or_create(client=world.company, reference="A-M1", defaults=facts)[0]


def batch_of(world: World) -> DebitBatch:
    """Return a batch that collects from the company, as the bank has it."""
    facts = {
        "legal_entity": LegalEntity.objects.current(),
        "scheme": "CORE",
        "collect_on": date(2026, 4, 30),
        "debit_count": 1,
        "total": world.invoice.total,
        "file_sealed": seal("<Document/>"),
        "file_sha256": "0" * 64,
        "made_at": NOW,
        "sent_at": NOW,
    }
    return DebitBatch.objects.get_or_create(reference="DD1-2026-00001", defaults=facts)[0]


def debit_of(world: World) -> DirectDebit:
    """Return what the batch collects from the company."""
    facts = {
        "batch": batch_of(world),
        "mandate": mandate_of(world),
        "amount": world.invoice.total,
        "sequence": "FRST",
        "end_to_end_id": "DD1-2026-00001-00001",
    }
    return DirectDebit.objects.get_or_create(invoice=world.invoice, defaults=facts)[0]


def _mandate(world: World) -> Kwargs:
    return {"pk": mandate_of(world).pk}


def _batch(world: World) -> Kwargs:
    return {"pk": debit_of(world).batch_id}


def _debit(world: World) -> Kwargs:
    return {"pk": debit_of(world).pk}


def _account(world: World) -> Kwargs:
    account: BankAccount = world.bank_account
    return {"pk": account.pk}


def _client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _none(_world: World) -> Kwargs:
    return {}


CHANGE, LINES = "payments.change_debitbatch", "payments.change_directdebit"
ROWS: dict[str, Row] = {
    "payments:batches": page("payments.view_debitbatch"),
    "payments:batch-create": form("payments.add_debitbatch"),
    "payments:batch": page("payments.view_debitbatch", _batch),
    "payments:batch-send": action(CHANGE, _batch),
    "payments:batch-file": page(CHANGE, _batch),
    "payments:batch-cancel": action(CHANGE, _batch),
    "payments:batch-book": action(CHANGE, _batch),
    "payments:debit-return": action(LINES, _debit),
    "payments:mandates": page("clients.view_mandate"),
    "payments:mandate-create": form("clients.add_mandate"),
    "payments:mandate": page("clients.view_mandate", _mandate),
    "payments:mandate-end": action("clients.change_mandate", _mandate),
    "payments:mandate-document": page("clients.view_mandate", _mandate),
    "payments:of-client": page("clients.view_mandate", _client),
    "payments:statement": page("payments.view_debitbatch", _account),
    "payments:statement-book": action(LINES, _account),
    "api:mandate-list": noun("clients.mandate", methods=READ_AND_ADD, portal=MONEY),
    "api:mandate-detail": noun("clients.mandate", _mandate, portal=MONEY),
    "api:mandate-end": deed("clients.change_mandate", _mandate),
    "api:debit-batch-list": noun("payments.debitbatch", methods=READ_AND_ADD),
    "api:debit-batch-proposals": deed("payments.view_debitbatch", _none, "GET"),
    "api:debit-batch-detail": noun("payments.debitbatch", _batch),
    "api:debit-batch-send": deed(CHANGE, _batch),
    "api:debit-batch-cancel": deed(CHANGE, _batch),
    "api:debit-batch-book": deed(CHANGE, _batch),
    "api:debit-batch-file": deed(CHANGE, _batch, "GET"),
    "api:direct-debit-list": noun("payments.directdebit", portal=MONEY),
    "api:direct-debit-detail": noun("payments.directdebit", _debit, portal=MONEY),
    "api:direct-debit-take-back": deed(LINES, _debit),
}
