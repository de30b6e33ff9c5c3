"""Taking a line of a bank statement up again that was set aside."""

from django.db import transaction

from billing.models import BankEntry


@transaction.atomic(durable=True)
def reopen_entry(*, entry_id: int) -> BankEntry:
    """Let a line wait again; one that was booked, or waits, stays as it is."""
    entry = BankEntry.objects.select_for_update(no_key=True).get(pk=entry_id)
    if entry.set_aside_at:
        entry.set_aside_at, entry.set_aside_by = None, None
        entry.save(update_fields=["set_aside_at", "set_aside_by"])
    return entry
