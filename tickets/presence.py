"""Who has a ticket open right now, kept in the cache for half a minute; nothing of it is stored."""

from dataclasses import dataclass

from django.core.cache import cache

from accounts.models import User

STAYS_SECONDS = 30
WRITES, READS = "writes", "reads"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else in the same ticket, reading or writing."""

    person: User
    is_writing: bool


def say_here(ticket_id: int, person: User, *, is_writing: bool) -> None:
    """Let colleagues see for half a minute that this person is here."""
    cache.set(_key(ticket_id, person.pk), WRITES if is_writing else READS, STAYS_SECONDS)


def say_gone(ticket_id: int, person: User) -> None:
    """Let colleagues see no longer that this person is here."""
    cache.delete(_key(ticket_id, person.pk))


def others_here(ticket_id: int, person: User) -> list[Colleague]:
    """Return the colleagues who have the ticket open; one query and one look into the cache."""
    keys = {_key(ticket_id, one.pk): one for one in User.objects.staff().exclude(pk=person.pk)}
    found = cache.get_many(list(keys))
    return [Colleague(keys[key], found[key] == WRITES) for key in keys if key in found]


def _key(ticket_id: int, person_id: int) -> str:
    return f"here:{ticket_id}:{person_id}"
