"""An issued invoice that was taken back whole, so that its evidence is billable again."""

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice

if TYPE_CHECKING:
    from accounts.models import User

# Line by line nothing may be left of what is cancelled, so that nothing is asked for twice; a line
# counts for what was asked for it, its discounts taken off.
_TAKEN_BACK = """
IF NOT EXISTS (
    SELECT 1 FROM billing_invoice i WHERE i.id = NEW.invoice_id
    AND i.status = 'issued' AND i.document_kind <> 'credit_note'
) OR EXISTS (
    SELECT 1 FROM billing_charge c
    WHERE c.invoice_id = NEW.invoice_id AND c.position IS NOT NULL AND c.reduces_id IS NULL
    AND c.amount
        + coalesce((SELECT sum(d.amount) FROM billing_charge d WHERE d.reduces_id = c.id), 0)
        <> coalesce((SELECT sum(k.amount) FROM billing_charge k WHERE k.credits_id = c.id), 0)
) THEN
    RAISE EXCEPTION 'an invoice is cancelled only when all of it is credited'
        USING ERRCODE = 'restrict_violation';
END IF;
RETURN NEW;
"""


class CancellationQuerySet(models.QuerySet["Cancellation"]):
    """Cancellations, by who may see them."""

    def visible_to(self, user: "User") -> "CancellationQuerySet":
        """Return the cancellations of the invoices this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class Cancellation(models.Model):
    """The end of an issued invoice: credited in whole, its evidence billable again, once.

    ``credit_note`` took back what was left of the invoice (type 381); it is empty where earlier
    credit notes had taken back all of it. An invoice that bills the same evidence again names the
    cancelled one in ``replaces``: it is an invoice of its own (type 380), no corrective one (384),
    since the credit note has taken the first one back already.
    """

    invoice = models.OneToOneField(
        Invoice, models.PROTECT, related_name="cancellation", verbose_name=_("invoice")
    )
    credit_note = models.OneToOneField(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cancels",
        verbose_name=_("credit note"),
    )
    reason = models.CharField(_("reason"), max_length=200)
    cancelled_on = models.DateField(_("cancelled on"))
    cancelled_at = models.DateTimeField(_("recorded"), auto_now_add=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )

    objects = CancellationQuerySet.as_manager()

    class Meta:
        verbose_name = _("cancellation")
        verbose_name_plural = _("cancellations")
        ordering = ["-pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="all_is_credited",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_TAKEN_BACK,
            ),
        ]

    def __str__(self) -> str:
        return str(_("Cancellation of %(invoice)s")) % {"invoice": self.invoice_id}
