"""The mails of this room, each sent once."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from collecting.models.dispute import Dispute, DisputeMessage
from collecting.models.notice import ReminderNotice
from collecting.models.statement import SentStatement
from core.outbox import Deliverable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MailKind(models.TextChoices):
    """What a mail says."""

    DISPUTE_OPENED = "dispute_opened", _("a line is disputed")
    DISPUTE_ANSWERED = "dispute_answered", _("an answer in a dispute")
    DISPUTE_ENDED = "dispute_ended", _("the end of a dispute")
    REMINDER = "reminder", _("a reminder")
    STATEMENT = "statement", _("a statement of account")


class CollectingMailQuerySet(models.QuerySet["CollectingMail"]):
    """Mails, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "CollectingMailQuerySet":
        """Return the mails: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class CollectingMail(Deliverable):
    """A mail that leaves after the commit, once; a failure is kept, shown and tried again."""

    kind = models.CharField(_("kind"), max_length=20, choices=MailKind.choices)
    dispute = models.ForeignKey(
        Dispute, models.PROTECT, null=True, related_name="mails", verbose_name=_("dispute")
    )
    message = models.ForeignKey(
        DisputeMessage, models.PROTECT, null=True, related_name="+", verbose_name=_("message")
    )
    notice = models.ForeignKey(
        ReminderNotice, models.PROTECT, null=True, related_name="mails", verbose_name=_("reminder")
    )
    statement = models.ForeignKey(
        SentStatement,
        models.PROTECT,
        null=True,
        related_name="mails",
        verbose_name=_("statement of account"),
    )
    is_to_client = models.BooleanField(_("to the client"))

    objects = CollectingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail about money owed")
        verbose_name_plural = _("mails about money owed")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="collecting_mail_waiting"
            ),
        ]
