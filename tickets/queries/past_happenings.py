"""What happened to tickets in a past period, as rules would have heard of it; writes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db.models import Prefetch

from core.business_hours import BusinessHours, NeverDue
from core.sla_clock import Target
from tickets.domain.rules import Facts, Happening, Property, Seen, When, holds, listens, look
from tickets.domain.waiting import ready_at
from tickets.models import (
    AutomationRule,
    ClockStretch,
    Note,
    PromiseKind,
    RuleWhen,
    StatusChange,
    Ticket,
)
from tickets.queries.clocks import clock_from
from tickets.queries.rule_facts import FactsOfTickets
from tickets.queries.rule_words import CHANGES

MOST = 500


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened to a ticket once."""

    ticket: Ticket
    at: datetime
    happening: Happening
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A moment at which the rule would have acted, with what it would have seen."""

    ticket: Ticket
    at: datetime
    seen: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class DryRun:
    """What a rule would have done in a period."""

    matches: list[Match]
    looked_at: int
    is_cut: bool


def dry_run(
    rule: AutomationRule, start: datetime, end: datetime, hours: BusinessHours | None
) -> DryRun:
    """Tell when the rule would have acted from ``start`` up to ``end``; a dozen queries at most.

    A ticket is seen as it was then, as far as the audit trail knows; tags and plans as they are
    now. ``hours`` are the firm's working hours.
    """
    found = sorted(_FINDERS[RuleWhen(rule.when)](rule, start, end, hours), key=lambda one: one.at)
    looked = found[-MOST:]
    years = {one.at.year for one in looked} or {end.year}
    tickets = {one.ticket.pk: one.ticket for one in looked}
    facts = FactsOfTickets.read(list(tickets.values()), years)
    histories = _histories(tickets)
    value = rule.as_value()
    matches = []
    for one in looked:
        then = _as_it_was(one, histories.get(one.ticket.pk, []))
        seen = look(value, _facts_then(facts, one, then))
        if listens(value, one.happening) and holds(value, seen):
            matches.append(Match(one.ticket, one.at, seen))
    return DryRun(matches[::-1], len(looked), len(found) > MOST)


def _tickets() -> Any:  # noqa: ANN401  (a queryset of tickets)
    return Ticket.objects.select_related("client", "status")


def _created(
    _rule: AutomationRule, start: datetime, end: datetime, _hours: BusinessHours | None
) -> Iterator[Past]:
    rows = _tickets().filter(opened_at__gte=start, opened_at__lt=end).order_by("-opened_at")
    for ticket in rows[: MOST + 1]:
        yield Past(ticket, ticket.opened_at, Happening(When.CREATED))


def _replied(
    _rule: AutomationRule, start: datetime, end: datetime, _hours: BusinessHours | None
) -> Iterator[Past]:
    notes = Note.objects.filter(is_public=True, written_at__gte=start, written_at__lt=end)
    rows = notes.select_related("ticket__client", "ticket__status", "author")
    for note in rows.order_by("-written_at")[: 4 * MOST]:
        is_opening = note.written_at <= note.ticket.opened_at
        if note.is_from_client and not note.is_automatic and not is_opening:
            yield Past(note.ticket, note.written_at, Happening(When.REPLIED), note.body)


def _updated(
    _rule: AutomationRule, start: datetime, end: datetime, _hours: BusinessHours | None
) -> Iterator[Past]:
    yield from _steps(start, end)
    events: Any = Ticket.pgh_event_model  # type: ignore[attr-defined]  # pghistory's
    changed = events.objects.filter(pgh_created_at__gte=start, pgh_created_at__lt=end)
    changed = changed.filter(pgh_label="update").order_by("-pgh_id")
    pks = list(dict.fromkeys(changed.values_list("pgh_obj_id", flat=True)[: 2 * MOST]))[:MOST]
    tickets = _tickets().in_bulk(pks)
    for pk, rows in _histories(tickets).items():
        for old, new in pairwise(rows):
            names = frozenset(_differing(old, new))
            if names and start <= new.pgh_created_at < end:
                yield Past(tickets[pk], new.pgh_created_at, Happening(When.UPDATED, names))


def _steps(start: datetime, end: datetime) -> Iterator[Past]:
    steps = StatusChange.objects.filter(changed_at__gte=start, changed_at__lt=end)
    rows = steps.exclude(from_status=None).select_related("ticket__client", "ticket__status")
    for step in rows.order_by("-changed_at")[: MOST + 1]:
        yield Past(step.ticket, step.changed_at, Happening(When.UPDATED, frozenset({"status"})))


def _differing(old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401  (pghistory's events)
    """Yield what changed; steps of status are known from their own rows, at their own moments."""
    for name in CHANGES.keys() - {"status", "tag"}:
        field = name if hasattr(old, name) and not hasattr(old, f"{name}_id") else f"{name}_id"
        if getattr(old, field) != getattr(new, field):
            yield name


def _waiting(
    rule: AutomationRule, start: datetime, end: datetime, hours: BusinessHours | None
) -> Iterator[Past]:
    counted = hours if rule.in_working_hours else None
    arrived = StatusChange.objects.filter(to_status=rule.status_id, changed_at__lt=end)
    pks = arrived.order_by("-changed_at").values("ticket")[: 2 * MOST]
    steps = StatusChange.objects.order_by("changed_at", "pk")
    tickets = (
        _tickets()
        .filter(pk__in=pks)
        .prefetch_related(Prefetch("status_changes", queryset=steps, to_attr="steps"))
    )
    for ticket in tickets:
        for step, after in pairwise([*ticket.steps, None]):
            if step is None or step.to_status_id != rule.status_id:
                continue
            moment = _ready(counted, step.changed_at, rule.hours or 1)
            left_at = after.changed_at if after is not None else end
            if moment is not None and start <= moment < end and moment <= left_at:
                yield Past(ticket, moment, Happening(When.WAITING, rule_pk=rule.pk))


def _ready(hours: BusinessHours | None, start: datetime, wanted: int) -> datetime | None:
    try:
        return ready_at(hours, start, wanted)
    except NeverDue:
        return None


def _shares(
    rule: AutomationRule, start: datetime, end: datetime, _hours: BusinessHours | None
) -> Iterator[Past]:
    """Read the clocks that ran in the period against what is promised for them now."""
    open_then = ClockStretch.objects.filter(starts_at__lt=end).exclude(ends_at__lt=start)
    pks = open_then.order_by("-starts_at").values("ticket")[: 2 * MOST]
    stretches = ClockStretch.objects.select_related("version").order_by("starts_at", "pk")
    tickets = (
        _tickets()
        .filter(pk__in=pks)
        .select_related("clock")
        .prefetch_related(Prefetch("clock_stretches", queryset=stretches, to_attr="stretches"))
    )
    for ticket in tickets:
        moment = _share_used(rule, ticket)
        if moment is not None and start <= moment < end:
            yield Past(ticket, moment, Happening(When.SLA, rule_pk=rule.pk))


def _share_used(rule: AutomationRule, ticket: Any) -> datetime | None:  # noqa: ANN401  (with its stretches)
    """Return when so much of the promised time was used, if it was still to be done then."""
    clock: Any = getattr(ticket, "clock", None)
    is_response = rule.promise == PromiseKind.RESPONSE
    seconds = clock and (clock.response_seconds if is_response else clock.resolution_seconds)
    if not seconds or not ticket.stretches or not rule.percent:
        return None
    is_pausable = not is_response or bool(clock.policy and clock.policy.pauses_response)
    share = Target(seconds, is_pausable).share(rule.percent)
    try:
        moment = clock_from(ticket.stretches).due(share, is_pausable=is_pausable)
    except NeverDue:
        return None
    done_at = clock.responded_at if is_response else ticket.closed_at
    is_done = moment is not None and done_at is not None and done_at < moment
    return None if is_done else moment


_FINDERS: dict[RuleWhen, Any] = {
    RuleWhen.CREATED: _created,
    RuleWhen.REPLIED: _replied,
    RuleWhen.UPDATED: _updated,
    RuleWhen.WAITING: _waiting,
    RuleWhen.SLA: _shares,
}


def _histories(tickets: Iterable[int]) -> dict[int, list[Any]]:
    """Return how each ticket was, from step to step, as the audit trail has kept it."""
    events: Any = Ticket.pgh_event_model  # type: ignore[attr-defined]  # pghistory's
    found: dict[int, list[Any]] = {}
    for row in events.objects.filter(pgh_obj_id__in=list(tickets)).order_by("pgh_id"):
        found.setdefault(row.pgh_obj_id, []).append(row)
    return found


def _as_it_was(one: Past, history: list[Any]) -> Any:  # noqa: ANN401  (a ticket, or its event)
    """Return how the ticket was at the moment; a new one as it was written down first."""
    if not history:
        return one.ticket
    if one.happening.when == When.CREATED:
        return history[0]
    before = [row for row in history if row.pgh_created_at <= one.at]
    return before[-1] if before else history[0]


def _facts_then(facts: FactsOfTickets, one: Past, then: Any) -> Facts:  # noqa: ANN401  (a ticket, or its event)
    """Return what was true; the ticket's row lends what its event does not have."""
    told = dict(facts.of(one.ticket, one.at, one.answer))
    singles = {
        Property.BOARD: then.board_id,
        Property.PRIORITY: then.priority,
        Property.CATEGORY: then.category_id,
        Property.CLIENT: then.client_id,
        Property.SITE: then.site_id,
        Property.ASSIGNEE: then.assignee_id,
        Property.BILLING: then.billing_mode,
        Property.SUBJECT: then.subject,
        Property.STATUS: then.status_id,
    }
    for name, value in singles.items():
        told[name] = frozenset() if value is None else frozenset({str(value)})
    return told
