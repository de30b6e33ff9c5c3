"""The maintenance of the demonstration firm: what comes round, what was done, what was left out."""

from dataclasses import dataclass
from datetime import date, timedelta

from psa.demo.desk import Desk, working_days
from psa.demo.parties import Account
from tickets.domain.recurrence import Kind, Rhythm, rule_of
from tickets.domain.work import Response, TimeWorked
from tickets.models import MaintenancePlan, MaintenanceVisit, Priority, ServiceBoard
from tickets.operations.raise_visits import raise_visits
from tickets.operations.respond import respond
from tickets.operations.skip_visit import skip_visit
from tickets.operations.tick_checklist_item import tick_checklist_item
from tickets.operations.write_note import write_note
from tickets.queries.maintenance import days_of

ONE_DAY = timedelta(days=1)
WEEKS_BACK = 8
SINCE = timedelta(weeks=WEEKS_BACK)
LEAD = timedelta(days=5)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What comes round at a client."""

    name: str
    rhythm: Rhythm
    kind: Kind
    technician: int
    points: tuple[str, ...]
    is_for_device: bool = False


PLANS = (
    Upkeep(
        "Contrôle des sauvegardes", Rhythm.FORTNIGHTLY, Kind.DATE, 0,
        ("Lire le journal de la nuit", "Restaurer un fichier au hasard", "Noter l'espace libre"),
    ),
    Upkeep(
        "Mises à jour du serveur", Rhythm.MONTHLY, Kind.WEEKDAY, 1,
        ("Instantané avant", "Mises à jour", "Redémarrage", "Essai des applications"),
        is_for_device=True,
    ),
    Upkeep(
        "Visite de prévention", Rhythm.MONTHLY, Kind.WEEKDAY, 3,
        ("Onduleur", "Température de la baie", "Postes sans mise à jour", "Mots de passe affichés"),
    ),
)  # fmt: skip
LEFT_OUT, WHY, HOLIDAY = PLANS[0].name, "Fermeture du client ce jour-là", "Jour férié"


def maintain(desk: Desk, accounts: list[Account], today: date) -> None:
    """Let maintenance come round at three clients under contract, up to today."""
    since = today - SINCE
    cared_for = [one for one in accounts if one.contract and one.contract.starts_on <= since]
    for upkeep, account in zip(PLANS, cared_for, strict=False):
        plan = _agree(desk, account, upkeep, today)
        left_out = _left_out(days_of(plan, since, today + LEAD), upkeep)
        for day in days_of(plan, since, today + LEAD):
            if day in left_out:
                manager = desk.staff.manager
                skip_visit(plan_id=plan.pk, due_on=day, reason=left_out[day], actor=manager)
            else:
                _come_round(desk, plan, day, today)


def _left_out(due: list[date], upkeep: Upkeep) -> dict[date, str]:
    """Return the days that are skipped, each with the reason."""
    shut = {day: HOLIDAY for day in due if not working_days(day, day + ONE_DAY)}
    return {due[1]: WHY} | shut if upkeep.name == LEFT_OUT else shut


def _agree(desk: Desk, account: Account, upkeep: Upkeep, today: date) -> MaintenancePlan:
    """Write the plan; what is fortnightly comes round in two working days."""
    coming = working_days(today + ONE_DAY, today + 14 * ONE_DAY)[1]
    first = coming - timedelta(weeks=WEEKS_BACK)
    device = account.assets[0] if upkeep.is_for_device and account.assets else None
    return MaintenancePlan.objects.create(
        client=account.client,
        name=upkeep.name,
        site=account.contacts[0].site,
        asset=device,
        contract=account.contract,
        board=ServiceBoard.objects.order_by("-is_default", "name")[0],
        priority=Priority.LOW,
        assignee=desk.staff.technicians[upkeep.technician],
        points=list(upkeep.points),
        first_on=first,
        rule=rule_of(upkeep.rhythm, upkeep.kind, first),
        lead_days=LEAD.days,
        active_from_on=first,
    )


def _come_round(desk: Desk, plan: MaintenancePlan, day: date, today: date) -> None:
    opened_on = day - LEAD
    for visit in raise_visits(plan_id=plan.pk, today=opened_on, now=desk.at(opened_on, 7, 0)):
        _announce(desk, visit)
        if day < today:
            _do(desk, visit, today)


def _announce(desk: Desk, visit: MaintenanceVisit) -> None:
    """Tell the client the day, which is the first answer."""
    ticket = visit.ticket
    if ticket is None or ticket.assignee is None:
        return
    body = f"Bonjour, nous nous en occupons le {visit.due_on:%d/%m/%Y}."
    now = desk.at(visit.due_on - LEAD, 8, 20)
    write_note(ticket_id=ticket.pk, body=body, is_public=True, actor=ticket.assignee, now=now)


def _do(desk: Desk, visit: MaintenanceVisit, today: date) -> None:
    """Go through the points and close; the time is logged where its month is not billed yet."""
    ticket, who = visit.ticket, visit.plan.assignee
    if ticket is None or who is None:
        return
    begin, end = desk.at(visit.due_on, 9, 0), desk.at(visit.due_on, 9, 40)
    for item in ticket.checklist.all():
        tick_checklist_item(item_id=item.pk, is_done=True, actor=who, now=end)
    remote = desk.shop.work["remote"].pk
    work = TimeWorked(work_type_id=remote, started_at=begin, ended_at=end, note=visit.plan.name)
    done = Response(
        body="Tout est en ordre.",
        time=work if visit.due_on >= today.replace(day=1) else None,
        status_id=desk.statuses["closed"].pk,
    )
    respond(ticket_id=ticket.pk, response=done, actor=who, now=end)
