"""What the old system said, kept to compare later exports with."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class LegacyRowQuerySet(models.QuerySet["LegacyRow"]):
    """Imported rows, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "LegacyRowQuerySet":
        """Return the rows: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class LegacyRow(models.Model):
    """What the old system said when a row of its export was last imported.

    A later import compares the export with this, not with what people have since edited here: what
    the old system has not changed stays as it is.
    """

    file = models.CharField(_("file"), max_length=24)
    key = models.CharField(_("key"), max_length=320)
    target_id = models.BigIntegerField(_("row it became"))
    content = models.JSONField(_("content"))
    imported_at = models.DateTimeField(_("imported"), auto_now=True)

    objects = LegacyRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["file", "key"]
        constraints = [
            models.UniqueConstraint(fields=["file", "key"], name="psa_legacyrow_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file} {self.key}"
