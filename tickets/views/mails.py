"""Mails that came in: the queue of those a person must sort, and what becomes of each."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from core.listing import BulkAction, Column, Empty, Listing
from tickets.formatted import formatted
from tickets.forms.mails import AddToTicketForm, MakeTicketForm
from tickets.models import InboundMail, MailReason, MailState, Note
from tickets.operations.add_mail_to_ticket import add_mail_to_ticket
from tickets.operations.discard_mail import discard_mail
from tickets.operations.make_ticket_of_mail import make_ticket_of_mail
from tickets.operations.restore_mail import restore_mail
from tickets.queries.letters import Letter, letter_of
from tickets.refusals import Refusal
from tickets.serving import harmless


class MailFilter(django_filters.FilterSet):
    """By what has become of it, and why; without a choice, those to be sorted."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=MailState.choices)
    reason = django_filters.ChoiceFilter(
        label=_("Reason"), choices=[one for one in MailReason.choices if one[0]]
    )

    class Meta:
        model = InboundMail
        fields = ["state", "reason"]


MAILS = Listing[InboundMail](
    name="inbound-mails",
    columns=[
        Column("subject", _("Subject"), str, sort="subject", link=True, phone="title"),
        Column("sender", _("Sender"), sort="sender"),
        Column("state", _("State"), "get_state_display", cell="tickets/cells.html#mail_state"),
        Column("reason", _("Reason"), "get_reason_display", sort="reason"),
        Column("ticket", _("Ticket"), "ticket.number", sort="ticket__number", phone="hidden"),
        Column("received_at", _("Received"), kind="ago", sort="received_at", phone="side"),
    ],
    order="-received_at",
    search=["subject", "sender", "sender_name", "message_id"],
    filters=MailFilter,
    row_url=lambda mail: mail.get_absolute_url(),
    actions=[
        BulkAction(
            _("Discard"), "tickets:mails-discard", "tickets.change_inboundmail", icon="trash"
        )
    ],
    empty=Empty(
        _("No mail waits for you"),
        _("What cannot be put on a ticket by itself appears here, and nothing is ever lost."),
        "mail-check",
    ),
)


@require_safe
@permission_required("tickets.view_inboundmail", raise_exception=True)
def mails(request: UserRequest) -> HttpResponseBase:
    """List the mails that came in; those to be sorted unless another list is asked for."""
    rows = InboundMail.objects.visible_to(request.user).without_bytes().select_related("ticket")
    is_all = request.GET.get("all") == "1" or bool(request.GET.get("state"))
    waiting = rows.filter(state=MailState.TRIAGE)
    context = {"is_all": is_all, "is_queue": not is_all, "waiting": waiting.count()}
    return MAILS.respond(request, rows if is_all else waiting, "tickets/mails.html", context)


@require_safe
@permission_required("tickets.view_inboundmail", raise_exception=True)
def mail(request: UserRequest, pk: int) -> HttpResponse:
    """Show a mail, and what can be done with it."""
    return _page(request, _find(request, pk))


@require_safe
@permission_required("tickets.view_inboundmail", raise_exception=True)
def mail_source(request: UserRequest, pk: int) -> HttpResponse:
    """Give out the mail as it came, byte for byte."""
    found = _find(request, pk)
    return harmless(bytes(found.raw), f"mail-{found.pk}.eml")


@require_safe
@permission_required("tickets.view_inboundmail", raise_exception=True)
def mail_formatted(request: UserRequest, pk: int) -> HttpResponse:
    """Show the mail's own formatting in a frame in which nothing acts."""
    letter = letter_of(_find(request, pk))
    images = {one.content_id: one.content for one in letter.files if one.content_id}
    return formatted(letter.html, {name: _data(content) for name, content in images.items()})


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def note_formatted(request: UserRequest, pk: int) -> HttpResponse:
    """Show a note's own formatting in a frame in which nothing acts."""
    note = get_object_or_404(Note.objects.visible_to(request.user), pk=pk)
    images = {}
    for attachment in note.attachments.exclude(content_id=""):
        with attachment.file.open("rb") as file:
            images[attachment.content_id] = _data(file.read())
    return formatted(note.html, images)


