"""The one-time way in, and when it is closed for good."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q

from accounts.models import SetupLink, User
from accounts.models.setup_link import SetupLinkQuerySet
from accounts.roles import ADMINISTRATOR

LIFETIME = timedelta(days=1)
SALT = "accounts.set_up"


def is_set_up() -> bool:
    """Whether the firm has, or ever had, an administrator: then the wizard stays shut."""
    role = Q(groups__name=ADMINISTRATOR) | Q(is_superuser=True)
    return (
        User.objects.filter(role).exists()
        or SetupLink.objects.filter(used_at__isnull=False).exists()
    )


def make_link_token(now: datetime) -> str:
    """Make the link's secret; older links stop working."""
    token = signing.dumps(secrets.token_urlsafe(32), salt=SALT)
    SetupLink.objects.filter(used_at__isnull=True).delete()
    SetupLink.objects.create(digest=_digest(token), expires_at=now + LIFETIME)
    return token


def find_link(token: str, now: datetime) -> SetupLink | None:
    """Return the link that a token opens, if it still opens anything."""
    try:
        signing.loads(token, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return usable_links(now).filter(digest=_digest(token)).first()


def usable_links(now: datetime) -> SetupLinkQuerySet:
    """Return the links that still open the wizard: none once the firm is set up."""
    return SetupLink.objects.none() if is_set_up() else SetupLink.objects.usable(now)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
