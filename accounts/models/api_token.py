"""What a program shows instead of a password."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken, AuthTokenManager

if TYPE_CHECKING:
    from accounts.models.user import User


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens, by who may see them."""

    def visible_to(self, user: "User") -> "ApiTokenQuerySet":
        """Return the tokens of this person: nobody sees another's."""
        return self.filter(user_id=user.pk)


class ApiToken(AbstractAuthToken):
    """Lets one program act as the person who made it, until revoked.

    Only a digest is kept: the token itself is shown once, when it is made.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=80)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    objects = AuthTokenManager.from_queryset(ApiTokenQuerySet)()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name
