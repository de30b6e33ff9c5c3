"""The composer: saving it, keeping what is typed, and seeing who else is there."""

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from tickets.domain.seen import seen_from
from tickets.forms.composer import PARTS, Composer, typed_in
from tickets.forms.time import firm_zone
from tickets.models import Ticket
from tickets.operations.keep_draft import keep_draft
from tickets.operations.respond import respond as save_response
from tickets.presence import others_here, say_here
from tickets.queries.news import news_since, seen_now
from tickets.queries.waiting_files import waiting_files
from tickets.refusals import AlreadySent, AnsweredMeanwhile, Refusal
from tickets.views.files import bring
from tickets.views.ticket_page import RESPONDS, find_ticket, page_context, saved


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def respond(request: UserRequest, pk: int) -> HttpResponse:
    """Save what the composer says, and show what came of it."""
    found, now = find_ticket(request, pk), timezone.now()
    composer, problem = _sent(request, found)
    if problem is not None:
        composer.show_refusal(problem)
    elif composer.is_valid:
        try:
            save_response(
                ticket_id=pk,
                response=composer.response,
                actor=request.user,
                now=now,
                seen=seen_from(composer.seen),
                sheet=composer.sheet,
            )
        except AlreadySent as refusal:
            return saved(request, pk, "answered", notice=str(refusal))
        except Refusal as refusal:
            composer.show_refusal(refusal)
            if isinstance(refusal, AnsweredMeanwhile):
                composer = _with_news(request, found, composer)
        else:
            return saved(request, pk, "answered")
    context = page_context(request, find_ticket(request, pk), composer=composer)
    is_part = bool(request.htmx)
    template = "tickets/ticket.html#refused" if is_part else "tickets/ticket.html"
    return render(request, template, {**context, "oob": is_part}, status=422)


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def draft(request: UserRequest, pk: int) -> HttpResponse:
    """Keep what is typed, or throw it away; say when it was kept."""
    found, now = find_ticket(request, pk), timezone.now()
    is_thrown_away = "throw-away" in request.POST
    fields = {} if is_thrown_away else typed_in(request.POST.dict())
    sheet = request.POST.get("note-sheet", "")[:32]
    try:
        is_kept = keep_draft(ticket_id=pk, sheet=sheet, fields=fields, actor=request.user, now=now)
    except Refusal as refusal:
        context: dict[str, object] = {"ticket": found, "problem": str(refusal)}
        return render(request, "tickets/ticket.html#kept", context, status=422)
    if is_thrown_away:
        return saved(request, pk, "answered", notice=_("The draft is thrown away."))
    context = {"ticket": found, "kept_at": now if is_kept else None}
    return render(request, "tickets/ticket.html#kept", context)


@require_safe
@permission_required(RESPONDS, raise_exception=True)
def part_row(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """Offer the fields for one more part."""
    found = find_ticket(request, pk)
    if not 1 < number <= len(PARTS):
        raise Http404
    composer = Composer.of(found, timezone.now(), firm_zone())
    context = {
        "ticket": found,
        "part": composer.parts[number - 1],
        "next_part": number + 1 if number < len(PARTS) else 0,
    }
    return render(request, "tickets/part_row.html", context)


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def here(request: UserRequest, pk: int) -> HttpResponse:
    """Say that one is here, and show who else is and what happened since the page was drawn."""
    found = find_ticket(request, pk)
    if request.user.has_perms(RESPONDS):
        say_here(pk, request.user, is_writing=request.GET.get("writing") == "yes")
    drawn = seen_from(request.GET.get("drawn", ""))
    news = news_since(found, request.user, drawn) if drawn else []
    context: dict[str, object] = {"ticket": found, "colleagues": others_here(pk, request.user)}
    if news:
        context = {**page_context(request, found), "news": news, "oob": True}
    return render(request, f"tickets/ticket.html#{'noticed' if news else 'here'}", context)


def _sent(request: UserRequest, found: Ticket) -> tuple[Composer, Refusal | None]:
    """Return the composer as it was sent, and what is wrong with the files that came with it."""
    came, problem = bring(request, found.pk)
    shown = {int(pk[:18]) for pk in request.POST.getlist("note-file") if pk.isdecimal()}
    waiting = waiting_files(found, request.user).filter(pk__in=shown.union(came))
    sent = Composer.of(found, timezone.now(), firm_zone(), request.POST)
    sheet, seen = request.POST.get("note-sheet", "")[:32], request.POST.get("note-seen", "")
    return sent.on_sheet(sheet, seen).with_files(waiting), problem


def _with_news(request: UserRequest, found: Ticket, composer: Composer) -> Composer:
    """Show what others did; saving once more is then a choice."""
    seen = seen_from(composer.seen)
    now = seen_now(found)
    news = news_since(found, request.user, seen) if seen else []
    return composer.with_news(news, str(now))
