"""The cast: the people of every test, each with the role that the name says, and their browsers."""

from collections.abc import Callable

import pytest
from django.test import Client as Browser

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import ClientFactory, ContactFactory

SignIn = Callable[[User], Browser]


def _member(role: str) -> User:
    person: User = UserFactory.create(role=role, email=f"{role}@firm.example")
    return person


def _contact_of(code: str, email: str) -> User:
    person: User = UserFactory.create(portal=True, role="client-everything", email=email)
    company = ClientFactory.create(code=code, name=f"{code.title()} SAS")
    ContactFactory.create(client=company, email=email, user=person, sees_everything=True)
    return person


@pytest.fixture
def technician(db: None) -> User:
    """Repairs and logs what was done."""
    return _member("technician")


@pytest.fixture
def dispatcher(db: None) -> User:
    """Hands out the tickets."""
    return _member("dispatcher")


@pytest.fixture
def accountant(db: None) -> User:
    """Bills and takes in the money."""
    return _member("accountant")


@pytest.fixture
def manager(db: None) -> User:
    """Looks after the business."""
    return _member("manager")


@pytest.fixture
def administrator(db: None) -> User:
    """Sets the product up and decides who may do what."""
    return _member("administrator")


@pytest.fixture
def client_contact(db: None) -> User:
    """Signs in to the portal for a client: ``client_contact.contact.client``."""
    return _contact_of("ALPHA", "contact@alpha.example")


@pytest.fixture
def outsider(db: None) -> User:
    """Signs in to the portal for another client, and must see nothing of the first one's."""
    return _contact_of("BRAVO", "outsider@bravo.example")


@pytest.fixture
def sign_in() -> SignIn:
    """Open a browser in which the given person has signed in."""

    def open_browser(person: User) -> Browser:
        browser = Browser()
        browser.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return browser

    return open_browser


@pytest.fixture
def as_technician(technician: User, sign_in: SignIn) -> Browser:
    """The technician's browser."""
    return sign_in(technician)


@pytest.fixture
def as_dispatcher(dispatcher: User, sign_in: SignIn) -> Browser:
    """The dispatcher's browser."""
    return sign_in(dispatcher)


@pytest.fixture
def as_accountant(accountant: User, sign_in: SignIn) -> Browser:
    """The accountant's browser."""
    return sign_in(accountant)


@pytest.fixture
def as_manager(manager: User, sign_in: SignIn) -> Browser:
    """The manager's browser."""
    return sign_in(manager)


@pytest.fixture
def as_administrator(administrator: User, sign_in: SignIn) -> Browser:
    """The administrator's browser."""
    return sign_in(administrator)


@pytest.fixture
def as_client_contact(client_contact: User, sign_in: SignIn) -> Browser:
    """The contact's browser."""
    return sign_in(client_contact)


@pytest.fixture
def as_outsider(outsider: User, sign_in: SignIn) -> Browser:
    """The other client's contact's browser."""
    return sign_in(outsider)
