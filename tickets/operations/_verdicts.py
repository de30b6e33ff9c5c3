"""Writing down how promises were kept; opens no transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from core.sla_clock import SlaClock
from tickets.domain.promises import Standing, stand
from tickets.models import (
    Outcome,
    PromiseKind,
    SLAVerdict,
    Ticket,
    TicketClock,
    VerdictKind,
)
from tickets.queries.promises import Promise


@dataclass(frozen=True, slots=True)
class _Case:
    """One ticket whose promises are judged."""

    ticket: Ticket
    promise: Promise
    known: dict[str, SLAVerdict]
    clock: SlaClock


def keep_verdicts(
    ticket: Ticket,
    kept: TicketClock,
    promise: Promise,
    standings: Mapping[PromiseKind, Standing],
    clock: SlaClock,
) -> None:
    """Judge what can be judged now.

    A miss is written down in the moment it is found and never taken back. That a solution was in
    time holds until the ticket is reopened: then it is open again whether the promise is kept.
    """
    known = {one.kind: one for one in SLAVerdict.objects.filter(ticket=ticket)}
    case = _Case(ticket, promise, known, clock)
    response = standings.get(PromiseKind.RESPONSE)
    resolution = standings.get(PromiseKind.RESOLUTION)
    _take_back_if_reopened(case)
    _judge(case, VerdictKind.RESPONSE, response, kept.responded_at)
    _judge(case, VerdictKind.RESOLUTION, resolution, ticket.closed_at)
    if kept.solved_first_at is not None and resolution is not None:
        _judge_first(case, resolution, kept.solved_first_at)


def _take_back_if_reopened(case: _Case) -> None:
    final = case.known.get(VerdictKind.RESOLUTION)
    if final is not None and not final.is_missed and not case.ticket.is_closed:
        final.delete()
        del case.known[final.kind]


def _judge(
    case: _Case, kind: VerdictKind, standing: Standing | None, done_at: datetime | None
) -> None:
    known = case.known.get(kind)
    if known is not None:
        _keep_used(case, known, done_at)
    elif standing is not None and (standing.is_missed or standing.is_met):
        _write(case, kind, standing, is_missed=standing.is_missed)


def _judge_first(case: _Case, resolution: Standing, solved_at: datetime) -> None:
    """Judge the first solution once, by what was promised when it came."""
    if VerdictKind.FIRST_RESOLUTION in case.known:
        return
    first = stand(case.clock, resolution.target, as_of=resolution.as_of, done_at=solved_at)
    missed = first.is_missed or _was_missed(case)
    _write(case, VerdictKind.FIRST_RESOLUTION, replace(first, done_at=solved_at), is_missed=missed)


def _was_missed(case: _Case) -> bool:
    final = case.known.get(VerdictKind.RESOLUTION)
    return final is not None and final.is_missed


def _keep_used(case: _Case, verdict: SLAVerdict, done_at: datetime | None) -> None:
    """Note of a miss how much was used in the end."""
    used = verdict.used_seconds
    if verdict.is_missed and done_at is not None:
        is_pausable = verdict.kind != VerdictKind.RESPONSE or _pauses_response(case)
        used = case.clock.elapsed(done_at, is_pausable=is_pausable)
    if used != verdict.used_seconds:
        verdict.used_seconds = used
        verdict.save(update_fields=["used_seconds"])


def _pauses_response(case: _Case) -> bool:
    return case.promise.policy is not None and case.promise.policy.pauses_response


def _write(case: _Case, kind: VerdictKind, standing: Standing, *, is_missed: bool) -> None:
    """Write a verdict with all that reports group by, as it is at this moment.

    Of a miss that still goes on, what was promised is used; the rest is added when it is done.
    """
    ticket, promise = case.ticket, case.promise
    is_over = standing.done_at is not None
    if promise.policy is None:
        return
    done_at = standing.done_at or standing.as_of
    case.known[kind] = SLAVerdict.objects.create(
        ticket=ticket,
        kind=kind,
        outcome=Outcome.MISSED if is_missed else Outcome.MET,
        judged_at=standing.due_at if standing.is_missed and standing.due_at else done_at,
        due_at=standing.due_at,
        target_seconds=standing.target.seconds,
        used_seconds=standing.used_seconds if is_over else standing.target.seconds,
        priority=ticket.priority,
        policy=promise.policy,
        source=promise.source,
        client_id=ticket.client_id,
        contract=promise.contract,
        board_id=ticket.board_id,
        technician_id=ticket.assignee_id,
    )
