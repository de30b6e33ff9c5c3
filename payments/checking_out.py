"""The way of a client to the page on which an invoice is paid."""

from datetime import datetime

from accounts.models import User
from payments.models import OnlinePayment
from payments.operations.ask_checkout import CheckoutOutdated, CheckoutRefused, ask_checkout
from payments.operations.keep_page import keep_page
from payments.operations.note_closed import note_closed
from payments.stripe_api import StripeRefused, Ways, close_page, make_page


def way_to_pay(invoice_id: int, ways: Ways, actor: User | None, now: datetime) -> OnlinePayment:
    """Return the payment with the address of its page, one page for an amount however often asked.

    :raises CheckoutRefused: it cannot be paid online, or Stripe cannot be reached
    """
    try:
        online = _asked(invoice_id, actor, now)
        if not online.url:
            page = make_page(online, ways)
            online.url = page.url
            keep_page(online_id=online.pk, session_id=page.session_id, url=page.url)
    except StripeRefused as refusal:
        raise CheckoutRefused(str(refusal)) from refusal
    return online


def _asked(invoice_id: int, actor: User | None, now: datetime) -> OnlinePayment:
    try:
        return ask_checkout(invoice_id=invoice_id, actor=actor, now=now)
    except CheckoutOutdated as outdated:
        if outdated.online.session_id:
            close_page(outdated.online)
        note_closed(online_id=outdated.online.pk)
    return ask_checkout(invoice_id=invoice_id, actor=actor, now=now)
