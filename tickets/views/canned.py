"""Canned replies: keeping them, and putting one into the composer."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.models import LegalEntity
from tickets.domain.placeholders import fill
from tickets.forms.canned import CannedReplyForm
from tickets.forms.composer import Composer, fields_in
from tickets.forms.time import firm_zone
from tickets.models import CannedReply, Ticket
from tickets.queries.waiting_files import waiting_files
from tickets.views.ticket_page import RESPONDS, find_ticket, page_context

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@permission_required("tickets.view_cannedreply", raise_exception=True)
def replies(request: UserRequest) -> HttpResponse:
    """List the canned replies that this person can use."""
    rows = CannedReply.objects.visible_to(request.user)
    return render(request, "tickets/replies.html", {"replies": rows})


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_cannedreply", raise_exception=True)
def create(request: UserRequest) -> HttpResponse:
    """Keep a new reply ready."""
    return _form(request, CannedReplyForm(request.POST or None, user=request.user))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_cannedreply", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a reply."""
    reply = _find(request, pk)
    return _form(request, CannedReplyForm(request.POST or None, instance=reply, user=request.user))


@require_POST
@permission_required("tickets.delete_cannedreply", raise_exception=True)
def delete(request: UserRequest, pk: int) -> HttpResponse:
    """Throw a reply away; what was answered with it stays."""
    _find(request, pk).delete()
    messages.success(request, _("Deleted."))
    return redirect("tickets:replies")


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def insert(request: UserRequest, pk: int) -> HttpResponse:
    """Put a reply under what is typed in the composer, its places filled in."""
    found, now = find_ticket(request, pk), timezone.now()
    wanted = request.POST.get("canned", "")
    reply = _find(request, int(wanted)) if wanted.isdecimal() else None
    fields = fields_in(request.POST.dict())
    if reply is not None:
        text = fill(reply.body, _values(request, found))
        fields["note-body"] = f"{fields.get('note-body', '').rstrip()}\n\n{text}".strip()
    composer = Composer.of(found, now, firm_zone(), draft=fields)
    sheet, seen = request.POST.get("note-sheet", "")[:32], request.POST.get("note-seen", "")
    composer = composer.on_sheet(sheet, seen).with_files(waiting_files(found, request.user))
    template = "tickets/ticket.html#composer" if request.htmx else "tickets/ticket.html"
    return render(request, template, page_context(request, found, composer=composer))


def _values(request: UserRequest, ticket: Ticket) -> dict[str, str]:
    contact = ticket.contact
    return {
        "contact": str(contact) if contact else ticket.client.name,
        "first_name": contact.first_name if contact else ticket.client.name,
        "client": ticket.client.name,
        "ticket": ticket.number,
        "subject": ticket.subject,
        "technician": str(request.user),
        "firm": LegalEntity.objects.current().name,
    }


def _find(request: UserRequest, pk: int) -> CannedReply:
    return get_object_or_404(CannedReply.objects.visible_to(request.user), pk=pk)


def _form(request: UserRequest, form: CannedReplyForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("tickets:replies")
    status = 422 if form.errors else 200
    return render(request, "tickets/reply_form.html", {"form": form}, status=status)
