"""How a refusal reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError, InternalError
from django.db.models import ProtectedError
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.serializers import as_serializer_error
from rest_framework.views import exception_handler, set_rollback


class Refused(exceptions.APIException):
    """An operation refused; its sentence goes to the program as it would to a person."""

    status_code = status.HTTP_409_CONFLICT
    default_code = "refused"

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@contextmanager
def telling(*refusals: type[Exception]) -> Iterator[None]:
    """Turn the refusals of an operation into answers.

    :raises Refused: one of them happened
    """
    try:
        yield
    except refusals as error:
        raise Refused(str(error), getattr(error, "field", "")) from error


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
        message = str(details.get("detail", ""))
        field = getattr(error, "field", "")
        shaped = refusal(
            _code(error),
            message,
            fields={field: [message]} if field else None,
            status_code=response.status_code,
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
