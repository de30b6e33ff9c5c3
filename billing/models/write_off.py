"""What will never be paid."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.closing import not_into_closed
from billing.models.invoice import Invoice

if TYPE_CHECKING:
    from accounts.models import User


class WriteOffQuerySet(models.QuerySet["WriteOff"]):
    """Write-offs, by who may see them."""

    def visible_to(self, user: "User") -> "WriteOffQuerySet":
        """Return the write-offs of the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class WriteOff(models.Model):
    """The rest of an invoice that the firm has given up; the invoice asks for it no more.

    ``takes_back_tax`` says that its part of the tax is not owed to the state either.
    """

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="write_offs", verbose_name=_("invoice")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    written_off_on = models.DateField(_("written off on"))
    reason = models.CharField(_("reason"), max_length=200)
    takes_back_tax = models.BooleanField(_("VAT is taken back"), default=False)
    recorded_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = WriteOffQuerySet.as_manager()

    class Meta:
        verbose_name = _("write-off")
        verbose_name_plural = _("write-offs")
        ordering = ["-written_off_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="billing_writeoff_positive"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            not_into_closed("NEW.written_off_on"),
        ]

    def __str__(self) -> str:
        return f"{self.amount}"
