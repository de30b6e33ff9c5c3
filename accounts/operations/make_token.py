"""Let a program in."""

from datetime import timedelta

from django.db import transaction

from accounts.models import ApiToken, User


@transaction.atomic(durable=True)
def make_token(*, person_id: int, name: str, lifetime: timedelta | None) -> tuple[ApiToken, str]:
    """Make a token for the person and return it with its secret, which nobody sees again."""
    person = User.objects.get(pk=person_id)
    token, secret = ApiToken.objects.create(user=person, expiry=lifetime, name=name)
    return token, secret
