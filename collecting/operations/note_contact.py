"""Writing down what was said with a client about money."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.operations._drafting import lock_clients
from collecting.models import CollectingTerms, ContactNote
from collecting.operations._terms import CollectingRefused

__all__ = ["CollectingRefused", "note_contact"]


@transaction.atomic(durable=True)
def note_contact(
    *, client_id: int, body: str, next_contact_on: date | None, actor: User, now: datetime
) -> ContactNote:
    """Keep a note of a contact, and when to get in touch again; without a day none is planned.

    :raises CollectingRefused: nothing was written
    """
    lock_clients([client_id])
    text = body.strip()
    if not text:
        raise CollectingRefused(_("Write down what was said."))
    CollectingTerms.objects.update_or_create(
        client_id=client_id, defaults={"next_contact_on": next_contact_on}
    )
    return ContactNote.objects.create(client_id=client_id, body=text, written_at=now, author=actor)
