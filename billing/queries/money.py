"""Money that came and went, read for proof."""

from billing.domain.sealing import Digest
from billing.domain.sealing_money import (
    digest_of_cancellation,
    digest_of_payout,
    digest_of_receipt,
    digest_of_reversal,
)
from billing.models import Cancellation, Payment, Refund, Reversal


def payment_digest(payment: Payment) -> Digest:
    """Return the digest of a payment as it stands."""
    receipt = (
        payment.received_on,
        payment.amount,
        payment.currency,
        payment.method,
        payment.reference,
    )
    return digest_of_receipt(payment.pk, payment.client_id, receipt)


def refund_digest(refund: Refund) -> Digest:
    """Return the digest of a refund as it stands, with the payments that bore it."""
    payout = (refund.paid_on, refund.amount, refund.currency, refund.method, refund.reference)
    shares = [
        (share.payment_id, share.amount)
        for share in refund.allocations.all()
        if share.releases_id is None
    ]
    return digest_of_payout(refund.pk, refund.client_id, payout, shares)


def reversal_digest(reversal: Reversal) -> Digest:
    """Return the digest of a reversal as it stands."""
    why = (reversal.reversed_on, reversal.reason, reversal.note)
    return digest_of_reversal(reversal.pk, (reversal.payment_id, reversal.refund_id), why)


def cancellation_digest(cancellation: Cancellation) -> Digest:
    """Return the digest of a cancellation as it stands."""
    note = cancellation.credit_note
    return digest_of_cancellation(
        cancellation.pk,
        cancellation.invoice.number,
        note.number if note else "",
        (cancellation.cancelled_on, cancellation.reason),
    )
