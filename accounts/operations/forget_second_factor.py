"""Help somebody who lost their phone."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.models import User
from accounts.sessions import end_sessions


@transaction.atomic(durable=True)
def forget_second_factor(*, person_id: int) -> User:
    """Remove a person's second factors and sign them out; they set up new ones."""
    person: User = User.objects.select_for_update().get(pk=person_id)
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    return person
