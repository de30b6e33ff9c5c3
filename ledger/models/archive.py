"""The key by which archives are signed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import LegalEntity
from ledger.models.entry import append_only


class ArchiveKey(models.Model):
    """A legal entity's key; the latest one signs, and each stays so that old archives are known.

    The private half is sealed under the installation's secret key and never shown.
    """

    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="archive_keys", verbose_name=_("company")
    )
    public_key = models.CharField(_("public key"), max_length=64, unique=True)
    sealed_key = models.CharField(_("private key"), max_length=400)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("key of archives")
        verbose_name_plural = _("keys of archives")
        ordering = ["-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.public_key
