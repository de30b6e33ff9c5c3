"""What became of a document at an approved platform."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class PlatformStatus(models.TextChoices):
    """The statuses that the law makes platforms report (déposée, rejetée, refusée, encaissée)."""

    DEPOSITED = "deposited", _("deposited")
    REJECTED = "rejected", _("rejected by the platform")
    REFUSED = "refused", _("refused by the client")
    CASHED = "cashed", _("cashed")


FINAL = frozenset({PlatformStatus.REJECTED, PlatformStatus.REFUSED})


class PlatformEventQuerySet(models.QuerySet["PlatformEvent"]):
    """Events, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "PlatformEventQuerySet":
        """Return the events: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class PlatformEvent(models.Model):
    """A status that a document took at the platform; told by it, or recorded by a person."""

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="platform_events", verbose_name=_("invoice")
    )
    status = models.CharField(_("status"), max_length=10, choices=PlatformStatus.choices)
    happened_on = models.DateField(_("day"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    objects = PlatformEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("status at the platform")
        verbose_name_plural = _("statuses at the platform")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "status"], name="billing_platformevent_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_status_display()}"

    @property
    def is_final(self) -> bool:
        """Whether nothing can follow: the document has to be replaced."""
        return self.status in FINAL
