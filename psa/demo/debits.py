"""Direct debits of the demonstration: clients who signed, for the next batch to collect from."""

from datetime import date, timedelta

from billing.models import Invoice
from clients.models import LegalEntity, MandateScheme
from payments.operations.sign_mandate import Signed, sign_mandate

CREDITOR = "FR72ZZZ123456"
ACCOUNTS = ("FR7630006000011234567890189", "FR7630004000031234567890143")
SIGNED_BEFORE = timedelta(days=80)


def sign_some(entity: LegalEntity, today: date) -> None:
    """Let two clients with an open invoice sign a mandate."""
    entity.creditor_identifier = CREDITOR
    entity.save(update_fields=["creditor_identifier"])
    rows = Invoice.objects.open().filter(client__lost_on=None, currency="EUR", allocations=None)
    found = {row.client_id: row for row in rows.order_by("due_on", "pk")}
    latest = sorted(found.values(), key=lambda row: row.pk)[-len(ACCOUNTS) :]
    for invoice, iban in zip(latest, ACCOUNTS, strict=False):
        signed = Signed(entity.pk, iban, today - SIGNED_BEFORE, MandateScheme.CORE)
        sign_mandate(client_id=invoice.client_id, signed=signed, today=today)
