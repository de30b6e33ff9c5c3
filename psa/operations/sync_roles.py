"""Bring Django's groups in line with the roles."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from psa.roles import ROLES


class UnknownPermission(Exception):
    """A role names a permission that does not exist."""


@transaction.atomic
def sync_roles() -> None:
    """Give every role's group exactly the permissions of the role.

    :raises UnknownPermission: a role names one that does not exist
    """
    known = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.select_related("content_type")
    }
    for role, names in ROLES.items():
        missing = names - known.keys()
        if missing:
            raise UnknownPermission(f"{role}: {', '.join(sorted(missing))}")
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.set([known[name] for name in names])
