"""Tickets as rules see them: plain sets of texts, read for many at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from accounts.models import UserKind
from contracts.models import Contract
from core.business_hours import BusinessHours
from tickets.domain.rules import Facts, Property
from tickets.models import (
    MaintenanceVisit,
    Note,
    NoteSource,
    StatusChange,
    Ticket,
    TicketFollower,
    TicketTag,
)
from tickets.queries.firm_hours import firm_hours
from tickets.queries.promises import firm_zone

DESK, MAIL, PORTAL, MAINTENANCE = "desk", "mail", "portal", "maintenance"
OPEN, SHUT = "open", "shut"


@dataclass(frozen=True)
class FactsOfTickets:
    """What is true of several tickets, read with a constant number of queries."""

    tickets: Mapping[int, Ticket]
    years: Collection[int]
    tags: Mapping[int, set[str]] = field(default_factory=dict)
    followers: Mapping[int, set[str]] = field(default_factory=dict)
    plans: Mapping[int, list[Contract]] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    first_texts: Mapping[int, str] = field(default_factory=dict)

    @classmethod
    def read(cls, tickets: Collection[Ticket], years: Collection[int]) -> "FactsOfTickets":
        """Read all that conditions can ask about these tickets."""
        by_pk = {one.pk: one for one in tickets}
        return cls(
            by_pk,
            years,
            tags=_tags(by_pk),
            followers=_followers(by_pk),
            plans=_plans(by_pk),
            sources=_sources(by_pk),
            first_texts=_first_texts(by_pk),
        )

    @cached_property
    def firm_hours(self) -> BusinessHours | None:
        """The firm's own working hours."""
        return firm_hours(self.years)

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone whose days contracts run by."""
        return firm_zone()

    def of(self, ticket: Ticket, moment: datetime, answer: str = "") -> Facts:
        """Return what is true of the ticket; ``answer`` is what the client has just said."""
        hours = self.firm_hours
        is_open = hours is None or hours.is_open(moment)
        texts = [ticket.description, answer or self.first_texts.get(ticket.pk, "")]
        return {
            Property.BOARD: _one(ticket.board_id),
            Property.STATUS: _one(ticket.status_id),
            Property.PRIORITY: _one(ticket.priority),
            Property.CATEGORY: _one(ticket.category_id),
            Property.BILLING: _one(ticket.billing_mode),
            Property.CLIENT: _one(ticket.client_id),
            Property.SITE: _one(ticket.site_id),
            Property.PLAN: self._plans_of(ticket, moment),
            Property.TAG: frozenset(self.tags.get(ticket.pk, ())),
            Property.ASSIGNEE: _one(ticket.assignee_id),
            Property.FOLLOWER: frozenset(self.followers.get(ticket.pk, ())),
            Property.SOURCE: frozenset({self.sources.get(ticket.pk, DESK)}),
            Property.HOURS: frozenset({OPEN if is_open else SHUT}),
            Property.SUBJECT: frozenset({ticket.subject}),
            Property.TEXT: frozenset({"\n".join(text for text in texts if text)}),
        }

    def _plans_of(self, ticket: Ticket, moment: datetime) -> frozenset[str]:
        """Return the managed plans of the contracts that the client has on the day."""
        day = moment.astimezone(self.zone).date()
        running = [one for one in self.plans.get(ticket.client_id, ()) if one.starts_on <= day]
        still = [one for one in running if one.last_day_on is None or one.last_day_on >= day]
        return frozenset(str(one.plan_revision.plan_id) for one in still if one.plan_revision)


def _one(value: object) -> frozenset[str]:
    return frozenset() if value is None else frozenset({str(value)})


def _tags(tickets: Collection[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    rows = TicketTag.objects.filter(ticket__in=tickets)
    for ticket_id, tag_id in rows.values_list("ticket_id", "tag_id").order_by():
        found[ticket_id].add(str(tag_id))
    return found


def _followers(tickets: Collection[int]) -> dict[int, set[str]]:
    """Return which of the firm's people follow each ticket; who has left does not count."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = TicketFollower.objects.filter(ticket__in=tickets).people()
    for ticket_id, person_id in rows.values_list("ticket_id", "person_id").order_by():
        found[ticket_id].add(str(person_id))
    return found


def _plans(tickets: Mapping[int, Ticket]) -> dict[int, list[Contract]]:
    clients = {one.client_id for one in tickets.values()}
    found: dict[int, list[Contract]] = defaultdict(list)
    rows = Contract.objects.filter(client__in=clients, plan_revision__isnull=False)
    for contract in rows.select_related("plan_revision"):
        found[contract.client_id].append(contract)
    return found


def _sources(tickets: Collection[int]) -> dict[int, str]:
    """Return how each ticket came in, where it was not opened at the desk."""
    opened = StatusChange.objects.filter(ticket__in=tickets, from_status=None)
    portal = opened.filter(changed_by__kind=UserKind.PORTAL).values_list("ticket_id", flat=True)
    visits = MaintenanceVisit.objects.filter(ticket__in=tickets)
    mails = _first_notes(tickets, Q(source=NoteSource.MAIL))
    return {
        **dict.fromkeys(portal, PORTAL),
        **dict.fromkeys(mails, MAIL),
        **{pk: MAINTENANCE for pk in visits.values_list("ticket_id", flat=True) if pk},
    }


def _first_texts(tickets: Collection[int]) -> dict[int, str]:
    return _first_notes(tickets, Q(is_public=True))


def _first_notes(tickets: Collection[int], kind: Q) -> dict[int, str]:
    """Return the text that tickets were opened with, where it is a note of this kind."""
    opening = Note.objects.filter(kind, ticket__in=tickets, written_at__lte=F("ticket__opened_at"))
    return dict(opening.order_by("-pk").values_list("ticket_id", "body"))
