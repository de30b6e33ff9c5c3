"""The clients that the desk may name."""

from django.db.models import QuerySet

from accounts.models import User
from clients.finding import meant, suggested
from clients.models import Client


def suggest_clients(user: User, typed: str) -> QuerySet[Client]:
    """Return the current clients whose name or code holds every word, the first few by name."""
    return suggested(Client.objects.visible_to(user).current(), typed)


def find_clients(user: User, typed: str) -> list[Client]:
    """Return the one client that was meant, or the several current ones that could be."""
    found = meant(Client.objects.visible_to(user), typed)
    return found if len(found) == 1 else list(suggest_clients(user, typed))
