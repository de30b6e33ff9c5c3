"""The second factor: optional, or demanded of the firm's own people."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.test import Client as Browser
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.models import User
from accounts.operations.make_token import make_token
from accounts.tests.factories import PASSWORD
from tests.plugins.cast import SignIn


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def demanded(settings: Settings) -> None:
    """The firm demands a second factor of its people."""
    settings.STAFF_NEED_SECOND_FACTOR = True


def _set_up(person: User) -> str:
    secret: str = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def _code(secret: str) -> str:
    counters = list(yield_hotp_counters_from_time())
    return str(format_hotp_value(hotp_value(secret, counters[len(counters) // 2])))


def test_the_password_alone_does_not_open_the_door(client: Browser, technician: User) -> None:
    _set_up(technician)

    response = client.post("/accounts/login/", {"login": technician.email, "password": PASSWORD})

    assert response.headers["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/me/").status_code == 302


def test_the_code_of_the_app_opens_it(client: Browser, technician: User) -> None:
    secret = _set_up(technician)
    client.post("/accounts/login/", {"login": technician.email, "password": PASSWORD})

    client.post("/accounts/2fa/authenticate/", {"code": _code(secret)})

    assert client.get("/me/").status_code == 200


def test_a_recovery_code_opens_it_once(technician: User) -> None:
    _set_up(technician)
    code = RecoveryCodes.activate(technician).get_unused_codes()[0]
    first, second = Browser(), Browser()

    for browser in (first, second):
        browser.post("/accounts/login/", {"login": technician.email, "password": PASSWORD})
        browser.post("/accounts/2fa/authenticate/", {"code": code})

    assert first.get("/me/").status_code == 200
    assert second.get("/me/").status_code == 302


def test_what_is_stored_does_not_show_the_secret(technician: User) -> None:
    secret = _set_up(technician)

    stored = Authenticator.objects.get(user=technician).data["secret"]

    assert secret not in stored


@pytest.mark.usefixtures("demanded")
def test_staff_without_one_are_led_to_set_it_up(as_technician: Browser) -> None:
    response = as_technician.get("/me/")

    assert response.headers["Location"] == "/accounts/2fa/"
    assert as_technician.get("/accounts/2fa/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_staff_with_one_work_on(technician: User, sign_in: SignIn) -> None:
    _set_up(technician)

    assert sign_in(technician).get("/me/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_clients_people_are_not_asked(as_client_contact: Browser) -> None:
    assert as_client_contact.get("/me/").status_code == 200


@pytest.mark.usefixtures("demanded")
def test_a_token_from_before_is_refused_until_there_is_one(technician: User) -> None:
    _token, secret = make_token(person_id=technician.pk, name="script", lifetime=None)
    program = APIClient()
    program.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    before = program.get("/api/v1/clients/").status_code

    _set_up(technician)

    assert (before, program.get("/api/v1/clients/").status_code) == (401, 200)


def test_a_new_password_does_not_get_around_it(client: Browser, technician: User) -> None:
    _set_up(technician)
    technician.set_password("a quite long phrase")
    technician.save()

    client.post("/accounts/login/", {"login": technician.email, "password": "a quite long phrase"})

    assert client.get("/me/").status_code == 302


def test_an_administrator_helps_who_lost_their_phone(
    as_administrator: Browser, technician: User
) -> None:
    _set_up(technician)

    as_administrator.post(f"/people/{technician.pk}/forget-factor/")

    assert not Authenticator.objects.filter(user=technician).exists()
