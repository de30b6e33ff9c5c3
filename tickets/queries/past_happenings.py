"""What happened to tickets in a past period, as rules would have heard of it; writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
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
LONGEST_PERIOD = timedelta(days=366)


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
    """What a rule would have done in a period, or in its end where too much happened in it."""

    matches: list[Match]
    looked_at: int
    complete_since: datetime | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the beginning of the period was not looked at."""
        return self.complete_since is not None


@dataclass
class Look:
    """What is looked at for a rule: the period, and the moment before which it was too much."""

    rule: AutomationRule
    start: datetime
    end: datetime
    hours: BusinessHours | None
    complete_since: datetime | None = None

    def latest(self, rows: Any, most: int, at: Callable[[Any], datetime | None]) -> list[Any]:  # noqa: ANN401  (a queryset, the latest first)
        """Return the latest of the rows, and remember from when on they are all there."""
        found = list(rows[: most + 1])
        if len(found) > most:
            self.cut(at(found[most - 1]))
        return found[:most]

    def cut(self, moment: datetime | None) -> None:
        """Remember that of what was before the moment something is missing."""
        if moment is not None and moment > self.start:
            self.complete_since = max(moment, self.complete_since or moment)


def dry_run(
    rule: AutomationRule, start: datetime, end: datetime, hours: BusinessHours | None
) -> DryRun:
    """Tell when the rule would have acted from ``start`` up to ``end``; a dozen queries at most.

    A ticket is seen as it was then, as far as the audit trail knows; tags and plans as they are
    now. ``hours`` are the firm's working hours.
    """
    look_at = Look(rule, start, end, hours)
    found = sorted(_FINDERS[RuleWhen(rule.when)](look_at), key=lambda one: one.at)
    if len(found) > MOST:
        look_at.cut(found[-MOST].at)
    since = look_at.complete_since or start
    looked = [one for one in found if one.at >= since][-MOST:]
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
    return DryRun(matches[::-1], len(looked), look_at.complete_since)


def _tickets() -> Any:  # noqa: ANN401  (a queryset of tickets)
    return Ticket.objects.select_related("client", "status")


def _created(look_at: Look) -> Iterator[Past]:
    rows = _tickets().filter(opened_at__gte=look_at.start, opened_at__lt=look_at.end)
    for ticket in look_at.latest(rows.order_by("-opened_at"), MOST, lambda one: one.opened_at):
        yield Past(ticket, ticket.opened_at, Happening(When.CREATED))


def _replied(look_at: Look) -> Iterator[Past]:
    notes = Note.objects.filter(is_public=True, written_at__gte=look_at.start)
    rows = notes.filter(written_at__lt=look_at.end).order_by("-written_at")
    rows = rows.select_related("ticket__client", "ticket__status", "author")
    for note in look_at.latest(rows, 4 * MOST, lambda one: one.written_at):
        is_opening = note.written_at <= note.ticket.opened_at
        if note.is_from_client and not note.is_automatic and not is_opening:
            yield Past(note.ticket, note.written_at, Happening(When.REPLIED), note.body)


def _updated(look_at: Look) -> Iterator[Past]:
    start, end = look_at.start, look_at.end
    yield from _steps(look_at)
    events: Any = Ticket.pgh_event_model  # type: ignore[attr-defined]  # pghistory's
    changed = events.objects.filter(pgh_created_at__gte=start, pgh_created_at__lt=end)
    changed = changed.filter(pgh_label="update").order_by("-pgh_id")
    rows = changed.values_list("pgh_obj_id", "pgh_created_at")
    tickets = _tickets().in_bulk({pk for pk, _at in look_at.latest(rows, 2 * MOST, _second)})
    for pk, rows in _histories(tickets).items():
        for old, new in pairwise(rows):
            names = frozenset(_differing(old, new))
            if names and start <= new.pgh_created_at < end:
                yield Past(tickets[pk], new.pgh_created_at, Happening(When.UPDATED, names))


def _second(row: tuple[int, datetime]) -> datetime:
    return row[1]


def _steps(look_at: Look) -> Iterator[Past]:
    steps = StatusChange.objects.filter(changed_at__gte=look_at.start, changed_at__lt=look_at.end)
    rows = steps.exclude(from_status=None).select_related("ticket__client", "ticket__status")
    for step in look_at.latest(rows.order_by("-changed_at"), MOST, lambda one: one.changed_at):
        yield Past(step.ticket, step.changed_at, Happening(When.UPDATED, frozenset({"status"})))


def _differing(old: Any, new: Any) -> Iterator[str]:  # noqa: ANN401  (pghistory's events)
    """Yield what changed; steps of status are known from their own rows, at their own moments."""
    for name in CHANGES.keys() - {"status", "tag"}:
        field = name if hasattr(old, name) and not hasattr(old, f"{name}_id") else f"{name}_id"
        if getattr(old, field) != getattr(new, field):
            yield name


def _waiting(look_at: Look) -> Iterator[Past]:
    rule, start, end = look_at.rule, look_at.start, look_at.end
    counted = look_at.hours if rule.in_working_hours else None
    arrived = StatusChange.objects.filter(to_status=rule.status_id, changed_at__lt=end)
    rows = arrived.order_by("-changed_at").values_list("ticket_id", "changed_at")
    # Who arrived earlier had waited so long earlier, too.
    last = look_at.latest(rows, 2 * MOST, lambda row: _ready(counted, row[1], rule.hours or 1))
    steps = StatusChange.objects.order_by("changed_at", "pk")
    tickets = (
        _tickets()
        .filter(pk__in={pk for pk, _at in last})
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


def _shares(look_at: Look) -> Iterator[Past]:
    """Read the clocks that ran in the period against what is promised for them now."""
    rule, start, end = look_at.rule, look_at.start, look_at.end
    open_then = ClockStretch.objects.filter(starts_at__lt=end).exclude(ends_at__lt=start)
    rows = open_then.order_by("-starts_at").values_list("ticket_id", "starts_at")
    pks = {pk for pk, _at in look_at.latest(rows, 2 * MOST, _second)}
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


_FINDERS: dict[RuleWhen, Callable[[Look], Iterator[Past]]] = {
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
