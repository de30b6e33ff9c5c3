"""What somebody finds who remembers a word of it."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from billing.operations.issue_invoices import issue_invoices
from billing.tests.factories import DraftFactory
from clients.models import Client
from clients.tests.factories import AssetFactory, ClientFactory, ContactFactory
from psa.models import SearchEntry
from psa.operations.learn_words import learn_words
from psa.queries.search import Results, _visible, search
from tickets.models import Note, Ticket
from tickets.tests.factories import NoteFactory, TicketFactory, TimeEntryFactory

pytestmark = pytest.mark.django_db


def found(typed: str, user: User, *, language: str = "en", most: int = 30) -> dict[str, list[str]]:
    """What was found, kind by kind, as its bare text."""
    results = search(typed, user, language=language, most=most)
    return {each.group.kind: [bare(str(hit.title)) for hit in each.hits] for each in results.found}


def bare(line: str) -> str:
    """A line without its marks."""
    return line.replace("<mark>", "").replace("</mark>", "")


def extracts(results: Results) -> list[str]:
    """The extracts of all hits."""
    return [str(hit.extract) for each in results.found for hit in each.hits]


def test_a_ticket_is_found_by_its_subject_its_text_a_note_and_the_work(technician: User) -> None:
    jam = TicketFactory.create(number="T-7001", subject="Paper jam", description="Second floor")
    NoteFactory.create(ticket=jam, body="The fuser was replaced", is_public=False)
    TimeEntryFactory.create(ticket=jam, note="Cleaned the rollers")

    for typed in ("jam", "floor", "fuser", "roller", "T-7001", "7001"):
        assert found(typed, technician) == {"ticket": ["T-7001 Paper jam"]}, typed


def test_words_match_in_their_other_forms_in_the_readers_language(technician: User) -> None:
    TicketFactory.create(number="T-1", subject="Printing fails")
    TicketFactory.create(number="T-2", subject="Les imprimantes bloquées")

    assert found("printed", technician) == {"ticket": ["T-1 Printing fails"]}
    assert found("imprimante bloquée", technician, language="fr") == {
        "ticket": ["T-2 Les imprimantes bloquées"]
    }


def test_accents_and_capitals_do_not_count(technician: User) -> None:
    ClientFactory.create(code="ELEC", name="Électricité Générale")

    assert found("electricite", technician) == {"client": ["Électricité Générale"]}
    assert found("GÉNÉRALE élec", technician) == {"client": ["Électricité Générale"]}


def test_every_word_has_to_occur_and_none_that_is_excluded(technician: User) -> None:
    TicketFactory.create(number="T-1", subject="Printer out of toner")
    TicketFactory.create(number="T-2", subject="Printer on fire")

    assert found("printer toner", technician) == {"ticket": ["T-1 Printer out of toner"]}
    assert found("printer -toner", technician) == {"ticket": ["T-2 Printer on fire"]}


def test_words_in_quotation_marks_stand_side_by_side(technician: User) -> None:
    jam = TicketFactory.create(number="T-1", subject="One")
    NoteFactory.create(ticket=jam, body="there was a paper jam inside")
    other = TicketFactory.create(number="T-2", subject="Two")
    NoteFactory.create(ticket=other, body="jam on the paper")

    assert found('"paper jam"', technician) == {"ticket": ["T-1 One"]}


def test_the_beginning_of_the_last_word_is_enough(technician: User) -> None:
    TicketFactory.create(number="T-1", subject="Firewall update")

    assert found("update fire", technician) == {"ticket": ["T-1 Firewall update"]}


def test_a_typing_error_in_a_name_or_a_text_is_forgiven_and_said(technician: User) -> None:
    ClientFactory.create(code="DUP", name="Dupont Menuiserie")
    lost = TicketFactory.create(number="T-1", subject="Lost")
    NoteFactory.create(ticket=lost, body="the spreadsheet vanished")
    learn_words()

    assert found("Duppont", technician) == {"client": ["Dupont Menuiserie"]}
    assert found("spreadshet", technician) == {"ticket": ["T-1 Lost"]}
    assert not search("spreadshet", technician, language="en", most=5).is_exact
    assert search("spreadsheet", technician, language="en", most=5).is_exact


def test_a_word_with_an_error_may_be_like_several(technician: User) -> None:
    ClientFactory.create(code="IMP", name="Imprimerie Noire")
    TicketFactory.create(number="T-1", subject="Imprimante hors ligne")
    learn_words()

    assert found("imprimente", technician, language="fr") == {
        "ticket": ["T-1 Imprimante hors ligne"],
        "client": ["Imprimerie Noire"],
    }


def test_what_was_found_is_marked_and_nothing_in_a_text_becomes_markup(technician: User) -> None:
    ticket = TicketFactory.create(number="T-1", subject="<b>Modem</b>")
    NoteFactory.create(ticket=ticket, body="the <script>alert(1)</script> modem blinks")

    [hit] = search("modem", technician, language="en", most=5).found[0].hits

    assert str(hit.title) == "T-1 &lt;b&gt;<mark>Modem</mark>&lt;/b&gt;"
    blinks = extracts(search("blinks", technician, language="en", most=5))
    assert blinks == ["the &lt;script&gt;alert(1)&lt;/script&gt; modem <mark>blinks</mark>"]


def test_a_name_counts_more_than_a_text(technician: User) -> None:
    text = TicketFactory.create(number="T-1", subject="Other")
    NoteFactory.create(ticket=text, body="router router router")
    TicketFactory.create(number="T-2", subject="Router dead")

    assert found("router", technician) == {"ticket": ["T-2 Router dead", "T-1 Other"]}


def test_people_and_things_of_clients_are_found(technician: User) -> None:
    client = ClientFactory.create(code="OAK", name="Oak")
    ContactFactory.create(
        client=client, first_name="Zoë", last_name="Quist", email="zq@oak.example"
    )
    AssetFactory.create(client=client, name="NAS-01", serial_number="SN998877")

    assert found("zoe", technician) == {"contact": ["Zoë Quist"]}
    assert found("zq@oak.example", technician) == {"contact": ["Zoë Quist"]}
    assert found("998877", technician) == {"asset": ["NAS-01 SN998877"]}


def test_issued_invoices_are_found_by_number_and_drafts_are_not(accountant: User) -> None:
    client = ClientFactory.create(code="OAK", name="Oak Tree")
    draft, _later = DraftFactory.create_batch(2, client=client)
    issuing = issue_invoices(invoice_ids=[draft.pk], actor=None, issued_on=date(2026, 3, 31))
    [issued] = issuing.issued

    assert found(issued.number, accountant)["invoice"] == [issued.number]
    assert found("oak tree", accountant)["invoice"] == [issued.number]


def test_nobody_finds_what_their_role_may_not_read(technician: User) -> None:
    TicketFactory.create(number="T-1", subject="Hidden thing")
    technician.groups.first().permissions.remove(  # type: ignore[union-attr]  # the role is there
        Permission.objects.get(codename="view_ticket")
    )
    reader = User.objects.get(pk=technician.pk)

    assert found("hidden", reader) == {}


def test_a_contact_finds_nothing_by_the_search(client_contact: User) -> None:
    TicketFactory.create(client=Client.objects.get(code="ALPHA"), subject="Secret")

    assert found("secret", client_contact) == {}
    assert not SearchEntry.objects.visible_to(client_contact).exists()


def test_what_changes_or_goes_is_found_as_it_is_now(technician: User) -> None:
    ticket = TicketFactory.create(number="T-1", subject="Old words")
    note = NoteFactory.create(ticket=ticket, body="walrus")

    Ticket.objects.filter(pk=ticket.pk).update(subject="New name")
    Note.objects.filter(pk=note.pk).delete()

    assert found("old", technician) == {}
    assert found("new", technician) == {"ticket": ["T-1 New name"]}
    assert found("walrus", technician) == {}


@pytest.mark.parametrize(
    "typed",
    [
        "'",
        '"',
        "%%",
        "__",
        "\\",
        "a:*|!&",
        "-",
        '"" ""',
        "()(",
        "x" * 5000,
        "\x00ab",
        "é'é",
        "ab\\'",
    ],
)
def test_signs_are_sought_as_signs(technician: User, typed: str) -> None:
    TicketFactory.create(subject="Nothing of the kind")

    assert found(typed, technician) == {}


def test_a_text_of_any_length_can_be_written(technician: User) -> None:
    ticket = TicketFactory.create(number="T-1")
    body = " ".join(f"word{number}" for number in range(400_000))

    NoteFactory.create(ticket=ticket, body=body)

    assert found("word77", technician) == {"ticket": [str(ticket)]}


def test_words_are_learnt_once(technician: User) -> None:
    TicketFactory.create(subject="Gyroscope calibration")

    assert learn_words() > 0
    assert learn_words() == 0


def test_programs_find_the_same_without_marks(as_technician: Browser) -> None:
    ticket = TicketFactory.create(number="T-1", subject="<Modem> & router")
    NoteFactory.create(ticket=ticket, body="it blinks")

    answer = as_technician.get("/api/v1/search/", {"q": "blinks"})

    assert answer.json() == [
        {
            "kind": "ticket",
            "id": ticket.pk,
            "title": "T-1 <Modem> & router",
            "note": ticket.client.name,
            "extract": "it blinks",
            "is_exact": True,
        }
    ]
    assert as_technician.get("/api/v1/search/", {"q": "b"}).status_code == 400


def test_the_search_costs_the_same_for_few_and_many(technician: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as context:
            assert search("valve", technician, language="en", most=30).is_exact
        return len(context)

    for client in ClientFactory.create_batch(3):
        NoteFactory.create(ticket=TicketFactory.create(client=client), body="valve")
    queries()  # reads this person's permissions as well
    few = queries()
    NoteFactory.create_batch(40, body="another valve")

    assert queries() == few


def test_what_may_not_be_seen_makes_room_for_the_next_best() -> None:
    first, second, third = ClientFactory.create_batch(3)
    best = {one.pk: ("client", one.pk, one.pk) for one in (first, second, third)}

    found = _visible(Client.objects.exclude(pk=first.pk), best, most=2)
    seen_at_once = _visible(Client.objects.all(), best, most=2)

    assert [row for row, _entry in found] == [second, third]
    assert [row for row, _entry in seen_at_once] == [first, second]
