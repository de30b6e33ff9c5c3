"""What leaves the house after an invoice is issued, each thing once."""

from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from core.outbox import Deliverable

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class OutboxKind(models.TextChoices):
    """What is to be made or sent."""

    INVOICE_PDF = "invoice_pdf", _("PDF of an invoice")
    INVOICE_MAIL = "invoice_mail", _("mail with an invoice")


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    """Outbox messages, by who may see them and whether they are due."""

    def visible_to(self, user: "User | AnonymousUser") -> "OutboxQuerySet":
        """Return the messages: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class OutboxMessage(Deliverable):
    """A thing to do after commit, once; a failure is kept, shown and tried again."""

    kind = models.CharField(_("kind"), max_length=16, choices=OutboxKind.choices)
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="outbox_messages", verbose_name=_("invoice")
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
