"""Steps shared by all that is done with payments online."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import Invoice, Payment, PaymentMethod
from billing.operations._payments import PaymentRefused, Receipt
from billing.operations._receiving import Receiving, receive
from billing.standing import balance_of
from core.display import money_text
from payments.models import CheckoutState, OnlinePayment, StripeAccount
from payments.operations._batches import lock_invoices


class CheckoutRefused(Exception):
    """An invoice cannot be paid online, or what Stripe told cannot be settled so."""


def lock_account(account_id: int) -> StripeAccount:
    """Lock an account at Stripe: what it tells is taken one message after the other."""
    rows = StripeAccount.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("legal_entity").get(pk=account_id)


def book(online: OnlinePayment, amount: Decimal, received_on: date) -> Payment:
    """Record what came online; what the invoice no longer asks for becomes the client's credit.

    :raises PaymentRefused: the books do not take it
    """
    lock_invoices([online.invoice_id])
    invoice = Invoice.objects.with_balance().select_related("client").get(pk=online.invoice_id)
    share = min(max(balance_of(invoice), Decimal(0)), amount)
    if not share and invoice.client.currency != online.currency:
        raise PaymentRefused(
            _("Nothing is open on %(invoice)s, and its client has no account in %(currency)s.")
            % {"invoice": invoice.number, "currency": online.currency}
        )
    receipt = Receipt(received_on, amount, PaymentMethod.ONLINE, online.intent_id[:140])
    shares = {invoice.pk: share} if share else {}
    # Stripe names each payment, so that alike ones are no mistake.
    payment = receive(Receiving(invoice.client_id, receipt, shares, None, accepts_repeat=True))
    online.payment, online.state = payment, CheckoutState.PAID
    online.save(update_fields=["payment", "state"])
    return payment


def is_on_its_way(online: OnlinePayment) -> str:
    """Say that a payment has been made and takes its days."""
    return _("A payment of %(amount)s is on its way; banks take some days.") % {
        "amount": money_text(online.amount, online.currency)
    }
