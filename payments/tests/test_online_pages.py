"""The client's way to pay, the firm's settings and its queue, against a server like Stripe's."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from billing.models import Invoice, Payment
from billing.operations.record_payment import Receipt, record_payment
from billing.tests.credited import MARCH_31, balance_of, issued_invoice
from clients.models import LegalEntity
from clients.tests.factories import LegalEntityFactory
from core.secret_box import unseal
from payments.models import CheckoutState, OnlinePayment, StripeAccount, StripeEvent
from payments.tests import online
from payments.tests.stripe_server import KEY, SECRET, StripeServer, message, stripe_server
from tests.plugins.cast import SignIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(settings: object) -> Iterator[StripeServer]:
    """A server like Stripe's."""
    with stripe_server() as server:
        settings.STRIPE_API_BASE = server.url  # type: ignore[attr-defined]
        yield server


@pytest.fixture
def invoice(client_contact: User) -> Invoice:
    """An invoice of 509.76 to the contact's company, which may pay online."""
    found = issued_invoice(client=client_contact.contact.client)
    online.account()
    return found


def pay(browser: Browser, invoice: Invoice) -> str:
    """Press the button; return where it leads."""
    return str(browser.post(reverse("portal:invoice-pay", args=[invoice.pk])).headers["Location"])


def page(browser: Browser, invoice: Invoice) -> str:
    return browser.get(reverse("portal:invoice", args=[invoice.pk])).content.decode()


