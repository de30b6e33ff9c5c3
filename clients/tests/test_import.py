"""What an import of clients and contacts would do, and does."""

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from clients.forms.importing import FIELDS
from clients.importing.clients import plan_clients
from clients.importing.contacts import plan_contacts
from clients.importing.fields import guess_columns
from clients.importing.sheet import Sheet, read_sheet
from clients.models import Client, Contact
from clients.operations.import_parties import PartyKind, import_parties
from clients.tests.factories import ClientFactory, ContactFactory

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = (
    "code;raison sociale;tva intra;siren;code postal;ville;pays;devise;délai de paiement;depuis\n"
)


def sheet_of(text: str) -> Sheet:
    return read_sheet(text.encode("cp1252"), "x.csv")


def run(kind: PartyKind, text: str) -> dict[str, int]:
    sheet = sheet_of(text)
    columns = guess_columns(sheet.head, FIELDS[kind])
    return dict(import_parties(kind=kind, sheet=sheet, columns=columns))


def reasons(kind: PartyKind, text: str) -> list[str]:
    sheet = sheet_of(text)
    columns = guess_columns(sheet.head, FIELDS[kind])
    plan = plan_clients(sheet, columns) if kind == "clients" else plan_contacts(sheet, columns)
    return [row.details for row in plan.rows if row.is_refused]


def test_clients_are_added_with_clean_values() -> None:
    row = "C001;Café Noël;FR83 951633494;951 633 494;1000;Bourg;france;€;45 jours;31/01/2024\n"

    counts = run("clients", HEAD + row)

    client = Client.objects.get(code="C001")
    assert counts == {"create": 1}
    assert (client.name, client.vat_number, client.registration_number) == (
        "Café Noël", "FR83951633494", "951633494",
    )  # fmt: skip
    assert (client.postcode, client.country, client.currency) == ("01000", "FR", "EUR")
    assert (client.payment_days, client.client_since_on) == (45, date(2024, 1, 31))


def test_the_same_file_twice_changes_nothing() -> None:
    text = HEAD + "C001;Café Noël;;;33000;Bordeaux;FR;EUR;30;\n;Sans Code;;;;Lyon;;;;\n"

    first, second = run("clients", text), run("clients", text)

    assert (first, second) == ({"create": 2}, {"same": 2})
    assert Client.objects.get(name="Sans Code").code == "C002"


def test_what_differs_is_changed_and_empty_cells_leave_what_is_there() -> None:
    client = ClientFactory(code="C001", name="Old", city="Lyon", payment_days=30)
    text = "code;nom;ville;délai\nc001;New;;60\n"
    plan = plan_clients(sheet_of(text), {"code": 0, "name": 1, "city": 2, "payment_days": 3})

    counts = run("clients", text)

    client.refresh_from_db()
    assert [(one.name, one.old, one.new) for one in plan.rows[0].changes] == [
        ("name", "Old", "New"),
        ("payment_days", "30", "60"),
    ]
    assert counts == {"change": 1}
    assert (client.name, client.city, client.payment_days) == ("New", "Lyon", 60)


def test_bad_rows_are_refused_with_their_reasons_and_stop_nobody() -> None:
    text = HEAD + (
        "C001;A;FR83951633495;;;;;;;\n"
        "C002;;;;;;;;;\n"
        "C003;B;;;;;Atlantis;;;\n"
        "C004;C;;;;;FR;francs;soon;32/01/2024\n"
        "C005;D;;;;;;;;\n"
        "C005;D bis;;;;;;;;\n"
    )

    found = reasons("clients", text)
    counts = run("clients", text)

    assert "do not add up" in found[0]
    assert found[1] == "name is missing"
    assert found[2].startswith("country: “Atlantis” is not a country")
    assert [part.split(":")[0] for part in found[3].split("; ") if ":" in part] == [
        "currency", "payment term", "client since",
    ]  # fmt: skip
    assert found[4] == "line 6 already says something about this one"
    assert (counts, Client.objects.get().name) == ({"refuse": 5, "create": 1}, "D")


def test_two_clients_of_one_name_need_the_code() -> None:
    ClientFactory.create_batch(2, name="Twins")

    assert reasons("clients", "nom;ville\nTwins;Lyon\n") == [
        "several clients have this name: give the code"
    ]


def test_contacts_are_found_by_address_or_else_by_name() -> None:
    client = ClientFactory(code="C001", name="Café Noël")
    by_address = ContactFactory(client=client, email="zoe@example.org", last_name="Roux")
    by_name = ContactFactory(client=client, email="", first_name="Inès", last_name="Faure")
    text = (
        "client;prénom;nom;courriel;téléphone\n"
        "c001;Zoé;Roux-Martin;ZOE@example.org;\n"
        "café noël;Inès;Faure;ines@example.org;+33 1\n"
        "C001;Paul;Petit;paul@example.org;\n"
        "C009;Nobody;Here;;\n"
    )

    counts = run("contacts", text)
    again = run("contacts", text)

    by_address.refresh_from_db()
    by_name.refresh_from_db()
    assert counts == {"change": 2, "create": 1, "refuse": 1}
    assert again == {"same": 3, "refuse": 1}
    assert (by_address.last_name, by_name.email) == ("Roux-Martin", "ines@example.org")
    assert Contact.objects.get(last_name="Petit").portal_scope == ""
    assert reasons("contacts", text) == ["there is no client “C009”"]


def test_planning_costs_the_same_for_one_row_as_for_fifty(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ClientFactory.create_batch(3)
    rows = "".join(f"N{n};Name {n}\n" for n in range(50))

    with django_assert_num_queries(2):
        plan = plan_clients(sheet_of("code;nom\n" + rows), {"code": 0, "name": 1})

    assert len(plan.writes) == 50
