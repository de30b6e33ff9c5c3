"""Booking a line of a bank statement as a payment."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Payment, PaymentMethod
from billing.operations._entries import lock_open_entry
from billing.operations._payments import PaymentRefused, Receipt
from billing.operations._receiving import Receiving, receive
from clients.models import Client

__all__ = ["PaymentRefused", "book_entry"]


@transaction.atomic(durable=True)
def book_entry(
    *, entry_id: int, client_id: int, allocations: Mapping[int, Decimal], actor: User | None
) -> Payment:
    """Record a line as money of a client, and what it pays; a rest is the client's credit.

    :raises PaymentRefused: somebody dealt with the line, or it pays what it cannot
    """
    entry = lock_open_entry(entry_id)
    if not entry.is_credit:
        raise PaymentRefused(_("This money left the account; it is no payment."))
    if not allocations and Client.objects.get(pk=client_id).currency != entry.currency:
        raise PaymentRefused(
            _("This client does not pay in %(currency)s.") % {"currency": entry.currency}
        )
    reference = (entry.text or entry.bank_reference)[:140]
    receipt = Receipt(entry.booked_on, entry.amount, PaymentMethod.TRANSFER, reference)
    # A line is booked once by itself, so that alike lines are no mistake.
    asked = Receiving(client_id, receipt, allocations, actor, accepts_repeat=True)
    payment = receive(asked)
    if payment.currency != entry.currency:
        raise PaymentRefused(_("The invoice is in another currency than this money."))
    entry.payment = payment
    entry.save(update_fields=["payment"])
    return payment
