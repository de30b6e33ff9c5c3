"""Say in which role each person usually works."""

from collections.abc import Mapping

from django.db import transaction

from catalog.models import RoleAssignment


@transaction.atomic(durable=True)
def assign_roles(*, roles: Mapping[int, int | None]) -> None:
    """Give each person named the role, or none; work already logged keeps its role."""
    known = {one.user_id: one for one in RoleAssignment.objects.select_for_update()}
    for user_id, role_id in roles.items():
        assigned = known.get(user_id)
        if role_id is None:
            if assigned is not None:
                assigned.delete()
        elif assigned is None:
            RoleAssignment.objects.create(user_id=user_id, work_role_id=role_id)
        elif assigned.work_role_id != role_id:
            assigned.work_role_id = role_id
            assigned.save(update_fields=["work_role_id"])
