"""Direct debits of the demonstration: a batch of last month with one that came back, a next one."""

from datetime import date, timedelta

from django.db.models import QuerySet

from billing.models import Invoice
from clients.models import LegalEntity, MandateScheme
from core.bank_days import bank_day_from
from payments.operations.book_debits import book_debits
from payments.operations.make_batch import BatchOrder, make_batch
from payments.operations.return_debit import Return, return_debit
from payments.operations.send_batch import send_batch
from payments.operations.sign_mandate import Signed, sign_mandate
from psa.demo.desk import Desk

CREDITOR = "FR72ZZZ123456"
NEXT = ("FR7630006000011234567890189", "FR7630004000031234567890143")
COLLECTED = ("FR7610107001011234567890129", "FR7611315000011234567890138")
SIGNED_BEFORE = timedelta(days=80)
COLLECTED_BEFORE, ANNOUNCED_BEFORE = timedelta(days=13), timedelta(days=16)
SENT_AFTER, RETURNED_AFTER = timedelta(days=8), timedelta(days=5)
NO_COVER = "AM04"


def collect_and_sign(entity: LegalEntity, desk: Desk, today: date) -> None:
    """Let clients sign mandates: two were collected from, two wait for the next batch."""
    entity.creditor_identifier = CREDITOR
    entity.save(update_fields=["creditor_identifier"])
    day = bank_day_from(today - COLLECTED_BEFORE)
    rows = Invoice.objects.open().filter(client__lost_on=None, currency="EUR")
    late = _last_of_clients(rows.filter(due_on__lte=day))[-len(COLLECTED) :]
    others = rows.exclude(client__in=[row.client_id for row in late])
    waiting = _last_of_clients(others)[-len(NEXT) :]
    _sign(late, COLLECTED, entity, today)
    if late:
        _collect(late, entity, desk, day)
    _sign(waiting, NEXT, entity, today)


def _last_of_clients(rows: QuerySet[Invoice]) -> list[Invoice]:
    """Return the last invoice of each client."""
    return list({row.client_id: row for row in rows.order_by("issued_on", "pk")}.values())


def _sign(invoices: list[Invoice], ibans: tuple[str, ...], entity: LegalEntity, day: date) -> None:
    for invoice, iban in zip(invoices, ibans, strict=False):
        signed = Signed(entity.pk, iban, day - SIGNED_BEFORE, MandateScheme.CORE)
        sign_mandate(client_id=invoice.client_id, signed=signed, today=day)


def _collect(invoices: list[Invoice], entity: LegalEntity, desk: Desk, day: date) -> None:
    """Make, send and book a batch; the account of one client had no cover."""
    made_on, actor = day - ANNOUNCED_BEFORE, desk.staff.accountant
    order = BatchOrder(entity.pk, MandateScheme.CORE, day, [one.pk for one in invoices])
    batch = make_batch(order=order, now=desk.at(made_on, 9, 10), today=made_on, actor=actor)
    sent_on = made_on + SENT_AFTER
    send_batch(batch_id=batch.pk, now=desk.at(sent_on, 9, 30), today=sent_on, actor=actor)
    book_debits(batch_id=batch.pk, booked_on=day, actor=actor)
    said = Return(day + RETURNED_AFTER, NO_COVER)
    return_debit(debit_id=batch.debits.latest("pk").pk, said=said, actor=actor)
