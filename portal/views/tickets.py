"""A client's tickets: what is asked, what is answered, what was done."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.listing import Column, Empty, Listing
from portal import queries
from portal.forms import NewTicketForm, ReplyForm
from tickets.forms.rating import RatingForm
from tickets.models import Rating, RatingChannel, Ticket
from tickets.operations.open_ticket import NewTicket, open_ticket
from tickets.operations.rate_ticket import rate_ticket
from tickets.operations.write_note import write_note
from tickets.queries.appointments import next_appointments
from tickets.refusals import NotRateable

TICKETS = Listing[Ticket](
    name="tickets",
    columns=[
        Column("number", _("Number"), sort="number", link=True, phone="hidden"),
        Column("subject", _("Subject"), sort="subject", link=True, phone="title"),
        Column("status", _("Status"), sort="status__position", cell="portal/cells.html#status"),
        Column("contact", _("Asked by"), sort="contact__last_name", phone="hidden"),
        Column("opened_at", _("Opened"), kind="moment", sort="opened_at", phone="side"),
    ],
    order="-opened_at",
    search=["number", "subject", "description"],
    empty=Empty(
        _("No tickets yet"),
        _("Tell us what you need and follow the work here."),
        icon="ticket",
        url_name="portal:ticket-create",
        action=_("Ask for help"),
        permission="accounts.use_portal",
    ),
    row_url=queries.ticket_url,
)


@require_safe
@permission_required("accounts.use_portal", raise_exception=True)
def tickets(request: HttpRequest) -> HttpResponseBase:
    """List the tickets of this person's company."""
    rows = queries.tickets(cast(User, request.user))
    return TICKETS.respond(request, rows, "portal/tickets.html")


@require_safe
@permission_required("accounts.use_portal", raise_exception=True)
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one ticket with its conversation and the work done."""
    found = _find(request, pk)
    return _page(request, found, ReplyForm())


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.use_portal", raise_exception=True)
def ticket_create(request: HttpRequest) -> HttpResponse:
    """Ask the firm for help."""
    user = cast(User, request.user)
    form = NewTicketForm(request.POST or None)
    contact = queries.contact_of(user)
    if contact is not None and form.is_valid():
        new = NewTicket(client_id=contact.client_id, contact_id=contact.pk, **form.cleaned_data)
        opened = open_ticket(new=new, actor=user, now=timezone.now())
        messages.success(
            request, gettext("Thank you. Your ticket is %(number)s.") % {"number": opened.number}
        )
        return redirect("portal:ticket", opened.pk)
    status = 422 if form.is_bound else 200
    return render(request, "portal/ticket_create.html", {"form": form}, status=status)


@require_POST
@permission_required("accounts.use_portal", raise_exception=True)
def ticket_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer on a ticket."""
    found = _find(request, pk)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form)
    write_note(
        ticket_id=found.pk,
        body=form.cleaned_data["body"],
        is_public=True,
        actor=cast(User, request.user),
        now=timezone.now(),
    )
    messages.success(request, gettext("Your answer has been added."))
    return redirect("portal:ticket", found.pk)


@require_POST
@permission_required("accounts.use_portal", raise_exception=True)
def ticket_rate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how the help on a closed ticket was."""
    found = _find(request, pk)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _page(request, found, ReplyForm(), form)
    contact = queries.contact_of(cast(User, request.user))
    try:
        rate_ticket(
            ticket_id=found.pk,
            channel=RatingChannel.PORTAL,
            contact_id=contact.pk if contact else None,
            now=timezone.now(),
            **form.cleaned_data,
        )
    except NotRateable as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, ReplyForm(), form)
    messages.success(request, gettext("Thank you. We read every answer."))
    return redirect("portal:ticket", found.pk)


def _find(request: HttpRequest, pk: int) -> Ticket:
    return get_object_or_404(queries.tickets(cast(User, request.user)), pk=pk)


def _page(
    request: HttpRequest, found: Ticket, form: ReplyForm, rating: RatingForm | None = None
) -> HttpResponse:
    given = Rating.objects.filter(ticket=found).first()
    known = {"score": given.score, "comment": given.comment} if given else {}
    context = {
        "rating_form": rating or RatingForm(initial=known),
        "rating": given,
        "ticket": found,
        "notes": queries.public_notes(cast(User, request.user), found),
        "appointments": next_appointments([found.pk], timezone.now()),
        "work": found.time_entries.select_related("work_type").order_by("worked_on", "pk"),
        "form": form,
    }
    status = 422 if form.is_bound or rating is not None else 200
    return render(request, "portal/ticket.html", context, status=status)
