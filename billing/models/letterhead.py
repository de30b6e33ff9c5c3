"""How a company's documents look: its logo, its colour, and whether they show the evidence."""

from base64 import b64encode
from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.domain.picture import size_of
from clients.models import LegalEntity

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

ACCENT = "#0f5e9c"
WIDEST, HIGHEST = 620, 170  # tenths of a millimetre


class LetterheadQuerySet(models.QuerySet["Letterhead"]):
    """Letterheads, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "LetterheadQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_authenticated and user.is_firm_staff else self.none()

    def of(self, entity_id: int) -> "Letterhead":
        """Return a company's letterhead; the plain one where none was set."""
        return self.filter(legal_entity=entity_id).first() or Letterhead()


@pghistory.track(exclude=["logo"])
class Letterhead(models.Model):
    """The look of a company's documents; files that were made keep the one they were made with."""

    legal_entity = models.OneToOneField(
        LegalEntity, models.PROTECT, related_name="+", verbose_name=_("company")
    )
    logo = models.BinaryField(_("logo"), blank=True, default=b"", editable=True)
    accent = models.CharField(_("colour"), max_length=7, default=ACCENT)
    prints_evidence = models.BooleanField(
        _("invoices end with the work behind their lines"), default=False
    )

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead")
        verbose_name_plural = _("letterheads")
        ordering = ["legal_entity"]

    def __str__(self) -> str:
        return str(self.legal_entity)

    @property
    def printed(self) -> dict[str, str | int]:
        """What paper is set with."""
        return {"accent": self.accent, "logo": self.logo_svg, "logo_width": self.logo_width}

    @property
    def logo_uri(self) -> str:
        """The logo as an address that holds it, empty without one."""
        content = bytes(self.logo)
        return f"data:image/png;base64,{b64encode(content).decode()}" if content else ""

    @property
    def logo_width(self) -> int:
        """How wide the logo is printed, in tenths of a millimetre: 62 mm, or 17 mm high."""
        if not self.logo:
            return 0
        width, height = size_of(bytes(self.logo))
        return max(1, min(WIDEST, HIGHEST * width // height))

    @property
    def logo_svg(self) -> str:
        """The logo as a drawing that paper is set with, empty without one."""
        if not self.logo:
            return ""
        width, height = size_of(bytes(self.logo))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
            f' viewBox="0 0 {width} {height}"><image width="{width}" height="{height}"'
            f' href="{self.logo_uri}"/></svg>'
        )
