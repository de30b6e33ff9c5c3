"""What was paid on an invoice beyond what it still asks for becomes the client's credit."""

from decimal import Decimal

from accounts.models import User
from billing.models import Allocation, Invoice
from billing.operations._payments import lock_payments, release
from billing.standing import balance_of


def lock_payments_of(invoice_id: int) -> None:
    """Lock the payments that pay an invoice, before the invoice itself."""
    shares = Allocation.objects.standing().filter(invoice=invoice_id)
    lock_payments(shares.values_list("payment_id", flat=True))


def free_what_is_overpaid(invoice_id: int, *, note: str, actor: User | None) -> None:
    """Release the latest allocations of a locked invoice until no more is paid than is owed.

    An allocation of which a part is still owed is released whole, and that part allocated anew.
    """
    too_much = -balance_of(Invoice.objects.with_balance().get(pk=invoice_id))
    shares = Allocation.objects.standing().filter(invoice=invoice_id).order_by("-pk")
    for share in shares:
        if too_much <= 0:
            return
        _release(share, min(too_much, share.amount), note, actor)
        too_much -= share.amount


def _release(share: Allocation, amount: Decimal, note: str, actor: User | None) -> None:
    release([share], note=note, actor=actor)
    if share.amount > amount:
        Allocation.objects.create(
            payment_id=share.payment_id,
            invoice_id=share.invoice_id,
            amount=share.amount - amount,
            note=note,
            recorded_by=actor,
        )
