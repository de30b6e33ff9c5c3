"""Notes who signs in and who fails to."""

import logging
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest

from accounts.models import SignIn, User

log = logging.getLogger("accounts.sign_in")


def watch() -> None:
    """Start noting."""
    user_logged_in.connect(_note_success, dispatch_uid="accounts_sign_in")
    user_login_failed.connect(_note_failure, dispatch_uid="accounts_sign_in")


def _note_success(request: HttpRequest, user: User, **_: object) -> None:
    SignIn.objects.create(email=user.email, user=user, succeeded=True, **_origin(request))


def _note_failure(
    credentials: dict[str, str], request: HttpRequest | None = None, **_: object
) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")[:254]
    origin = _origin(request)
    person = User.objects.filter(email__iexact=email).first() if email else None
    SignIn.objects.create(email=email, user=person, succeeded=False, **origin)
    log.warning("Sign-in refused for %r from %s", email, origin.get("address"))


def _origin(request: HttpRequest | None) -> dict[str, Any]:
    if request is None or "REMOTE_ADDR" not in request.META:
        return {}
    return {
        "address": get_adapter(request).get_client_ip(request) or None,
        "browser": request.headers.get("User-Agent", "")[:200],
    }
