"""Every address of the product is climbed, step by step; one without a row fails."""

from copy import copy

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from accounts.models import User
from accounts.tests.factories import UserFactory
from tests.architecture.access_ladder import NOBODYS, Climb, all_addresses
from tests.architecture.access_rows_of_all import ROWS
from tests.architecture.access_world import World
from tests.plugins.cast import SignIn

ADMIN = "admin:"


@pytest.fixture
def cast(request: pytest.FixtureRequest) -> dict[str, User]:
    """The people of every test."""
    names = (
        "technician", "dispatcher", "accountant", "manager", "administrator", "client_contact",
        "outsider",
    )  # fmt: skip
    return {name: request.getfixturevalue(name) for name in names}


def test_every_address_has_a_row() -> None:
    addresses = {name for name in all_addresses() if not name.startswith(ADMIN)}

    assert addresses - ROWS.keys() == set(), "add rows to tests/architecture/access_rows_of_all.py"


def test_every_row_has_an_address() -> None:
    assert ROWS.keys() - all_addresses().keys() == set()


@pytest.mark.parametrize("room", sorted({name.partition(":")[0] for name in ROWS}))
def test_the_ladder(room: str, cast: dict[str, User]) -> None:
    """Climb all addresses of a room; each finds the people as they began."""
    problems = {}
    for name in (one for one in sorted(ROWS) if one.partition(":")[0] == room):
        before = transaction.savepoint()
        world = World({role: copy(person) for role, person in cast.items()})
        found = Climb(name, ROWS[name], world).climb()
        transaction.savepoint_rollback(before)
        if found:
            problems[name] = found

    assert problems == {}


def test_the_back_office_is_for_superusers(administrator: User, sign_in: SignIn) -> None:
    urls = {name: _admin_url(name) for name in all_addresses() if name.startswith(ADMIN)}
    nobody, staff = Browser(), sign_in(administrator)
    answers = {
        (name, browser is staff): browser.get(url).status_code
        for name, url in urls.items()
        for browser in (nobody, staff)
    }

    assert {name: code for name, code in answers.items() if code not in {302, 403, 404}} == {}


def _admin_url(name: str) -> str:
    for arguments in ([], [NOBODYS], [1, NOBODYS], ["tickets"]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    return f"{reverse('admin:index')}nowhere/"


@pytest.mark.django_db
def test_a_superuser_enters_the_back_office(sign_in: SignIn) -> None:
    browser = sign_in(UserFactory.create(is_superuser=True))

    assert browser.get(reverse("admin:index")).status_code == 200
