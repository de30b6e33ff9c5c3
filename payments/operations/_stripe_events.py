"""What is done about each thing that Stripe tells; whoever calls holds the account's lock."""

from collections.abc import Callable
from datetime import date, tzinfo
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Allocation, PaymentMethod, Refund, Reversal, ReversalReason
from billing.operations._journal import entity_of, lock_journal, seal_refund
from billing.operations._payments import (
    PaymentRefused,
    Withdrawal,
    guard_open,
    lock_payments,
    rest_of,
)
from billing.operations._withdrawing import withdraw_payment
from core.display import day_text, money_text
from payments.domain.told import DISPUTE, REFUND, SESSION, Told, read
from payments.models import CheckoutState, EventState, OnlinePayment, StripeEvent
from payments.operations._checkouts import CheckoutRefused, book

DISPUTE_BEGUN, DISPUTE_OVER = "charge.dispute.created", "charge.dispute.closed"
SUCCEEDED = frozenset({"checkout.session.completed", "checkout.session.async_payment_succeeded"})
UNPAID = (CheckoutState.ASKED, CheckoutState.OPEN)


class ToLookAt(Exception):
    """A person has to decide; the message says what is the matter."""


class NotYet(Exception):
    """It is about a payment that has not been told of yet."""


def settle(event: StripeEvent, told: Told) -> None:
    """Do what follows from a message, and keep what came of it."""
    event.said = ""
    try:
        with transaction.atomic():
            event.said = _of_thing(told)(event, told)
            event.state = EventState.DONE
    except NotYet:
        event.state = EventState.WAITING
    except (ToLookAt, PaymentRefused) as reason:
        event.state, event.said = EventState.QUEUED, str(reason)
        _mark_queued(event, told)
    event.save(update_fields=["state", "said", "online_payment"])


def settle_waiting(intent_id: str) -> None:
    """Do what waited for this payment to be booked, in the order in which it happened."""
    if not intent_id:
        return
    waiting = StripeEvent.objects.filter(state=EventState.WAITING, intent_id=intent_id)
    for event in waiting.order_by("happened_at", "pk"):
        settle(event, read(event.body))


def _of_thing(told: Told) -> Callable[[StripeEvent, Told], str]:
    return {SESSION: _page, REFUND: _refund, DISPUTE: _dispute}.get(told.thing, _nothing)


def _nothing(_event: StripeEvent, _told: Told) -> str:
    return ""


def _mark_queued(event: StripeEvent, told: Told) -> None:
    online = event.online_payment
    if told.thing == SESSION and online is not None and online.payment_id is None:
        online.state = CheckoutState.QUEUED
        online.save(update_fields=["state"])


def _page(event: StripeEvent, told: Told) -> str:
    if told.key is None:
        return _("It is about nothing that was asked here.")
    event.online_payment = online = OnlinePayment.objects.filter(key=told.key).first()
    if online is None:
        raise ToLookAt(_("It names a payment that nobody here asked for."))
    if told.intent_id and not online.intent_id:
        online.intent_id = told.intent_id
        online.save(update_fields=["intent_id"])
    if told.kind in SUCCEEDED:
        return _paid(online, told)
    if told.kind == "checkout.session.async_payment_failed":
        return _failed(online)
    if told.kind == "checkout.session.expired" and online.state in UNPAID:
        _move(online, CheckoutState.EXPIRED)
    return ""


def _paid(online: OnlinePayment, told: Told) -> str:
    if told.status == "unpaid":
        if online.state in UNPAID:
            _move(online, CheckoutState.PROCESSING)
        return ""
    if online.payment_id or online.state == CheckoutState.QUEUED:
        return _("It was told before.")
    guard_asked(online, told)
    book(online, online.amount, day_of(told, online))
    return ""


def guard_asked(online: OnlinePayment, told: Told) -> None:
    """Refuse money that is not what was asked for.

    :raises ToLookAt: amount or currency differ
    """
    if (told.amount, told.currency) != (online.amount, online.currency):
        raise ToLookAt(
            _("%(asked)s was asked for %(invoice)s, but Stripe says that %(told)s came.")
            % {
                "asked": money_text(online.amount, online.currency),
                "invoice": online.invoice.number,
                "told": money_text(told.amount, told.currency or "EUR"),
            }
        )


def _failed(online: OnlinePayment) -> str:
    if online.payment_id:
        raise ToLookAt(_("The payment was booked, and now Stripe says that it failed."))
    if online.is_live:
        _move(online, CheckoutState.FAILED)
    return ""


def _move(online: OnlinePayment, state: CheckoutState) -> None:
    online.state = state
    online.save(update_fields=["state"])


def day_of(told: Told, online: OnlinePayment) -> date:
    """Return the day it happened where the firm is."""
    return told.happened_at.astimezone(online.account.legal_entity.zone).date()


