"""Booking that a direct debit came back."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import BankEntry
from billing.operations._entries import lock_open_entry
from billing.operations._payments import PaymentRefused
from payments.models import DirectDebit
from payments.operations._batches import DebitRefused
from payments.operations._returning import Return, take_back

__all__ = ["DebitRefused", "PaymentRefused", "Return", "return_debit"]


@transaction.atomic(durable=True)
def return_debit(
    *, debit_id: int, said: Return, actor: User | None, entry_id: int | None = None
) -> DirectDebit:
    """Open the invoice again; a reason that lies in the mandate stops the mandate.

    :raises DebitRefused: it came back before, was let go, is not at the bank, or sums differ
    :raises PaymentRefused: somebody dealt with the line, or part of the payment was paid back
    """
    entry = lock_open_entry(entry_id) if entry_id else None
    rows = DirectDebit.objects.select_for_update(no_key=True, of=("self",))
    debit = rows.select_related("batch", "mandate", "invoice").get(pk=debit_id)
    _guard(debit, said, entry)
    reversal = take_back(debit, said, actor)
    if entry and reversal and not BankEntry.objects.filter(reversal=reversal).exists():
        entry.reversal = reversal
        entry.save(update_fields=["reversal"])
    elif entry:
        entry.booked_as = str(debit)
        entry.save(update_fields=["booked_as"])
    return debit


def _guard(debit: DirectDebit, said: Return, entry: BankEntry | None) -> None:
    if debit.returned_on or debit.released_at:
        raise DebitRefused(_("This direct debit came back or was let go already."))
    if not debit.batch.sent_at:
        raise DebitRefused(_("The bank does not have this batch yet; cancel it."))
    if said.returned_on < debit.batch.sent_at.date():
        raise DebitRefused(_("It cannot come back before it was sent."), "returned_on")
    if entry and (entry.amount, entry.currency) != (-debit.amount, "EUR"):
        raise DebitRefused(_("The line is not of the amount of this direct debit."))
