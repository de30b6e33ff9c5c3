"""Who may use which part of the API."""

from typing import TYPE_CHECKING

from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request

if TYPE_CHECKING:
    from rest_framework.views import APIView

READ_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class MayUse(DjangoModelPermissions):
    """Asks for the same permissions as the pages, reading included.

    A contact of a client reads where the view names a ``portal_permission`` that they have; what
    they then see is decided by ``visible_to``.
    """

    perms_map = {
        **DjangoModelPermissions.perms_map,
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
        "OPTIONS": [],
    }

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Whether this person may do this here."""
        special = getattr(view, "action_permissions", {}).get(getattr(view, "action", None))
        if special:
            return bool(request.user.is_authenticated and request.user.has_perm(special))
        portal = getattr(view, "portal_permission", None)
        if portal and request.method in READ_METHODS and request.user.is_authenticated:
            is_theirs = bool(request.user.has_perm(portal))
            return is_theirs or super().has_permission(request, view)
        return super().has_permission(request, view)
