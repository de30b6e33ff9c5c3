"""Followers: who is told of a ticket that is not theirs, and who never is."""

import pytest
from django.core import mail
from django.test import Client as Browser
from django.urls import reverse

from accounts.models import User
from clients.models import Contact
from clients.tests.factories import ContactFactory
from tickets.models import (
    FollowNotice,
    Mailbox,
    OutboundMail,
    ReadMark,
    Ticket,
    TicketFollower,
)
from tickets.operations.add_follower import add_follower
from tickets.operations.deliver_follow_notice import deliver_follow_notice
from tickets.operations.deliver_mail import deliver_mail
from tickets.operations.merge_tickets import merge_tickets
from tickets.operations.undo_merge import undo_merge
from tickets.operations.write_note import write_note
from tickets.refusals import NotToFollow
from tickets.tests.conftest import NOW
from tickets.tests.factories import MailboxFactory, TicketFactory
from tickets.tests.letters import letter, receive

pytestmark = pytest.mark.usefixtures("firm")


@pytest.fixture
def mailbox() -> Mailbox:
    made: Mailbox = MailboxFactory.create()
    return made


@pytest.fixture
def camille(mailbox: Mailbox) -> Contact:
    made: Contact = ContactFactory.create(email="camille@client.example", client__language="en")
    return made


@pytest.fixture
def asked(camille: Contact) -> Ticket:
    made: Ticket = TicketFactory.create(client=camille.client, contact=camille)
    return made


@pytest.fixture
def boss(camille: Contact) -> Contact:
    made: Contact = ContactFactory.create(client=camille.client, email="boss@client.example")
    return made


def say(ticket: Ticket, actor: User, *, is_public: bool = True) -> None:
    write_note(ticket_id=ticket.pk, body="Try again.", is_public=is_public, actor=actor, now=NOW)


def add(ticket: Ticket, actor: User, **who: int) -> TicketFollower:
    return add_follower(ticket_id=ticket.pk, actor=actor, now=NOW, **who)


def following(ticket: Ticket) -> list[str]:
    return sorted(map(str, TicketFollower.objects.filter(ticket=ticket)))


def send_reply() -> mail.EmailMessage:
    deliver_mail(mail_id=OutboundMail.objects.latest("pk").pk, now=NOW)
    return mail.outbox[-1]


def test_a_following_contact_gets_a_copy_of_a_reply(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)

    say(asked, technician)

    sent = send_reply()
    assert (sent.to, sent.cc) == (["camille@client.example"], ["boss@client.example"])


def test_a_following_contact_gets_no_internal_note(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)

    say(asked, technician, is_public=False)

    assert not OutboundMail.objects.exists()


def test_a_contact_who_was_taken_off_before_it_is_sent_gets_no_copy(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)
    say(asked, technician)
    TicketFollower.objects.all().delete()

    assert send_reply().cc == []


def test_a_contact_of_another_client_cannot_follow(asked: Ticket, technician: User) -> None:
    stranger = ContactFactory.create(email="stranger@other.example")

    with pytest.raises(NotToFollow):
        add(asked, technician, contact_id=stranger.pk)

    assert following(asked) == []


def test_who_moved_to_another_client_gets_no_copy(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)
    Contact.objects.filter(pk=boss.pk).update(client=ContactFactory.create().client)

    say(asked, technician)

    assert send_reply().cc == []


def test_an_address_of_our_own_board_gets_no_copy(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)
    Contact.objects.filter(pk=boss.pk).update(email="Support+x@firm.example")

    say(asked, technician)

    assert send_reply().cc == []


def test_a_colleague_is_told_what_others_say_and_not_what_they_say_themselves(
    asked: Ticket, technician: User, dispatcher: User
) -> None:
    add(asked, dispatcher, person_id=dispatcher.pk)
    say(asked, dispatcher)
    say(asked, technician, is_public=False)

    notice = FollowNotice.objects.get()
    deliver_follow_notice(notice_id=notice.pk, now=NOW)

    [sent] = mail.outbox
    assert sent.to == ["dispatcher@firm.example"]
    assert "Try again." in sent.body
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"


def test_a_colleague_who_has_left_is_told_nothing(
    asked: Ticket, technician: User, dispatcher: User
) -> None:
    add(asked, dispatcher, person_id=dispatcher.pk)
    User.objects.filter(pk=dispatcher.pk).update(is_active=False)

    say(asked, technician)

    assert not FollowNotice.objects.exists()