@require_POST
@permission_required("tickets.change_inboundmail", raise_exception=True)
def make_ticket(request: UserRequest, pk: int) -> HttpResponse:
    """Make a ticket of the mail, for the client who is named."""
    found = _find(request, pk)
    form = MakeTicketForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, found, {"make_form": form})
    return _done(
        request,
        found,
        lambda: make_ticket_of_mail(
            mail_id=pk,
            client_id=form.cleaned_data["client"].pk,
            contact_id=form.contact_id(found.sender),
            remembers_sender=form.cleaned_data["remembers_sender"],
            actor=request.user,
            now=timezone.now(),
        ),
        {"make_form": form},
    )


@require_POST
@permission_required("tickets.change_inboundmail", raise_exception=True)
def add_to_ticket(request: UserRequest, pk: int) -> HttpResponse:
    """Put the mail onto a ticket that is there."""
    found = _find(request, pk)
    form = AddToTicketForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, found, {"add_form": form})
    ticket_id = form.cleaned_data["ticket"].pk
    return _done(
        request,
        found,
        lambda: add_mail_to_ticket(
            mail_id=pk, ticket_id=ticket_id, actor=request.user, now=timezone.now()
        ),
        {"add_form": form},
    )


@require_POST
@permission_required("tickets.change_inboundmail", raise_exception=True)
def discard(request: UserRequest, pk: int) -> HttpResponse:
    """Throw one mail away; its page offers to bring it back."""
    found = _find(request, pk)
    try:
        discard_mail(mail_id=pk, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


@require_POST
@permission_required("tickets.change_inboundmail", raise_exception=True)
def discard_selected(request: UserRequest) -> HttpResponse:
    """Throw the selected mails away."""
    visible = InboundMail.objects.visible_to(request.user).without_bytes()
    wanted = [int(one) for one in request.POST.getlist("selected") if one.isdecimal()]
    for found in visible.filter(pk__in=wanted[:500], note=None, state=MailState.TRIAGE):
        discard_mail(mail_id=found.pk, actor=request.user, now=timezone.now())
    messages.success(request, gettext("Discarded. The list of all mails still has them."))
    return redirect("tickets:mails")


@require_POST
@permission_required("tickets.change_inboundmail", raise_exception=True)
def restore(request: UserRequest, pk: int) -> HttpResponse:
    """Bring a discarded mail back."""
    found = _find(request, pk)
    try:
        restore_mail(mail_id=pk, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _find(request: UserRequest, pk: int) -> InboundMail:
    rows = InboundMail.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("ticket", "mailbox", "decided_by"), pk=pk)


def _page(
    request: UserRequest, found: InboundMail, context: dict[str, Any] | None = None
) -> HttpResponse:
    letter: Letter = letter_of(found)
    remembers = found.reason != MailReason.AUTOMATIC  # a machine is nobody's contact
    forms = {
        "make_form": MakeTicketForm(user=request.user, initial={"remembers_sender": remembers}),
        "add_form": AddToTicketForm(user=request.user, initial=_suggested(found)),
    }
    shown = {"mail": found, "letter": letter, **forms, **(context or {})}
    return render(request, "tickets/mail.html", shown, status=422 if context else 200)


def _suggested(found: InboundMail) -> dict[str, str]:
    return {"ticket": found.ticket.number} if found.ticket else {}


def _done(
    request: UserRequest, found: InboundMail, decide: Callable[[], Any], context: dict[str, Any]
) -> HttpResponse:
    """Do what was decided and go to the ticket, or say on the mail's page why not."""
    try:
        ticket = decide()
    except Refusal as refusal:
        form = next(iter(context.values()))
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _page(request, found, context)
    messages.success(request, gettext("The mail is on %(ticket)s.") % {"ticket": ticket.number})
    return redirect(ticket)


def _data(content: bytes) -> str:
    return b64encode(content).decode()
