"""What is unread, and whether a list or the desk home has news."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import UserRequest
from tickets.models import Ticket
from tickets.operations.mark_read import mark_read
from tickets.operations.mark_unread import mark_unread
from tickets.operations.read_all import read_all
from tickets.queries.unread import count_news, latest_news, reading_start

MOST_SHOWN = 200


def start_of(user: User) -> int:
    """Return where a person's reading starts: at their first look, all that is there is read."""
    start = reading_start(user)
    if start is not None:
        return start
    start = latest_news()
    if user.is_firm_staff:
        read_all(actor=user, number=start)
    return start


def note_reading(user: User, ticket: Ticket, read_to: int | None) -> None:
    """Note that the person sees the ticket as it was drawn, unless they have read so far before."""
    if user.is_firm_staff and (read_to is None or read_to < ticket.news_number):
        mark_read(ticket_id=ticket.pk, number=ticket.news_number, actor=user)


@require_POST
@permission_required("tickets.view_ticket", raise_exception=True)
def unread(request: UserRequest, pk: int) -> HttpResponse:
    """Let a ticket stand out again, and go back to the list."""
    try:
        mark_unread(ticket_id=pk, actor=request.user)
    except Ticket.DoesNotExist:
        return HttpResponse(status=404)
    messages.success(request, _("It stands out in your lists until you open it again."))
    return redirect("tickets:my-work")


@require_POST
@permission_required("tickets.view_ticket", raise_exception=True)
def all_read(request: UserRequest) -> HttpResponse:
    """Call everything read that was there when the page was drawn."""
    seen = request.POST.get("number", "")
    number = int(seen[:18]) if seen.isdecimal() else latest_news()
    read_all(actor=request.user, number=min(number, latest_news()))
    messages.success(request, _("Everything is read."))
    return redirect("tickets:tickets")


@require_safe
@permission_required("tickets.change_ticket", raise_exception=True)
def my_news(request: UserRequest) -> HttpResponse:
    """Say whether anything changed on this person's desk, or among what nobody has."""
    mine = Q(assignee=request.user) | Q(assignee=None)
    return tell_news(request, Ticket.objects.visible_to(request.user).open().filter(mine))


def tell_news(request: UserRequest, rows: QuerySet[Ticket]) -> HttpResponse:
    """Answer with how many tickets changed since the page was drawn; nothing where none did."""
    since = request.GET.get("since", "")
    number = latest_news()
    if not since.isdecimal() or number <= int(since[:18]):
        return HttpResponse(status=204)
    shown = Ticket.objects.visible_to(request.user).filter(pk__in=_shown(request))
    count = count_news(rows, shown, int(since[:18]))
    if not count:
        return HttpResponse(status=204, headers={"X-News": str(number)})
    response = render(request, "tickets/news.html", {"count": count})
    response["X-News"] = str(number)
    return response


def _shown(request: HttpRequest) -> list[int]:
    parts = request.GET.get("shown", "").split(",")
    return [int(pk) for pk in parts if pk.isascii() and pk.isdecimal()][:MOST_SHOWN]
