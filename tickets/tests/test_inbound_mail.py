"""Mails that come in: onto their ticket, into a new one, or before a person; never lost."""

from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from accounts.models import User
from clients.models import Contact
from clients.tests.factories import ClientFactory, ContactFactory
from tickets.mail_tokens import mark_of
from tickets.models import InboundMail, Mailbox, Note, OutboundMail, Ticket
from tickets.operations.claim_mail import claim_mail
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.place_mail import place_mail
from tickets.operations.store_mail import store_mail
from tickets.tests.conftest import NOW
from tickets.tests.factories import MailboxFactory, OutboundMailFactory, TicketFactory
from tickets.tests.letters import letter, receive

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def mailbox() -> Mailbox:
    made: Mailbox = MailboxFactory.create()
    return made


@pytest.fixture
def camille(mailbox: Mailbox) -> Contact:
    made: Contact = ContactFactory.create(
        email="Camille@Client.example", client__language="en", client__name="Client SAS"
    )
    return made


def outcome(mail: InboundMail) -> tuple[str, str]:
    return mail.state, mail.reason


def test_a_contacts_mail_opens_a_ticket_with_the_text_as_its_first_note(camille: Contact) -> None:
    mail = receive(letter())

    ticket = Ticket.objects.get()
    note = ticket.notes.get()
    assert outcome(mail) == ("done", "")
    assert (ticket.client, ticket.contact, ticket.subject) == (
        camille.client,
        camille,
        "Printer broken",
    )
    assert (note.body, note.is_public, note.source) == ("It prints nothing.", True, "mail")
    assert note.sender == "Camille Martin <camille@client.example>"
    assert (mail.ticket, mail.note) == (ticket, note)


def test_whoever_opens_a_ticket_by_mail_is_told_its_number(camille: Contact) -> None:
    receive(letter())

    sent = OutboundMail.objects.get()
    assert (sent.kind, sent.recipients) == ("received", ["Camille@Client.example"])


def test_an_answer_finds_its_ticket_by_what_it_refers_to(camille: Contact) -> None:
    receive(letter())
    ours = OutboundMail.objects.get()

    answer = letter(
        text="Now it smokes.", message_id="<second@x>", in_reply_to=f"<{ours.message_id}>"
    )
    mail = receive(answer)

    assert outcome(mail) == ("done", "")
    bodies = Ticket.objects.get().notes.values_list("body", flat=True)
    assert sorted(bodies) == ["It prints nothing.", "Now it smokes."]


def test_an_answer_finds_its_ticket_by_the_mark_in_the_subject(camille: Contact) -> None:
    ticket = TicketFactory.create(client=camille.client)

    receive(letter(subject=f"Re: [T1:{mark_of(ticket.pk)}] Laptop"))

    assert Note.objects.get().ticket == ticket


def test_an_answer_finds_its_ticket_by_the_mark_in_the_address(camille: Contact) -> None:
    ticket = TicketFactory.create(client=camille.client)

    receive(letter(to=f"Support <support+{mark_of(ticket.pk).upper()}@firm.example>"))

    assert Note.objects.get().ticket == ticket


def test_an_answer_to_a_merged_ticket_comes_to_the_one_it_goes_on_in(
    camille: Contact, technician: User
) -> None:
    old, new = TicketFactory.create_batch(2, client=camille.client)
    merge_tickets(ticket_id=old.pk, number=new.number, actor=technician, now=NOW)

    receive(letter(subject=f"Re: {mark_of(old.pk)} Laptop"))

    old.refresh_from_db()
    assert Note.objects.get().ticket == new
    assert old.is_closed


def test_nobody_is_asked_how_a_merged_ticket_was(camille: Contact, technician: User) -> None:
    Mailbox.objects.update(asks_for_rating=True)
    old, new = TicketFactory.create_batch(2, client=camille.client, contact=camille)

    merge_tickets(ticket_id=old.pk, number=new.number, actor=technician, now=NOW)

    assert not OutboundMail.objects.exists()


