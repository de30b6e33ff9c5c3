"""The door: who gets in, and what the refused are told."""

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client as Browser

from accounts.models import SignIn, User
from accounts.tests.factories import PASSWORD


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def _try(browser: Browser, email: str, password: str = PASSWORD) -> tuple[int, str]:
    response = browser.post("/accounts/login/", {"login": email, "password": password})
    return response.status_code, response.content.decode()


def test_the_right_password_opens_the_door(client: Browser, technician: User) -> None:
    status, _page = _try(client, "Technician@firm.example")

    assert status == 302
    assert client.get("/me/").status_code == 200
    assert SignIn.objects.get().succeeded


def test_a_wrong_password_and_an_unknown_address_are_told_the_same(
    client: Browser, technician: User
) -> None:
    _status, known = _try(client, technician.email, "not the password")
    _status, unknown = _try(client, "nobody@firm.example", "not the password")

    told = [re.sub(r"(CSRFToken|nonce|token|login)\W+\S+", "", page) for page in (known, unknown)]
    assert told[0] == told[1]
    assert "email address and/or password" in known


def test_refused_attempts_are_kept_with_their_address(client: Browser, technician: User) -> None:
    _try(client, technician.email, "not the password")

    attempt = SignIn.objects.get()
    assert (attempt.succeeded, attempt.user, attempt.address) == (False, technician, "127.0.0.1")


def test_a_deactivated_person_stays_out(client: Browser, technician: User) -> None:
    User.objects.filter(pk=technician.pk).update(is_active=False)

    _try(client, technician.email)

    assert client.get("/me/").status_code == 302


def test_guessing_is_stopped_and_said_clearly(client: Browser, technician: User) -> None:
    for guess in range(5):
        _try(client, technician.email, f"guess {guess}")

    status, page = _try(client, technician.email)

    assert status == 200
    assert "Too many failed login attempts" in page
    assert client.get("/me/").status_code == 302


def test_hammering_the_door_leads_to_a_page_that_says_wait(
    client: Browser, technician: User
) -> None:
    answers = [_try(client, f"guess{n}@firm.example") for n in range(31)]

    assert answers[-1][0] == 429
    assert "Too many attempts" in answers[-1][1]


@pytest.mark.django_db
def test_nobody_signs_up(client: Browser) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_asking_for_a_new_password_tells_nothing_about_who_exists(
    client: Browser, technician: User
) -> None:
    known = client.post("/accounts/password/reset/", {"email": technician.email}, follow=True)
    unknown = client.post("/accounts/password/reset/", {"email": "no@firm.example"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [[technician.email]]


def test_the_mail_with_the_secret_link_is_private_and_in_the_readers_language(
    client: Browser, technician: User
) -> None:
    User.objects.filter(pk=technician.pk).update(language="fr")

    client.post("/accounts/password/reset/", {"email": technician.email})

    assert mail.outbox[0].extra_headers["X-Fixpoint-Private"] == "1"
    assert mail.outbox[0].subject == "Choisissez un nouveau mot de passe"


def test_a_new_password_ends_the_other_sessions(client: Browser, technician: User) -> None:
    _try(client, technician.email)
    technician.set_password("another phrase altogether")
    technician.save()

    assert client.get("/me/").status_code == 302


@pytest.mark.django_db
def test_the_admin_has_no_door_of_its_own(client: Browser) -> None:
    response = client.get("/admin/login/", follow=True)

    assert response.redirect_chain[0][0].startswith("/accounts/login/")


def test_signing_in_leaves_no_second_address_behind(client: Browser, technician: User) -> None:
    _try(client, technician.email)

    assert not EmailAddress.objects.exists()
