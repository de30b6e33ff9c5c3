"""Finding the client that somebody typed."""

import re

from django.db.models import Q, QuerySet

from accounts.models import User
from clients.models import Client

_CODE_IN_BRACKETS = re.compile(r".*\((?P<code>[^()]+)\)\s*")
SUGGESTED = 12


def name_with_code(client: Client) -> str:
    """Write a client so that it can be found again without doubt: Alpha SAS (C0001)."""
    return f"{client.name} ({client.code})"


def suggest_clients(user: User, typed: str) -> QuerySet[Client]:
    """Return the current clients whose name or code holds every word, the first few by name."""
    clients = Client.objects.visible_to(user).current()
    for word in typed.split():
        clients = clients.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return clients.order_by("name")[:SUGGESTED]


def find_clients(user: User, typed: str) -> list[Client]:
    """Return the one client that was meant, or the several that could be."""
    clients = Client.objects.visible_to(user)
    found = _CODE_IN_BRACKETS.fullmatch(typed)
    if found and (exact := clients.filter(code__iexact=found["code"].strip()).first()):
        return [exact]
    exactly = Q(code__iexact=typed.strip()) | Q(name__iexact=typed.strip())
    same = list(clients.filter(exactly)[:2])
    return same if len(same) == 1 else list(suggest_clients(user, typed))
