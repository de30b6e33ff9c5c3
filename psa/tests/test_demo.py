"""The demonstration firm is made by real operations, and its books hold."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from accounts.models import User
from billing.models import BankEntry, Cancellation, Charge, ClientHold, Invoice, LowHours, Payment
from billing.queries.decisions import undecided
from clients.models import Client, LegalEntity, PurchaseOrder
from clients.tests.factories import LegalEntityFactory
from contracts.models import PrepaidBlock
from payments.models import DebitBatch, DirectDebit
from psa.demo.people import PASSWORD, SIGN_INS
from tickets.models import (
    Appointment,
    DayStatus,
    InboundMail,
    Leave,
    MailState,
    MaintenancePlan,
    MaintenanceVisit,
    Rating,
    SavedView,
    Ticket,
    TicketFollower,
    TimeCorrection,
    TimeEntry,
    Timer,
    TimesheetDay,
)

TODAY = date(2026, 5, 20)
pytestmark = pytest.mark.django_db(transaction=True)


def load() -> None:
    call_command("load_demo", today=TODAY, months=4, stdout=StringIO())


def _by_hand() -> list[Charge]:
    """Return the lines by hand: 1.5 x 620.00 - 48.90 = 881.10, 2 x 540.00 - 10 % = 972.00."""
    taxed = Charge.objects.exclude(tax_category="O")
    return list(taxed.filter(kind="hand", reduces=None).order_by("pk"))


def test_the_demonstration_firm_keeps_its_books_and_lets_its_people_in() -> None:
    """Loaded once for all that is asked of it, since a history takes its time."""
    assert signs_in_with() == ""
    load()

    call_command("check_books", stdout=StringIO())
    assert PASSWORD in signs_in_with()
    money_is_on_its_way()
    every_page_of_the_desk_shows_something()


def signs_in_with() -> str:
    said = StringIO()
    call_command("demo_sign_ins", stdout=said)
    return said.getvalue()


def money_is_on_its_way() -> None:
    assert all(User.objects.get(email=email).check_password(PASSWORD) for _, email in SIGN_INS)
    # Six of the last run, one written by hand, one that replaces a cancelled invoice, and one
    # that claims late interest.
    assert Invoice.objects.drafts().count() == 9
    assert [str(line.invoice.net) for line in _by_hand() if line.invoice] == [
        "881.10",
        "881.10",
        "972.00",
    ]
    assert Cancellation.objects.count() == 1
    assert Ticket.objects.open().filter(maintenance_visit=None).count() == 12
    assert Client.objects.filter(country__in=["BE", "CH"]).count() == 2
    assert len(undecided(Client.objects.all(), LegalEntity.objects.current(), TODAY)) >= 2
    assert ClientHold.objects.get().client.name == "Plomberie Da Costa"
    assert PrepaidBlock.objects.count() == 2
    assert (Appointment.objects.standing().count(), Leave.objects.count()) == (8, 1)
    assert LowHours.objects.filter(client__name="Brasserie du Confluent").count() == 1
    assert [one.is_closed for one in PurchaseOrder.objects.all()] == [False]
    assert TimeCorrection.objects.count() == 1
    assert BankEntry.objects.open().filter(amount__gt=0).count() == 5
    # One paid too much, one had paid what a dispute then took back.
    assert Payment.objects.with_credit().count() == 2
    managed = Charge.objects.filter(kind="recurring", client__name="Imprimerie Vandenberghe")
    assert managed.aggregate(sum=Sum("amount"))["sum"] == Decimal("780.00")
    # Four months leave one client late; its account had no cover.
    assert [one.debit_count for one in DebitBatch.objects.exclude(sent_at=None)] == [1]
    assert DirectDebit.objects.exclude(returned_on=None).count() == 1


def every_page_of_the_desk_shows_something() -> None:
    ines = User.objects.get(email=SIGN_INS[0][1])
    assert [one.is_running for one in Timer.objects.filter(person=ines)] == [True, False]
    assert set(TimesheetDay.objects.values_list("status", flat=True)) == set(DayStatus)
    assert TimeEntry.objects.filter(technician=ines, worked_on=date(2026, 5, 19)).exists()
    assert MaintenancePlan.objects.count() == 3
    visits = MaintenanceVisit.objects
    assert visits.filter(ticket__closed_at__isnull=False).count() == 6
    assert visits.filter(ticket__closed_at=None).exclude(ticket=None).count() == 3
    assert visits.filter(ticket=None).count() == 2
    assert TicketFollower.objects.filter(person=ines).count() == 2
    assert Rating.objects.exists()
    assert SavedView.objects.filter(is_shared=True).exists()
    assert InboundMail.objects.filter(state=MailState.TRIAGE).exists()


def test_it_is_never_mixed_with_another_firm() -> None:
    LegalEntityFactory.create()

    with pytest.raises(CommandError, match="holds a firm already"):
        load()

    assert not Ticket.objects.exists()