def test_a_client_is_sent_to_a_page_for_what_is_open_and_twice_to_the_same(
    stripe: StripeServer, client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    browser = sign_in(client_contact)
    shown = browser.get(reverse("portal:invoice", args=[invoice.pk]))

    places = {pay(browser, invoice) for _time in range(2)}

    assert reverse("portal:invoice-pay", args=[invoice.pk]) in shown.content.decode()
    policy = shown.headers["Content-Security-Policy"]
    assert "form-action 'self' https://checkout.stripe.com" in policy
    assert places == {"https://checkout.stripe.com/c/pay/cs_test_1"}
    [(_verb, _path, said)] = [one for one in stripe.asked if one[0] == "POST"]
    asked = OnlinePayment.objects.get()
    assert said["line_items[0][price_data][unit_amount]"] == "50976"
    assert said["line_items[0][price_data][currency]"] == "eur"
    assert said["client_reference_id"] == str(asked.key)
    assert said["customer_email"] == client_contact.email
    assert said["success_url"].endswith(f"/portal/invoices/{invoice.pk}/?paid=1")
    assert (asked.amount, asked.state) == (Decimal("509.76"), CheckoutState.OPEN)


def test_a_page_for_another_amount_is_closed_before_the_next_is_made(
    stripe: StripeServer, client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    browser = sign_in(client_contact)
    pay(browser, invoice)
    share = Decimal("109.76")
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(MARCH_31, share),
        allocations={invoice.pk: share},
        actor=None,
    )

    place = pay(browser, invoice)

    assert place.endswith("cs_test_2")
    assert stripe.pages["cs_test_1"]["status"] == "expired"
    assert stripe.pages["cs_test_2"]["amount_total"] == 40000


def test_nobody_pays_twice_what_is_on_its_way(
    stripe: StripeServer, client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    browser = sign_in(client_contact)
    pay(browser, invoice)
    online.tell(message(online.COMPLETED, online.page_of(OnlinePayment.objects.get(), "unpaid")))

    place = pay(browser, invoice)

    assert place == reverse("portal:invoice", args=[invoice.pk])
    shown = page(browser, invoice)
    assert "€509.76 is on its way" in shown
    assert reverse("portal:invoice-pay", args=[invoice.pk]) not in shown
    assert len(stripe.pages) == 1


def test_a_page_that_was_just_paid_is_not_replaced(
    stripe: StripeServer, client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    browser = sign_in(client_contact)
    pay(browser, invoice)
    stripe.pages["cs_test_1"]["status"] = "complete"
    OnlinePayment.objects.update(asked_at="2026-04-01T00:00:00Z")

    place = pay(browser, invoice)

    assert place == reverse("portal:invoice", args=[invoice.pk])
    assert "A payment was just made" in page(browser, invoice)
    assert OnlinePayment.objects.get().state == CheckoutState.OPEN


def test_when_stripe_is_away_the_client_is_told_and_tries_again_later(
    stripe: StripeServer, client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    browser = sign_in(client_contact)
    stripe.is_down = True

    assert pay(browser, invoice) == reverse("portal:invoice", args=[invoice.pk])
    assert "cannot be opened just now" in page(browser, invoice)
    stripe.is_down = False
    stripe.answers.clear()
    assert pay(browser, invoice).endswith("cs_test_1")
    assert OnlinePayment.objects.count() == 1


def test_without_keys_there_is_no_button_and_the_way_is_closed(
    client_contact: User, invoice: Invoice, sign_in: SignIn
) -> None:
    StripeAccount.objects.update(is_on=False, key_sealed="")
    browser = sign_in(client_contact)

    assert reverse("portal:invoice-pay", args=[invoice.pk]) not in page(browser, invoice)
    assert pay(browser, invoice) == reverse("portal:invoice", args=[invoice.pk])
    assert "cannot be paid online" in page(browser, invoice)


def test_an_administrator_enters_the_keys_which_are_checked_and_never_shown(
    stripe: StripeServer, administrator: User, sign_in: SignIn
) -> None:
    LegalEntityFactory.create()
    url = reverse("online:account", args=[LegalEntity.objects.current().pk])
    browser = sign_in(administrator)

    wrong = browser.post(url, {"key": "sk_test_other", "webhook_secret": SECRET, "is_on": "on"})
    public = browser.post(url, {"key": "pk_test_x", "webhook_secret": "secret"})
    half = browser.post(url, {"key": KEY, "is_on": "on"})
    assert "Stripe does not know this secret key." in wrong.content.decode()
    assert "begins with sk_" in public.content.decode()
    assert "begins with whsec_" in public.content.decode()
    assert "once both keys are entered" in half.content.decode()
    assert {wrong.status_code, public.status_code, half.status_code} == {422}
    browser.post(url, {"key": KEY, "webhook_secret": SECRET, "is_on": "on"})

    account = StripeAccount.objects.get()
    assert (account.is_on, account.is_live) == (True, False)
    assert account.account_name == "Dépann'Info Services"
    assert (unseal(account.key_sealed), unseal(account.webhook_secret_sealed)) == (KEY, SECRET)
    shown = browser.get(url).content.decode()
    assert KEY not in shown
    assert SECRET not in shown
    assert "http://testserver/online/stripe/" in shown


def test_an_accountant_books_what_differs_or_sets_it_aside(
    accountant: User, sign_in: SignIn
) -> None:
    short, other = online.asked(), online.asked(issued_invoice())
    for number, one in enumerate((short, other)):
        online.told_paid(one, number, amount_total=50000)
    browser = sign_in(accountant)
    book, aside = (
        reverse("online:event-settle", args=[one.pk]) for one in StripeEvent.objects.order_by("pk")
    )

    browser.post(book, {"book": "1", "booked_on": "2026-04-08", "note": ""})
    silent = browser.post(aside, {"aside": "1", "note": ""})
    browser.post(aside, {"aside": "1", "note": "sent back at Stripe"})

    assert silent.status_code == 422
    payment = Payment.objects.get()
    assert (payment.amount, balance_of(short.invoice)) == (Decimal("500.00"), Decimal("9.76"))
    assert not StripeEvent.objects.queued().exists()
    assert OnlinePayment.objects.get(pk=other.pk).state == CheckoutState.FAILED
    again = browser.post(book, {"book": "1", "booked_on": "2026-04-08"})
    assert "settled already" in again.content.decode()
    assert Payment.objects.count() == 1
