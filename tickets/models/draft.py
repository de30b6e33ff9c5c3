"""What somebody is typing on a ticket and has not sent yet."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts, by who may see them."""

    def visible_to(self, user: "User") -> "DraftQuerySet":
        """Return one's own; nobody reads what another has not sent."""
        return self.filter(author=user, ticket__in=Ticket.objects.visible_to(user))


class Draft(models.Model):
    """What a person has typed into a ticket's composer, kept until it is sent.

    ``sheet`` names the composer it was typed into and ``sent_sheet`` the last one that was sent, so
    that a late save brings nothing back and the same sheet is never sent twice.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="drafts", verbose_name=_("ticket")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("author")
    )
    fields = models.JSONField(_("fields"), default=dict)
    sheet = models.CharField(max_length=32, blank=True)
    sent_sheet = models.CharField(max_length=32, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["ticket", "author"], name="tickets_draft_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.saved_at:%Y-%m-%d %H:%M}"


class NewTicketDraftQuerySet(models.QuerySet["NewTicketDraft"]):
    """Drafts of new tickets, by who may see them."""

    def visible_to(self, user: "User") -> "NewTicketDraftQuerySet":
        """Return one's own; nobody reads what another has not sent."""
        return self.filter(author=user)


class NewTicketDraft(models.Model):
    """What a person has typed into a new ticket; ``sent_sheet`` is the last one sent."""

    author = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("author")
    )
    fields = models.JSONField(_("fields"), default=dict)
    sent_sheet = models.CharField(max_length=32, blank=True)
    saved_at = models.DateTimeField(_("saved"))

    objects = NewTicketDraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a new ticket")
        verbose_name_plural = _("drafts of new tickets")

    def __str__(self) -> str:
        return f"{self.author_id} {self.saved_at:%Y-%m-%d %H:%M}"
