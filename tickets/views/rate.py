"""Saying how the help was, by the link in a mail: nobody has to sign in for it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from tickets.forms.rating import RatingForm
from tickets.mail_tokens import rated_ticket
from tickets.models import Rating, RatingChannel, Ticket
from tickets.operations.rate_ticket import rate_ticket
from tickets.refusals import NotRateable


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a last click: programs that follow links in mails must not rate anything."""
    known = rated_ticket(token)
    ticket = _find(known[0]) if known else None
    if known is None or ticket is None:
        return render(request, "tickets/rate.html", {"is_over": True}, status=404)
    with translation.override(ticket.client.language):
        return _answer(request, ticket, known[1])


def _find(pk: int) -> Ticket | None:
    """Return the ticket that the signature vouches for."""
    return Ticket.objects.filter(pk=pk).select_related("client", "assignee").first()


def _known(ticket: Ticket, chosen: str) -> dict[str, Any]:
    """Begin with what was said before, so that a second click does not wipe the words of the first.

    The score that was clicked now comes before the earlier one.
    """
    given = Rating.objects.filter(ticket=ticket).first()
    if given is None:
        return {"score": chosen}
    return {"score": chosen or given.score, "comment": given.comment}


def _answer(request: HttpRequest, ticket: Ticket, contact_id: int | None) -> HttpResponse:
    form = RatingForm(request.POST or None, initial=_known(ticket, request.GET.get("score", "")))
    context = {"ticket": ticket, "form": form, "is_done": False}
    if form.is_valid():
        try:
            rate_ticket(
                ticket_id=ticket.pk,
                channel=RatingChannel.MAIL,
                contact_id=contact_id,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except NotRateable as refusal:
            form.add_error(None, str(refusal))
        else:
            context["is_done"] = True
    return render(request, "tickets/rate.html", context, status=422 if form.errors else 200)
