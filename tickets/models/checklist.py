"""What is to be done on a ticket, point by point."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class ChecklistItemQuerySet(models.QuerySet["ChecklistItem"]):
    """Points of checklists, by who may see them."""

    def visible_to(self, user: "User") -> "ChecklistItemQuerySet":
        """Return the points on visible tickets; a checklist is the firm's own."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


@pghistory.track()
class ChecklistItem(models.Model):
    """One point of a ticket's checklist, ticked off by somebody or still open."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="checklist", verbose_name=_("ticket")
    )
    text = models.CharField(_("what is to be done"), max_length=200)
    position = models.PositiveIntegerField(_("position"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("done by"),
    )

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("point of a checklist")
        verbose_name_plural = _("points of checklists")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="tickets_checklistitem_some_text",
                violation_error_message=_("Say what is to be done."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_done(self) -> bool:
        """Whether it is ticked off."""
        return self.done_at is not None
