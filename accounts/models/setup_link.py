"""The way in before there is anybody."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetupLinkQuerySet(models.QuerySet["SetupLink"]):
    """Set-up links, by whether they still open anything."""

    def usable(self, now: datetime) -> "SetupLinkQuerySet":
        """Return the links that were neither used nor have expired."""
        return self.filter(used_at__isnull=True, expires_at__gt=now)


class SetupLink(models.Model):
    """A one-time link with which the first administrator sets an empty firm up.

    Only a digest is kept: whoever reads the database cannot use it.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    objects = SetupLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("set-up link")
        verbose_name_plural = _("set-up links")

    def __str__(self) -> str:
        return str(self.made_at)
