"""Marking a line of a bank statement as no payment of a client."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from billing.models import BankEntry
from billing.operations._entries import lock_open_entry
from billing.operations._payments import PaymentRefused

__all__ = ["PaymentRefused", "set_aside_entry"]


@transaction.atomic(durable=True)
def set_aside_entry(*, entry_id: int, now: datetime, actor: User | None) -> BankEntry:
    """Set a line aside that is not about an invoice of ours.

    :raises PaymentRefused: somebody dealt with the line
    """
    entry = lock_open_entry(entry_id)
    entry.set_aside_at, entry.set_aside_by = now, actor
    entry.save(update_fields=["set_aside_at", "set_aside_by"])
    return entry
