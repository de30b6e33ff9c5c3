"""What of allauth this product uses: nobody signs up, and addresses are changed by the firm."""

from collections.abc import Iterable, Iterator

from allauth.account import urls as account
from allauth.mfa import urls as mfa
from allauth.usersessions import urls as sessions
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods

ACCOUNT_PAGES = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
)
ONLY_READ = frozenset(
    {
        "account_inactive",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
    }
)


def _held_to_methods(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    """Yield the patterns with views that take no other methods than a page needs."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            for inner in _held_to_methods(pattern.url_patterns):
                yield path(
                    str(pattern.pattern) + str(inner.pattern), inner.callback, name=inner.name
                )
            continue
        methods = ["GET", "HEAD"] if pattern.name in ONLY_READ else ["GET", "HEAD", "POST"]
        view = require_http_methods(methods)(pattern.callback)
        yield URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


urlpatterns = [
    *_held_to_methods(one for one in account.urlpatterns if one.name in ACCOUNT_PAGES),
    path("2fa/", include(list(_held_to_methods(mfa.urlpatterns)))),
    path("sessions/", include(list(_held_to_methods(sessions.urlpatterns)))),
]
