"""A firm that may collect, and a client with an invoice and a mandate, made for tests.

The invoice of ``owed()`` is of 509.76, issued on 31 March 2026 and due on 30 April. 1 May is a day
on which banks are closed, so that what falls due then is collected on Monday 4 May.
"""

from datetime import UTC, date, datetime
from typing import Any

from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from clients.models import Client, LegalEntity, Mandate
from clients.tests.factories import LegalEntityFactory
from payments.models import DebitBatch
from payments.operations.make_batch import BatchOrder, make_batch
from payments.operations.send_batch import send_batch
from payments.operations.sign_mandate import Signed, sign_mandate

IDENTIFIER = "FR72ZZZ123456"
DEBTOR_IBAN = "FR7630006000011234567890189"
ISSUED = date(2026, 3, 31)
DUE = date(2026, 4, 30)
TODAY = date(2026, 4, 20)
NOW = datetime(2026, 4, 20, 8, 30, tzinfo=UTC)


def creditor() -> LegalEntity:
    """Give the firm its SEPA identifier."""
    entity = LegalEntity.objects.first() or LegalEntityFactory.create()
    entity.creditor_identifier = IDENTIFIER
    entity.save()
    return entity


def mandate(client: Client, **said: Any) -> Mandate:
    """Let a client sign."""
    entity = creditor()
    paper = {"iban": DEBTOR_IBAN, "signed_on": date(2026, 1, 15), "scheme": "CORE", **said}
    signed = Signed(legal_entity_id=entity.pk, **paper)
    return sign_mandate(client_id=client.pk, signed=signed, today=date(2026, 4, 1))


def owed(client: Client | None = None) -> Invoice:
    """Issue an invoice of 509.76 to somebody who signed before."""
    draft = DraftFactory(**({"client": client} if client else {}))
    if client is None:
        mandate(draft.client)
    issue_invoices(invoice_ids=[draft.pk], issued_on=ISSUED, actor=None)
    return Invoice.objects.with_balance().get(pk=draft.pk)


def collect(*invoices: Invoice, on: date = DUE, scheme: str = "CORE") -> DebitBatch:
    """Make a batch of these."""
    entity = LegalEntity.objects.current()
    order = BatchOrder(entity.pk, scheme, on, [one.pk for one in invoices])
    return make_batch(order=order, now=NOW, today=TODAY, actor=None)


def sent(*invoices: Invoice) -> DebitBatch:
    """Make a batch of these and hand it to the bank."""
    batch = collect(*invoices)
    return send_batch(batch_id=batch.pk, now=NOW, today=TODAY, actor=None)
