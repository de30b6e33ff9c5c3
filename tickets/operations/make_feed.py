"""Give somebody an address at which a calendar program reads their appointments."""

from dataclasses import dataclass
from datetime import datetime
from secrets import token_urlsafe

from django.db import transaction

from accounts.models import User
from tickets.feed_tokens import hash_of
from tickets.models import CalendarFeed
from tickets.operations._tickets import require_firm_staff
from tickets.operations._timers import lock_people


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A feed and its token, which is told once and kept nowhere."""

    feed: CalendarFeed
    token: str


@transaction.atomic(durable=True)
def make_feed(*, actor: User, now: datetime) -> MadeFeed:
    """Make the actor's feed; the address that they had stops working at once."""
    require_firm_staff(actor)
    lock_people({actor.pk})
    token = token_urlsafe(32)
    CalendarFeed.objects.filter(person=actor).delete()
    feed = CalendarFeed.objects.create(person=actor, token_hash=hash_of(token), made_at=now)
    return MadeFeed(feed, token)
