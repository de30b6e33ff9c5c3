"""Files that belong to what was said on a ticket."""

from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tickets.domain.files import SHOWN
from tickets.models.note import Note
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Attachments, by who may see them."""

    def visible_to(self, user: "User") -> "AttachmentQuerySet":
        """Return the files of visible tickets; clients see those of what they may read."""
        files = self.filter(ticket__in=Ticket.objects.visible_to(user))
        return files if user.is_firm_staff else files.filter(note__is_public=True)


def unguessable_place(_attachment: models.Model, _name: str) -> str:
    """Return where the file is kept: nobody can guess it, and its ending starts no program."""
    return f"tickets/{uuid4().hex[:2]}/{uuid4().hex}"


class Attachment(models.Model):
    """A file that came with a note; what it is was read from its content."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="attachments", verbose_name=_("ticket")
    )
    note = models.ForeignKey(
        Note,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("note"),
    )
    file = models.FileField(_("file"), upload_to=unguessable_place)
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=127)
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    content_id = models.CharField(
        _("content ID"),
        max_length=255,
        blank=True,
        help_text=_("how the text of a mail names its image"),
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether a page may show it."""
        return self.content_type in SHOWN
