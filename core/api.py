"""What every part of the API shares: who may, and how a refusal reads."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, InternalError
from django.db.models import ProtectedError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.permissions import DjangoModelPermissions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import APIView, exception_handler, set_rollback

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

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Whether this person may do this here."""
        special = getattr(view, "action_permissions", {}).get(getattr(view, "action", None))
        if special:
            return bool(request.user.is_authenticated and request.user.has_perm(special))
        portal = getattr(view, "portal_permission", None)
        if portal and request.method in READ_METHODS and request.user.is_authenticated:
            is_theirs = bool(request.user.has_perm(portal))
            return is_theirs or super().has_permission(request, view)
        return super().has_permission(request, view)


def refusal(
    code: str,
    message: str,
    *,
    fields: dict[str, Any] | None = None,
    status_code: int = status.HTTP_409_CONFLICT,
) -> Response:
    """Return the one shape of every error: a code, a sentence, and the fields it is about."""
    body = {"error": {"code": code, "message": message, "fields": fields or {}}}
    return Response(body, status=status_code)


def answer_refusal(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into the one shape; what is not a refusal stays a server error."""
    if isinstance(error, DjangoValidationError):
        error = exceptions.ValidationError(as_serializer_error(error))
    response = exception_handler(error, context)
    if response is not None:
        return _reshaped(response, error)
    if isinstance(error, ProtectedError | IntegrityError | InternalError):
        set_rollback()
        return refusal("conflict", "This is in use or would contradict other data.")
    return None


def _reshaped(response: Response, error: Exception) -> Response:
    details = response.data if isinstance(response.data, dict) else {"detail": response.data}
    if isinstance(error, exceptions.ValidationError):
        shaped = refusal(
            "invalid",
            "Some values cannot be used.",
            fields=dict(details),
            status_code=response.status_code,
        )
    else:
        shaped = refusal(
            _code(error), str(details.get("detail", "")), status_code=response.status_code
        )
    for name, value in response.items():
        if name.lower() != "content-type":
            shaped[name] = value
    return shaped


def _code(error: Exception) -> str:
    if isinstance(error, Http404):
        return "not_found"
    if isinstance(error, PermissionDenied):
        return "permission_denied"
    return str(getattr(error, "default_code", "refused"))
