"""Putting money that moved at the end of the firm's chain."""

from accounts.models import User
from billing.domain.sealing import link_hash
from billing.models import (
    Cancellation,
    Closing,
    Export,
    JournalEntry,
    Payment,
    Refund,
    Reversal,
    WriteOff,
)
from billing.queries.closings import closing_digest, export_digest, write_off_digest
from billing.queries.money import (
    cancellation_digest,
    payment_digest,
    refund_digest,
    reversal_digest,
)
from clients.models import LegalEntity

PAYMENT, REFUND, REVERSAL, CANCELLATION = "payment", "refund", "reversal", "cancel"
WRITE_OFF, CLOSING, EXPORT = "write_off", "closing", "export"


def lock_journal(entity_id: int) -> LegalEntity:
    """Lock the firm's row, which is the head of its chain; taken after all other locks."""
    return LegalEntity.objects.select_for_update(no_key=True).get(pk=entity_id)


def entity_of(payment: Payment) -> int:
    """Return the firm in whose chain a payment stands."""
    entry = payment.journal_entries.first()
    return entry.legal_entity_id if entry else LegalEntity.objects.current().pk


def seal_payment(entity: LegalEntity, payment: Payment) -> None:
    """Link a payment to the chain."""
    entry = JournalEntry(event=PAYMENT, payment=payment, recorded_by=payment.recorded_by)
    _append(entity, entry, payment_digest(payment))


def seal_refund(entity: LegalEntity, refund: Refund) -> None:
    """Link a refund and what bears it to the chain."""
    entry = JournalEntry(event=REFUND, refund=refund, recorded_by=refund.recorded_by)
    _append(entity, entry, refund_digest(refund))


def seal_reversal(entity: LegalEntity, reversal: Reversal, actor: User | None) -> None:
    """Link a reversal to the chain."""
    entry = JournalEntry(event=REVERSAL, reversal=reversal, recorded_by=actor)
    _append(entity, entry, reversal_digest(reversal))


def seal_cancellation(entity: LegalEntity, cancellation: Cancellation) -> None:
    """Link a cancellation to the chain."""
    entry = JournalEntry(
        event=CANCELLATION, cancellation=cancellation, recorded_by=cancellation.cancelled_by
    )
    _append(entity, entry, cancellation_digest(cancellation))


def seal_write_off(entity: LegalEntity, write_off: WriteOff) -> None:
    """Link a write-off to the chain."""
    entry = JournalEntry(event=WRITE_OFF, write_off=write_off, recorded_by=write_off.recorded_by)
    _append(entity, entry, write_off_digest(write_off))


def seal_closing(entity: LegalEntity, closing: Closing) -> None:
    """Link a closing to the chain."""
    entry = JournalEntry(event=CLOSING, closing=closing, recorded_by=closing.recorded_by)
    _append(entity, entry, closing_digest(closing))


def seal_export(entity: LegalEntity, export: Export) -> None:
    """Link an export to the chain."""
    entry = JournalEntry(event=EXPORT, export=export, recorded_by=export.recorded_by)
    _append(entity, entry, export_digest(export))


def _append(entity: LegalEntity, entry: JournalEntry, digest: str) -> None:
    last = JournalEntry.objects.filter(legal_entity=entity).order_by("-position").first()
    entry.legal_entity = entity
    entry.position = last.position + 1 if last else 1
    entry.previous_hash = last.hash if last else ""
    entry.digest = digest
    entry.hash = link_hash(entry.previous_hash, entry.position, entry.event, digest)
    entry.save(force_insert=True)
