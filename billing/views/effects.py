"""What a form's change would cause on the client's invoices, shown before it is sent.

The form is sent to its own page inside a rehearsal: the page does what it always does, with the
same checks and permissions, the engine is asked before and after, and all of it is taken back. So
the preview cannot differ from what happens.
"""

from collections.abc import Sequence
from copy import copy
from datetime import date

from django.contrib.auth.decorators import permission_required
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from billing.effects import Due, Effect, due_from, effect_between
from billing.forms.previews import AsOfForm
from billing.queries.billing_days import next_billing_day
from billing.rehearsal import rehearse
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity

MOST_CLIENTS = 2
REDIRECTS = frozenset({302, 303})
OWN_FIELDS = frozenset({"effect_of", "effect_client", "effect_as_of"})
# Pages of contracts and tickets whose forms change what is owed.
REHEARSABLE = frozenset({"contracts", "tickets", "catalog"})


class _Silent(BaseStorage):
    """Messages of a rehearsal, which nobody is to read."""

    def _get(self, *_args: object, **_kwargs: object) -> tuple[list[object], bool]:
        return [], True

    def _store(self, *_args: object, **_kwargs: object) -> list[object]:
        return []


@require_POST
@permission_required("billing.view_charge", raise_exception=True)
def effect(request: UserRequest) -> HttpResponse:
    """Show which charges and credits the change that is being typed would cause."""
    clients = _clients(request)
    match = _page_of(request)
    today = firm_today()
    asked = AsOfForm({"as_of": request.POST.get("effect_as_of", "")})
    as_of = asked.day(next_billing_day(clients[0], today))
    found = _rehearse(request, match, clients, as_of)
    template = "billing/effect.html#effect" if request.htmx else "billing/effect.html"
    context = {"effect": found, "as_of": as_of, "client": clients[0], "posted": _kept(request)}
    return render(request, template, context | {"page": request.POST["effect_of"]})


def _rehearse(
    request: UserRequest, match: ResolverMatch, clients: Sequence[Client], as_of: date
) -> Effect | None:
    """Return the effect, None where the form is not acceptable as it is typed so far."""
    entity = LegalEntity.objects.current()

    def look() -> Due:
        return due_from(clients, entity, as_of)

    def act() -> HttpResponseBase:
        answer: HttpResponseBase = match.func(_as_sent(request), *match.args, **match.kwargs)
        return answer

    done = rehearse(act, look)
    if done.result.status_code not in REDIRECTS:
        return None
    return effect_between(done.before, done.after, as_of, entity.currency)


def _as_sent(request: UserRequest) -> UserRequest:
    """Return the request as the form's own page would get it, with messages that go nowhere."""
    own = copy(request)
    own.__dict__["POST"] = _kept(request)
    own.__dict__["_messages"] = _Silent(own)
    return own


def _kept(request: UserRequest) -> QueryDict:
    """Return what was typed, without what only the preview needs."""
    kept = request.POST.copy()
    for name in OWN_FIELDS:
        kept.pop(name, None)
    return kept


def _clients(request: UserRequest) -> list[Client]:
    """Return the clients asked about, that this person may see.

    :raises Http404: none, too many, or one that is not visible
    """
    asked = {pk for pk in request.POST.getlist("effect_client") if pk.isdecimal()}
    visible = Client.objects.visible_to(request.user)
    found = list(visible.filter(pk__in=sorted(asked)[:MOST_CLIENTS]).order_by("pk"))
    if not found or len(found) != len(asked):
        raise Http404
    return found


def _page_of(request: UserRequest) -> ResolverMatch:
    """Return the page whose form is being typed.

    :raises Http404: there is no such page
    :raises PermissionDenied: its forms do not change what is owed
    """
    try:
        match = resolve(request.POST.get("effect_of", ""))
    except Resolver404 as unknown:
        raise Http404 from unknown
    if not REHEARSABLE.intersection(match.app_names[:1]):
        raise PermissionDenied
    return match
