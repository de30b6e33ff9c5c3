"""Reminders of the demonstration firm: a plan, letters that went, a promise, a client to spare."""

from datetime import date, timedelta
from decimal import Decimal

from clients.models import Client, LegalEntity
from collecting.models import CollectingMail, Level, MailKind
from collecting.operations.deliver_mail import deliver_mail
from collecting.operations.hold_reminders import hold_reminders
from collecting.operations.note_contact import note_contact
from collecting.operations.remind_client import remind_client
from collecting.operations.save_plan import PlanTerms, save_plan
from collecting.operations.take_promise import Promised, take_promise
from collecting.queries.reminders import accounts
from psa.demo.desk import Desk

USUAL = PlanTerms(
    "Plan habituel", {Level.FRIENDLY: 5, Level.FIRM: 15, Level.FORMAL: 30}, is_default=True
)
PATIENT = PlanTerms("Administrations", {Level.FRIENDLY: 15, Level.FIRM: 45}, grace_days=5)
SATURDAY = 5
SAID = "Anne, à la comptabilité, attend la signature du gérant. Règlement promis."
WAITS = "Échéancier en discussion avec le gérant"


def remind_some(desk: Desk, today: date) -> None:
    """Leave what a week of collecting leaves; today's letters are still to go."""
    save_plan(plan_id=None, terms=USUAL)
    save_plan(plan_id=None, terms=PATIENT)
    zone = LegalEntity.objects.current().zone
    then = _working_day(today - timedelta(days=8))
    for account in accounts(then, zone)[::2]:
        remind_client(client_id=account.client.pk, now=desk.at(then, 9, 0))
    for row in CollectingMail.objects.filter(kind=MailKind.REMINDER).order_by("pk"):
        deliver_mail(mail_id=row.pk, now=desk.at(then, 9, 5))
    late = [one.client for one in accounts(today, zone)]
    _agree(desk, late[:2], today)


def _agree(desk: Desk, clients: list[Client], today: date) -> None:
    by = today + timedelta(days=4)
    for client in clients[:1]:
        promised = Promised(Decimal(250), by, "virement")
        take_promise(
            client_id=client.pk,
            promised=promised,
            today=today,
            actor=desk.staff.accountant,
            now=desk.at(today, 8, 50),
        )
        note_contact(
            client_id=client.pk,
            body=SAID,
            next_contact_on=by,
            actor=desk.staff.accountant,
            now=desk.at(today, 8, 51),
        )
    for client in clients[1:]:
        hold_reminders(
            client_id=client.pk,
            invoice_id=None,
            reason=WAITS,
            last_day_on=today + timedelta(days=15),
            actor=desk.staff.manager,
            now=desk.at(today, 8, 55),
        )


def _working_day(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - SATURDAY + 1, 0))
