"""Which service level counts for a ticket, and why."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from clients.models import LegalEntity, Site
from contracts.models import (
    BusinessCalendar,
    ClientSLA,
    ClockZone,
    Contract,
    SLAPolicy,
    SLATarget,
)
from core.sla_clock import Target
from tickets.models import ContractChoice, PromiseKind, PromiseSource, Ticket

NO_LIMIT = 10**9
SECONDS = 60


@dataclass(frozen=True, slots=True)
class Promise:
    """The service level that counts for a ticket, with who names it and what it promises."""

    policy: SLAPolicy | None = None
    source: PromiseSource = PromiseSource.NONE
    contract: Contract | None = None
    minutes: SLATarget | None = None

    def seconds(self, kind: PromiseKind) -> int | None:
        """Return the promised seconds, none where nothing is promised."""
        if self.minutes is None:
            return None
        by_kind = {
            PromiseKind.RESPONSE: self.minutes.response_minutes,
            PromiseKind.RESOLUTION: self.minutes.resolution_minutes,
        }
        minutes = by_kind[kind]
        return minutes * SECONDS if minutes else None

    def target(self, kind: PromiseKind) -> Target | None:
        """Return the target that clocks are read against."""
        seconds = self.seconds(kind)
        if self.policy is None or seconds is None:
            return None
        return Target(
            seconds,
            kind == PromiseKind.RESOLUTION or self.policy.pauses_response,
            tuple(sorted(self.policy.warning_percentages)),
        )


@dataclass(frozen=True, slots=True)
class WantedHours:
    """The calendar that a clock is to count by, and on whose clock on the wall."""

    calendar_id: int | None
    time_zone: str = ""


def promise_of(ticket: Ticket) -> Promise:
    """Return what counts: what the ticket names, else contract, client, board, in this order.

    The contracts are those in force on the day the ticket was opened. Of several the one that
    promises the soonest solution counts, so that keeping it keeps the others too.
    """
    if ticket.sla_policy_id:
        return _promise(ticket, ticket.sla_policy, PromiseSource.TICKET)
    contract = _contract_of(ticket)
    if contract is not None:
        return _promise(ticket, contract.sla_policy, PromiseSource.CONTRACT, contract)
    of_client = ClientSLA.objects.filter(client=ticket.client_id).select_related("policy").first()
    if of_client is not None:
        return _promise(ticket, of_client.policy, PromiseSource.CLIENT)
    if ticket.board.sla_policy_id:
        return _promise(ticket, ticket.board.sla_policy, PromiseSource.BOARD)
    return Promise()


def wanted_hours(ticket: Ticket, promise: Promise) -> WantedHours:
    """Return whose hours count; without a promise those of the firm."""
    policy = promise.policy
    if policy is None:
        return WantedHours(firm_calendar_id())
    if policy.zone_of == ClockZone.SITE:
        return WantedHours(policy.calendar_id, zone_of_site(ticket))
    return WantedHours(policy.calendar_id)


def firm_calendar_id() -> int | None:
    """Return the calendar that is the firm's own."""
    own = BusinessCalendar.objects.filter(is_default=True)
    return own.values_list("pk", flat=True).first()


def firm_zone() -> ZoneInfo:
    """Return the zone that decides to which month a verdict belongs."""
    entity = LegalEntity.objects.filter(is_default=True).first()
    return entity.zone if entity else ZoneInfo("UTC")


def zone_of_site(ticket: Ticket) -> str:
    """Return the zone of the ticket's site, else of the client's first one, else of the firm."""
    sites = Site.objects.filter(client=ticket.client_id).order_by("pk")
    own = sites.filter(pk=ticket.site_id) if ticket.site_id else sites
    zone = own.values_list("time_zone", flat=True).first()
    return zone or firm_zone().key


def _promise(
    ticket: Ticket,
    policy: SLAPolicy | None,
    source: PromiseSource,
    contract: Contract | None = None,
) -> Promise:
    minutes = SLATarget.objects.filter(policy=policy, priority=ticket.priority).first()
    return Promise(policy, source, contract, minutes)


def _contract_of(ticket: Ticket) -> Contract | None:
    if ticket.contract_choice == ContractChoice.NONE:
        return None
    with_policy = Contract.objects.filter(sla_policy__isnull=False).select_related("sla_policy")
    if ticket.contract_id:
        return with_policy.filter(pk=ticket.contract_id).first()
    here = Q(site=None) | Q(site=ticket.site_id) if ticket.site_id else Q()
    running = with_policy.filter(here, client=ticket.client_id).in_force_on(_day(ticket.opened_at))
    found = list(running.order_by("number"))
    return min(found, key=_strictness(ticket, found)) if found else None


def _strictness(ticket: Ticket, contracts: list[Contract]) -> "_Strictness":
    policies = {one.sla_policy_id for one in contracts}
    targets = SLATarget.objects.filter(policy__in=policies, priority=ticket.priority)
    return _Strictness({one.policy_id: one for one in targets})


@dataclass(frozen=True, slots=True)
class _Strictness:
    """Orders contracts by how soon they promise a solution, then a first answer."""

    targets: dict[int, SLATarget]

    def __call__(self, contract: Contract) -> tuple[int, int]:
        target = self.targets.get(contract.sla_policy_id or 0)
        if target is None:
            return NO_LIMIT, NO_LIMIT
        return target.resolution_minutes or NO_LIMIT, target.response_minutes or NO_LIMIT


def _day(moment: datetime) -> date:
    return moment.astimezone(firm_zone()).date()