def test_a_forged_mark_leads_to_no_ticket(camille: Contact) -> None:
    ticket = TicketFactory.create(client=camille.client)

    receive(letter(subject=f"Re: [T1:{ticket.pk}-aaaaaaaaaaaa] Laptop"))

    assert Note.objects.get().ticket != ticket
    assert Ticket.objects.count() == 2


def test_a_genuine_mark_from_another_client_is_for_a_person_to_look_at(camille: Contact) -> None:
    ticket = TicketFactory.create()

    mail = receive(letter(subject=mark_of(ticket.pk)))

    assert outcome(mail) == ("triage", "foreign_sender")
    assert not Note.objects.exists()


def test_a_clients_answer_opens_a_closed_ticket_again(camille: Contact) -> None:
    ticket = TicketFactory.create(client=camille.client, closed=True)

    receive(letter(subject=mark_of(ticket.pk)))

    ticket.refresh_from_db()
    assert (ticket.is_closed, ticket.status.code) == (False, "new")


def test_a_machines_answer_is_kept_in_the_house_and_opens_nothing(camille: Contact) -> None:
    ticket = TicketFactory.create(client=camille.client, closed=True)

    mail = receive(letter(subject=mark_of(ticket.pk), auto_submitted="auto-replied"))

    ticket.refresh_from_db()
    note = Note.objects.get()
    assert outcome(mail) == ("done", "")
    assert (ticket.is_closed, note.is_public, note.is_automatic) == (True, False, True)


@pytest.mark.parametrize(
    "header",
    [
        {"auto_submitted": "auto-generated"},
        {"precedence": "bulk"},
        {"list_id": "<news.example>"},
        {"return_path": "<>"},
        {"x_autoreply": "yes"},
    ],
)
def test_a_machine_opens_no_ticket(camille: Contact, header: dict[str, str]) -> None:
    mail = receive(letter(**header))

    assert outcome(mail) == ("triage", "automatic")
    assert not Ticket.objects.exists()
    assert not OutboundMail.objects.exists()


def test_a_colleagues_answer_stays_in_the_house(mailbox: Mailbox, technician: User) -> None:
    ticket = TicketFactory.create()

    receive(letter(sender="technician@firm.example", subject=mark_of(ticket.pk)))

    note = Note.objects.get()
    assert (note.author, note.is_public) == (technician, False)
    assert not OutboundMail.objects.exists()


def test_a_colleagues_mail_about_no_ticket_is_sorted_by_hand(
    mailbox: Mailbox, technician: User
) -> None:
    assert outcome(receive(letter(sender="technician@firm.example"))) == ("triage", "colleague")


def test_a_stranger_is_sorted_by_hand(mailbox: Mailbox) -> None:
    assert outcome(receive(letter())) == ("triage", "unknown_sender")


def test_a_person_of_two_clients_is_sorted_by_hand(camille: Contact) -> None:
    ContactFactory.create(email="camille@client.example")

    assert outcome(receive(letter())) == ("triage", "several_clients")


def test_a_former_client_is_sorted_by_hand(mailbox: Mailbox) -> None:
    ContactFactory.create(email="camille@client.example", client=ClientFactory.create(lost=True))

    assert outcome(receive(letter())) == ("triage", "former_client")


def test_a_sender_of_two_addresses_is_nobody(camille: Contact) -> None:
    mail = receive(letter(sender="camille@client.example, evil@x.example"))

    assert (mail.sender, outcome(mail)) == ("", ("triage", "unknown_sender"))


def test_the_same_mail_by_two_ways_is_one_note(camille: Contact) -> None:
    receive(letter())

    second = receive(b"Received: from elsewhere\n" + letter())

    assert outcome(second) == ("set_aside", "twice")
    assert Note.objects.count() == Ticket.objects.count() == 1


def test_another_text_under_a_known_id_is_for_a_person(camille: Contact) -> None:
    receive(letter())

    assert outcome(receive(letter(text="Pay this bill."))) == ("triage", "other_text")


