"""Tickets that have to do with one another."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class LinkKind(models.TextChoices):
    """What one ticket is to another."""

    RELATED = "related", _("has to do with")
    PART_OF = "part_of", _("is part of")


class TicketLinkQuerySet(models.QuerySet["TicketLink"]):
    """Links, by who may see them."""

    def visible_to(self, user: "User") -> "TicketLinkQuerySet":
        """Return the links between visible tickets; they are the firm's own."""
        if not user.is_firm_staff:
            return self.none()
        seen = Ticket.objects.visible_to(user)
        return self.filter(ticket__in=seen, other__in=seen)


@pghistory.track()
class TicketLink(models.Model):
    """A ticket that has to do with another one of the same client, or is part of it."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="links", verbose_name=_("ticket")
    )
    other = models.ForeignKey(
        Ticket, models.CASCADE, related_name="links_here", verbose_name=_("other ticket")
    )
    kind = models.CharField(
        _("how"), max_length=8, choices=LinkKind.choices, default=LinkKind.RELATED
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("made by"),
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = TicketLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link between tickets")
        verbose_name_plural = _("links between tickets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "other"], name="tickets_ticketlink_once"),
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(kind="part_of"), name="tickets_ticketlink_one_whole"
            ),
            models.CheckConstraint(
                condition=~Q(ticket=F("other")), name="tickets_ticketlink_two_tickets"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.get_kind_display()} {self.other_id}"

    @property
    def is_part(self) -> bool:
        """Whether the one is part of the other."""
        return self.kind == LinkKind.PART_OF
