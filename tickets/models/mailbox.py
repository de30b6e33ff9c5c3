"""The mail addresses of service boards."""

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tickets.models.board import ServiceBoard


class MailSecurity(models.TextChoices):
    """How the connection to the mail server is kept private."""

    TLS = "tls", _("TLS from the start")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("none: only inside one's own network")


@pghistory.track(exclude=["password", "polled_at", "poll_error", "uid_validity", "last_uid"])
class Mailbox(models.Model):
    """The mail address of a service board: what arrives there becomes tickets.

    Mails are fetched by IMAP where a server is named; otherwise the firm's own mail server pipes
    them to ``manage.py receive_mail``.
    """

    board = models.OneToOneField(
        ServiceBoard, models.CASCADE, related_name="mailbox", verbose_name=_("board")
    )
    address = models.EmailField(_("e-mail address"), unique=True)
    sender_name = models.CharField(
        _("name of the sender"), max_length=80, blank=True, help_text=_("empty: the firm's name")
    )
    has_plus_addresses = models.BooleanField(
        _("receives address+word too"),
        default=False,
        help_text=_("then answers find their ticket even where the subject was changed"),
    )
    acknowledges = models.BooleanField(
        _("confirms new tickets"),
        default=True,
        help_text=_("whoever opens a ticket by mail is told its number"),
    )
    adds_copied = models.BooleanField(
        _("copied people follow"),
        default=True,
        db_default=True,
        help_text=_(
            "known contacts of the client to whom a mail was copied then follow its ticket and"
            " get copies of the replies"
        ),
    )
    asks_for_rating = models.BooleanField(
        _("asks how it was"),
        default=True,
        help_text=_("when a ticket is closed, its contact is asked with one click"),
    )
    trusted_checker = models.CharField(
        _("server that checks senders"),
        max_length=120,
        blank=True,
        help_text=_(
            "its name in the Authentication-Results header; mails whose sender it could not"
            " confirm are then sorted by hand"
        ),
    )
    host = models.CharField(
        _("IMAP server"), max_length=120, blank=True, help_text=_("empty: mails are piped in")
    )
    port = models.PositiveIntegerField(_("port"), default=993)
    security = models.CharField(
        _("encryption"), max_length=8, choices=MailSecurity.choices, default=MailSecurity.TLS
    )
    username = models.CharField(_("user name"), max_length=120, blank=True)
    password = models.TextField(_("password"), blank=True, editable=False)
    folder = models.CharField(_("folder"), max_length=120, default="INBOX")
    is_polled = models.BooleanField(_("fetch mails"), default=True)
    polled_at = models.DateTimeField(_("last fetched"), null=True, editable=False)
    poll_error = models.TextField(_("what went wrong"), blank=True, editable=False)
    uid_validity = models.BigIntegerField(null=True, editable=False)
    last_uid = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("mailbox")
        verbose_name_plural = _("mailboxes")
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address

    def get_absolute_url(self) -> str:
        """Return the address at which the mailbox is set up."""
        return reverse("tickets:mailbox", args=[self.pk])

    def start_anew(self) -> None:
        """Forget how far was fetched: in another folder what lies there now stays there."""
        self.uid_validity, self.last_uid = None, 0

    @property
    def is_fetched(self) -> bool:
        """Whether its mails are fetched from a server."""
        return self.is_polled and bool(self.host)
