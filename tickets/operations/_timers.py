"""Steps for timers that several operations share; they open no transaction."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from tickets.models import Timer
from tickets.operations._tickets import require_firm_staff
from tickets.refusals import TimerGone


def lock_people(person_ids: Collection[int]) -> None:
    """Let presses of these people and changes of their days come one after the other.

    Whoever locks a ticket too locks it first.
    """
    rows = User.objects.filter(pk__in=person_ids).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk", flat=True))


def lock_timer(timer_id: int, actor: User) -> Timer:
    """Return a timer of the actor's, whose presses then wait.

    :raises TimerGone: it has become a time entry or was discarded
    """
    require_firm_staff(actor)
    lock_people({actor.pk})
    timer = Timer.objects.visible_to(actor).filter(pk=timer_id).first()
    if timer is None:
        raise TimerGone(_("This timer is no longer there: it was logged or discarded."))
    return timer


def run(timer: Timer, now: datetime) -> None:
    """Let a timer measure from now on, and park the one that did."""
    if timer.is_running:
        return
    running = Timer.objects.running().filter(person=timer.person_id).first()
    if running is not None:
        park(running, now)
    timer.running_since = whole_second(now)
    timer.save()


def park(timer: Timer, now: datetime) -> None:
    """Stop measuring; what was measured is kept."""
    timer.stretches = [
        [stretch.start, stretch.end] for stretch in timer.measured(whole_second(now))
    ]
    timer.running_since = None
    timer.save(update_fields=["stretches", "running_since"])


def whole_second(moment: datetime) -> datetime:
    """Return the moment without the part of a second that nobody means."""
    return moment.replace(microsecond=0)
