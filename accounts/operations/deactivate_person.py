"""Close the door to somebody."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.administrators import refuse_losing_last_administrator
from accounts.models import User
from accounts.sessions import end_everything


class NotOneself(Exception):
    """People do not lock themselves out."""


@transaction.atomic(durable=True)
def deactivate_person(*, person_id: int, actor_id: int) -> User:
    """Let a person sign in no more; what they have open ends at once, tokens included.

    :raises NotOneself: the person is the one who asks
    :raises LastAdministrator: nobody would be left who can add people
    """
    if person_id == actor_id:
        raise NotOneself(_("You cannot deactivate yourself."))
    person: User = User.objects.select_for_update().get(pk=person_id)
    refuse_losing_last_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    end_everything(person)
    return person
