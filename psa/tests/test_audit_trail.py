"""Who changed what, from what to what."""

from decimal import Decimal

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.audit import TrailFilter, page_of_trail, tracked_models
from accounts.audit.words import Change, Entry
from accounts.models import User
from catalog.models import Product
from clients.models import Client
from clients.tests.factories import ClientFactory


def _trail_of(reader: User, kind: str) -> list[Entry]:
    return page_of_trail(TrailFilter([tracked_models()[kind]]), reader).entries


def _run(statement: str, *values: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_change_names_the_person_and_both_values(
    as_administrator: Browser, administrator: User, technician: User
) -> None:
    entered = {
        "first_name": technician.first_name,
        "last_name": "Dupont",
        "email": technician.email,
        "language": "fr",
        "roles": ["technician"],
    }
    old_name = technician.last_name

    as_administrator.post(f"/people/{technician.pk}/edit/", entered)

    latest = _trail_of(administrator, "accounts.user")[0]
    assert (latest.who, latest.action) == (str(administrator), "changed")
    assert latest.changes == [
        Change("Last name", old_name, "Dupont"),
        Change("Language", "English", "French"),
    ]


def test_a_role_given_is_in_the_trail(administrator: User, technician: User) -> None:
    latest = _trail_of(administrator, "accounts.role")[0]

    assert latest.action == "gave the role Technician to"
    assert latest.name == str(technician)


def test_a_change_by_plain_sql_is_seen_too(administrator: User) -> None:
    company = ClientFactory.create(name="Old name")

    _run("UPDATE clients_client SET name = 'New name' WHERE id = %s", company.pk)

    latest = _trail_of(administrator, "clients.client")[0]
    assert latest.who == "the system"
    assert latest.changes == [Change("Name", "Old name", "New name")]


def test_related_objects_are_called_by_their_names(administrator: User, manager: User) -> None:
    company = ClientFactory.create()

    Client.objects.filter(pk=company.pk).update(account_manager=manager)

    assert _trail_of(administrator, "clients.client")[0].changes == [
        Change("Account manager", "", str(manager))
    ]


def test_who_may_not_see_costs_does_not_read_them_in_the_trail(
    administrator: User, technician: User
) -> None:
    Product.objects.create(code="SSD", name="SSD", kind="part", price=Decimal(90), cost=Decimal(60))

    labels = {
        reader: [change.label for change in _trail_of(reader, "catalog.product")[0].changes]
        for reader in (administrator, technician)
    }

    assert "Cost" in labels[administrator]
    assert "Cost" not in labels[technician]


def test_a_long_trail_is_read_page_by_page(administrator: User) -> None:
    ClientFactory.create_batch(60)
    wanted = TrailFilter([tracked_models()["clients.client"]])

    first = page_of_trail(wanted, administrator, 1)
    second = page_of_trail(wanted, administrator, 2)

    assert (len(first.entries), first.has_next) == (50, True)
    assert (len(second.entries), second.has_next) == (10, False)


def test_the_page_costs_the_same_for_one_as_for_fifty_changes(as_administrator: Browser) -> None:
    ClientFactory.create()
    with CaptureQueriesContext(connection) as few:
        as_administrator.get("/audit/?kind=clients.client")
    ClientFactory.create_batch(50)
    with CaptureQueriesContext(connection) as many:
        response = as_administrator.get("/audit/?kind=clients.client")

    assert response.status_code == 200
    assert len(many) == len(few)


def test_the_trail_can_be_narrowed(as_administrator: Browser, administrator: User) -> None:
    ClientFactory.create(name="Somebody")

    by_nobody = as_administrator.get(f"/audit/?person={administrator.pk}&kind=clients.client")
    long_ago = as_administrator.get("/audit/?until=2020-01-01")

    assert by_nobody.context["page"].entries == []
    assert long_ago.context["page"].entries == []


def test_the_history_of_an_object_is_for_those_who_may_see_it(
    as_technician: Browser, as_client_contact: Browser, client_contact: User
) -> None:
    company = client_contact.contact.client
    path = f"/history/clients/client/{company.pk}/"

    assert as_technician.get(path).status_code == 200
    assert as_client_contact.get(path).status_code == 403
    assert as_technician.get("/history/clients/client/999999/").status_code == 404
    assert as_technician.get("/history/clients/nothing/1/").status_code == 404


def test_the_trail_itself_cannot_be_altered(administrator: User) -> None:
    company = ClientFactory.create()

    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        _run("DELETE FROM clients_clientevent WHERE pgh_obj_id = %s", company.pk)

    assert len(_trail_of(administrator, "clients.client")) == 1
