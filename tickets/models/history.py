"""How a ticket went from one status to the next."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class StatusChangeQuerySet(models.QuerySet["StatusChange"]):
    """Status changes, by who may see them."""

    def visible_to(self, user: "User") -> "StatusChangeQuerySet":
        """Return the changes of the tickets this person may see."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


class StatusChange(models.Model):
    """One step of a ticket from status to status; the first has no status before it."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="status_changes", verbose_name=_("ticket")
    )
    from_status = models.ForeignKey(
        "tickets.TicketStatus", models.PROTECT, null=True, related_name="+", verbose_name=_("from")
    )
    to_status = models.ForeignKey(
        "tickets.TicketStatus", models.PROTECT, related_name="+", verbose_name=_("to")
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("changed by"),
    )
    changed_at = models.DateTimeField(_("changed"))
    run = models.ForeignKey(
        "tickets.RuleRun",
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("changed by the rule"),
    )

    objects = StatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["changed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.to_status}"
