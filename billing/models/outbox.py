"""What leaves the house: invoices once they are issued, warnings; each thing once."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from billing.models.low_hours import LowHours
from clients.models import Client
from core.outbox import Deliverable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class OutboxKind(models.TextChoices):
    """What is to be made or sent."""

    INVOICE_PDF = "invoice_pdf", _("PDF of an invoice")
    INVOICE_MAIL = "invoice_mail", _("mail with an invoice")
    LOW_HOURS = "low_hours", _("warning of low hours")
    PLATFORM = "platform", _("e-invoice for the platform")


class Reader(models.TextChoices):
    """Whom a warning is for."""

    CLIENT = "client", _("the client")
    MANAGER = "manager", _("the account manager")


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Outbox messages, by who may see them and whether they are due."""

    def visible_to(self, user: "User | AnonymousUser") -> "OutboxQuerySet":
        """Return the messages: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class OutboxMessage(Deliverable):
    """A thing to do after commit, once; a failure is kept, shown and tried again."""

    kind = models.CharField(_("kind"), max_length=16, choices=OutboxKind.choices)
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        related_name="outbox_messages",
        verbose_name=_("invoice"),
    )
    low_hours = models.ForeignKey(
        LowHours,
        models.CASCADE,
        null=True,
        related_name="outbox_messages",
        verbose_name=_("warning of low hours"),
    )
    reader = models.CharField(
        _("for"), max_length=8, choices=Reader.choices, blank=True, default="", db_default=""
    )

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="billing_outbox_waiting"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(invoice__isnull=False, low_hours=None, reader="")
                | Q(invoice=None, low_hours__isnull=False, reader__gt=""),
                name="billing_outboxmessage_about_one_thing",
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of what it is about."""
        if self.low_hours is None:
            return self.invoice.get_absolute_url() if self.invoice else ""
        block = self.low_hours.prepaid_block_id
        name = "billing:block" if block else "billing:allowance"
        return reverse(name, args=[block or self.low_hours.allowance_id])

    @property
    def client(self) -> Client | None:
        """The client it is about."""
        about = self.invoice or self.low_hours
        return about.client if about else None

    @property
    def subject(self) -> str:
        """What it is about: the invoice's number, or the name of the hours."""
        if self.low_hours is not None:
            return str(self.low_hours.prepaid_block or self.low_hours.allowance)
        return self.invoice.number if self.invoice else ""


class InvoiceDocumentQuerySet(models.QuerySet["InvoiceDocument"]):
    """Documents, by who may see them."""

    def visible_to(self, user: "User") -> "InvoiceDocumentQuerySet":
        """Return the documents of the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class InvoiceDocument(models.Model):
    """The file of an issued invoice, as it was first made; never replaced."""

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="documents", verbose_name=_("invoice")
    )
    kind = models.CharField(_("kind"), max_length=8, default="pdf")
    file = models.FileField(_("file"), upload_to="invoices/%Y/%m/")
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = InvoiceDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice document")
        verbose_name_plural = _("invoice documents")
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "kind"], name="billing_invoicedocument_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.kind}"
