"""Find a client, contact, ticket or invoice by what one remembers of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import UserRequest
from billing.models import Invoice
from clients.models import Client, Contact
from tickets.models import Ticket

SHORTEST = 2
IN_PANEL = 5
ON_PAGE = 30


@dataclass(frozen=True)
class Hit:
    """One thing found."""

    title: str
    note: str
    url: str


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: where, by which fields, for whom, and how it is shown."""

    label: Promise
    icon: str
    permission: str
    rows: Callable[[User], QuerySet[Any]]
    fields: tuple[str, ...]
    hit: Callable[[Any], Hit]


KINDS = (
    Kind(
        _("Tickets"),
        "ticket",
        "tickets.view_ticket",
        lambda user: Ticket.objects.visible_to(user).select_related("client").order_by("-pk"),
        ("number", "subject"),
        lambda row: Hit(str(row), row.client.name, row.get_absolute_url()),
    ),
    Kind(
        _("Clients"),
        "building",
        "clients.view_client",
        lambda user: Client.objects.visible_to(user).order_by("name"),
        ("name", "code", "vat_number"),
        lambda row: Hit(row.name, row.code, row.get_absolute_url()),
    ),
    Kind(
        _("Contacts"),
        "user",
        "clients.view_contact",
        lambda user: Contact.objects.visible_to(user).select_related("client"),
        ("first_name", "last_name", "email", "phone"),
        lambda row: Hit(str(row), row.client.name, row.client.get_absolute_url()),
    ),
    Kind(
        _("Invoices"),
        "file-invoice",
        "billing.view_invoice",
        lambda user: (
            Invoice.objects.visible_to(user).issued().select_related("client").order_by("-pk")
        ),
        ("number", "client__name"),
        lambda row: Hit(row.number, row.client.name, row.get_absolute_url()),
    ),
)


@require_safe
@permission_required("accounts.use_desk", raise_exception=True)
def search(request: UserRequest) -> HttpResponse:
    """Show what matches, in the panel of Ctrl-K or as a page of its own."""
    words = request.GET.get("q", "").strip()
    most = IN_PANEL if request.htmx else ON_PAGE
    found = list(_find(words, request.user, most)) if len(words) >= SHORTEST else []
    template = "search.html#results" if request.htmx else "search.html"
    context = {"words": words, "found": found, "is_too_short": len(words) < SHORTEST}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _find(words: str, user: User, most: int) -> Iterator[tuple[Kind, list[Hit]]]:
    for kind in KINDS:
        if not user.has_perm(kind.permission):
            continue
        rows = kind.rows(user).filter(_holds(words, kind.fields))[:most]
        hits = [kind.hit(row) for row in rows]
        if hits:
            yield kind, hits


def _holds(words: str, fields: tuple[str, ...]) -> Q:
    return reduce(and_, (_in_any(word, fields) for word in words.split()))


def _in_any(word: str, fields: tuple[str, ...]) -> Q:
    return reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))
