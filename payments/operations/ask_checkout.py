"""Asking for a page on which a client pays what is open on an invoice."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice
from billing.standing import balance_of
from core.money import smallest_unit
from payments.models import OnlinePayment, StripeAccount
from payments.operations._batches import lock_invoices
from payments.operations._checkouts import CheckoutRefused, is_on_its_way
from payments.queries.coming import collection_of

__all__ = ["CheckoutOutdated", "CheckoutRefused", "ask_checkout"]
PAGES_STAND = timedelta(hours=23)  # Stripe closes its pages after a day


class CheckoutOutdated(Exception):
    """A page for another amount, or of yesterday, has to be closed first."""

    def __init__(self, online: OnlinePayment) -> None:
        super().__init__(str(online))
        self.online = online


@transaction.atomic(durable=True)
def ask_checkout(*, invoice_id: int, actor: User | None, now: datetime) -> OnlinePayment:
    """Return what is to be paid online: the page that stands open already, else a new one.

    :raises CheckoutRefused: online payment is off, nothing is open, or money is on its way
    :raises CheckoutOutdated: another page of this invoice has to be closed first
    """
    lock_invoices([invoice_id])
    invoice = Invoice.objects.with_balance().select_related("legal_entity").get(pk=invoice_id)
    account = StripeAccount.objects.offered().filter(legal_entity=invoice.legal_entity_id).first()
    if account is None:
        raise CheckoutRefused(_("This invoice cannot be paid online."))
    balance = balance_of(invoice)
    if invoice.is_draft or balance < smallest_unit(invoice.currency):
        raise CheckoutRefused(_("Nothing is open on this invoice."))
    _guard_alone(invoice)
    live = invoice.online_payments.live().select_related("account", "invoice").first()
    if live is None:
        return OnlinePayment.objects.create(
            key=uuid4(),
            account=account,
            invoice=invoice,
            amount=balance,
            currency=invoice.currency,
            asked_at=now,
            asked_by=actor,
        )
    if live.amount != balance or live.account_id != account.pk or live.asked_at < now - PAGES_STAND:
        raise CheckoutOutdated(live)
    return live


def _guard_alone(invoice: Invoice) -> None:
    """Refuse where money for the invoice is on its way already."""
    if collection_of(invoice):
        raise CheckoutRefused(_("This invoice is collected by direct debit."))
    coming = invoice.online_payments.coming().first()
    if coming:
        raise CheckoutRefused(is_on_its_way(coming))
