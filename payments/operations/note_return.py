"""Noting that the payment of a direct debit was reversed elsewhere."""

from django.db import transaction

from billing.models import BankEntry, ReversalReason
from payments.models import DirectDebit
from payments.operations._returning import Return, take_back


@transaction.atomic(durable=True)
def note_return(*, debit_id: int) -> None:
    """Say of a direct debit what its payment's reversal says; once.

    One that the bank took back came back. One that was booked by mistake waits to be booked again,
    unless its invoice is collected anew by now.
    """
    rows = DirectDebit.objects.select_for_update(no_key=True, of=("self",))
    debit = rows.select_related("mandate", "payment__reversal").get(pk=debit_id)
    if debit.returned_on or debit.payment is None:
        return
    reversal = debit.payment.reversal
    if reversal.reason == ReversalReason.MISTAKE and not _is_collected_anew(debit):
        _wait_again(debit)
        return
    entry = BankEntry.objects.filter(reversal=reversal).first()
    code = entry.return_code[:4] if entry else ""
    take_back(debit, Return(reversal.reversed_on, code, reversal.note), None)


def _is_collected_anew(debit: DirectDebit) -> bool:
    return DirectDebit.objects.live().filter(invoice=debit.invoice_id).exists()


def _wait_again(debit: DirectDebit) -> None:
    """Untie it from its payment; the line of the statement waits too once none is tied to it."""
    entry_id = debit.bank_entry_id
    debit.payment, debit.bank_entry = None, None
    debit.save(update_fields=["payment", "bank_entry"])
    if entry_id and not DirectDebit.objects.filter(bank_entry=entry_id).exists():
        BankEntry.objects.filter(pk=entry_id).update(booked_as="")
