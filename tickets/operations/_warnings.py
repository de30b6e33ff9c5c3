"""Writing down whom to warn that a promise runs out; opens no transaction."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from contracts.models import SLAPolicy
from core.doorbell import ring
from core.sla_clock import Milestone
from tickets.domain.promises import Standing, next_working_moment
from tickets.models import PromiseKind, SLAWarning, Ticket, WarningState
from tickets.operations._working_hours import working_hours
from tickets.queries.promises import Promise

DELIVERY = "tickets.tasks.deliver_warnings"


def keep_warnings(
    ticket: Ticket,
    promise: Promise,
    standings: Mapping[PromiseKind, Standing],
    now: datetime,
) -> None:
    """Write a warning for each share of a promise that is used and has not been warned of.

    Where several are found at once, after a night without workers or a change of priority, people
    hear of the greatest only.
    """
    if promise.policy is None or ticket.is_closed:
        return
    for kind, standing in standings.items():
        # While it waits for the client nobody knows when it ends: people hear when it goes on.
        # The clock also tells shares that only rules wait for.
        told = promise.policy.warning_percentages
        reached = standing.reached() if standing.due_at else []
        reached = [one for one in reached if one.percent in told]
        new = [one for one in reached if one.percent not in _known(ticket, kind, standing)]
        if not new:
            continue
        _spare(ticket, kind, standing, new[:-1], now)
        if new[-1] is reached[-1]:
            _warn(ticket, promise.policy, kind, standing, new[-1], now)
        else:
            _spare(ticket, kind, standing, new[-1:], now)


def _known(ticket: Ticket, kind: PromiseKind, standing: Standing) -> set[int]:
    """Return the shares of this target that people have been warned of, or spared."""
    warnings = SLAWarning.objects.filter(
        ticket=ticket, kind=kind, target_seconds=standing.target.seconds
    )
    return set(warnings.values_list("percent", flat=True))


def _spare(
    ticket: Ticket,
    kind: PromiseKind,
    standing: Standing,
    milestones: list[Milestone],
    now: datetime,
) -> None:
    for milestone in milestones:
        _add(ticket, kind, standing, milestone, now, state=WarningState.NOT_NEEDED)


def _warn(
    ticket: Ticket,
    policy: SLAPolicy,
    kind: PromiseKind,
    standing: Standing,
    milestone: Milestone,
    now: datetime,
) -> None:
    _overtake(ticket, kind)
    people = _people(ticket, policy, milestone.percent)
    send_at = next_working_moment(working_hours(policy, now), now)
    for person_id in people:
        _add(ticket, kind, standing, milestone, send_at, person_id=person_id)
    if people:
        ring(DELIVERY)
        return
    nobody = _("Nobody works on this ticket, and its board has no lead.")
    _add(ticket, kind, standing, milestone, now, state=WarningState.FAILED, last_error=nobody)


def _overtake(ticket: Ticket, kind: PromiseKind) -> None:
    """Let a lesser warning that still waits for working hours be overtaken by a greater one."""
    waiting = SLAWarning.objects.filter(ticket=ticket, kind=kind, state=WarningState.WAITING)
    waiting.update(state=WarningState.NOT_NEEDED)


def _people(ticket: Ticket, policy: SLAPolicy, percent: int) -> list[int]:
    """Return who is told: the assignee, and the board's lead late or where nobody is assigned."""
    wanted = [ticket.assignee_id]
    if percent >= policy.lead_percent or ticket.assignee_id is None:
        wanted.append(ticket.board.lead_id)
    return list(dict.fromkeys(one for one in wanted if one is not None))


def _add(
    ticket: Ticket,
    kind: PromiseKind,
    standing: Standing,
    milestone: Milestone,
    send_at: datetime,
    **how: object,
) -> None:
    SLAWarning.objects.create(
        ticket=ticket,
        kind=kind,
        target_seconds=standing.target.seconds,
        percent=milestone.percent,
        reached_at=milestone.at or send_at,
        due_at=standing.due_at or send_at,
        send_at=send_at,
        **how,
    )
