"""Words that people put on tickets to find them again."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User

LONGEST_TAG = 40


class Tag(models.Model):
    """A word that the firm puts on tickets; clients never see it."""

    name = models.CharField(_("name"), max_length=LONGEST_TAG)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="tickets_tag_one_name"),
        ]

    def __str__(self) -> str:
        return self.name


class TicketTagQuerySet(models.QuerySet["TicketTag"]):
    """Tags on tickets, by who may see them."""

    def visible_to(self, user: "User") -> "TicketTagQuerySet":
        """Return those on visible tickets; they are the firm's own."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


@pghistory.track()
class TicketTag(models.Model):
    """A tag on a ticket."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="ticket_tags", verbose_name=_("ticket")
    )
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="ticket_tags", verbose_name=_("tag"))

    objects = TicketTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("tag of a ticket")
        verbose_name_plural = _("tags of tickets")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "tag"], name="tickets_tickettag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.tag_id}"
