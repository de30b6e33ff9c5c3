"""What a person may do, read at once where Django asks twice on every page."""

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from accounts.models import User

# Where Django's backends look for them, and whether they are one's own.
_KEPT = {"_user_perm_cache": True, "_group_perm_cache": False}
_PERMISSIONS = """
SELECT kind.app_label || '.' || permission.codename, given.is_own
FROM (
    SELECT permission_id, true AS is_own FROM accounts_user_user_permissions WHERE user_id = %s
    UNION
    SELECT of_group.permission_id, false FROM accounts_user_groups AS member
    JOIN auth_group_permissions AS of_group ON of_group.group_id = member.group_id
    WHERE member.user_id = %s
) AS given
JOIN auth_permission AS permission ON permission.id = given.permission_id
JOIN django_content_type AS kind ON kind.id = permission.content_type_id"""


def read_permissions(user: "User") -> None:
    """Keep with the person what their own permissions and their groups' are.

    It is kept where Django's backends keep it, so that they ask no more.
    """
    is_known = any(name in user.__dict__ for name in _KEPT)
    if is_known or user.is_superuser or not user.is_active:
        return
    with connection.cursor() as cursor:
        cursor.execute(_PERMISSIONS, [user.pk, user.pk])
        given = cursor.fetchall()
    for name, is_own in _KEPT.items():
        setattr(user, name, {perm for perm, own in given if own is is_own})
