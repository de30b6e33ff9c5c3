"""The calendar feed: its secret address, and what calendar programs read at it."""

from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from tickets.calendar_feed import address_of, calendar_of
from tickets.feed_tokens import hash_of
from tickets.models import CalendarFeed
from tickets.operations.make_feed import make_feed
from tickets.operations.revoke_feed import revoke_feed
from tickets.queries.appointments import feed_appointments, feed_of

MAY = "tickets.view_appointment"


@require_safe
@permission_required(MAY, raise_exception=True)
def feed(request: UserRequest) -> HttpResponse:
    """Say whether there is a feed; its address is shown only when it is made."""
    return _show(request)


@require_POST
@never_cache
@permission_required(MAY, raise_exception=True)
@sensitive_variables("made", "address")
def make(request: UserRequest) -> HttpResponse:
    """Make a feed, or a new address for it, and show the address this one time."""
    made = make_feed(actor=request.user, now=timezone.now())
    return _show(request, address_of(made.token))


@require_POST
@permission_required(MAY, raise_exception=True)
def revoke(request: UserRequest) -> HttpResponse:
    """Close the address."""
    revoke_feed(actor=request.user)
    messages.success(request, _("The address is closed; it answers nobody any more."))
    return redirect("dispatch:feed")


@login_not_required
@require_safe
@sensitive_variables("token")
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """Give a calendar program the appointments of whose token it knows."""
    found = feed_of(hash_of(token))
    if found is None or not found.person.has_perm(MAY):
        raise Http404
    with translation.override(found.person.language):
        body = calendar_of(found.person, feed_appointments(found.person, timezone.now()))
    etag = f'"{sha256(body).hexdigest()}"'
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="fixpoint.ics"'
    answer["Referrer-Policy"] = "no-referrer"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _show(request: UserRequest, address: str = "") -> HttpResponse:
    found = CalendarFeed.objects.visible_to(request.user).first()
    return render(request, "tickets/feed.html", {"feed": found, "address": address})
