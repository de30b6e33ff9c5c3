"""Tickets that turned out to be about the same thing."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tickets.models.board import TicketStatus
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class TicketMergeQuerySet(models.QuerySet["TicketMerge"]):
    """Merges, by who may see them and whether they still hold."""

    def visible_to(self, user: "User") -> "TicketMergeQuerySet":
        """Return the merges of visible tickets."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))

    def standing(self) -> "TicketMergeQuerySet":
        """Return those that were not undone."""
        return self.filter(undone_at=None)


@pghistory.track()
class TicketMerge(models.Model):
    """A ticket that goes on in another one of the same client.

    Notes, time and parts stay where they were written, so that nothing is billed twice and the
    merge can be undone; the other ticket's page shows them among its own.
    """

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="merges", verbose_name=_("ticket")
    )
    into = models.ForeignKey(
        Ticket, models.PROTECT, related_name="merged_here", verbose_name=_("goes on in")
    )
    status_before = models.ForeignKey(
        TicketStatus, models.PROTECT, related_name="+", verbose_name=_("status before")
    )
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("merged by"),
    )
    merged_at = models.DateTimeField(_("merged"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)

    objects = TicketMergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of tickets")
        verbose_name_plural = _("merges of tickets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=Q(undone_at=None),
                name="tickets_ticketmerge_one_place",
            ),
            models.CheckConstraint(
                condition=~Q(ticket=F("into")), name="tickets_ticketmerge_two_tickets"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.into_id}"
