"""Tokens of programs at the API's door."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from accounts.middleware import lacks_second_factor
from accounts.models import ApiToken, User

NOTED_EVERY = timedelta(minutes=1)


class ApiTokenAuthentication(TokenAuthentication):
    """``Authorization: Token …``, for as long as its person may sign in."""

    def validate_user(self, auth_token: ApiToken) -> tuple[User, ApiToken]:
        """Accept the token and note its use, to the minute."""
        user, token = super().validate_user(auth_token)
        if lacks_second_factor(user):
            raise AuthenticationFailed(_("Set up your second factor first."))
        now = timezone.now()
        if token.last_used_at is None or now - token.last_used_at > NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        return user, token


class ApiTokenScheme(KnoxTokenScheme):
    """How the API's description tells of these tokens."""

    target_class = "accounts.authentication.ApiTokenAuthentication"
    name = "apiToken"
