"""How far each person has read."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


UNREAD = -1  # what somebody wants to stand out, whatever they have read


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    """Marks, by who may see them."""

    def visible_to(self, user: "User") -> "ReadMarkQuerySet":
        """Return one's own."""
        return self.filter(person=user)


class ReadMark(models.Model):
    """The news of a ticket up to which a person has read it; one row for the two.

    Who changes a ticket that they have read so far goes on having read it: a trigger of the
    ticket's table moves the mark along.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="read_marks", verbose_name=_("ticket")
    )
    number = models.BigIntegerField(_("news read"))

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [
            models.UniqueConstraint(fields=["person", "ticket"], name="tickets_readmark_one_each"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.ticket_id} {self.number}"


class ReadingStart(models.Model):
    """The news up to which a person has read every ticket that bears no mark of theirs."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    number = models.BigIntegerField(_("news read"))

    class Meta:
        verbose_name = _("start of reading")
        verbose_name_plural = _("starts of reading")

    def __str__(self) -> str:
        return f"{self.person_id} {self.number}"
