"""Write a group of technicians."""

from collections.abc import Collection

from django.db import transaction

from tickets.models import GroupMember, TechnicianGroup


@transaction.atomic(durable=True)
def save_group(
    *, name: str, person_ids: Collection[int], group_id: int | None = None
) -> TechnicianGroup:
    """Add a group or write one anew; who stays in it keeps their turn."""
    group = (
        TechnicianGroup()
        if group_id is None
        else TechnicianGroup.objects.select_for_update().get(pk=group_id)
    )
    group.name = name
    group.save()
    group.members.exclude(person__in=person_ids).delete()
    there = set(group.members.values_list("person_id", flat=True))
    GroupMember.objects.bulk_create(
        GroupMember(group=group, person_id=pk) for pk in sorted(set(person_ids) - there)
    )
    return group
