"""Change who somebody is to the firm."""

from collections.abc import Collection
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from accounts.administrators import refuse_losing_last_administrator
from accounts.models import User
from accounts.roles import ADMINISTRATOR


@dataclass(frozen=True)
class PersonFacts:
    """What an administrator says about a person."""

    email: str
    first_name: str
    last_name: str
    language: str


@transaction.atomic(durable=True)
def change_person(*, person_id: int, facts: PersonFacts, roles: Collection[str] | None) -> User:
    """Change a person's name, address and roles; ``roles`` is None for a client's people.

    :raises LastAdministrator: the role of the last administrator would be taken away
    """
    person: User = User.objects.select_for_update().get(pk=person_id)
    if roles is not None:
        if ADMINISTRATOR not in roles and not person.is_superuser:
            refuse_losing_last_administrator(person)
        person.groups.set(Group.objects.filter(name__in=roles))
    if facts.email.lower() != person.email:
        EmailAddress.objects.filter(user=person).delete()
    person.email = facts.email.lower()
    person.first_name = facts.first_name
    person.last_name = facts.last_name
    person.language = facts.language
    person.save(update_fields=["email", "first_name", "last_name", "language"])
    return person
