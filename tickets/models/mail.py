"""Mails that came in, as they came; and mails that go out."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.addresses import address_of
from core.outbox import Deliverable
from tickets.models.mailbox import Mailbox
from tickets.models.note import Note
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

JSON = models.JSONField()


class MailState(models.TextChoices):
    """What has become of a mail."""

    WAITING = "waiting", _("waiting")
    DONE = "done", _("on its ticket")
    TRIAGE = "triage", _("to be sorted")
    BOUNCE = "bounce", _("returned mail")
    SET_ASIDE = "set_aside", _("set aside")
    DISCARDED = "discarded", _("discarded")


class MailReason(models.TextChoices):
    """Why a mail did not simply go onto a ticket."""

    NONE = "", ""
    UNKNOWN_SENDER = "unknown_sender", _("nobody knows this sender")
    SEVERAL_CLIENTS = "several_clients", _("the sender belongs to several clients")
    FOREIGN_SENDER = "foreign_sender", _("the sender does not belong to the ticket's client")
    FORMER_CLIENT = "former_client", _("the sender's company is a client no more")
    COLLEAGUE = "colleague", _("a colleague wrote, about no ticket")
    AUTOMATIC = "automatic", _("written by a machine, about no ticket")
    TOO_MANY = "too_many", _("the sender writes too often")
    NOT_CONFIRMED = "not_confirmed", _("the sender could not be confirmed")
    OTHER_TEXT = "other_text", _("another mail has the same Message-ID")
    UNREADABLE = "unreadable", _("cannot be read")
    TOO_LARGE = "too_large", _("too large, only its beginning was kept")
    FAILED = "failed", _("something went wrong")
    TWICE = "twice", _("came twice")
    OWN = "own", _("came from ourselves")


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    """Mails that came in, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "InboundMailQuerySet":
        """Return the mails: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()

    def without_bytes(self) -> "InboundMailQuerySet":
        """Leave the bytes in the database, since a list needs none of them."""
        return self.defer("raw")


class InboundMail(models.Model):
    """A mail as it came in, byte for byte; stored first, worked on after."""

    key = models.CharField(_("key"), max_length=100, unique=True)
    mailbox = models.ForeignKey(
        Mailbox,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound",
        verbose_name=_("mailbox"),
    )
    raw = models.BinaryField(_("bytes"))
    size = models.PositiveIntegerField(_("size"))
    received_at = models.DateTimeField(_("received"), default=timezone.now)
    state = models.CharField(
        _("state"), max_length=12, choices=MailState.choices, default=MailState.WAITING
    )
    reason = models.CharField(_("reason"), max_length=16, choices=MailReason.choices, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    last_error = models.TextField(_("last error"), blank=True)
    message_id = models.CharField("Message-ID", max_length=255, blank=True)
    sender = models.CharField(_("from"), max_length=320, blank=True)
    sender_name = models.CharField(_("name"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    ticket = models.ForeignKey(
        Ticket,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound_mails",
        verbose_name=_("ticket"),
    )
    note = models.ForeignKey(
        Note,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inbound_mails",
        verbose_name=_("note"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbound mail")
        verbose_name_plural = _("inbound mails")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="tickets_inbound_waiting"
            ),
            models.Index(fields=["state", "-received_at"], name="tickets_inbound_by_state"),
            models.Index(fields=["sender", "received_at"], name="tickets_inbound_by_sender"),
        ]

    def __str__(self) -> str:
        return self.subject or gettext("(no subject)")

    def get_absolute_url(self) -> str:
        """Return the address at which the mail is shown."""
        return address_of("tickets:mail", self.pk)

    @property
    def is_undecided(self) -> bool:
        """Whether a person has to say what becomes of it."""
        return self.state == MailState.TRIAGE

    @property
    def is_discarded(self) -> bool:
        """Whether a person has thrown it away, which can be undone."""
        return self.state == MailState.DISCARDED

    @property
    def can_be_placed(self) -> bool:
        """Whether it can still be put on a ticket."""
        return self.note_id is None and self.state in {MailState.TRIAGE, MailState.SET_ASIDE}


class OutboundKind(models.TextChoices):
    """Which mail goes out."""

    REPLY = "reply", _("reply")
    RECEIVED = "received", _("confirmation")
    CLOSED = "closed", _("ticket closed")


class OutboundMailQuerySet(models.QuerySet["OutboundMail"]):
    """Mails that go out, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "OutboundMailQuerySet":
        """Return the mails: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class OutboundMail(Deliverable):
    """A mail about a ticket, sent after commit under a Message-ID that never changes."""

    kind = models.CharField(_("kind"), max_length=8, choices=OutboundKind.choices)
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="outbound_mails", verbose_name=_("ticket")
    )
    note = models.ForeignKey(
        Note,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outbound_mails",
        verbose_name=_("note"),
    )
    mailbox = models.ForeignKey(
        Mailbox, models.PROTECT, related_name="outbound", verbose_name=_("mailbox")
    )
    recipients = models.JSONField(_("to"), default=list)
    copies = models.JSONField(_("copies to"), default=list, db_default=Value([], JSON))
    message_id = models.CharField("Message-ID", max_length=255, unique=True)
    bounced_at = models.DateTimeField(_("returned"), null=True, blank=True)
    bounce_reason = models.TextField(_("why returned"), blank=True)

    objects = OutboundMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbound mail")
        verbose_name_plural = _("outbound mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="tickets_outbound_waiting"
            ),
        ]

    @property
    def to(self) -> str:
        """Who it goes to, for a reader."""
        return ", ".join([*self.recipients, *self.copies])