def test_who_is_added_by_a_colleague_finds_the_ticket_unread(
    asked: Ticket, technician: User, dispatcher: User
) -> None:
    add(asked, dispatcher, person_id=technician.pk)

    assert ReadMark.objects.get(person=technician).number == -1
    assert FollowNotice.objects.get().person == technician


def test_a_contact_in_the_copy_of_a_mail_follows(camille: Contact, boss: Contact) -> None:
    receive(letter(cc="Boss <boss@client.example>, stranger@other.example"))

    [row] = TicketFollower.objects.all()
    assert (row.contact, row.source) == (boss, "mail")


def test_a_mailbox_can_leave_copied_people_alone(mailbox: Mailbox, boss: Contact) -> None:
    Mailbox.objects.update(adds_copied=False)

    receive(letter(cc="boss@client.example"))

    assert Ticket.objects.count() == 1
    assert not TicketFollower.objects.exists()


def test_the_answer_of_a_copied_contact_comes_onto_the_ticket(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, contact_id=boss.pk)
    say(asked, technician)
    sent = send_reply()

    answer = letter(
        "boss@client.example", in_reply_to=sent.extra_headers["Message-ID"], message_id="<b@x>"
    )
    placed = receive(answer)

    assert placed.note is not None
    assert (placed.state, placed.note.ticket, placed.note.contact) == ("done", asked, boss)


def test_a_machines_answer_tells_no_follower(
    asked: Ticket, boss: Contact, technician: User
) -> None:
    add(asked, technician, person_id=technician.pk)
    say(asked, User.objects.create_user("second@firm.example"))
    FollowNotice.objects.all().delete()
    ours = OutboundMail.objects.get().message_id

    receive(letter(in_reply_to=f"<{ours}>", auto_submitted="auto-replied", message_id="<m@x>"))

    assert asked.notes.filter(is_automatic=True).count() == 1
    assert not FollowNotice.objects.exists()


def test_a_merge_brings_followers_along_and_its_undoing_takes_them_away(
    asked: Ticket, boss: Contact, technician: User, dispatcher: User
) -> None:
    twin = TicketFactory.create(client=asked.client)
    add(twin, technician, contact_id=boss.pk)
    add(twin, dispatcher, person_id=dispatcher.pk)
    add(asked, dispatcher, person_id=dispatcher.pk)
    merge = merge_tickets(ticket_id=twin.pk, number=asked.number, actor=technician, now=NOW)
    assert following(asked) == sorted([str(boss), str(dispatcher)])

    undo_merge(merge_id=merge.pk, actor=technician, now=NOW)

    assert following(asked) == [str(dispatcher)]
    assert following(twin) == sorted([str(boss), str(dispatcher)])


def test_one_button_follows_and_stops(asked: Ticket, technician: User, sign_in: type) -> None:
    browser: Browser = sign_in(technician)
    address = reverse("tickets:ticket-follow", args=[asked.pk])

    browser.post(address)
    assert following(asked) == [str(technician)]
    page = browser.post(address, headers={"HX-Request": "true"}).content.decode()

    assert following(asked) == []
    assert "Nobody follows this ticket." in page


def test_a_contact_is_added_on_the_page(
    asked: Ticket, boss: Contact, technician: User, sign_in: type
) -> None:
    browser: Browser = sign_in(technician)
    address = reverse("tickets:follower-add", args=[asked.pk])
    assert "boss@client.example" in browser.get(address).content.decode()

    response = browser.post(address, {"who": f"contact-{boss.pk}"})

    assert response.status_code == 302
    assert following(asked) == [str(boss)]


def test_a_program_adds_and_takes_off(
    asked: Ticket, boss: Contact, technician: User, sign_in: type
) -> None:
    browser: Browser = sign_in(technician)
    address = reverse("api:ticket-follower-list")

    added = browser.post(address, {"ticket": asked.pk, "contact": boss.pk}, "application/json")
    assert (added.status_code, added.json()["contact"]) == (201, boss.pk)
    gone = browser.delete(reverse("api:ticket-follower-detail", args=[added.json()["id"]]))

    assert gone.status_code == 204
    assert following(asked) == []


def test_the_button_says_what_it_does_next(as_technician: Browser, asked: Ticket) -> None:
    address = reverse("tickets:ticket-follow", args=[asked.pk])
    first = as_technician.post(address, headers={"HX-Request": "true"}).content.decode()
    second = as_technician.post(address, headers={"HX-Request": "true"}).content.decode()

    assert ("Stop following" in first, "Nobody follows this ticket." in first) == (True, False)
    assert ("Stop following" in second, "Nobody follows this ticket." in second) == (False, True)
