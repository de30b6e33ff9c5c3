"""Somebody must always be able to let people in."""

from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.models.user import UserQuerySet
from accounts.roles import ADMINISTRATOR


class LastAdministrator(Exception):
    """Nobody would be left who can add people and give roles."""

    sentence = _("This is the last administrator; make somebody else one first.")


def refuse_losing_last_administrator(person: User) -> None:
    """Make sure that another active administrator remains; call within a transaction.

    :raises LastAdministrator: there is no other
    """
    # Two administrators who retire each other at once must queue here.
    Group.objects.select_for_update().filter(name=ADMINISTRATOR).first()
    if is_administrator(person) and not administrators().exclude(pk=person.pk).exists():
        raise LastAdministrator(LastAdministrator.sentence)


def is_administrator(person: User) -> bool:
    """Whether this person can add people and give roles now."""
    return bool(administrators().filter(pk=person.pk).exists())


def administrators() -> UserQuerySet:
    """Return everybody who can add people and give roles now."""
    role = Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True)
    found: UserQuerySet = User.objects.filter(role, is_active=True).distinct()
    return found
