"""The first minutes of an empty firm, and that they never come again."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from accounts.models import SetupLink, User
from accounts.tests.factories import UserFactory
from catalog.models import Rate, TaxRate
from clients.models import Client, LegalEntity

pytestmark = pytest.mark.django_db

PERSON = {
    "first_name": "Anne",
    "last_name": "Leroy",
    "email": "Anne@leroy.example",
    "password": "a quite long phrase",
    "again": "a quite long phrase",
}
FIRM = {
    "name": "Leroy Informatique",
    "street": "3 rue Haute",
    "postcode": "35000",
    "city": "Rennes",
    "country": "FR",
    "is_small_business": "on",
    "currency": "EUR",
    "time_zone": "Europe/Paris",
    "invoice_prefix": "F",
}
TAXES = {"standard": "20", "intermediate": "10", "reduced": "5.5", "special": "2.1"}
RATES = {
    "form-TOTAL_FORMS": "2",
    "form-INITIAL_FORMS": "0",
    "form-0-name": "Dépannage à distance",
    "form-0-hourly_rate": "72",
    "form-0-minimum_minutes": "15",
    "form-0-step_minutes": "15",
    "form-1-name": "",
}


def _link() -> str:
    out = StringIO()
    call_command("setup_link", stdout=out)
    return "/" + out.getvalue().strip().split("/", 3)[3]


def _walk(browser: Browser, **changed: dict[str, str]) -> Any:
    steps = {"person": PERSON, "firm": FIRM, "taxes": TAXES, "rates": RATES}
    answer = None
    for name, entered in steps.items():
        answer = browser.post(f"/setup/{name}/", {**entered, **changed.get(name, {})})
    return answer


def test_an_empty_firm_is_set_up_in_four_steps(client: Browser) -> None:
    opened = client.get(_link())
    finished = _walk(client)

    assert opened.headers["Location"] == "/setup/person/"
    assert finished.headers["Location"] == "/setup/done/"
    assert client.get("/setup/done/").status_code == 200
    person = User.objects.get(email="anne@leroy.example")
    assert person.check_password("a quite long phrase")
    assert person.has_perm("accounts.add_user")
    assert LegalEntity.objects.current().name == "Leroy Informatique"


def test_taxes_and_rates_are_as_entered(client: Browser) -> None:
    client.get(_link())
    _walk(client)

    rates = {one.tax_code: one.rate for one in TaxRate.objects.filter(country="FR")}
    assert rates == {
        "standard": Decimal("20.00"),
        "intermediate": Decimal("10.00"),
        "reduced": Decimal("5.50"),
        "special": Decimal("2.10"),
        "zero": Decimal("0.00"),
    }
    rate = Rate.objects.get()
    assert (rate.work_type.name, rate.hourly_rate) == ("Dépannage à distance", Decimal(72))
    assert not Client.objects.exists()


def test_french_rates_are_proposed(client: Browser) -> None:
    client.get(_link())
    client.post("/setup/person/", PERSON)
    client.post("/setup/firm/", FIRM)

    form = client.get("/setup/taxes/").context["form"]

    assert [str(field.value()) for field in form] == ["20", "10", "5.5", "2.1"]


def test_a_mistake_loses_nothing_that_was_entered(client: Browser) -> None:
    client.get(_link())

    answer = client.post("/setup/person/", {**PERSON, "email": "not an address"})
    again = client.post("/setup/person/", {**PERSON, "password": "", "again": ""})

    assert answer.status_code == 422
    assert 'value="Leroy"' in answer.content.decode()
    assert again.headers["Location"] == "/setup/firm/"
    assert 'value="Anne@leroy.example"' in client.get("/setup/person/").content.decode()


def test_the_password_is_not_kept_in_the_session(client: Browser) -> None:
    client.get(_link())
    client.post("/setup/person/", PERSON)

    assert "a quite long phrase" not in str(dict(client.session))


def test_a_skipped_step_is_asked_before_anything_is_made(client: Browser) -> None:
    client.get(_link())
    client.post("/setup/person/", PERSON)

    answer = client.post("/setup/rates/", RATES)

    assert answer.headers["Location"] == "/setup/firm/"
    assert not User.objects.exists()


def test_the_link_works_once(client: Browser) -> None:
    path = _link()
    client.get(path)
    _walk(client)

    assert Browser().get(path).status_code == 404
    assert Browser().get("/setup/person/").status_code == 404
    with pytest.raises(CommandError, match="set up already"):
        _link()


def test_two_browsers_with_the_link_make_one_firm(client: Browser) -> None:
    path = _link()
    other = Browser()
    for browser in (client, other):
        browser.get(path)
    for name, entered in (("person", PERSON), ("firm", FIRM), ("taxes", TAXES)):
        other.post(f"/setup/{name}/", entered)

    _walk(client)
    late = other.post("/setup/rates/", RATES)

    assert late.status_code == 404
    assert User.objects.count() == 1


def test_the_link_expires_after_a_day(client: Browser) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        path = _link()
    with time_machine.travel(
        datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(hours=25), tick=False
    ):
        status = client.get(path).status_code

    assert status == 404


@pytest.mark.parametrize("is_active", [True, False])
def test_an_administrator_shuts_it_even_when_deactivated(
    client: Browser, *, is_active: bool
) -> None:
    path = _link()
    client.get(path)
    UserFactory.create(role="administrator", is_active=is_active)

    assert client.get(path).status_code == 404
    assert client.post("/setup/person/", PERSON).status_code == 404


def test_a_new_link_ends_the_one_before(client: Browser) -> None:
    old, new = _link(), _link()

    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 302


def test_what_is_stored_does_not_open_anything() -> None:
    path = _link()

    assert SetupLink.objects.get().digest not in path
