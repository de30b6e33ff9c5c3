"""Releasing a client that was parked."""

from django.db import transaction
from django.db.models.functions import Now

from accounts.models import User
from billing.models import ClientHold


@transaction.atomic(durable=True)
def release_client(*, client_id: int, actor: User | None) -> bool:
    """Bill the client again from the next run on, and say whether they were held at all."""
    held = ClientHold.objects.filter(client=client_id, released_at=None)
    return held.update(released_at=Now(), released_by=actor) > 0
