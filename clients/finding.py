"""Finding the client that somebody typed, by name or code."""

import re

from django.db.models import Q, QuerySet

from clients.models import Client

_CODE_IN_BRACKETS = re.compile(r".*\((?P<code>[^()]+)\)\s*")
SUGGESTED = 12


def name_with_code(client: Client) -> str:
    """Write a client so that it can be found again without doubt: Alpha SAS (C0001)."""
    return f"{client.name} ({client.code})"


def suggested(clients: QuerySet[Client], typed: str) -> QuerySet[Client]:
    """Return the clients whose name or code holds every word, the first few by name."""
    for word in typed.split():
        clients = clients.filter(Q(name__icontains=word) | Q(code__icontains=word))
    return clients.order_by("name")[:SUGGESTED]


def meant(clients: QuerySet[Client], typed: str) -> list[Client]:
    """Return the one client that was meant, none, or the several that could be."""
    typed = typed.replace("\0", "")  # no name has it, and the database takes none
    found = _CODE_IN_BRACKETS.fullmatch(typed)
    if found and (exact := clients.filter(code__iexact=found["code"].strip()).first()):
        return [exact]
    exactly = Q(code__iexact=typed.strip()) | Q(name__iexact=typed.strip())
    same = list(clients.filter(exactly)[:2])
    return same if len(same) == 1 else list(suggested(clients, typed))
