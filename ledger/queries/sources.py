"""What happened in billing and does not stand in the books yet."""

from datetime import date
from decimal import Decimal

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from billing.models import (
    GOODS,
    Allocation,
    BankEntry,
    Charge,
    ChargeKind,
    Invoice,
    JournalEntry,
    Payment,
    Reversal,
)
from ledger.domain.posting import Document, Sold, Taxed
from ledger.models import PostedAllocation, RevenuePart

BOOKED = ("issue", "credit", "payment", "refund", "reversal", "write_off")
# Work and goods are sold when they are given; what runs over a period is what contracts sell.
AT_ONCE = (*GOODS, ChargeKind.TIME, ChargeKind.FLAT, ChargeKind.PREPAID)


def unposted_events(entity_id: int, after: int, count: int) -> list[JournalEntry]:
    """Return links of the chain that no entry stands for, in their order."""
    charges = Charge.objects.exclude(amount=0).order_by("position", "pk")
    documents = Invoice.objects.select_related("client", "corrects").prefetch_related(
        Prefetch("charges", charges), "tax_lines"
    )
    rows = JournalEntry.objects.filter(
        legal_entity=entity_id, event__in=BOOKED, ledger_entry=None, position__gt=after
    )
    found = (
        rows.select_related(
            "payment__client", "refund__client", "reversal__payment__client",
            "reversal__refund__client",
        )
        .prefetch_related(
            Prefetch("invoice", documents), Prefetch("write_off__invoice", documents)
        )
        .order_by("position")[:count]
    )  # fmt: skip
    return list(found)


def has_unposted(entity_id: int, through: date) -> bool:
    """Whether something that happened until a day does not stand in the books."""
    events = JournalEntry.objects.filter(
        legal_entity=entity_id, event__in=BOOKED, ledger_entry=None
    )
    documents = events.filter(invoice__issued_on__lte=through).exclude(
        invoice__net=0, invoice__tax=0
    )
    money = (
        events.filter(payment__received_on__lte=through)
        | events.filter(refund__paid_on__lte=through)
        | events.filter(reversal__reversed_on__lte=through)
        | events.filter(write_off__written_off_on__lte=through)
    )
    uses = unposted_uses(entity_id).filter(recorded_at__date__lte=through)
    return documents.exists() or money.exists() or uses.exists()


def document_of(invoice: Invoice, per_unit: Decimal, *, defers: bool) -> Document:
    """Return a document as the books see it."""
    if invoice.issued_on is None:
        raise ValueError("only an issued document stands in the books")
    return Document(
        day=invoice.issued_on,
        client_id=invoice.client_id,
        invoice_id=invoice.corrects_id or invoice.pk,
        sign=-1 if invoice.is_credit_note else 1,
        total=invoice.total,
        lines=[_sold(charge) for charge in invoice.charges.all()],
        taxes=[Taxed(one.category, one.rate, one.tax) for one in invoice.tax_lines.all()],
        per_unit=per_unit,
        is_deposit=invoice.document_kind == "deposit",
        defers=defers,
    )


def credited_before(event: JournalEntry, invoice: Invoice) -> list[tuple[Decimal, list[Taxed]]]:
    """Return total and taxes of the credit notes that stand before a link in the chain."""
    links = JournalEntry.objects.filter(
        legal_entity=event.legal_entity_id, position__lt=event.position
    )
    notes = Invoice.objects.filter(corrects=invoice, journal_entries__in=links)
    return [
        (note.total, [Taxed(one.category, one.rate, one.tax) for one in note.tax_lines.all()])
        for note in notes.prefetch_related("tax_lines")
    ]


def _sold(charge: Charge) -> Sold:
    return Sold(
        charge_id=charge.pk,
        amount=charge.amount,
        is_goods=charge.kind in GOODS,
        is_deferrable=charge.kind not in AT_ONCE,
        tax_code=charge.tax_code,
        tax_category=charge.tax_category,
        starts_on=charge.starts_on,
        last_day_on=charge.last_day_on,
        account=charge.ledger_account,
    )


def first_uses(entry: JournalEntry, payment: Payment) -> list[Allocation]:
    """Return what a payment was used for when it was recorded."""
    uses = Allocation.objects.filter(
        payment=payment, releases=None, invoice__isnull=False, recorded_at__lte=entry.recorded_at
    )
    return list(uses.filter(posted=None).select_related("invoice").order_by("pk"))


def released_with(reversal: Reversal) -> list[Allocation]:
    """Return what was released in the step that reversed a payment, and not before.

    Both were written by the same transaction, which PostgreSQL keeps with each row.
    """
    same_step = RawSQL("(billing_allocation.xmin::text)", [])
    own = RawSQL("(SELECT xmin::text FROM billing_reversal WHERE id = %s)", [reversal.pk])
    releases = Allocation.objects.filter(
        payment=reversal.payment_id, releases__isnull=False, invoice__isnull=False, posted=None
    )
    found = releases.annotate(written_by=same_step, reversed_by=own)
    same = found.filter(written_by=F("reversed_by"))
    return list(same.select_related("invoice").order_by("pk"))


def bank_account_of(payment_id: int) -> int | None:
    """Return the account on whose statement a payment was found, None when it was typed."""
    entries = BankEntry.objects.filter(payment=payment_id)
    found: int | None = entries.values_list("account_id", flat=True).first()
    return found


def unposted_uses(entity_id: int) -> QuerySet[Allocation]:
    """Return uses of money that came before, whose payment stands in the books."""
    posted = JournalEntry.objects.filter(
        legal_entity=entity_id, payment=OuterRef("payment"), ledger_entry__isnull=False
    )
    stands = PostedAllocation.objects.filter(allocation=OuterRef("pk"))
    uses = Allocation.objects.filter(~Exists(stands), Exists(posted), invoice__isnull=False)
    return uses.select_related("invoice", "payment__client").order_by("recorded_at", "pk")


def revenue_due(entity_id: int, before: date) -> QuerySet[RevenuePart]:
    """Return the deferred parts of months that are over and are no revenue in the books yet."""
    booked = RawSQL(
        "EXISTS (SELECT 1 FROM ledger_entry e WHERE e.source = 'revenue:'"
        " || ledger_revenuepart.invoice_id || ':' || to_char(ledger_revenuepart.month, 'YYYY-MM'))",
        [],
    )
    parts = RevenuePart.objects.filter(legal_entity=entity_id, is_deferred=True, month__lt=before)
    due = parts.annotate(is_booked=booked).filter(is_booked=False)
    return due.select_related("account", "invoice__client").order_by("month", "invoice_id", "pk")
