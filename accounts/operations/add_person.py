"""Add somebody to the firm."""

from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import User


@transaction.atomic(durable=True)
def add_person(
    *, email: str, first_name: str, last_name: str, language: str, roles: Collection[str]
) -> User:
    """Add a person with roles; the password is theirs to choose, by the link of an invitation."""
    person: User = User.objects.create_user(
        email, None, first_name=first_name, last_name=last_name, language=language
    )
    person.groups.set(Group.objects.filter(name__in=roles))
    return person
