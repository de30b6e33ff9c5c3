"""A ticket's page: the conversation, the composer, and what is said at the side."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from accounts.models import User
from accounts.requests import UserRequest
from core.choices import read_choices
from tickets.domain.seen import wording_of
from tickets.forms.composer import Composer
from tickets.forms.link import LinkForm
from tickets.forms.ticket import AssigneeForm, PropertyForm, SubjectForm
from tickets.forms.time import firm_zone
from tickets.models import (
    Appointment,
    Attachment,
    CannedReply,
    ChecklistItem,
    Draft,
    Tag,
    Ticket,
    TicketFollower,
    TicketLink,
    TicketMerge,
    TicketStatus,
    TicketTag,
)
from tickets.operations.assign_ticket import assign_ticket
from tickets.operations.change_status import change_status
from tickets.operations.edit_ticket import edit_ticket
from tickets.operations.take_ticket import take_ticket
from tickets.presence import others_here, say_here
from tickets.queries.appointments import next_appointments
from tickets.queries.clock_card import clock_card
from tickets.queries.conversation import conversation
from tickets.queries.coverage import coverage_of
from tickets.queries.followers import following
from tickets.queries.glance import Glance, glance_at
from tickets.queries.linked import linked_to
from tickets.queries.merged import merges_around
from tickets.queries.waiting_files import waiting_files
from tickets.refusals import ChangedMeanwhile, Refusal
from tickets.views.reading import note_reading

WITH = (
    "client",
    "board",
    "status",
    "category",
    "contact",
    "site",
    "asset",
    "assignee",
    "clock__policy__calendar",
    "clock__contract",
)
SEEN = "seen"  # what a property was on the page
KNOWN_TAGS = 500
NOBODY_FOLLOWS: dict[str, object] = {"followers": [], "follows": False}
RESPONDS = ("tickets.add_note", "tickets.add_timeentry")


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def ticket(request: UserRequest, pk: int) -> HttpResponse:
    """Show all about a ticket."""
    found = find_ticket(request, pk)
    if request.user.has_perms(RESPONDS):
        say_here(pk, request.user, is_writing=False)
    return render(request, "tickets/ticket.html", page_context(request, found))


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def status(request: UserRequest, pk: int) -> HttpResponse:
    """Move the ticket to another status."""
    found = find_ticket(request, pk)
    wanted = request.POST.get("status", "")
    chosen = get_object_or_404(TicketStatus, pk=wanted if wanted.isdecimal() else 0)
    try:
        change_status(
            ticket_id=pk,
            status_id=chosen.pk,
            actor=request.user,
            now=timezone.now(),
            from_id=_seen_id(request),
        )
    except Refusal as refusal:
        return _unchanged(request, found, str(refusal))
    return saved(request, pk)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def take(request: UserRequest, pk: int) -> HttpResponse:
    """Assign the ticket to the person who takes it."""
    found = find_ticket(request, pk)
    try:
        take_ticket(ticket_id=pk, actor=request.user, now=timezone.now(), from_id=_seen_id(request))
    except Refusal as refusal:
        return _unchanged(request, found, str(refusal))
    return saved(request, pk)


@require_POST
@permission_required("tickets.assign_ticket", raise_exception=True)
def assign(request: UserRequest, pk: int) -> HttpResponse:
    """Give the ticket to somebody, or to nobody."""
    found = find_ticket(request, pk)
    form = AssigneeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _unchanged(request, found, _told(form))
    person = form.cleaned_data["assignee"]
    among = frozenset({_seen_id(request)}) if SEEN in request.POST else None
    try:
        assign_ticket(
            ticket_id=pk,
            assignee_id=person and person.pk,
            actor=request.user,
            now=timezone.now(),
            among=among,
        )
    except Refusal as refusal:
        return _unchanged(request, found, str(refusal))
    return saved(request, pk)


@require_POST
@permission_required("tickets.change_ticket", raise_exception=True)
def change_property(request: UserRequest, pk: int, name: str) -> HttpResponse:
    """Change one property at the ticket's side."""
    found = find_ticket(request, pk)
    if name not in PropertyForm.Meta.fields:
        raise Http404
    form = PropertyForm(request.POST, instance=found, only=name)
    if form.is_valid():
        try:
            edit_ticket(
                ticket_id=pk,
                changes=form.changes,
                actor=request.user,
                now=timezone.now(),
                seen=form.seen(request.POST[SEEN]) if SEEN in request.POST else None,
            )
        except Refusal as refusal:
            form.add_error(name, str(refusal))
        else:
            return saved(request, pk)
    return _unchanged(request, found, _told(form))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("tickets.change_ticket", raise_exception=True)
def edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change subject, description or client; where a colleague was quicker, show both texts."""
    found = find_ticket(request, pk)
    form = SubjectForm(request.POST or None, user=request.user, ticket=found)
    says = wording_of(found.client_id, found.subject, found.description)
    context: dict[str, Any] = {"ticket": found, "form": form, "wording": says}
    if request.method == "POST" and form.is_valid():
        wording = request.POST.get("wording", "")
        try:
            edit_ticket(
                ticket_id=pk,
                changes=form.changes,
                actor=request.user,
                now=timezone.now(),
                wording=wording,
            )
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
            context["is_reworded"] = isinstance(refusal, ChangedMeanwhile)
        else:
            return redirect(found)
    return render(request, "tickets/ticket_edit.html", context, status=422 if form.errors else 200)


def find_ticket(request: UserRequest, pk: int) -> Ticket:
    """Return the ticket with all that its page shows, or answer 404."""
    return get_object_or_404(Ticket.objects.visible_to(request.user).select_related(*WITH), pk=pk)


def page_context(
    request: UserRequest, found: Ticket, composer: Composer | None = None
) -> dict[str, Any]:
    """Return what the page shows; one query for each kind of thing there is, however many."""
    user, now, zone = request.user, timezone.now(), firm_zone()
    around = glance_at(found, user)
    note_reading(user, found, around.read_to)
    merge, merges = merges_around(found) if around.has(TicketMerge) else (None, [])
    if composer is None and merge is None and user.has_perms(RESPONDS):
        composer = _composer(request, found, now, zone, around).on_sheet_read(str(around.seen))
    return {
        "ticket": found,
        "events": conversation(found, user, zone, merges, around.kinds),
        "clock": clock_card(found, now),
        "merge": merge,
        "merges": merges,
        "coverage": coverage_of(found.client_id, now.astimezone(zone).date()),
        "composer": composer,
        "drawn": str(around.seen),
        "link_form": LinkForm(auto_id="link-%s"),
        **_on_ticket(found, user, merges, now, around),
        **_to_choose_from(found, user, composer),
    }


def _on_ticket(
    found: Ticket, user: User, merges: list[TicketMerge], now: datetime, around: Glance
) -> dict[str, Any]:
    """Return what hangs on the ticket beside its conversation; no query where nothing does."""
    here = [found.pk, *(one.ticket_id for one in merges)]
    items = found.checklist.select_related("done_by")
    return {
        "appointments": next_appointments(here, now) if around.has(Appointment) else (),
        "items": items if around.has(ChecklistItem) else items.none(),
        "tags": found.tags.all() if around.has(TicketTag) else found.tags.none(),
        "linked": linked_to(found, user) if around.has(TicketLink) else [],
        **(following(found, user) if around.has(TicketFollower) else NOBODY_FOLLOWS),
    }


def _to_choose_from(found: Ticket, user: User, composer: Composer | None) -> dict[str, Any]:
    """Return the forms at the side, and read what every select of the page offers; one query."""
    statuses, staff = TicketStatus.objects.all(), User.objects.staff()
    replies, tags = CannedReply.objects.visible_to(user), Tag.objects.all()[:KNOWN_TAGS]
    properties = PropertyForm(instance=found)
    assignee_form = AssigneeForm(user=user, initial={"assignee": found.assignee_id})
    forms = [properties, assignee_form, *(composer.forms if composer else ())]
    read_choices(forms, statuses, staff, replies, tags)
    return {
        "statuses": statuses,
        "replies": replies,
        "all_tags": tags,
        "properties": properties,
        "assignee_form": assignee_form,
        "colleagues": others_here(found.pk, user, staff),
    }


def saved(
    request: UserRequest, pk: int, fragment: str = "changed", notice: str = ""
) -> HttpResponse:
    """Show the ticket anew: as a page, or the parts that may have changed."""
    found = find_ticket(request, pk)
    if notice:
        messages.info(request, notice)
    if not request.htmx:
        return redirect(found)
    context = {**page_context(request, found), "oob": True}
    response = render(request, f"tickets/ticket.html#{fragment}", context)
    return trigger_client_event(response, "ticket-changed")


def _composer(
    request: UserRequest, found: Ticket, now: datetime, zone: ZoneInfo, around: Glance
) -> Composer:
    """Return the composer as this person left it."""
    drafts = Draft.objects.visible_to(request.user).filter(ticket=found)
    draft = drafts.first() if around.has(Draft) else None
    composer = Composer.of(found, now, zone, draft=draft.fields if draft else None)
    if around.has(Attachment):
        composer = composer.with_files(waiting_files(found, request.user))
    return composer.kept_since(draft.saved_at) if draft and draft.fields else composer


def _unchanged(request: UserRequest, found: Ticket, problem: str) -> HttpResponse:
    """Show the ticket as it is now, with what was wrong."""
    found = find_ticket(request, found.pk)
    is_part = bool(request.htmx)
    shown = {**page_context(request, found), "problem": problem, "oob": is_part}
    template = "tickets/ticket.html#changed" if is_part else "tickets/ticket.html"
    return render(request, template, shown, status=422)


def _told(form: BaseForm) -> str:
    """Return what is wrong with a form, in one sentence for each field."""
    return " ".join(
        f"{form.fields[name].label}: {error}" if name in form.fields else str(error)
        for name, errors in form.errors.items()
        for error in errors
    )


def _seen_id(request: UserRequest) -> int | None:
    """Return what the page showed before the choice."""
    seen = request.POST.get(SEEN, "")
    return int(seen) if seen.isdecimal() else None
