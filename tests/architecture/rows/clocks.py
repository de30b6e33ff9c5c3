"""Clocks of tickets, attainment, and the desk's settings."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from contracts.models import ClientSLA
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, form, noun, page
from tests.architecture.access_world import World
from tickets.models import ClockStretch, SLAVerdict, SLAWarning, TicketClock

MOMENT = datetime(2026, 3, 10, 9, tzinfo=UTC)
Kwargs = Mapping[str, Any]


def _ticket(world: World) -> Kwargs:
    return {"pk": world.ticket.pk}


def _board(world: World) -> Kwargs:
    return {"pk": world.ticket.board_id}


def _status(world: World) -> Kwargs:
    return {"pk": world.ticket.status_id}


def _client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _clock(world: World) -> Kwargs:
    clock, _made = TicketClock.objects.get_or_create(ticket=world.ticket)
    return {"pk": clock.pk}


def _stretch(world: World) -> Kwargs:
    made, _made = ClockStretch.objects.get_or_create(
        ticket=world.ticket, starts_at=MOMENT, cause="opened", time_zone=""
    )
    return {"pk": made.pk}


def _verdict(world: World) -> Kwargs:
    known = {
        "outcome": "met",
        "judged_at": MOMENT,
        "target_seconds": 60,
        "used_seconds": 30,
        "priority": "3_normal",
        "policy": world.policy,
        "source": "board",
        "client": world.company,
        "board": world.ticket.board,
    }
    made, _made = SLAVerdict.objects.get_or_create(
        ticket=world.ticket, kind="response", defaults=known
    )
    return {"pk": made.pk}


def _client_sla(world: World) -> Kwargs:
    made, _made = ClientSLA.objects.get_or_create(client=world.company, policy=world.policy)
    return {"pk": made.pk}


def _warning(world: World) -> Kwargs:
    made, _made = SLAWarning.objects.get_or_create(
        ticket=world.ticket,
        kind="response",
        percent=50,
        target_seconds=60,
        reached_at=MOMENT,
        due_at=MOMENT,
        send_at=MOMENT,
    )
    return {"pk": made.pk}


ROWS: dict[str, Row] = {
    "tickets:ticket-clock": page("tickets.view_ticket", _ticket),
    "tickets:setup": page("tickets.view_serviceboard"),
    "tickets:board-create": form("tickets.add_serviceboard"),
    "tickets:board-edit": form("tickets.change_serviceboard", _board),
    "tickets:status-edit": form("tickets.change_ticketstatus", _status),
    "contracts:sla-of-client": page("contracts.view_clientsla", _client),
    "contracts:client-sla-edit": form("contracts.change_clientsla", _client),
    "tickets:attainment": page("tickets.view_slaverdict"),
    "tickets:warnings": page("tickets.view_slawarning"),
    "tickets:warnings-retry": action("tickets.change_slawarning"),
    "tickets:verdicts": page("tickets.view_slaverdict"),
    "api:ticket-clock-list": noun("tickets.ticketclock"),
    "api:ticket-clock-detail": noun("tickets.ticketclock", _clock),
    "api:clock-stretch-list": noun("tickets.clockstretch"),
    "api:clock-stretch-detail": noun("tickets.clockstretch", _stretch),
    "api:sla-verdict-list": noun("tickets.slaverdict"),
    "api:sla-verdict-detail": noun("tickets.slaverdict", _verdict),
    "api:sla-warning-list": noun("tickets.slawarning"),
    "api:sla-warning-detail": noun("tickets.slawarning", _warning),
    "api:sla-attainment-list": noun("tickets.slaverdict"),
    "api:client-service-level-list": noun("contracts.clientsla", methods=("GET", "POST")),
    "api:client-service-level-detail": noun(
        "contracts.clientsla", _client_sla, ("GET", "PUT", "DELETE")
    ),
}
