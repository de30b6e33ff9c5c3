"""Steps for time entries that several operations share; they open no transaction."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import WorkType
from clients.models import LegalEntity
from core.business_hours import Interval
from tickets.domain.stretches import minutes_of, without_breaks
from tickets.domain.work import TimeWorked
from tickets.domain.worktime import LONGEST_MINUTES
from tickets.models import BillingMode, Ticket, TimeEntry
from tickets.operations._days import needs_approval, require_open_days
from tickets.operations._pricing import describe_pricing
from tickets.operations._tickets import (
    find_colleague,
    lock_ticket,
    require_firm_staff,
    require_open,
)
from tickets.refusals import (
    EntryGone,
    ImpossibleTime,
    NotOutOfScope,
    ReasonMissing,
    WorkTypeNotInUse,
)

# People round the end of their work up to the quarter of an hour they are in.
EARLY = timedelta(minutes=15)
SECOND = timedelta(seconds=1)


def add_time(ticket: Ticket, work: TimeWorked, *, actor: User, now: datetime) -> TimeEntry:
    """Log work on a locked ticket.

    :raises Refusal: the ticket is closed, or the work is not possible as described
    """
    require_firm_staff(actor)
    require_open(ticket)
    entry = TimeEntry(ticket=ticket, technician=actor)
    describe_time(entry, work, now)
    require_open_days({(entry.technician_id, entry.worked_on)})
    entry.is_approved = not needs_approval()
    entry.save()
    return entry


def locked_entry(entry_id: int, actor: User) -> TimeEntry:
    """Return an entry as it is now, its ticket locked.

    :raises EntryGone: somebody has taken it back meanwhile
    """
    entries = TimeEntry.objects.visible_to(actor)
    ticket = lock_ticket(entries.get(pk=entry_id).ticket_id, actor)
    entry = entries.filter(pk=entry_id).first()
    if entry is None:
        raise EntryGone(_("This time was taken back meanwhile."))
    entry.ticket = ticket
    return entry


def describe_time(entry: TimeEntry, work: TimeWorked, now: datetime) -> None:
    """Write what was worked into the row, without saving it.

    :raises Refusal: the work is not possible as described
    """
    if work.is_out_of_scope and entry.ticket.billing_mode != BillingMode.FLAT_RATE:
        raise NotOutOfScope(_("Only time on a flat-rate ticket can be outside the flat rate."))
    if not work.is_billable and not work.not_billable_reason.strip():
        raise ReasonMissing(_("Say why this will not be billed."))
    if entry.work_type_id != work.work_type_id:
        entry.work_type = _find_work_type(work.work_type_id)
    if work.technician_id is not None and work.technician_id != entry.technician_id:
        entry.technician = find_colleague(work.technician_id)
    zone = LegalEntity.objects.current().zone
    entry.worked_on, entry.minutes = _span(work, zone, now)
    entry.started_at, entry.ended_at = work.started_at, work.ended_at
    entry.breaks = [[one.start, one.end] for one in work.breaks] if work.started_at else []
    entry.is_billable = work.is_billable
    entry.not_billable_reason = "" if work.is_billable else work.not_billable_reason.strip()
    entry.is_out_of_scope = work.is_out_of_scope
    entry.note = work.note.strip()
    describe_pricing(entry, work.pricing)


def _span(work: TimeWorked, zone: ZoneInfo, now: datetime) -> tuple[date, int]:
    """Return the local day on which the work began, and its minutes."""
    if work.started_at is not None or work.ended_at is not None:
        day, minutes = _span_of_instants(work, zone, now)
    else:
        day, minutes = _span_of_minutes(work, zone, now)
    if minutes > LONGEST_MINUTES:
        raise ImpossibleTime(_("One entry holds at most 24 hours."), "minutes")
    return day, minutes


def _span_of_instants(work: TimeWorked, zone: ZoneInfo, now: datetime) -> tuple[date, int]:
    if work.started_at is None:
        raise ImpossibleTime(_("Say when the work began."), "begins")
    if work.ended_at is None:
        raise ImpossibleTime(_("Say when the work ended."), "ends")
    start, end = work.started_at.astimezone(UTC), work.ended_at.astimezone(UTC)
    if end - start < SECOND:
        raise ImpossibleTime(_("The work ends before it starts."), "ends")
    if work.ended_at > now + EARLY:
        raise ImpossibleTime(_("This time has not come yet."), "ends")
    return start.astimezone(zone).date(), _without_breaks(Interval(start, end), work)


def _without_breaks(whole: Interval, work: TimeWorked) -> int:
    try:
        stretches = without_breaks(whole, work.breaks)
    except ValueError as error:
        raise ImpossibleTime(_("The breaks must lie within the work, apart."), "breaks") from error
    if not stretches:
        raise ImpossibleTime(_("Between these breaks nothing was worked."), "breaks")
    return minutes_of(stretches)


def _span_of_minutes(work: TimeWorked, zone: ZoneInfo, now: datetime) -> tuple[date, int]:
    if not work.minutes or work.minutes < 0:
        raise ImpossibleTime(_("A time entry needs at least one minute."), "minutes")
    today = now.astimezone(zone).date()
    worked_on = work.worked_on or today
    if worked_on > today:
        raise ImpossibleTime(_("This day has not come yet."), "worked_on")
    return worked_on, work.minutes


def _find_work_type(work_type_id: int) -> WorkType:
    work_type = WorkType.objects.filter(pk=work_type_id).first()
    if work_type is None or not work_type.is_active:
        raise WorkTypeNotInUse(_("This work type is no longer used. Choose another."))
    return work_type