def _online_of(event: StripeEvent, told: Told) -> OnlinePayment:
    """Return the booked payment that a refund or a dispute is about.

    :raises NotYet: none is known, or it is not booked
    """
    known = OnlinePayment.objects.filter(intent_id=told.intent_id, payment__isnull=False)
    online = known.select_related("account__legal_entity", "invoice").first()
    if online is None or not told.intent_id:
        raise NotYet
    event.online_payment = online
    return online


def _refund(event: StripeEvent, told: Told) -> str:
    online = _online_of(event, told)
    booked = Refund.objects.filter(reference=told.thing_id, reversal=None)
    if told.status in {"failed", "canceled"} and booked.exists():
        raise ToLookAt(_("What went back to the client came back: reverse the booked refund."))
    if told.status != "succeeded" or booked.exists():
        return ""
    pay_back(online, told, day_of(told, online))
    earlier = StripeEvent.objects.queued().filter(intent_id=told.intent_id, kind__startswith=REFUND)
    earlier.filter(body__data__object__id=told.thing_id).update(state=EventState.DONE)
    return ""


def pay_back(online: OnlinePayment, told: Told, paid_on: date) -> Refund:
    """Record that part of a payment went back to the client, out of what is left of it.

    :raises ToLookAt: what went back still pays invoices
    :raises PaymentRefused: the books do not take it
    """
    [payment] = lock_payments([online.payment_id or 0])
    if told.currency != payment.currency or rest_of(payment) < told.amount:
        raise ToLookAt(_still_pays(told, rest_of(payment), payment.currency))
    entity = lock_journal(entity_of(payment))
    guard_open(entity, paid_on)
    refund = Refund.objects.create(
        client_id=payment.client_id,
        paid_on=max(paid_on, payment.received_on),
        amount=told.amount,
        currency=payment.currency,
        method=PaymentMethod.ONLINE,
        reference=told.thing_id[:140],
    )
    Allocation.objects.create(payment=payment, refund=refund, amount=told.amount)
    seal_refund(entity, refund)
    return refund


def _still_pays(told: Told, rest: Decimal, currency: str) -> str:
    return _(
        "%(amount)s went back to the client through Stripe, but only %(rest)s of that payment is"
        " free. Credit the invoice, or release what it pays, and book it then."
    ) % {
        "amount": money_text(told.amount, told.currency or "EUR"),
        "rest": money_text(rest, currency),
    }


def _dispute(event: StripeEvent, told: Told) -> str:
    online = _online_of(event, told)
    if told.kind == DISPUTE_BEGUN:
        over = StripeEvent.objects.filter(kind=DISPUTE_OVER, intent_id=told.intent_id)
        if over.exists():
            return ""
        raise ToLookAt(_begun(told, online.account.legal_entity.zone))
    if told.kind != DISPUTE_OVER:
        return ""
    StripeEvent.objects.filter(
        kind=DISPUTE_BEGUN, intent_id=told.intent_id, state=EventState.QUEUED
    ).update(state=EventState.DONE)
    if told.status != "lost":
        return _("The money stays.")
    return _lost(online, told)


def _begun(told: Told, zone: tzinfo) -> str:
    amount = money_text(told.amount, told.currency or "EUR")
    if told.answer_by is None:
        return _("The client's bank takes %(amount)s back. Answer it at Stripe.") % {
            "amount": amount
        }
    day = day_text(told.answer_by.astimezone(zone).date())
    return _("The client's bank takes %(amount)s back. Answer it at Stripe by %(day)s.") % {
        "amount": amount,
        "day": day,
    }


def _lost(online: OnlinePayment, told: Told) -> str:
    payment = online.payment
    if payment is None or Reversal.objects.filter(payment=payment).exists():
        return ""
    if (told.amount, told.currency) != (payment.amount, payment.currency):
        raise ToLookAt(
            _("%(part)s of %(whole)s was taken back for good. Put the books right by hand.")
            % {
                "part": money_text(told.amount, told.currency or "EUR"),
                "whole": money_text(payment.amount, payment.currency),
            }
        )
    day = max(day_of(told, online), payment.received_on)
    note = _("dispute %(id)s was lost") % {"id": told.thing_id}
    withdraw_payment(payment.pk, Withdrawal(day, ReversalReason.BOUNCED, note[:200]), None)
    return _("The payment counts no more; what it paid is open again.")


def accept(event: StripeEvent, told: Told, day: date) -> None:
    """Book what a person has looked at, by their day.

    :raises CheckoutRefused: it cannot be booked from here
    :raises PaymentRefused: the books do not take it
    """
    online = event.online_payment
    if online is None:
        raise CheckoutRefused(_("It belongs to no invoice here: book it by hand."))
    if told.thing == SESSION and told.status == "paid" and online.payment_id is None:
        if told.currency != online.currency:
            raise CheckoutRefused(_("It came in another currency: book it by hand."))
        book(online, told.amount, day)
    elif told.thing == REFUND and told.status == "succeeded":
        try:
            pay_back(online, told, day)
        except ToLookAt as reason:
            raise CheckoutRefused(str(reason)) from reason
    else:
        raise CheckoutRefused(_("There is nothing to book: set it aside when it is dealt with."))
