"""What a form's change would cause on the client's invoices, shown before it is sent.

The form is sent to its own page inside a rehearsal: the page does what it always does, with the
same checks and permissions, the engine is asked before and after, and all of it is taken back. So
the preview cannot differ from what happens.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace
from datetime import date, timedelta

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.contrib.messages.storage.base import BaseStorage
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from billing.effects import Due, Effect, due_from, effect_between
from billing.forms.previews import AsOfForm
from billing.increases import TriedStep, clause_of, try_increases
from billing.queries.billing_days import next_billing_day
from billing.rehearsal import rehearse
from billing.views.issuing import firm_today
from billing.views.unready import Unready, unready
from clients.forms.chooser import ClientChoiceField
from clients.models import Client, LegalEntity
from core.periods import add_months

MOST_CLIENTS = 2
DIGITS = 19
REDIRECTS = frozenset({302, 303})
OWN_FIELDS = frozenset(
    {
        "effect_of",
        "effect_client",
        "effect_also_of",
        "effect_as_of",
        "effect_day_of",
        "effect_from",
        "effect_months",
    }
)
# Pages whose forms change what is owed.
REHEARSABLE = frozenset({"contracts", "tickets", "catalog"})
REHEARSABLE_PAGES = frozenset({"billing:contract-transfer", "billing:contract-transfer-undo"})
FURTHEST = timedelta(days=5 * 366)
MOST_MONTHS = 12
ONE_DAY = timedelta(days=1)
LAST_DAY = date.max - ONE_DAY


class _Silent(BaseStorage):
    """Messages of a rehearsal: nobody is to read them later, but refusals count now."""

    def __init__(self, request: UserRequest) -> None:
        super().__init__(request)
        self.refusals: list[str] = []

    def add(self, level: int, message: object, extra_tags: str | None = "") -> None:  # noqa: ARG002  (Django's signature)
        """Keep why the page did not do what was asked."""
        if level >= messages.ERROR:
            self.refusals.append(str(message))

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
    as_of = _as_of(request, clients[0]) if clients else firm_today()
    found = _rehearse(request, match, clients, as_of)
    context = {
        "effect": found if isinstance(found, Effect) else None,
        "unready": found if isinstance(found, Unready) else None,
        "as_of": as_of,
        "posted": _kept(request),
        "page": request.POST["effect_of"],
    }
    template = "billing/effect.html#effect" if request.htmx else "billing/effect.html"
    return render(request, template, context)


def _rehearse(
    request: UserRequest, match: ResolverMatch, clients: Sequence[Client], as_of: date
) -> Effect | Unready:
    """Return the effect, or why the form is not acceptable as it is typed so far."""
    if not clients:
        return Unready(missing=(_("Client"),))
    entity = LegalEntity.objects.current()
    sent, told = _as_sent(request)
    months = max(_months(request), 1)
    lasting_on = min(max(as_of, add_months(_typed_day(request), months)), LAST_DAY)

    def look() -> Due:
        return due_from(clients, entity, as_of, lasting_on)

    def act() -> tuple[HttpResponseBase, list[TriedStep] | None]:
        answer: HttpResponseBase = match.func(sent, *match.args, **match.kwargs)
        clause = clause_of(match) if answer.status_code in REDIRECTS else None
        return answer, None if clause is None else try_increases(clause, as_of)

    done = rehearse(act, look)
    answer, increases = done.result
    if answer.status_code not in REDIRECTS or told.refusals:
        return unready(answer, told.refusals)
    found = effect_between(done.before, done.after, as_of, clients, entity.currency)
    return replace(found, increases=increases)


def _as_of(request: UserRequest, client: Client) -> date:
    """Return the day asked for, else the next billing day, later where the change shows later.

    A change that begins on a day, or ends something with it, shows on what is due the day after;
    where it may count from a later period on, by the billing day after that.
    """
    today = firm_today()
    usual = next_billing_day(client, today)
    if request.POST.get("effect_as_of"):
        asked = _day(request, "effect_as_of", usual)
    else:
        typed, months = _typed_day(request), _months(request)
        shown = next_billing_day(client, add_months(typed, months - 1)) if months else usual
        asked = max(usual, shown, typed + ONE_DAY, _day(request, "effect_from", usual))
    return min(asked, today + FURTHEST)


def _typed_day(request: UserRequest) -> date:
    """Return the day from which the change counts, as far as it is typed; it is not long past."""
    today = firm_today()
    typed = _day(request, request.POST.get("effect_day_of", ""), today)
    return min(max(typed, today - ONE_DAY), today + FURTHEST)


def _months(request: UserRequest) -> int:
    typed = request.POST.get("effect_months", "")
    return min(int(typed), MOST_MONTHS) if typed.isdecimal() and len(typed) < DIGITS else 0


def _day(request: UserRequest, field: str, otherwise: date) -> date:
    return min(AsOfForm({"as_of": request.POST.get(field, "")}).day(otherwise), LAST_DAY)


def _as_sent(request: UserRequest) -> tuple[UserRequest, _Silent]:
    """Return the request as the form's own page would get it, and where its messages go."""
    own = copy(request)
    told = _Silent(own)
    own.__dict__["POST"] = _kept(request)
    own.__dict__["_messages"] = told
    return own, told


def _kept(request: UserRequest) -> QueryDict:
    """Return what was typed, without what only the preview needs."""
    kept = request.POST.copy()
    for name in OWN_FIELDS:
        kept.pop(name, None)
    return kept


def _clients(request: UserRequest) -> list[Client]:
    """Return the clients asked about, that this person may see; none where the form names none yet.

    :raises Http404: none is asked about, too many, or one that is not visible
    """
    field = request.POST.get("effect_also_of", "")
    named = [*request.POST.getlist("effect_client"), _chosen(request, field)]
    asked = list(dict.fromkeys(int(pk) for pk in named if pk.isdecimal() and len(pk) < DIGITS))
    found = Client.objects.visible_to(request.user).in_bulk(asked[:MOST_CLIENTS])
    if len(found) != len(asked) or not (found or field):
        raise Http404
    return [found[pk] for pk in asked]


def _chosen(request: UserRequest, field: str) -> str:
    """Return the key of the client that a form names, by name or code where it is typed."""
    typed = request.POST.get(field, "")
    chooser = ClientChoiceField(Client.objects.visible_to(request.user), required=False)
    try:
        client = chooser.clean(typed)
    except forms.ValidationError:
        return typed
    return str(client.pk) if client else ""


def _page_of(request: UserRequest) -> ResolverMatch:
    """Return the page whose form is being typed.

    :raises Http404: there is no such page
    :raises PermissionDenied: its forms do not change what is owed
    """
    try:
        match = resolve(request.POST.get("effect_of", ""))
    except Resolver404 as unknown:
        raise Http404 from unknown
    is_known = match.view_name in REHEARSABLE_PAGES
    if not is_known and not REHEARSABLE.intersection(match.app_names[:1]):
        raise PermissionDenied
    return match
