"""A ticket is found by its tags, as they are now."""

import pytest
from django.db import connection

from accounts.models import User
from psa.models import SearchEntry
from psa.queries.search import search
from tickets.models import Tag, Ticket, TicketTag
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.retag_ticket import retag_ticket
from tickets.tests.conftest import NOW
from tickets.tests.factories import TagFactory, TicketFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ticket(technician: User) -> Ticket:
    made: Ticket = TicketFactory.create(number="T-1", subject="Paper jam")
    TicketFactory.create(number="T-2", subject="Paper jam")
    retag_ticket(ticket_id=made.pk, actor=technician, now=NOW, add=["Pièce commandée"])
    return made


def found(typed: str, user: User) -> list[str]:
    results = search(typed, user, language="fr", most=9)
    hits = [hit for each in results.found for hit in each.hits] if results.is_exact else []
    return [str(Ticket.objects.get(pk=hit.pk).number) for hit in hits]


def test_a_tag_finds_its_ticket_alone_and_beside_words_of_the_subject(
    ticket: Ticket, technician: User
) -> None:
    for typed in ("pièces", "piece commandee", "jam pièce", "command"):
        assert found(typed, technician) == ["T-1"], typed
    hit = search("pièce", technician, language="fr", most=9).found[0].hits[0]
    assert hit.note == f"{ticket.client.name} · pièce commandée"


def test_a_tag_that_is_taken_off_finds_nothing(ticket: Ticket, technician: User) -> None:
    retag_ticket(ticket_id=ticket.pk, actor=technician, now=NOW, remove=["Pièce commandée"])

    assert found("pièce", technician) == []
    assert found("paper", technician) == ["T-2", "T-1"]


def test_a_renamed_tag_finds_by_its_new_name_only(ticket: Ticket, technician: User) -> None:
    Tag.objects.update(name="Livraison")

    assert (found("livraison", technician), found("pièce", technician)) == (["T-1"], [])


def test_a_row_that_moves_to_another_ticket_takes_its_words_along(
    ticket: Ticket, technician: User
) -> None:
    TicketTag.objects.update(ticket=Ticket.objects.get(number="T-2"))

    assert found("pièce", technician) == ["T-2"]


def test_a_changed_subject_keeps_the_tags(ticket: Ticket, technician: User) -> None:
    changes = {"subject": "Toner empty"}
    edit_ticket(ticket_id=ticket.pk, changes=changes, actor=technician, now=NOW)  # type: ignore[arg-type]  # one of its keys

    assert found("toner pièce", technician) == ["T-1"]


def test_an_entry_is_the_same_whichever_of_subject_and_tags_was_written_last(
    ticket: Ticket,
) -> None:
    TicketTag.objects.create(ticket=ticket, tag=TagFactory.create(name="vip"))
    facts = SearchEntry.objects.filter(kind="ticket", target_id=ticket.pk)
    by_tag = facts.values_list("name", "document").get()

    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM psa_searchentry")
        cursor.execute("UPDATE tickets_ticket SET subject = subject || '!'")
        cursor.execute("UPDATE tickets_ticket SET subject = rtrim(subject, '!')")

    assert facts.values_list("name", "document").get() == by_tag
    assert by_tag[0] == "t-1 paper jam piece commandee vip"
