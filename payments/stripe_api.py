"""Speaking with Stripe: who an account is, making a payment page, closing one."""

import logging
from dataclasses import dataclass

import stripe
from django.conf import settings
from django.utils.translation import gettext as _

from core.secret_box import SecretLost, unseal
from payments.domain.told import to_minor
from payments.models import OnlinePayment

log = logging.getLogger(__name__)
SECONDS = 10
# Pages whose forms lead to a payment name it, or browsers refuse the way.
PAYMENT_PAGES = "https://checkout.stripe.com"
LANGUAGES = {"fr": "fr", "en": "en"}


class StripeRefused(Exception):
    """Stripe cannot be reached, or does not do what is asked."""


class AlreadyPaid(StripeRefused):
    """The payment page cannot be closed: somebody has just paid there."""


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """A page at Stripe on which an amount is paid."""

    session_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Where Stripe sends a person back to, in which language it speaks, and to whom it writes."""

    paid_url: str
    back_url: str
    language: str
    email: str


def account_behind(key: str) -> str:
    """Return the name of the account that a secret key opens.

    :raises StripeRefused: it opens none, or Stripe cannot be reached
    """
    try:
        account = _client(key).v1.accounts.retrieve_current()
    except stripe.AuthenticationError as error:
        raise StripeRefused(_("Stripe does not know this secret key.")) from error
    except stripe.PermissionError:
        return ""  # a restricted key that may not read it: it is known all the same
    except stripe.StripeError as error:
        raise StripeRefused(_unreachable(error)) from error
    profile = account.business_profile
    return str((profile and profile.name) or account.id)


def make_page(online: OnlinePayment, ways: Ways) -> PaymentPage:
    """Make the payment page of an amount; asked again it is the same page.

    :raises StripeRefused: Stripe cannot be reached, or refuses
    """
    number = online.invoice.number
    about = {"invoice": number, "key": str(online.key)}
    try:
        session = _of(online).v1.checkout.sessions.create(
            {
                "mode": "payment",
                "client_reference_id": str(online.key),
                "line_items": [
                    {
                        "quantity": 1,
                        "price_data": {
                            "currency": online.currency.lower(),
                            "unit_amount": to_minor(online.amount, online.currency),
                            "product_data": {"name": _("Invoice %(number)s") % {"number": number}},
                        },
                    }
                ],
                "payment_intent_data": {"description": number, "metadata": about},
                "metadata": about,
                "success_url": ways.paid_url,
                "cancel_url": ways.back_url,
                "locale": LANGUAGES.get(ways.language[:2], "auto"),
                **({"customer_email": ways.email} if ways.email else {}),
            },
            {"idempotency_key": str(online.key)},
        )
    except stripe.StripeError as error:
        raise StripeRefused(_unreachable(error)) from error
    return PaymentPage(session.id, str(session.url))


def close_page(online: OnlinePayment) -> None:
    """Close a payment page on which nobody has paid.

    :raises AlreadyPaid: somebody has
    :raises StripeRefused: Stripe cannot be reached
    """
    try:
        sessions = _of(online).v1.checkout.sessions
        status = sessions.retrieve(online.session_id).status
        if status == "open":
            sessions.expire(online.session_id)
    except stripe.StripeError as error:
        raise StripeRefused(_unreachable(error)) from error
    if status == "complete":
        raise AlreadyPaid(_("A payment was just made; it appears here within minutes."))


def _of(online: OnlinePayment) -> stripe.StripeClient:
    try:
        return _client(unseal(online.account.key_sealed))
    except SecretLost as error:
        raise StripeRefused(_unreachable(error)) from error


def _client(key: str) -> stripe.StripeClient:
    return stripe.StripeClient(
        key,
        base_addresses={"api": settings.STRIPE_API_BASE},
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=SECONDS),
    )


def _unreachable(error: Exception) -> str:
    log.warning("Stripe: %s", error)
    return _("The payment page cannot be opened just now. Try again in a moment.")
