"""Open the door again."""

from django.db import transaction

from accounts.models import User


@transaction.atomic(durable=True)
def reactivate_person(*, person_id: int) -> User:
    """Let a person sign in again, with the roles they had."""
    person: User = User.objects.select_for_update().get(pk=person_id)
    person.is_active = True
    person.save(update_fields=["is_active"])
    return person
