"""Why a ticket's clock shows what it shows."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from tickets.models import PromiseSource, Ticket
from tickets.queries.clock_card import (
    ClockCard,
    clock_card,
    intervals_of,
    verdicts_of,
    warnings_of,
)
from tickets.views.ticket_page import find_ticket

ORDER = (
    PromiseSource.TICKET,
    PromiseSource.CONTRACT,
    PromiseSource.CLIENT,
    PromiseSource.BOARD,
)


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def clock(request: UserRequest, pk: int) -> HttpResponse:
    """Show the stretches of the clock, the verdicts, the warnings, and whose promise counts."""
    found, now = find_ticket(request, pk), timezone.now()
    card = clock_card(found, now)
    context: dict[str, Any] = {
        "ticket": found,
        "card": card,
        "intervals": intervals_of(found, now),
        "verdicts": verdicts_of(found),
        "warnings": warnings_of(found),
        "order": _order(found, card),
    }
    return render(request, "tickets/clock.html", context)


def _order(ticket: Ticket, card: ClockCard) -> list[tuple[str, str, bool]]:
    """Return who may promise, in the order in which they are asked, and who it is."""
    names = {
        PromiseSource.CONTRACT: str(card.clock.contract) if card.clock else "",
        PromiseSource.CLIENT: ticket.client.name,
        PromiseSource.BOARD: str(ticket.board),
    }
    is_it = card.clock.source if card.clock else ""
    return [(one, _label(one, names, is_it), one == is_it) for one in ORDER]


def _label(source: PromiseSource, names: dict[PromiseSource, str], is_it: str) -> str:
    name = names.get(source, "") if source == is_it else ""
    return f"{source.label}: {name}" if name else str(source.label)