def test_the_database_keeps_one_note_for_a_message_id(camille: Contact) -> None:
    receive(letter())
    note = Note.objects.get()

    with pytest.raises(IntegrityError):
        Note.objects.create(ticket=note.ticket, body="x", message_id=note.message_id)


def test_the_same_delivery_twice_is_stored_once(mailbox: Mailbox) -> None:
    first = store_mail(raw=letter(), key="pipe:1", now=NOW)

    assert store_mail(raw=letter(), key="pipe:1", now=NOW).pk == first.pk


def test_our_own_mail_coming_back_runs_in_no_circle(camille: Contact) -> None:
    mail = receive(letter(sender="Support <support@firm.example>"))
    ours = OutboundMailFactory.create()
    echo = receive(letter(message_id=f"<{ours.message_id}>"))

    assert outcome(mail) == outcome(echo) == ("set_aside", "own")


def test_who_writes_too_often_is_sorted_by_hand(camille: Contact) -> None:
    for number in range(30):
        InboundMail.objects.create(
            key=f"k{number}", raw=b"", size=0, sender="camille@client.example",
            received_at=NOW, state="done",
        )  # fmt: skip

    assert outcome(receive(letter())) == ("triage", "too_many")


def test_a_sender_the_firms_server_cannot_confirm_is_sorted_by_hand(camille: Contact) -> None:
    Mailbox.objects.update(trusted_checker="mx.firm.example")

    forged = receive(letter(authentication_results="mx.evil.example; dmarc=pass"))
    genuine = receive(
        letter(
            message_id="<b@x>", authentication_results="mx.firm.example; dmarc=pass header.from=x"
        )
    )

    assert outcome(forged) == ("triage", "not_confirmed")
    assert outcome(genuine) == ("done", "")


def test_a_crash_between_storing_and_working_loses_and_doubles_nothing(camille: Contact) -> None:
    stored = store_mail(raw=letter(), key="pipe:1", now=NOW)
    assert not Ticket.objects.exists()

    for _turn in range(2):
        claim_mail(mail_id=stored.pk, now=NOW)
        place_mail(mail_id=stored.pk, now=NOW)

    assert Ticket.objects.count() == Note.objects.count() == 1


def test_a_mail_that_kills_every_worker_comes_before_a_person(camille: Contact) -> None:
    stored = store_mail(raw=letter(), key="pipe:1", now=NOW)
    InboundMail.objects.update(attempts=5)

    assert not claim_mail(mail_id=stored.pk, now=NOW)

    stored.refresh_from_db()
    assert outcome(stored) == ("triage", "failed")


def test_what_goes_wrong_is_kept_with_the_mail_and_tried_again(
    camille: Contact, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.files.storage.FileSystemStorage._save", fail)
        mail = receive(_with_file())
        assert (mail.state, mail.last_error) == ("waiting", "disk full")
        assert not Ticket.objects.exists()

    place_mail(mail_id=mail.pk, now=NOW)
    assert Ticket.objects.get().attachments.get().name == "photo.png"


def _with_file() -> bytes:
    mail = message_from_bytes(letter(), policy=policy.default)
    mail.add_attachment(b"\x89PNG\r\n\x1a\n", "image", "png", filename="photo.png")
    return bytes(mail)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_mail_make_one_note(camille: Contact) -> None:
    mails = [store_mail(raw=letter(), key=f"pipe:{n}", now=NOW) for n in range(2)]
    start = Barrier(2)

    def work(mail: InboundMail) -> None:
        try:
            start.wait(timeout=20)
            place_mail(mail_id=mail.pk, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        list(workers.map(work, mails))
    for mail in mails:
        place_mail(mail_id=mail.pk, now=NOW)

    assert Note.objects.count() == Ticket.objects.count() == 1
    assert sorted(InboundMail.objects.values_list("state", flat=True)) == ["done", "set_aside"]
