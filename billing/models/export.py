"""Books that left the product as a file."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ExportKind(models.TextChoices):
    """What sort of file it is."""

    FEC = "fec", _("FEC")
    ENTRIES = "entries", _("entries for another program")
    ARCHIVE = "archive", _("signed archive")


class Export(models.Model):
    """A file of the books that somebody took out; its digest stands in the chain."""

    legal_entity = models.ForeignKey(
        "clients.LegalEntity", models.PROTECT, related_name="exports", verbose_name=_("company")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ExportKind.choices)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"))
    file_name = models.CharField(_("file"), max_length=120)
    line_count = models.PositiveIntegerField(_("lines"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    recorded_at = models.DateTimeField(_("exported"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.file_name
