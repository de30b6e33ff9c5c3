"""Sending a warning that a promise runs out: once, and only while it is of use."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from tickets.domain.promises import next_working_moment
from tickets.models import PromiseKind, SLAWarning, TicketClock, WarningState
from tickets.operations._working_hours import working_hours
from tickets.warning_mail import NoAddress, warning_mail

log = logging.getLogger(__name__)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)


@transaction.atomic(durable=True)
def deliver_warning(*, warning_id: int, now: datetime) -> None:
    """Send the warning, unless it is sent, not yet due, or another worker is at it.

    Who has been answered or helped meanwhile needs no warning, nor does a promise that has
    changed, nor one whose clock waits for the client. Outside working hours it waits for them.
    """
    waiting = SLAWarning.objects.filter(pk=warning_id, state=WarningState.WAITING, send_at__lte=now)
    warning = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if warning is None:
        return
    clock = TicketClock.objects.select_related("ticket", "policy").get(ticket=warning.ticket_id)
    opens_at = next_working_moment(working_hours(clock.policy, now), now)
    if not _is_of_use(warning, clock):
        warning.state = WarningState.NOT_NEEDED
    elif opens_at > now:
        warning.send_at = opens_at
    else:
        _send(warning, now)
    warning.save(update_fields=["state", "attempts", "send_at", "sent_at", "last_error"])


def _is_of_use(warning: SLAWarning, clock: TicketClock) -> bool:
    if clock.ticket.is_closed:
        return False
    if warning.kind == PromiseKind.RESPONSE:
        is_open = clock.responded_at is None
        return is_open and clock.response_seconds == warning.target_seconds
    return not clock.is_paused and clock.resolution_seconds == warning.target_seconds


def _send(warning: SLAWarning, now: datetime) -> None:
    warning.attempts += 1
    try:
        warning_mail(warning).send()
    except NoAddress as error:
        warning.state, warning.last_error = WarningState.FAILED, str(error)
    except Exception as error:  # noqa: BLE001  (whatever fails is kept with the warning)
        _keep_failure(warning, error, now)
    else:
        warning.state, warning.sent_at, warning.last_error = WarningState.SENT, now, ""


def _keep_failure(warning: SLAWarning, error: Exception, now: datetime) -> None:
    """Keep what went wrong, and wait twice as long as the last time."""
    if warning.attempts >= MOST_ATTEMPTS:
        warning.state = WarningState.FAILED
    warning.last_error = str(error) or type(error).__name__
    pause: timedelta = FIRST_PAUSE * 2 ** (warning.attempts - 1)
    warning.send_at = now + min(pause, LONGEST_PAUSE)
    log.warning("Warning %s was not sent: %s", warning.pk, warning.last_error)
