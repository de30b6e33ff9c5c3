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


class NoteSource(models.TextChoices):
    """How a note came in."""

    WRITTEN = "written", _("written here")
    MAIL = "mail", _("by mail")
    RULE = "rule", _("by a rule")


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes, by who may see them."""

    def visible_to(self, user: "User") -> "NoteQuerySet":
        """Return the notes on visible tickets; clients never see internal ones."""
        notes = self.filter(ticket__in=Ticket.objects.visible_to(user))
        return notes if user.is_firm_staff else notes.filter(is_public=True)


@pghistory.track(exclude=["quoted", "html"])
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
    source = models.CharField(
        _("came"),
        max_length=8,
        choices=NoteSource.choices,
        default=NoteSource.WRITTEN,
        db_default=NoteSource.WRITTEN,
    )
    contact = models.ForeignKey(
        "clients.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    sender = models.CharField(
        _("from"), max_length=320, blank=True, db_default="", help_text=_("of a mail")
    )
    quoted = models.TextField(
        _("quoted text"),
        blank=True,
        db_default="",
        help_text=_("what the mail repeats of earlier ones"),
    )
    html = models.TextField(
        _("formatted text"), blank=True, db_default="", help_text=_("of a mail, made harmless")
    )
    message_id = models.CharField("Message-ID", max_length=255, blank=True, db_default="")
    is_automatic = models.BooleanField(_("written by a machine"), default=False, db_default=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["message_id"],
                condition=~models.Q(message_id=""),
                name="tickets_note_message_once",
            ),
        ]

    def __str__(self) -> str:
        return self.body[:80]

    @property
    def writer(self) -> str:
        """Who wrote it, as a reader is told."""
        return str(self.author or self.contact or self.sender)

    @property
    def is_by_rule(self) -> bool:
        """Whether an automation rule wrote it."""
        return self.source == NoteSource.RULE

    @property
    def is_mail(self) -> bool:
        """Whether it came by mail."""
        return self.source == NoteSource.MAIL

    @property
    def is_from_client(self) -> bool:
        """Whether somebody outside the firm wrote it."""
        if self.author is not None:
            return not self.author.is_firm_staff
        return self.is_mail
