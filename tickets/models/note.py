"""What was said on a ticket."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, by who may see them."""

    def visible_to(self, user: "User") -> "NoteQuerySet":
        """Return the notes on visible tickets; clients never see internal ones."""
        notes = self.filter(ticket__in=Ticket.objects.visible_to(user))
        return notes if user.is_firm_staff else notes.filter(is_public=True)


@pghistory.track()
class Note(models.Model):
    """A public reply or an internal remark on a ticket."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="notes", verbose_name=_("ticket")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("author"),
    )
    body = models.TextField(_("text"))
    is_public = models.BooleanField(_("the client sees it"), default=True)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.body[:80]
