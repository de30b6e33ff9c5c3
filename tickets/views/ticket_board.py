"""The tickets as a board, and a card that is moved from column to column."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from core.listing import FilterBar
from tickets.forms.filters import scope_of
from tickets.models import Ticket, TicketStatus
from tickets.operations.change_status import change_status
from tickets.queries.board import BoardColumn, board_columns, more_of
from tickets.queries.lean import lean, with_assignee, with_tag_names
from tickets.queries.unread import with_unread
from tickets.refusals import Refusal
from tickets.views.reading import start_of
from tickets.views.ticket_page import find_ticket


@dataclass(frozen=True)
class Lane:
    """A column as it is drawn: its cards, where a card can go, and where the rest is listed.

    Where it can go is the same for all its cards, so that the buttons are drawn once.
    """

    column: BoardColumn
    targets: SafeString
    more_url: str
    list_url: str


@dataclass(frozen=True)
class BoardPage:
    """The board that stands in the place of the table."""

    bar: FilterBar
    lanes: list[Lane]
    here: str
    can_move: bool


def board_page(request: UserRequest, rows: QuerySet[Ticket], bar: FilterBar) -> BoardPage:
    """Return the board of these tickets."""
    columns = board_columns(rows, _cards(request))
    statuses = [one.status for one in columns]
    return BoardPage(
        bar=bar,
        lanes=[_lane(request, one, statuses) for one in columns],
        here=request.get_full_path(),
        can_move=request.user.has_perm("tickets.change_ticket"),
    )


def more_cards(request: UserRequest, rows: QuerySet[Ticket], bar: FilterBar) -> HttpResponse:
    """Show the next cards of a column, for the end of that column."""
    wanted, after = request.GET.get("column", ""), request.GET.get("after", "")
    status = get_object_or_404(TicketStatus, pk=wanted if wanted.isdecimal() else 0)
    column = more_of(rows, _cards(request), status, int(after[:9]) if after.isdecimal() else 0)
    lane = _lane(request, column, list(TicketStatus.objects.all()))
    board = BoardPage(bar, [lane], _here(request), request.user.has_perm("tickets.change_ticket"))
    return render(request, "tickets/board.html#cards", {"board": board, "lane": lane})


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def move(request: UserRequest, pk: int) -> HttpResponse:
    """Move a card to another column; refused, it stays where it was and the reason is told."""
    find_ticket(request, pk)
    wanted, seen = request.POST.get("status", ""), request.POST.get("seen", "")
    status = get_object_or_404(TicketStatus, pk=wanted if wanted.isdecimal() else 0)
    try:
        change_status(
            ticket_id=pk,
            status_id=status.pk,
            actor=request.user,
            now=timezone.now(),
            from_id=int(seen) if seen.isdecimal() else None,
        )
    except Refusal as refusal:
        messages.error(request, f"{find_ticket(request, pk).number}: {refusal}")
        return _stays(request)
    if not request.htmx:
        return redirect(_back(request))
    return _moved(request, pk)


def _moved(request: UserRequest, pk: int) -> HttpResponse:
    ticket = get_object_or_404(_cards(request).select_related("status"), pk=pk)
    targets = _targets(ticket.status, list(TicketStatus.objects.all()))
    lane = Lane(BoardColumn(ticket.status, 1, [ticket]), targets, "", "")
    bar = FilterBar(request, "tickets", searches=False, form=None)
    board = BoardPage(bar, [lane], _back(request), can_move=True)
    return render(request, "tickets/board.html#moved", {"board": board, "lane": lane})


def _cards(request: UserRequest) -> QuerySet[Ticket]:
    """Read tickets with what a card shows."""
    tickets = with_assignee(lean(Ticket.objects.visible_to(request.user)))
    return with_tag_names(with_unread(tickets, request.user, start_of(request.user)))


def _stays(request: UserRequest) -> HttpResponse:
    """Tell why; the page's script puts the card back."""
    if not request.htmx:
        return redirect(_back(request))
    response = render(request, "core/messages.html", status=422)
    response["HX-Reswap"] = "none"
    return response


def _lane(request: UserRequest, column: BoardColumn, statuses: Sequence[TicketStatus]) -> Lane:
    more, whole = request.GET.copy(), request.GET.copy()
    more["column"], more["after"] = str(column.status.pk), str(column.next_after)
    for name in ("layout", "column", "after", "page"):
        whole.pop(name, None)
    whole["status"], whole["scope"] = str(column.status.pk), scope_of(request.GET)
    return Lane(
        column=column,
        targets=_targets(column.status, statuses),
        more_url=f"{request.path}?{more.urlencode()}" if column.next_after else "",
        list_url=f"{request.path}?{whole.urlencode()}",
    )


def _targets(status: TicketStatus, statuses: Sequence[TicketStatus]) -> SafeString:
    """Return a button for each status that a card of this one can move to."""
    return format_html_join(
        "",
        '<button class="menu-item" name="status" value="{}">{}</button>',
        ((one.pk, one) for one in statuses if one.pk != status.pk),
    )


def _here(request: UserRequest) -> str:
    query = request.GET.copy()
    for name in ("column", "after"):
        query.pop(name, None)
    return f"{request.path}?{query.urlencode()}"


def _back(request: UserRequest) -> str:
    """Return the board that the card was on."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else f"{reverse('tickets:tickets')}?layout=board"
