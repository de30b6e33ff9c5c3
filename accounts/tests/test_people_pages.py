"""Administrators say who may sign in."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import ApiToken, User
from accounts.operations.make_token import make_token
from accounts.tests.factories import PASSWORD, UserFactory
from tests.plugins.cast import SignIn

NEW = {
    "first_name": "Nadia",
    "last_name": "Roux",
    "email": "Nadia.Roux@firm.example",
    "language": "fr",
    "roles": ["technician", "dispatcher"],
}


def test_a_new_person_has_their_roles_and_an_invitation(as_administrator: Browser) -> None:
    response = as_administrator.post("/people/add/", NEW)

    person = User.objects.get(email="nadia.roux@firm.example")
    assert response.headers["Location"] == f"/people/{person.pk}/"
    assert {group.name for group in person.groups.all()} == {"technician", "dispatcher"}
    assert not person.has_usable_password()
    assert mail.outbox[0].to == ["nadia.roux@firm.example"]
    assert mail.outbox[0].extra_headers["X-Fixpoint-Private"] == "1"


def test_the_link_of_an_invitation_lets_choose_a_password(
    as_administrator: Browser, client: Browser
) -> None:
    as_administrator.post("/people/add/", NEW)
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    path = "/" + link.split("/", 3)[3]

    asked = client.get(path, follow=True)
    client.post(
        asked.redirect_chain[-1][0],
        {"password1": "a quite long phrase", "password2": "a quite long phrase"},
    )

    assert User.objects.get(email="nadia.roux@firm.example").check_password("a quite long phrase")


def test_an_address_in_use_is_refused_in_any_case(
    as_administrator: Browser, technician: User
) -> None:
    response = as_administrator.post("/people/add/", {**NEW, "email": "TECHNICIAN@firm.example"})

    assert response.status_code == 422
    assert User.objects.filter(last_name="Roux").count() == 0


def test_roles_can_be_changed(as_administrator: Browser, technician: User) -> None:
    entered = {**NEW, "email": technician.email, "roles": ["accountant"]}

    as_administrator.post(f"/people/{technician.pk}/edit/", entered)

    assert [group.name for group in technician.groups.all()] == ["accountant"]


def test_the_last_administrator_keeps_the_role(
    as_administrator: Browser, administrator: User
) -> None:
    entered = {**NEW, "email": administrator.email, "roles": ["technician"]}

    response = as_administrator.post(f"/people/{administrator.pk}/edit/", entered)

    assert response.status_code == 422
    assert [group.name for group in administrator.groups.all()] == ["administrator"]


def test_a_deactivated_person_is_out_at_once(as_administrator: Browser, technician: User) -> None:
    browser = Browser()
    browser.post("/accounts/login/", {"login": technician.email, "password": PASSWORD})
    make_token(person_id=technician.pk, name="script", lifetime=None)
    assert browser.get("/me/").status_code == 200

    as_administrator.post(f"/people/{technician.pk}/deactivate/")

    assert browser.get("/me/").status_code == 302
    assert ApiToken.objects.count() == 0
    technician.refresh_from_db()
    assert not technician.is_active


def test_a_session_from_before_stays_dead_when_a_person_may_sign_in_again(
    as_administrator: Browser, technician: User
) -> None:
    browser = Browser()
    browser.post("/accounts/login/", {"login": technician.email, "password": PASSWORD})
    as_administrator.post(f"/people/{technician.pk}/deactivate/")

    as_administrator.post(f"/people/{technician.pk}/reactivate/")

    assert browser.get("/me/").status_code == 302
    technician.refresh_from_db()
    assert technician.is_active


def test_nobody_deactivates_themselves(as_administrator: Browser, administrator: User) -> None:
    as_administrator.post(f"/people/{administrator.pk}/deactivate/")

    administrator.refresh_from_db()
    assert administrator.is_active


def test_a_clients_person_has_no_roles_to_tick(
    as_administrator: Browser, client_contact: User
) -> None:
    entered = {**NEW, "email": client_contact.email, "roles": ["administrator"]}

    as_administrator.post(f"/people/{client_contact.pk}/edit/", entered)

    assert [group.name for group in client_contact.groups.all()] == ["client-everything"]


@pytest.mark.parametrize("role", ["technician", "dispatcher", "accountant", "manager"])
@pytest.mark.django_db
def test_only_administrators_add_people(role: str, sign_in: SignIn) -> None:
    browser = sign_in(UserFactory.create(role=role))

    response = browser.post("/people/add/", NEW)

    assert response.status_code == 403
    assert not User.objects.filter(last_name="Roux").exists()


def test_the_list_costs_the_same_for_one_as_for_twenty(
    as_manager: Browser,
) -> None:
    with CaptureQueriesContext(connection) as few:
        as_manager.get("/people/")
    UserFactory.create_batch(20, role="technician")
    with CaptureQueriesContext(connection) as many:
        response = as_manager.get("/people/")

    assert response.status_code == 200
    assert len(many) == len(few)
