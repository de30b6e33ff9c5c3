"""Files that were brought for an answer and never sent: kept for 30 days, and as long as needed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection, transaction

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.tests.factories import LegalEntityFactory
from tickets.domain.files import FileBrought
from tickets.models import Attachment, Draft, Ticket
from tickets.operations import forget_waiting_files as operation
from tickets.operations.bring_files import bring_files
from tickets.operations.forget_waiting_files import forget_waiting_files
from tickets.tasks import forget_files
from tickets.tests.conftest import NOW
from tickets.tests.factories import AttachmentFactory, TicketFactory

SECOND = timedelta(seconds=1)
THIRTY_DAYS = timedelta(days=30)
DAY = timedelta(days=1)


def brought(ticket: Ticket, actor: User, name: str = "log.txt") -> Attachment:
    files = [FileBrought(name=name, content=b"All good")]
    return bring_files(ticket_id=ticket.pk, files=files, actor=actor, now=NOW)[0]


def is_kept(file: Attachment) -> tuple[bool, bool]:
    """Say whether its row and its bytes are there."""
    there = Attachment.objects.filter(pk=file.pk).exists()
    return there, file.file.storage.exists(str(file.file.name))


def forget(now: datetime) -> int:
    """Sweep on a connection of its own, as a worker does."""
    try:
        return forget_waiting_files(now=now)
    finally:
        connection.close()


def test_a_file_never_sent_goes_after_thirty_days(ticket: Ticket, technician: User) -> None:
    file = brought(ticket, technician)
    early = forget_waiting_files(now=NOW + THIRTY_DAYS)
    before = is_kept(file)

    gone = forget_waiting_files(now=NOW + THIRTY_DAYS + SECOND)

    assert (early, before) == (0, (True, True))
    assert (gone, Attachment.objects.count()) == (1, 0)


def test_a_file_that_was_sent_stays_for_ever(firm: object) -> None:
    file = AttachmentFactory.create()

    assert forget_waiting_files(now=NOW + 400 * DAY) == 0
    assert is_kept(file) == (True, True)


@pytest.mark.parametrize(
    ("fields", "idle", "left"),
    [
        ({"note-body": "As the log says"}, 300 * DAY, 1),  # text waits, however old
        ({}, THIRTY_DAYS, 1),  # sent or emptied, thirty days ago to the second
        ({}, THIRTY_DAYS + SECOND, 0),
    ],
)
def test_a_file_stays_while_the_draft_of_its_writer_is_in_use(
    ticket: Ticket, technician: User, fields: dict[str, str], idle: timedelta, left: int
) -> None:
    brought(ticket, technician)
    now = NOW + 400 * DAY
    Draft.objects.create(ticket=ticket, author=technician, fields=fields, saved_at=now - idle)

    forget_waiting_files(now=now)

    assert Attachment.objects.count() == left


def test_drafts_of_colleagues_and_of_other_tickets_keep_no_file(
    ticket: Ticket, technician: User
) -> None:
    brought(ticket, technician)
    colleague = UserFactory.create(role="technician")
    for about, author in ((ticket, colleague), (TicketFactory.create(), technician)):
        typed = {"note-body": "Mine"}
        Draft.objects.create(ticket=about, author=author, fields=typed, saved_at=NOW)

    assert forget_waiting_files(now=NOW + 31 * DAY) == 1


def test_many_are_deleted_in_several_turns(
    ticket: Ticket, technician: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [brought(ticket, technician, name) for name in ("a.txt", "b.txt", "c.txt")]
    monkeypatch.setattr(operation, "AT_ONCE", 2)

    turns = [forget_waiting_files(now=NOW + 31 * DAY) for _turn in range(3)]

    assert (len(kept), turns) == (3, [2, 1, 0])


def test_every_hour_the_worker_sees_to_it(ticket: Ticket, technician: User) -> None:
    brought(ticket, technician)
    hourly = settings.CELERY_BEAT_SCHEDULE["files never sent"]

    with time_machine.travel(NOW + 31 * DAY, tick=False):
        forget_files()

    assert hourly == {"task": forget_files.name, "schedule": 3600.0}
    assert not Attachment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_file_of_an_answer_that_is_being_sent_is_passed_over_and_bytes_go_with_the_row() -> None:
    LegalEntityFactory.create()
    ticket = TicketFactory.create()
    file = brought(ticket, UserFactory.create(role="technician"))
    later = NOW + 31 * DAY

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Ticket.objects.select_for_update().get(pk=ticket.pk)  # as sending does
            meanwhile = pool.submit(forget, later).result()
        afterwards = pool.submit(forget, later).result()

    assert (meanwhile, afterwards) == (0, 1)
    assert is_kept(file) == (False, False)
