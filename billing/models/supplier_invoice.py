"""An electronic invoice that a supplier sent to the firm."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

CREDIT_NOTE_TYPES = frozenset({"381", "396", "261", "262", "502", "503"})


class SupplierInvoiceQuerySet(models.QuerySet["SupplierInvoice"]):
    """Supplier invoices, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "SupplierInvoiceQuerySet":
        """Return the invoices: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class SupplierInvoice(models.Model):
    """A supplier's invoice as its file says it, kept with the file's own bytes; never changed."""

    number = models.CharField(_("number"), max_length=120)
    type_code = models.CharField(_("type"), max_length=3)
    supplier = models.CharField(_("supplier"), max_length=200)
    supplier_registration = models.CharField(_("registration number"), max_length=40, blank=True)
    supplier_vat_number = models.CharField(_("VAT number"), max_length=40, blank=True)
    buyer = models.CharField(_("addressed to"), max_length=200)
    is_for_us = models.BooleanField(_("is addressed to the firm"))
    issued_on = models.DateField(_("date"))
    due_on = models.DateField(_("due"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    net = models.DecimalField(_("net"), max_digits=14, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=14, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    due = models.DecimalField(_("to pay"), max_digits=14, decimal_places=2)
    lines = models.JSONField(_("lines"), default=list)
    syntax = models.CharField(_("written as"), max_length=16)
    file = models.FileField(_("file"), upload_to="supplier-invoices/%Y/%m/")
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("SHA-256"), max_length=64, unique=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("received by"),
    )

    objects = SupplierInvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("supplier invoice")
        verbose_name_plural = _("supplier invoices")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["supplier", "number"], name="billing_supplierinvoice_number"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.supplier} {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return address_of("billing:supplier-invoice", self.pk)

    @property
    def is_credit_note(self) -> bool:
        """Whether the supplier takes something back with it."""
        return self.type_code in CREDIT_NOTE_TYPES

    @property
    def adds_up(self) -> bool:
        """Whether its total is what it says of net and tax."""
        return Decimal(self.net) + Decimal(self.tax) == Decimal(self.total)
