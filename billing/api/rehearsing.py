"""A request of the API, answered as ever and taken back: what it would cause, found by doing it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404
from django.urls import Resolver404, ResolverMatch, resolve
from rest_framework.request import Request
from rest_framework.response import Response

from billing.effects import Due, Effect, due_from, effect_between
from billing.increases import TriedStep, try_increases
from billing.rehearsal import rehearse
from clients.models import Client, LegalEntity

# Rooms whose requests change what is owed.
REHEARSABLE = frozenset({"contracts", "tickets", "catalog"})
# In this room because only billing knows what blocks have left.
TRANSFERS = "billing.api.transfer_views"
REFUSED_FROM = 400
# Saving a clause changes no price by itself: its steps through the day are tried as well.
CLAUSES = frozenset({"indexation-clause-list", "indexation-clause-detail"})


@dataclass(frozen=True)
class Change:
    """A request that would change something."""

    method: str
    path: str
    body: Mapping[str, Any]


def effect_of(
    change: Change, request: Request, clients: Sequence[Client], as_of: date
) -> Effect | Response:
    """Return what the change would cause as of the day, or the answer that refuses it.

    :raises Http404: there is no such address
    :raises PermissionDenied: what it changes is not owed by anybody
    """
    match = _address_of(change)
    entity = LegalEntity.objects.current()

    def look() -> Due:
        return due_from(clients, entity, as_of)

    def act() -> tuple[Response, list[TriedStep] | None]:
        answer: Response = match.func(_as_sent(change, request), *match.args, **match.kwargs)
        is_clause = match.url_name in CLAUSES and answer.status_code < REFUSED_FROM
        return answer, try_increases(answer.data["id"], as_of) if is_clause else None

    done = rehearse(act, look)
    answer, increases = done.result
    if answer.status_code >= REFUSED_FROM:
        return answer
    found = effect_between(done.before, done.after, as_of, clients, entity.currency)
    return replace(found, increases=increases)


def _address_of(change: Change) -> ResolverMatch:
    try:
        match = resolve(change.path.partition("?")[0])
    except Resolver404 as unknown:
        raise Http404 from unknown
    module = getattr(match.func, "cls", object).__module__
    is_known = module == TRANSFERS or module.partition(".")[0] in REHEARSABLE
    if match.app_names != ["api"] or not is_known:
        raise PermissionDenied
    return match


def _as_sent(change: Change, request: Request) -> WSGIRequest:
    """Return the request as the address would get it, from the same person with the same key."""
    sent = json.dumps(change.body).encode()
    own = WSGIRequest(
        {
            **request.META,
            "REQUEST_METHOD": change.method,
            "PATH_INFO": change.path,
            "QUERY_STRING": "",
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": BytesIO(sent),
        }
    )
    # Whoever asks has been let in and checked already.
    known = {"user": request.user, "session": request.session, "_dont_enforce_csrf_checks": True}
    own.__dict__.update(known)
    return own
