"""Who has a ticket open right now, kept in the cache for half a minute; nothing of it is stored.

Where the cache is away nobody is seen, and the ticket opens all the same.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.models import User

log = logging.getLogger(__name__)
STAYS_SECONDS = 30
WRITES, READS = "writes", "reads"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody else in the same ticket, reading or writing."""

    person: User
    is_writing: bool


def say_here(ticket_id: int, person: User, *, is_writing: bool) -> None:
    """Let colleagues see for half a minute that this person is here."""
    with _whether_or_not_it_is_there():
        cache.set(_key(ticket_id, person.pk), WRITES if is_writing else READS, STAYS_SECONDS)


def say_gone(ticket_id: int, person: User) -> None:
    """Let colleagues see no longer that this person is here."""
    with _whether_or_not_it_is_there():
        cache.delete(_key(ticket_id, person.pk))


def others_here(
    ticket_id: int, person: User, staff: Iterable[User] | None = None
) -> list[Colleague]:
    """Return the colleagues who have the ticket open; one look into the cache.

    The firm's people are asked for where they do not come along.
    """
    people = User.objects.staff() if staff is None else staff
    keys = {_key(ticket_id, one.pk): one for one in people if one.pk != person.pk}
    found: dict[str, str] = {}
    with _whether_or_not_it_is_there():
        found = cache.get_many(list(keys))
    return [Colleague(keys[key], found[key] == WRITES) for key in keys if key in found]


@contextmanager
def _whether_or_not_it_is_there() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        log.warning("Who is in a ticket is not known without the cache: %s", error)


def _key(ticket_id: int, person_id: int) -> str:
    return f"here:{ticket_id}:{person_id}"
