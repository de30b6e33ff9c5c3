"""Statements of account that were sent."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from collecting.models.notice import of_the_firm

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class SentStatementQuerySet(models.QuerySet["SentStatement"]):
    """Statements that were sent, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "SentStatementQuerySet":
        """Return the statements: the firm's own people only."""
        return self if of_the_firm(user) else self.none()


class SentStatement(models.Model):
    """A statement of account that somebody asked to be sent; it is drawn up when it leaves."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="sent_statements", verbose_name=_("client")
    )
    first_on = models.DateField(_("from"))
    last_on = models.DateField(_("through"))
    asked_at = models.DateTimeField(_("asked for"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    recipients = models.TextField(_("sent to"), blank=True)

    objects = SentStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of account")
        verbose_name_plural = _("statements of account")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_on__gte=models.F("first_on")),
                name="collecting_sentstatement_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.first_on} - {self.last_on}"
