"""The desk home: what is mine, what came back, what is next."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.requests import UserRequest
from tickets.forms.time import firm_zone
from tickets.operations.take_next_ticket import take_next_ticket
from tickets.queries.appointments import appointments_of
from tickets.queries.my_work import my_work
from tickets.queries.schedule import day_of
from tickets.queries.unread import latest_news
from tickets.views.reading import start_of


@require_safe
@permission_required("tickets.change_ticket", raise_exception=True)
def home(request: UserRequest) -> HttpResponse:
    """Show what is on this person's desk, what burns first on top."""
    zone, news = firm_zone(), latest_news()
    today = day_of(timezone.localdate(timezone=zone), zone)
    context = {
        "work": my_work(request.user, start_of(request.user)),
        "news": news,
        "schedule": appointments_of(request.user, today),
    }
    template = "tickets/my_work.html#work" if request.htmx else "tickets/my_work.html"
    return render(request, template, context)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def take_next(request: UserRequest) -> HttpResponse:
    """Take the next free ticket and open it."""
    ticket = take_next_ticket(actor=request.user, now=timezone.now())
    if ticket is None:
        messages.info(request, _("Every open ticket has somebody."))
        return redirect("tickets:my-work")
    if request.htmx:
        return HttpResponseClientRedirect(ticket.get_absolute_url())
    return redirect(ticket)
