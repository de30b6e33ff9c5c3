"""Nothing before the second factor, where the firm demands one."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.urls import resolve
from django.urls.exceptions import Resolver404
from django.utils.translation import gettext as _

from accounts.models import User

OPEN_WITHOUT = frozenset(
    {"account_logout", "account_reauthenticate", "appearance", "language", "account_login"}
)


class SecondFactorFirst:
    """Leads staff without a second factor to the page where they set one up, from everywhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not lacks_second_factor(request.user) or _is_on_the_way(request.path_info):
            return self.get_response(request)
        if request.path_info.startswith("/api/"):
            return HttpResponseForbidden(_("Set up your second factor first."))
        messages.warning(request, _("The firm asks for a second factor. Set one up to go on."))
        return redirect("mfa_index")


def lacks_second_factor(user: object) -> bool:
    """Whether this person must have a second factor and has none."""
    return (
        settings.STAFF_NEED_SECOND_FACTOR
        and isinstance(user, User)
        and user.is_firm_staff
        and not is_mfa_enabled(user)
    )


def _is_on_the_way(path: str) -> bool:
    try:
        name = resolve(path).view_name
    except Resolver404:
        return True
    return name in OPEN_WITHOUT or name.startswith("mfa_")
