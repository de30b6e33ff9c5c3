"""Reminders are sent once, in working hours, with what is open when they are sent.

An invoice of 509.76 is due on 30 April 2026; see ``dunned`` for the days.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from billing.models import Invoice
from billing.tests.credited import credit, issued_invoice
from clients.models import Client
from collecting.models import (
    CollectingMail,
    DisputeGround,
    LeftOut,
    NoticeLine,
    ReminderNotice,
)
from collecting.operations.deliver_mail import deliver_mail
from collecting.operations.hold_reminders import hold_reminders
from collecting.operations.open_dispute import Objection, open_dispute
from collecting.operations.remind_client import remind_client
from collecting.operations.set_terms import set_terms
from collecting.operations.take_promise import Promised, take_promise
from collecting.queries.reminders import accounts
from collecting.tasks import deliver_due_mails, remind_clients
from collecting.tests.dunned import (
    FIRM_DAY,
    FORMAL_DAY,
    FRIENDLY_DAY,
    at,
    late_invoice,
    pay,
    usual_plan,
)
from contracts.models import BusinessCalendar, CalendarWindow

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def invoice(client_contact: User) -> Invoice:
    usual_plan()
    return late_invoice(client_contact.contact.client)


@pytest.fixture
def client(invoice: Invoice) -> Client:
    return invoice.client


def run(moment: datetime) -> None:
    """Let the daily task and the outbox have their turn."""
    with time_machine.travel(moment, tick=False):
        remind_clients()
        deliver_due_mails()


def levels_sent() -> list[int]:
    sent = ReminderNotice.objects.filter(sent_at__isnull=False)
    return list(sent.order_by("sent_at").values_list("level", flat=True))


def at_once(deed: Callable[[], object], times: int) -> None:
    start = Barrier(times)

    def do(_n: int) -> None:
        start.wait()
        try:
            deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        list(pool.map(do, range(times)))


def test_one_letter_asks_for_all_that_is_due_at_its_client(client: Client) -> None:
    late_invoice(client)

    run(at(FRIENDLY_DAY - timedelta(days=1)))
    run(at(FRIENDLY_DAY))
    run(at(FRIENDLY_DAY, 9))

    [letter] = mail.outbox
    assert letter.to == ["accounts@alpha.example"]
    assert "1 019,52" in str(letter.body).replace("\u202f", " ").replace("\xa0", " ")
    assert str(letter.body).count("7 jours de retard") == 2
    assert NoticeLine.objects.filter(level=1).count() == 2


def test_each_level_is_sent_on_its_day_and_once(invoice: Invoice) -> None:
    day = FRIENDLY_DAY
    while day <= FORMAL_DAY + timedelta(days=20):
        run(at(day))
        day += timedelta(days=1)

    assert levels_sent() == [1, 2, 3]
    assert len(mail.outbox) == 3


def test_after_weeks_of_downtime_the_highest_level_is_sent_alone(invoice: Invoice) -> None:
    run(at(FORMAL_DAY + timedelta(days=9)))
    run(at(FORMAL_DAY + timedelta(days=30)))

    assert levels_sent() == [3]


def test_two_who_decide_at_once_decide_once(invoice: Invoice) -> None:
    at_once(lambda: remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY)), 4)

    assert ReminderNotice.objects.count() == CollectingMail.objects.count() == 1


def test_workers_who_send_at_once_and_again_send_once(invoice: Invoice) -> None:
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY))
    row = CollectingMail.objects.get()

    at_once(lambda: deliver_mail(mail_id=row.pk, now=at(FRIENDLY_DAY, 9)), 3)
    deliver_mail(mail_id=row.pk, now=at(FRIENDLY_DAY, 10))

    assert len(mail.outbox) == 1


def test_deciding_while_it_is_being_sent_never_sends_twice(invoice: Invoice) -> None:
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY))
    row = CollectingMail.objects.get()
    is_first = iter([True, False, False])

    def send_or_decide() -> None:
        if next(is_first):
            deliver_mail(mail_id=row.pk, now=at(FRIENDLY_DAY, 9))
        else:
            remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY, 9))

    at_once(send_or_decide, 3)
    run(at(FRIENDLY_DAY, 10))

    assert (levels_sent(), len(mail.outbox)) == ([1], 1)


def test_one_that_waited_too_long_makes_room_for_the_higher_level(invoice: Invoice) -> None:
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY))

    with time_machine.travel(at(FIRM_DAY), tick=False):
        deliver_due_mails()
        assert mail.outbox == []
    run(at(FIRM_DAY, 9))
    run(at(FIRM_DAY, 10))

    assert levels_sent() == [2]
    assert len(mail.outbox) == 1


def test_what_is_paid_before_it_is_sent_is_not_asked_for(client: Client, invoice: Invoice) -> None:
    other = late_invoice(client)
    remind_client(client_id=client.pk, now=at(FRIENDLY_DAY))
    pay(invoice, "509.76", FRIENDLY_DAY)
    credit(other, "100")

    run(at(FRIENDLY_DAY, 9))

    sent = NoticeLine.objects.get(left_out="")
    assert (sent.invoice, sent.amount) == (other, Decimal("389.76"))
    assert NoticeLine.objects.get(invoice=invoice).left_out == LeftOut.PAID
    assert invoice.number not in str(mail.outbox[0].body)


def test_credit_that_nobody_used_yet_is_respected(invoice: Invoice) -> None:
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY))
    pay(invoice, "509.76", FRIENDLY_DAY, allocated=False)

    run(at(FRIENDLY_DAY, 9))

    assert mail.outbox == []
    assert NoticeLine.objects.get().left_out == LeftOut.CREDIT
    assert ReminderNotice.objects.get().dropped_at is not None


def test_a_disputed_line_is_not_asked_for(invoice: Invoice, accountant: User) -> None:
    """151.20 of 509.76 is disputed: 358.56 is left."""
    open_dispute(
        line_id=invoice.charges.get(position=2).pk,
        objection=Objection(DisputeGround.PRICE, "Too dear"),
        actor=accountant,
        now=at(FRIENDLY_DAY),
    )

    run(at(FRIENDLY_DAY))

    assert NoticeLine.objects.get().amount == Decimal("358.56")


def test_a_promise_stops_reminders_until_it_is_broken(invoice: Invoice, accountant: User) -> None:
    by = FRIENDLY_DAY + timedelta(days=3)
    take_promise(
        client_id=invoice.client_id,
        promised=Promised(Decimal("509.76"), by),
        today=FRIENDLY_DAY,
        actor=accountant,
        now=at(FRIENDLY_DAY, 6),
    )

    run(at(FRIENDLY_DAY))
    run(at(by))
    assert mail.outbox == []
    run(at(by + timedelta(days=1)))

    assert levels_sent() == [1]


def test_a_hold_keeps_back_what_already_waits_and_ends_with_its_last_day(
    invoice: Invoice, accountant: User
) -> None:
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY))
    hold_reminders(
        client_id=invoice.client_id,
        invoice_id=invoice.pk,
        reason="Waits for our answer",
        last_day_on=FRIENDLY_DAY,
        actor=accountant,
        now=at(FRIENDLY_DAY),
    )

    run(at(FRIENDLY_DAY, 9))
    assert NoticeLine.objects.get().left_out == LeftOut.HELD
    run(at(FRIENDLY_DAY + timedelta(days=1)))

    assert levels_sent() == [1]


def test_a_client_without_reminders_gets_none(invoice: Invoice) -> None:
    set_terms(client_id=invoice.client_id, plan_id=None, gets_reminders=False, next_contact_on=None)

    run(at(FORMAL_DAY))

    assert not ReminderNotice.objects.exists()


def test_nothing_leaves_while_the_firm_is_closed(invoice: Invoice) -> None:
    """7 May 2026 is a Thursday; the firm works from nine to five, Paris time, seven to three."""
    firm = BusinessCalendar.objects.create(name="Firm", is_default=True)
    for weekday in range(5):
        CalendarWindow.objects.create(
            calendar=firm, weekday=weekday, opens_at=time(9), closes_at=time(17)
        )

    run(at(FRIENDLY_DAY, 6, 59))
    assert not ReminderNotice.objects.exists()
    remind_client(client_id=invoice.client_id, now=at(FRIENDLY_DAY, 15))
    run(at(FRIENDLY_DAY + timedelta(days=2)))
    assert mail.outbox == []
    run(at(FRIENDLY_DAY + timedelta(days=4)))

    assert levels_sent() == [1]


def test_the_judgement_asks_the_database_as_often_for_many_as_for_one(invoice: Invoice) -> None:
    zone = invoice.legal_entity.zone

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            accounts(FRIENDLY_DAY, zone)
        return len(asked)

    queries()
    one = queries()
    for _n in range(3):
        issued_invoice()

    assert queries() == one
    assert len(accounts(FRIENDLY_DAY, zone)) >= 1
